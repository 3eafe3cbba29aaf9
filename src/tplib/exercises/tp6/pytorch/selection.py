"""The exercise sweep of TP6-TrainFFNN/6_pytorch: compare configurations over several seeds."""

import statistics
from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Configuration = dict[str, Any]
Train = Callable[[Configuration, int], tuple[float, float]]
Rows = list[dict[str, Any]]


def _sweep_case(draw: Draw) -> Arguments:
    c, s = draw.size(2, 4), draw.size(2, 4)
    scores = {split: draw.array(c, s, low=0.0, high=1.0) for split in ("validation", "test")}
    widths = [8, 16, 32, 64][:c]
    first = draw.size(1, 20)
    return scores, [{"width": width, "lr": draw.choice([0.1, 0.01])} for width in widths], [*range(first, first + s)]


SCORES = {
    "validation": np.array([[0.70, 0.80, 0.75], [0.90, 0.88, 0.71], [0.60, 0.97, 0.65]]),
    "test": np.array([[0.72, 0.90, 0.84], [0.79, 0.81, 0.77], [0.70, 0.71, 0.69]]),
}


@exercise(
    points=2,
    at_home=True,
    lecture="000, Architecture and hyper-parameters",
    draw=_sweep_case,
    draws=4,
    edges=(Case((SCORES, [{"width": 8}, {"width": 16}, {"width": 32}], [3, 1, 2])),),
    observe=observers.sweep,
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


@sweep.mistake("Which split decides your order? What is left to tell how good the chosen configuration is on new data?")
def selected_on_the_test_set(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return sorted(sweep(train_and_score, configurations, seeds), key=lambda row: row["test"], reverse=True)


@sweep.mistake("Which row should a reader see first? In which direction do you sort?")
def worst_first(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return sorted(sweep(train_and_score, configurations, seeds), key=lambda row: row["mean"])


@sweep.mistake("Your rows are in the order of `configurations`. Which comes first?")
def not_sorted(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows = []
    for configuration in configurations:
        scores = np.array([train_and_score(configuration, seed) for seed in seeds])
        mean, test = scores.mean(axis=0)
        std = scores[:, 0].std(ddof=1)
        rows.append({"configuration": configuration, "mean": float(mean), "std": float(std), "test": float(test)})
    return rows


@sweep.mistake("The seeds are a sample of all seeds. By what do you divide the squares: n or n - 1?")
def population_standard_deviation(
    train_and_score: Train, configurations: list[Configuration], seeds: list[int]
) -> Rows:
    rows = []
    for configuration in configurations:
        scores = np.array([train_and_score(configuration, seed) for seed in seeds])
        mean, test = scores.mean(axis=0)
        std = scores[:, 0].std()
        rows.append({"configuration": configuration, "mean": float(mean), "std": float(std), "test": float(test)})
    return sorted(rows, key=lambda row: row["mean"], reverse=True)


@sweep.mistake(
    "You divide by the root of n. Do you report how far single runs spread, or how well their mean is known?"
)
def standard_error(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows = sweep(train_and_score, configurations, seeds)
    return [{**row, "std": row["std"] / len(seeds) ** 0.5} for row in rows]


@sweep.mistake("How many of the seeds does your code use?")
def one_seed(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows = []
    for configuration in configurations:
        validation, test = train_and_score(configuration, seeds[0])
        rows.append({"configuration": configuration, "mean": float(validation), "std": 0.0, "test": float(test)})
    return sorted(rows, key=lambda row: row["mean"], reverse=True)


@sweep.mistake("Will the next run, with a new seed, be as lucky as the best of yours?")
def best_seed(train_and_score: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows = []
    for configuration in configurations:
        runs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [run[0] for run in runs]
        std = float(np.std(validation, ddof=1))
        test = max(run[1] for run in runs)
        rows.append({"configuration": configuration, "mean": float(max(validation)), "std": std, "test": float(test)})
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
