"""Results that are sets: judged without their order, wherever a result goes."""

import json
import math
from typing import Any

import numpy as np
import pytest

from tplib.autograde.messages.protocol import Blobs, Decoder, MalformedError, decode_observation, encode_observation
from tplib.graders import behaviour, public_part
from tplib.graders.answer import LocalAnswer
from tplib.graders.compare import USUAL, difference
from tplib.graders.exercise import Exercise, exercises_of
from tplib.graders.judge import judge
from tplib.graders.observe import Foreign, Observation, plain
from tplib.graders.verdict import show

exercise = exercises_of("Words", "1_words", points=2)


def words(draw: Any) -> tuple[Any, ...]:
    return ([draw.choice(("a", "b", "c", "d")) for _ in range(draw.size(1, 6))],)


def declared(**about: Any) -> Exercise:
    @exercise(draw=words, **about)
    def twice(words: Any) -> Any:
        """The words that stand there twice or more.

        shapes: a list of words; the result is a set.
        worked: twice(["a", "b", "a"]) = {"a"}
        """
        return {word for word in words if words.count(word) > 1}

    @twice.mistake("Once is not twice.")
    def all_words(words: Any) -> Any:
        return frozenset(words)

    return twice


def told(expected: Any, obtained: Any) -> str | None:
    found = difference(Observation(plain(expected)), Observation(plain(obtained)), USUAL)
    return found and found.sentence


@pytest.mark.parametrize("obtained", [{2, 1}, frozenset({1, 2}), {1.0, 2 + 1e-9}, set(np.array([1, 2]))])
def test_equal_sets(obtained: Any) -> None:
    assert told({1.0, 2.0}, obtained) is None


@pytest.mark.parametrize(
    ("expected", "obtained", "sentence"),
    [
        ({1, 2}, {2, 3}, "The result lacks {1} and has {3} too much."),
        ({"a"}, set(), "The result lacks {'a'}."),
        (set(), {(1, None)}, "The result has {(1, None)} too much."),
        ({1, 2}, [1, 2], "The result should be a set, yours is a list."),
        ([1, 2], {1, 2}, "The result should be a list, yours is a set."),
        ({"a": 1}, {"a"}, "The result should have the entries ['a'], yours has a set."),
        (1.0, {1}, "The result should be a number, yours is a set."),
        ({1}, {True}, "The result lacks {1} and has {True} too much."),
        ({math.nan}, {float("nan")}, None),
        ({"b", "a", 2, None, (1, "x")}, {(1, "x"), None, 2, "a", "b"}, None),
    ],
)
def test_what_is_said_of_two_sets(expected: Any, obtained: Any, sentence: str | None) -> None:
    assert told(expected, obtained) == sentence


def test_a_set_is_shown_in_order() -> None:
    assert [show(value) for value in ({3, 1, 2}, set(), frozenset({"b", "a"}))] == ["{1, 2, 3}", "set()", "{'a', 'b'}"]


class Sly(str):
    """A text whose own methods must not be run by who compares it."""

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        return True


class OwnSet(set):  # type: ignore[type-arg]
    pass


@pytest.mark.parametrize("value", [{Sly("a")}, {(1, Sly("a"))}, OwnSet({1}), {frozenset({1})}, set(range(2001))])
def test_other_sets_are_not_taken(value: Any) -> None:
    assert isinstance(plain(value), Foreign)
    assert told({1}, value) is not None


def test_too_large_a_set_is_refused_before_it_is_made() -> None:
    collisions = [n * (2**61 - 1) for n in range(1, 2002)]  # all have the hash 0
    with pytest.raises(MalformedError):
        Decoder(b"").decode({"s": collisions})
    with pytest.raises(MalformedError):
        Decoder(b"").decode({"l": [{"s": list(range(2000))}] * 21})
    with pytest.raises(MalformedError):
        Decoder(b"").decode({"s": [{"l": []}]})


@pytest.mark.parametrize("about", [{}, {"measure": lambda found, words: {len(word) for word in found} | found}])
def test_an_exercise_whose_result_is_a_set(about: dict[str, Any]) -> None:
    one = declared(**about)
    assert judge(one, one.reference).score == 1
    assert judge(one, lambda words: frozenset(one.reference(words))).score == 1
    assert judge(one, lambda words: [*one.reference(words)]).score == 0
    verdict = judge(one, lambda words: set(words))
    assert (verdict.score, verdict.misconception) == (0, "all words")
    assert "The result has {" in verdict.message
    assert "object" not in str(verdict)


def test_a_set_in_the_file_of_students() -> None:
    one = declared()
    assert public_part.later_because(one) == ""
    (entry,) = json.loads(public_part.write([one]))["exercises"]
    again = public_part._exercise(entry)
    assert judge(again, lambda words: {w for w in words if words.count(w) > 1}).score == 1
    assert judge(again, lambda words: set(words)).misconception == "all words"


def test_a_set_on_its_way_to_the_examiner_and_in_the_report() -> None:
    one = declared()
    judged = LocalAnswer(lambda words: set(words)).observe(one, [case.args for case in one.cases()])
    blobs = Blobs()
    sent = [json.loads(json.dumps(encode_observation(each, blobs))) for each in judged]
    assert [decode_observation(each, Decoder(b""), 1).value for each in sent] == [each.value for each in judged]
    kept = json.loads(json.dumps(behaviour.record(judged)))
    other = json.loads(json.dumps(behaviour.record([Observation(frozenset(o.value)) for o in judged])))
    assert behaviour.same_mistake(one, behaviour.read(kept), behaviour.read(other))
