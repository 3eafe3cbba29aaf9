"""Answers that can be given without reading the exercise earn nothing, whatever the exercise."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tplib.graders import Exercise, exercises, grade

THOUGHTLESS: tuple[Callable[..., Any], ...] = (
    lambda *args: args[0],
    lambda *args: args[-1],
    lambda *args: args,
    lambda *args: args[:2],
    lambda *args: np.array(args[0]),
    lambda *args: list(args[0]),
    lambda *args: list(range(len(args[0]))),
    lambda *args: [1] * len(args[0]),
    lambda *args: np.zeros((len(args[0]), 4)),
    lambda *args: np.zeros(args[1] if len(args) > 1 and isinstance(args[1], int) else 3),
    lambda *args: np.zeros_like(args[0]),
    lambda *args: np.ones_like(args[0]),
    lambda *args: args[0].sum(),
    lambda *args: args[0].mean(),
    lambda *args: 0.0,
    lambda *args: float("nan"),
    lambda *args: "",
    lambda *args: [],
    lambda *args: {},
    lambda *args: ([], []),
    lambda *args: {"<pad>": 0, "<unk>": 1},
    lambda *args: [[0.0], [0.0, 1.0]],  # no array can be made of it
    lambda *args: (np.zeros(2), [[1], []]),
    lambda *args: [np.zeros(2), "two", object(), {"three": {4}}],
)


@pytest.mark.parametrize("exercise", exercises(), ids=lambda e: e.name)
@pytest.mark.usefixtures("no_shrinking")
def test_thoughtless_answers_score_zero(exercise: Exercise) -> None:
    scores = {place: grade(exercise.name, answer).score for place, answer in enumerate(THOUGHTLESS)}
    assert {place: score for place, score in scores.items() if score} == {}
