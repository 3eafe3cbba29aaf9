"""What the text does not state costs nothing, and a name is given only where it is proven."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tplib.graders.answer import CheckFailedError
from tplib.graders.compare import Tolerance, agree, difference
from tplib.graders.draw import Draw
from tplib.graders.exercise import Case, Drawn, Exercise, exercise
from tplib.graders.facts import Facts
from tplib.graders.judge import judge
from tplib.graders.observe import Observation, fresh, observe
from tplib.graders.verdict import Counterexample, Verdict

Array = np.ndarray
pytestmark = pytest.mark.usefixtures("no_shrinking")


def table(draw: Draw) -> tuple[Array, float]:
    return draw.array(draw.size(2, 4), draw.size(2, 3)), draw.choice((1.0, 2.0, 0.5))


def one_table(draw: Draw) -> tuple[Array]:
    return table(draw)[:1]


def declare(**about: Any) -> Callable[[Callable[..., Any]], Exercise]:
    fields = {"assignment": "TP0", "notebook": "0", "points": 1, "lecture": "none", "draw": table}
    return exercise(**{**fields, **about})


@declare()
def centred(x: Array, scale: float = 2.0) -> Array:
    """scale (x - mean)

    shapes: (B, D)
    worked: centred([[1], [3]]) = [[-2], [2]]
    """
    return scale * (x - x.mean(axis=0))


@centred.mistake("Of what is the mean?")
def mean_of_all(x: Array, scale: float = 2.0) -> Array:
    return scale * (x - x.mean())


def grade(answer: Any, of: Exercise = centred) -> Verdict:
    return judge(of, answer)


def test_an_answer_of_another_dtype_is_right_where_the_text_does_not_ask() -> None:
    assert grade(lambda x, scale=2.0: centred(x, scale).astype(np.longdouble)).score == 1


def test_and_is_partly_right_where_it_asks() -> None:
    strict = declare(keeps_dtype=True)(centred.reference)
    verdict = grade(lambda x, scale=2.0: centred(x.astype(np.float64), scale), strict)
    assert (verdict.score, verdict.misconception) == (0.5, "wrong dtype")


def test_wrong_defaults_are_half_wherever_they_stand() -> None:
    verdict = grade(lambda x, scale=3.0: centred(x, scale))
    assert (verdict.score, verdict.misconception) == (0.5, "wrong default value")


def test_optional_arguments_have_the_names_of_the_text() -> None:
    verdict = grade(lambda x, factor=2.0: centred(x, factor))
    assert verdict.score == 0
    assert "centred(x, scale=2.0)" in verdict.message


def test_two_mistakes_that_explain_an_answer_leave_it_without_a_name() -> None:
    twice = declare()(centred.reference)
    twice.mistake("One question?")(mean_of_all)
    assert grade(mean_of_all, twice).misconception == "mean of all"
    twice.mistake("Another question?", name="the same again")(lambda x, scale=2.0: mean_of_all(x, scale))
    assert grade(mean_of_all, twice).misconception is None


def test_an_error_of_another_text_has_the_same_name() -> None:
    erring = declare()(centred.reference)

    @erring.mistake("Which shape?")
    def wrong_shape(x: Array, scale: float = 2.0) -> Array:
        if len(x) > 2:
            raise ValueError("one text")
        return x

    def answer(x: Array, scale: float = 2.0) -> Array:
        if len(x) > 2:
            raise ValueError("another text")
        return x

    assert grade(answer, erring).misconception == "wrong shape"


def test_a_reference_that_fails_is_no_answers_fault() -> None:
    @declare(draw=one_table)
    def broken(x: Array) -> Array:
        """none

        shapes: none
        worked: none
        """
        raise RuntimeError("no gradients here")

    def fails_too(x: Array) -> Array:
        raise RuntimeError("no gradients here")

    with pytest.raises(CheckFailedError, match="says nothing of your answer"):
        grade(fails_too, broken)


def test_one_array_in_two_places_becomes_two() -> None:
    zero = np.zeros(2)
    first, (second,), third = fresh((zero, [zero], {"a": zero}))
    first += 1
    assert not second.any()
    assert not third["a"].any()
    assert not zero.any()


def test_a_change_in_place_is_told_as_that_and_not_as_wrong_values() -> None:
    zero = np.zeros(2)

    def both(a: Array, b: Array) -> tuple[Array, Array]:
        a += 1
        return a, b + 2

    found = observe(lambda f, *args: f(*args), both, (zero, zero))
    assert [part.tolist() for part in found.value] == [[1, 1], [2, 2]]
    assert found.mutated == (0,)


@pytest.mark.parametrize("text", ["good", np.str_("good"), np.array(["good"])[0]], ids=["str", "str_", "entry"])
def test_numpys_texts_are_texts(text: str) -> None:
    found = observe(lambda f: f(), lambda: text, ())
    assert agree(Observation("good"), found, Tolerance())


@pytest.mark.parametrize(
    ("expected", "obtained", "same"),
    [
        (np.array([1.0, 2.0]), np.array([1, 2]), True),
        (np.array([1, 2]), np.array([1.0, 2.0]), False),
        (np.array([1, 2], np.int64), np.array([1, 2], np.int8), True),
        (np.array([1.0, 0.0]), np.array([True, False]), False),
        (np.array([True, False]), np.array([1, 0]), False),
        (2.0, 2, True),
        (1.0, True, False),
        ([1, 2], (1, 2), True),
    ],
)
def test_which_kinds_may_stand_for_each_other(expected: Any, obtained: Any, same: bool) -> None:
    assert agree(Observation(expected), Observation(obtained), Tolerance()) is same


@pytest.mark.parametrize(
    ("expected", "obtained", "sentence"),
    [
        ([1.0], [], "The result should have 1 entry, yours has 0."),
        ((1.0, 2.0), (1.0,), "The result should have 2 parts, yours has 1."),
        ([1.0, 2.0], [1.0, 3.0], "Entry 2 of the result should be 2, yours is 3."),
        (-0.0, 1.0, "The result should be 0, yours is 1."),
        (1.0, 1.00001, "The result should be 1, yours is 1.00001."),
        (0.1234567, 0.1234599, "The result should be 0.123457, yours is 0.12346."),
        (1.00000012, 1.00000345, "The result should be 1.00000012, yours is 1.00000345."),
    ],
)
def test_sentences_show_the_difference(expected: Any, obtained: Any, sentence: str) -> None:
    found = difference(Observation(expected), Observation(obtained), Tolerance(1e-9, 1e-12))
    assert found is not None
    assert found.sentence == sentence


def test_a_counterexample_shows_enough_digits() -> None:
    rows = dict(Counterexample({}, np.array([0.0, 1.0]), np.array([0.0, 1.0 - 1e-7])).rows())
    assert rows["expected"] != rows["yours"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda e: np.where(e > 0, e, 3 * e),  # some entries are right
        lambda e: np.concatenate([e[:1], -e[1:]]),
    ],
)
def test_a_pattern_on_a_part_of_the_result_proves_nothing(wrong: Callable[[Array], Array]) -> None:
    assert grade(lambda x, scale=2.0: wrong(centred(x, scale))).misconception is None


def test_a_pattern_on_the_whole_result_has_a_name() -> None:
    assert grade(lambda x, scale=2.0: -centred(x, scale)).misconception == "negated"
    assert grade(lambda x, scale=2.0: len(x) * centred(x, scale)).misconception == "sum instead of mean"


def test_a_factor_of_one_batch_size_is_no_proof() -> None:
    @declare(draw=lambda draw: (draw.array(3, 2),))
    def three_rows(x: Array) -> Array:
        """x - mean

        shapes: (3, 2)
        worked: none
        """
        return x - x.mean(axis=0)

    assert grade(lambda x: 3 * three_rows(x), three_rows).misconception is None


def test_what_was_measured_of_an_answer_shows_no_pattern() -> None:
    @declare(draw=one_table, measure=lambda found, x: {"rows": float(len(found)), "sum": float(found.sum())})
    def measured(x: Array) -> Array:
        """x

        shapes: any
        worked: none
        """
        return x.copy()

    assert grade(lambda x: -x, measured).misconception is None


def test_an_overflow_is_told_of_only_where_there_is_one() -> None:
    large = Case((np.array([[1e4, -1e4]]),), "stability")

    @declare(draw=one_table, edges=(large,), aspects={"stability": "A large input gives inf / inf."})
    def flat(x: Array) -> Array:
        """tanh(x)

        shapes: any
        worked: none
        """
        return np.tanh(x)

    assert "inf / inf" in grade(lambda x: np.sinh(x) / np.cosh(x), flat).message
    clipped = grade(lambda x: np.where(abs(x) > 100, 0.5, np.tanh(x)), flat)
    assert clipped.score == 0.5
    assert "inf" not in clipped.message


def watched(candidate: Any, x: Array, look: str = "values") -> Any:
    given = x.copy()
    found = candidate(given)
    return found if look == "values" else {"x": "as it was" if np.array_equal(given, x) else "changed"}


def test_an_error_is_counted_once_and_changes_nothing() -> None:
    none = np.zeros((0, 2))
    edges = (Case((none,), "no row"), Case((none, "input"), "input"))

    @declare(
        draw=one_table,
        edges=edges,
        inputs=("x",),
        observe=watched,
        aspects={"no row": "Right where there is a row.", "input": "Right, but your code changes x."},
    )
    def largest(x: Array) -> float:
        """max(x), 0 without a row

        shapes: any
        worked: none
        """
        return x.max(initial=-np.inf) if x.size else 0.0

    raises = grade(lambda x: x.max(), largest)
    assert raises.score == 0.5
    assert "changes" not in raises.message
    assert grade(lambda x: x.max() if x.size else 1.0, largest).score == raises.score

    def changes(x: Array) -> float:
        found = x.max() if x.size else 0.0
        x.resize((1, 1), refcheck=False)
        return found

    assert "changes x" in grade(changes, largest).message
    only_watched = replace(largest, edges=edges[1:])
    verdict = judge(only_watched, lambda x: x.max())
    assert (verdict.score, verdict.misconception) == (0.5, "raises an error")
    assert "changes" not in verdict.message


def test_a_drawn_edge_is_another_one_for_each_seed() -> None:
    @declare(draw=one_table, edges=(Drawn(lambda draw: (draw.array(1, 1),)),))
    def square(x: Array) -> Array:
        """x²

        shapes: any
        worked: none
        """
        return x**2

    edges = {float(list(square.cases(seed))[-1].args[0][0, 0]) for seed in (None, 1, 2)}
    assert len(edges) == 3


@declare(draw=lambda draw: (draw.array(draw.size(2, 4), 3),))
def three_parts(x: Array) -> tuple[Array, Array, Array]:
    """the minimum, the mean and the maximum of each column

    shapes: (B, 3) in, (3,) out, three times
    worked: none
    """
    return x.min(axis=0), x.mean(axis=0), x.max(axis=0)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (lambda low, mean, high: (mean, low, high), "results exchanged"),
        (lambda low, mean, high: (low, high), "a result is missing"),
        (lambda low, mean, high: mean, "a result is missing"),
        (lambda low, mean, high: [high], "a result is missing"),
        (lambda low, mean, high: (low, mean, high, high), None),
    ],
)
def test_parts_in_another_order_or_missing(wrong: Callable[..., Any], name: str | None) -> None:
    assert grade(lambda x: wrong(*three_parts(x)), three_parts).misconception == name


def test_an_argument_whose_default_is_always_taken() -> None:
    verdict = grade(lambda x, scale=2.0: centred(x))
    assert (verdict.score, verdict.misconception) == (0, "scale ignored")


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (lambda e: 2 * e, "twice the result"),
        (lambda e: e / 2, "half the result"),
        (lambda e: np.abs(e), "sign lost"),
        (lambda e: e + 1, "one too many"),
        (lambda e: e - 1, "one too few"),
        (lambda e: e.round(2), "rounded"),
        (lambda e: np.stack([0 * e, e]), "all steps"),
        (lambda e: e + 0.5, None),
    ],
)
def test_numbers_that_tell_their_mistake(wrong: Callable[[Array], Array], name: str | None) -> None:
    assert grade(lambda x, scale=2.0: wrong(centred(x, scale))).misconception == name


def test_exact_words_in_another_spelling() -> None:
    words = ("too high", "too low", "good")

    @declare(draw=lambda draw: (draw.choice((0, 1, 2)),))
    def word(which: int) -> str:
        """the word

        shapes: a number in, a text out
        worked: none
        """
        return words[which]

    assert grade(lambda which: words[which].replace(" ", "_").upper(), word).misconception == "another spelling"


@pytest.mark.parametrize(
    ("expected", "obtained", "sentence"),
    [
        (
            {"noise is drawn": "one by one", "form of the noise": "normal"},
            {"noise is drawn": "the same in each row"},
            "The check looked at this: noise is drawn. It should be: one by one. In yours it is: the same in each row.",
        ),
        (
            {"gradients recorded": False, "x": 1.0},
            {"gradients recorded": True, "x": np.ones(2)},
            "The check looked at this: gradients recorded. It should be: false. In yours it is: true.",
        ),
        (
            {"parameters": {"table.weight": (3, 1), "out.weight": (2, 3), "out.bias": (2,)}, "scores": np.ones(2)},
            {"parameters": {"out.weight": (2, 4), "b": (2,)}, "scores": "not computed"},
            "Your model lacks parameters of shape (3, 1) (in ours: `table.weight`), (2, 3) (in ours: `out.weight`) and "
            "has a parameter of shape (2, 4) `out.weight` too much.",
        ),
        (
            {"parameters": {"0.weight": (2, 3), "0.bias": (2,)}},
            {"parameters": {"linear.bias": (2,), "linear.weight": (2, 4)}},
            "The parameter `linear.weight` of your model should have shape (2, 3), yours has (2, 4).",
        ),
        (
            {"parameters": {"in.weight": (1, 1), "in.bias": (1,), "out.weight": (1, 1), "out.bias": (1,)}},
            {"parameters": {"a": (2, 1), "b": (2,), "c": (1, 2), "d": (1,)}},
            "Parameters of your model have other shapes: `a` has (2, 1) in place of (1, 1), `c` has (1, 2) in place of "
            "(1, 1), `b` has (2,) in place of (1,).",
        ),
        (
            {"parameters": {"0.weight": (2,), "1.weight": (3,)}},
            {"parameters": {"a": (2,)}},
            "Your model lacks a parameter of shape (3,).",
        ),
        ({"a": 1.0, "b": 1.0}, {"a": 1.0}, "The check did not find in yours: b."),
        ({"a": 1.0}, {"c": 1.0}, "The result has not the form that the text asks for."),
        ({"a": 1.0}, {"is": "of type x"}, "The result has not the form that the text asks for; is: of type x."),
        (
            {"a": 1.0, "b": 1.0},
            {"a": 1.0, "c": "none"},
            "The check did not find in yours: b. It found instead: c: none.",
        ),
        ({"a": 1.0}, [1.0], "The result has not the form that the text asks for: it is a list."),
        (
            {"a b": "words"},
            {"a b": np.ones(2)},
            "The check looked at this: a b. It should be: words. In yours it is: an array of shape (2,).",
        ),
        (
            {"gradient of w": np.ones(2)},
            {"gradient of w": "none"},
            "The check looked at this: gradient of w. It should be: an array of shape (2,). In yours it is: none.",
        ),
        (
            {"texts": [np.ones(1)]},
            {"texts": [np.ones(2)]},
            "Entry 1 of `texts` should have shape (1,), yours has (2,).",
        ),
        (
            {"mode": ["training", "training"]},
            {"mode": ["evaluation"]},
            "The check looked at this: mode. It should be: training, training. In yours it is: evaluation.",
        ),
        (
            {"learns": [f"encoder.layer.{i}" for i in range(9)]},
            {"learns": [f"encoder.layer.{i}" for i in range(3, 10)]},
            "The check looked at this: learns. Yours lacks encoder.layer.0, encoder.layer.1, encoder.layer.2 and has "
            "too much encoder.layer.9.",
        ),
    ],
)
def test_what_a_check_saw_is_told_in_words(expected: Any, obtained: Any, sentence: str) -> None:
    found = difference(Observation(Facts(expected)), Observation(obtained), Tolerance())
    assert found is not None
    assert found.sentence == sentence
    assert difference(Observation(Facts(expected)), Observation(expected), Tolerance()) is None


def test_names_and_order_of_parameters_are_free() -> None:
    ours, yours = {"0.weight": (2, 3), "0.bias": (2,)}, {"b": (2,), "w": (2, 3)}
    assert agree(Observation({"parameters": ours}), Observation({"parameters": yours}), Tolerance())
    assert not agree(Observation({"parameters": ours}), Observation({"parameters": {"b": (2,)}}), Tolerance())


@pytest.mark.parametrize(
    ("expected", "obtained", "sentence"),
    [
        ({"a": 1.0, "b": 1.0}, {"a": 1.0}, "The result should have the entries ['a', 'b'], yours has ['a']."),
        ({"a": {"b": 1.0}}, {"a": {"b": None}}, "`result['a']['b']` should be a number, yours is None."),
        ((1.0, 2.0), (1.0, None), "Part 2 of the result should be a number, yours is None."),
        (1.0, None, "The result should be a number, yours is nothing (None: is the `return` missing?)."),
        ({"a": "x"}, {"a": "y"}, "`a` should be 'x', yours is 'y'."),
    ],
)
def test_what_a_student_built_is_told_as_python_writes_it(expected: Any, obtained: Any, sentence: str) -> None:
    found = difference(Observation(expected), Observation(obtained), Tolerance())
    assert found is not None
    assert found.sentence == sentence
