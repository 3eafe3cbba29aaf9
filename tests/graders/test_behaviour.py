"""What a wrong answer does is kept as JSON, comes back as it was, and is known only where it tells something."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tplib.graders import registry
from tplib.graders.answer import LocalAnswer
from tplib.graders.behaviour import CAP, behaviour, read, record, rows, same_mistake
from tplib.graders.compare import EXACT as EXACTLY
from tplib.graders.compare import agree
from tplib.graders.exercise import Case
from tplib.graders.judge import judge
from tplib.graders.observe import Foreign, Observation
from tplib.graders.verdict import Counterexample

SOFTMAX = registry.find("softmax")
EXACT = replace(SOFTMAX, rtol=0.0, atol=0.0)

arrays = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint64, np.bool_]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), arrays)
# As in a file that somebody else wrote.
kinds = st.sampled_from(["array", "texts", "dict", "object", "value", "error", "message", "other"])
words = st.one_of(
    leaves.filter(lambda leaf: not isinstance(leaf, np.ndarray)), st.sampled_from(["<f8", "<U9999999999"])
)
anything = st.recursive(
    words, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(kinds, inner, max_size=2)), max_leaves=9
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=8,
)
errors = st.builds(Observation, error=st.sampled_from(["ValueError", "TypeError"]), message=st.text(max_size=9))


def through_a_file(observations: list[Observation]) -> list[Observation]:
    cases = record(observations)
    return read(json.loads(json.dumps(cases, allow_nan=False).encode("utf-8")))


@given(st.lists(st.one_of(st.builds(Observation, values), errors), max_size=3))
def test_what_was_observed_comes_back(observations: list[Observation]) -> None:
    back = through_a_file(observations)
    assert same_mistake(EXACT, observations, back)
    assert same_mistake(EXACT, back, observations)


@given(st.lists(hnp.arrays(np.dtype("U3"), hnp.array_shapes(min_dims=0, max_dims=2)), min_size=2, max_size=2))
def test_texts_are_compared_letter_by_letter(texts: list[np.ndarray]) -> None:
    one, other = (through_a_file([Observation(found)]) for found in texts)
    cleaned = [np.char.encode(found, "utf-8", "replace") for found in texts]
    assert same_mistake(SOFTMAX, one, one)
    assert same_mistake(SOFTMAX, one, other) == (
        cleaned[0].shape == cleaned[1].shape and (cleaned[0] == cleaned[1]).all()
    )


@given(anything)
def test_anything_is_read_or_refused_and_can_be_compared(found: object) -> None:
    try:
        does = read(found)
        value = read([{"value": found}])
    except ValueError:
        return
    assert isinstance(same_mistake(SOFTMAX, does, value), bool)


def test_letters_that_no_file_can_hold_become_question_marks() -> None:
    [back] = through_a_file([Observation(["\ud800", np.array(["\udc00"]), {"\ud800": 1}])])
    assert back.value[0] == "?"
    assert back.value[1][2] == ["?"]
    assert back.value[2] == {"?": 1}
    assert rows(Counterexample({"x": 1}, 2, {"\ud800": "y" * 9999}))[2][1].startswith("?: ")
    assert all(len(text) <= 2000 for _, text in rows(Counterexample({"x": ["y" * 390] * 12}, 2, 3)))


def test_whole_numbers_too_large_for_numpy_are_compared() -> None:
    for number in (10**30, 10**400, -(10**400)):
        assert same_mistake(SOFTMAX, [Observation(number)], through_a_file([Observation(number)]))
        for other in (1.0, -number, True, "1", np.ones(2)):
            assert not same_mistake(SOFTMAX, [Observation(number)], [Observation(other)])
            assert not same_mistake(SOFTMAX, [Observation(other)], [Observation(number)])


def test_objects_are_told_apart_by_their_type() -> None:
    one, other = Foreign("map"), Foreign("range")
    assert not agree(Observation(one), Observation(one), EXACTLY)  # never right
    assert same_mistake(EXACT, *(through_a_file([Observation([found])]) for found in (one, one)))
    assert not same_mistake(EXACT, *(through_a_file([Observation([found])]) for found in (one, other)))


def test_what_is_too_long_is_not_kept() -> None:
    nested: list[object] = []
    for _ in range(10**5):
        nested = [nested]
    assert record([Observation(np.zeros(CAP // 5 - 20))]) is not None
    assert record([Observation(np.zeros(CAP // 5))]) is None
    assert record([Observation(nested)]) is None
    assert record([Observation(10**10000)]) is None


@pytest.mark.parametrize("cases", [None, 3, [3], [{}], [{"value": {"array": [1]}}], [{"value": {"what": 1}}], [None]])
def test_anything_else_is_no_record(cases: object) -> None:
    with pytest.raises(ValueError, match=r"record|unpack|unknown"):
        read(cases)


@pytest.mark.parametrize("dtype", ["<U999999999", "|O", "<M8[s]", "no"])
def test_arrays_are_of_numbers(dtype: str) -> None:
    with pytest.raises(ValueError, match=r"none of numbers|record"):
        read([{"value": {"array": [dtype, [1], ["1"]]}}])


def test_only_telling_cases_are_kept_and_nothing_of_a_right_answer() -> None:
    empty = replace(SOFTMAX, edges=(*SOFTMAX.edges, Case((np.zeros((0, 3)),))))
    found = behaviour(empty, LocalAnswer(lambda s: s**2 / (s**2).sum(-1, keepdims=True)))
    assert found is not None
    squares, fitting = found
    assert fitting == []
    public = [case for case in empty.cases() if case.aspect == "values"]
    assert any(case.args[0].size == 0 for case in public)
    assert len(squares) == sum(case.args[0].size > 0 for case in public)
    for case, found in zip([case for case in public if case.args[0].size], read(squares), strict=True):
        [scores] = case.args
        np.testing.assert_allclose(found.value, scores**2 / (scores**2).sum(-1, keepdims=True))
    assert behaviour(SOFTMAX, LocalAnswer(SOFTMAX.reference)) is None


def test_an_answer_right_on_all_public_cases_tells_nothing() -> None:
    public = {case.args[0].tobytes() for case in SOFTMAX.cases()}

    def right_in_public(scores: np.ndarray) -> np.ndarray:
        return SOFTMAX(scores) * (1 if scores.tobytes() in public else 1.01)

    assert judge(SOFTMAX, right_in_public, seed=3).status == "wrong"
    assert behaviour(SOFTMAX, LocalAnswer(right_in_public)) is None


def test_errors_are_the_same_for_the_same_reason_only() -> None:
    first, second = Observation(error="ValueError", message="too few"), Observation(error="ValueError", message="odd")
    assert same_mistake(SOFTMAX, [first], [first])
    assert not same_mistake(SOFTMAX, [first], [second])
    assert not same_mistake(SOFTMAX, [first], [first, first])
    assert not same_mistake(SOFTMAX, [first], [Observation(0.5)])
