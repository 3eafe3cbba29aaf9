"""The exercise sweep of TP6-TrainFFNN/6_pytorch: compare configurations over several seeds."""

import statistics
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Configuration = dict[str, Any]
Train = Callable[[Configuration, int], tuple[float, float]]
Rows = list[dict[str, Any]]


def _sweep_case(draw: Draw) -> Arguments:
    c, s = draw.size(2, 4), draw.size(2, 4)
    scores = {split: draw.array(c, s, low=0.0, high=1.0) for split in ("validation", "test")}
    widths = [8, 16, 32, 64][:c]
    first = draw.size(1, 20)
    return scores, [{"width": width, "lr": draw.choice([0.1, 0.01])} for width in widths], [*range(first, first + s)]


def _equal_means(draw: Draw) -> Arguments:
    """Three configurations of which two have the same mean; the scores are such that no sum of them is rounded."""
    low, high = float(draw.integers(8, 16, 1)[0]) / 32, float(draw.integers(18, 30, 1)[0]) / 32
    validation = np.array([[low, high], [high, low], [high, high]])[draw.choice(([0, 1, 2], [2, 0, 1], [0, 2, 1]))]
    scores = {"validation": validation, "test": draw.array(3, 2, low=0.0, high=1.0)}
    return scores, [{"width": 8}, {"width": 16}, {"width": 32}], [4, 7]


def _steady_and_wild(draw: Draw) -> Arguments:
    """Scores whose spread would order the configurations otherwise than their means do."""
    small = 0.01 * draw.size(1, 4)
    validation = np.array([[0.95, 0.55], [0.65 + small, 0.65 - small], [0.95, 0.15]])
    scores = {"validation": validation[draw.choice(([0, 1, 2], [2, 0, 1], [1, 2, 0]))], "test": draw.array(3, 2)}
    return scores, [{"width": 8}, {"width": 16}, {"width": 32}], [2, 5]


def _runs(draw: Draw) -> Arguments:
    return *_sweep_case(draw), "runs"


def _ordered(value: Any, train_and_score: Any, configurations: list[Configuration], seeds: Any, *look: str) -> Any:
    """Rows of equal means may come in any order: here they come in that of the configurations."""
    if look or not isinstance(value, list):
        return value
    places = [0]
    for before, row in pairwise(value):
        places.append(places[-1] + (abs(before["mean"] - row["mean"]) > 1e-9))
    known = [configurations.index(row["configuration"]) for row in value]
    return [value[i] for i in sorted(range(len(value)), key=lambda i: (places[i], known[i]))]


SCORES = {
    "validation": np.array([[0.70, 0.80, 0.75], [0.90, 0.88, 0.71], [0.60, 0.97, 0.65]]),
    "test": np.array([[0.72, 0.90, 0.84], [0.79, 0.81, 0.77], [0.70, 0.71, 0.69]]),
}


@exercise(
    points=2,
    at_home=True,
    lecture="000, Architecture and hyper-parameters",
    concepts=(28,),
    draw=_sweep_case,
    draws=4,
    edges=(
        Case((SCORES, [{"width": 8}, {"width": 16}, {"width": 32}], [3, 1, 2])),
        Drawn(_steady_and_wild),
        Drawn(_equal_means, "equal means"),
        Drawn(_runs, "runs"),
    ),
    aspects={
        "equal means": "Right, but not where two configurations have the same mean: both have their row.",
        "runs": "Right rows, but each configuration should run exactly once with each seed: a training takes time.",
    },
    observe=observers.sweep,
    measure=_ordered,
    rtol=1e-6,
)
def sweep(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    """mean = sum(v) / n and std = sqrt(sum((v - mean)^2) / (n - 1)) over the n validation scores v, rows by decreasing
    mean.

    shapes: One dict for each configuration: {"configuration": ..., "mean": ..., "std": ..., "test": mean test score}.
    worked: validation scores 0.7, 0.8, 0.75: mean 0.75, std = sqrt((0.0025 + 0.0025 + 0) / 2) = 0.05.
    """
    rows = []
    for configuration in configurations:
        scores = np.array([train_and_score(configuration, seed) for seed in seeds])  # (S, 2)
        mean, test = scores.mean(axis=0)
        std = scores[:, 0].std(ddof=1)
        rows.append({"configuration": configuration, "mean": float(mean), "std": float(std), "test": float(test)})
    return sorted(rows, key=lambda row: row["mean"], reverse=True)


@sweep.alternative
def sweep_statistics(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    table = []
    for configuration in configurations:
        validation, test = zip(*(train_and_score(configuration, seed) for seed in seeds), strict=True)
        row = {"configuration": configuration, "mean": statistics.mean(validation)}
        row["std"] = statistics.stdev(validation)
        row["test"] = statistics.mean(test)
        table.append(row)
    table.sort(key=lambda row: -row["mean"])
    return table


@sweep.alternative
def by_hand(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    n = len(seeds)
    found = []
    for configuration in configurations:
        runs = [train_and_score(configuration, seed) for seed in seeds]
        mean = sum(validation for validation, _ in runs) / n
        variance = sum((validation - mean) ** 2 for validation, _ in runs) / (n - 1)
        test = sum(score for _, score in runs) / n
        found.append((mean, variance**0.5, test, configuration))
    order = sorted(range(len(found)), key=lambda i: found[i][0])[::-1]
    return [dict(zip(("mean", "std", "test", "configuration"), found[i], strict=True)) for i in order]
