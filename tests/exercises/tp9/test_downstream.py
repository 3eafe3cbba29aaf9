"""The exercises of 3_downstream: references against fairlearn and the library of measures, and partial credit."""

import math

import fairlearn.metrics as fairlearn
import numpy as np
import pytest

from tplib import bias
from tplib.exercises.tp9.downstream import EXERCISES
from tplib.exercises.tp9.downstream.swapping import PAIRS
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


@pytest.mark.parametrize("seed", range(20))
def test_rates_and_gap_are_fairlearns(seed: int) -> None:
    y, p, groups = BY_NAME["equalized_odds_gap"].draw(NumpyDraw(np.random.default_rng(seed)))
    measures = {
        "selection_rate": fairlearn.selection_rate,
        "true_positive_rate": fairlearn.true_positive_rate,
        "false_positive_rate": fairlearn.false_positive_rate,
    }
    frame = fairlearn.MetricFrame(metrics=measures, y_true=y, y_pred=p, sensitive_features=groups).by_group
    for name, rates in BY_NAME["group_rates"](y, p, groups).items():
        assert rates == pytest.approx(frame.loc[name].to_dict())
    gap = fairlearn.equalized_odds_difference(y, p, sensitive_features=groups)
    assert BY_NAME["equalized_odds_gap"](y, p, groups) == pytest.approx(gap)


@pytest.mark.parametrize("seed", range(20))
def test_weights_are_those_of_the_library(seed: int) -> None:
    labels, groups = BY_NAME["mitigate"].draw(NumpyDraw(np.random.default_rng(seed)))
    np.testing.assert_allclose(BY_NAME["mitigate"](labels, groups), bias.reweighing(labels, groups))


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("She likes her job, and the man likes her.", "He likes his job, and the woman likes him."),
        ("HER mother, Her aunt and her  uncle", "HIS father, His uncle and him  aunt"),
        ("It's his. He's hers!", "It's her. She's his!"),
        ("the theme of others", "the theme of others"),
    ],
)
def test_the_swap_keeps_its_table(text: str, swapped: str) -> None:
    assert BY_NAME["counterfactual_swap"](text, PAIRS) == swapped


@pytest.mark.parametrize(
    ("name", "mistake"),
    [("group_rates", "zero for an empty class"), ("counterfactual_swap", "all capitals forgotten")],
)
def test_edges_cost_half(name: str, mistake: str) -> None:
    (wrong,) = (m for m in BY_NAME[name].misconceptions if m.name == mistake)
    assert judge.judge(BY_NAME[name], wrong.candidate, 0).score == 0.5


def test_an_undefined_rate_is_nan() -> None:
    rates = BY_NAME["group_rates"](np.array([1, 1, 0]), np.array([1, 0, 0]), ["a", "a", "b"])
    assert math.isnan(rates["a"]["false_positive_rate"])
    assert math.isnan(rates["b"]["true_positive_rate"])
