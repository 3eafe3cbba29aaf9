"""A right result in another container that unpacks in the same way counts: a list for a tuple, rows for arrays."""

from __future__ import annotations

from functools import wraps
from typing import Any

import numpy as np
import pytest

from tplib.graders import exercises, registry
from tplib.graders.compare import USUAL, agree, difference
from tplib.graders.exercise import Exercise
from tplib.graders.judge import judge
from tplib.graders.observe import Observation, observe

NAMED = ["equalize", "momentum_step", "lstm_cell", "dropout_forward", "count_parameters"]
OTHERS = ["adagrad_step", "rmsprop_step", "adam_step", "standardize", "collapse_linear", "scaled_dot_product_attention"]


def stacked(answer: Any) -> Any:
    """The answer, its parts as rows of one array wherever they have one shape."""

    @wraps(answer)  # with its signature
    def wrapped(*args: Any) -> Any:
        found = answer(*args)
        arrays = isinstance(found, tuple) and all(isinstance(part, np.ndarray | float | int) for part in found)
        return np.stack(found) if arrays and len(set(map(np.shape, found))) == 1 else found

    return wrapped


def listed(answer: Any) -> Any:
    @wraps(answer)  # with its signature
    def wrapped(*args: Any) -> Any:
        found = answer(*args)
        return list(found) if isinstance(found, tuple) else found

    return wrapped


@pytest.mark.parametrize("name", [*NAMED, *OTHERS])
@pytest.mark.parametrize("container", [listed, stacked])
def test_a_right_result_in_another_container_has_all_points(name, container):
    exercise = registry.find(name)
    for answer in (exercise.reference, *exercise.alternatives):
        assert judge(exercise, container(answer)).score == 1.0, answer


@pytest.mark.parametrize("name", NAMED)
def test_a_mistake_in_another_container_keeps_its_name(name):
    exercise = registry.find(name)
    for mistake in exercise.misconceptions:
        usual, verdict = (judge(exercise, how(mistake.candidate)) for how in (lambda answer: answer, stacked))
        assert (verdict.score, verdict.misconception) == (usual.score, usual.misconception), mistake.name


def returns_a_tuple(exercise: Exercise) -> bool:
    case = next(iter(exercise.cases(1)))
    return isinstance(observe(exercise.observe, exercise.reference, case.args).value, tuple)


@pytest.mark.slow
def test_every_exercise_that_returns_several_things_is_treated_alike():
    found = [exercise for exercise in exercises() if returns_a_tuple(exercise)]
    assert {"equalize", "rnn_backward"} <= {exercise.name for exercise in found}
    for exercise in found:
        for container in (listed, stacked):
            assert judge(exercise, container(exercise.reference)).score == 1.0, exercise.name


@pytest.mark.parametrize(
    ("expected", "obtained", "same"),
    [
        ((np.ones(3), np.zeros(3)), np.array([[1.0, 1, 1], [0, 0, 0]]), True),
        ((1.0, 2.0), np.array([1.0, 2.0]), True),
        ((np.ones((2, 2)),), np.ones((1, 2, 2)), True),
        ((np.ones(3), np.zeros(3)), np.ones((2, 3)), False),
        ((np.ones(2), np.ones(2)), np.ones(2), False),  # the first alone
        ((np.ones(3), np.ones(3)), np.ones((3, 2)), False),
        (([1.0, 2.0], [3.0, 4.0]), np.array([[1.0, 2], [3, 4]]), False),  # lists were asked for
        (("a", "b"), np.array(["a", "b"]), False),
        ([np.ones(3), np.zeros(3)], np.array([[1.0, 1, 1], [0, 0, 0]]), False),
    ],
)
def test_what_unpacks_in_the_same_way(expected, obtained, same):
    assert agree(Observation(expected), Observation(obtained), USUAL) is same


def test_an_array_that_does_not_unpack_so_is_told_as_what_it_is():
    told = difference(Observation((np.ones(2), np.ones(2))), Observation(np.ones(2)), USUAL)
    assert told.sentence == "The result should be a tuple, yours is an array of shape (2,)."
    told = difference(Observation((np.ones(2), np.ones(2))), Observation(np.zeros((2, 2))), USUAL)
    assert told.sentence.startswith("Part 1 of the result: 2 of 2 values differ")
