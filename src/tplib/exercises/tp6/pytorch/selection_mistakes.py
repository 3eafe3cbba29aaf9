"""Mistakes in the comparison of configurations: in the order, in a statistic, in the runs."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.pytorch.selection import sweep

Configuration = dict[str, Any]
Train = Callable[[Configuration, int], tuple[float, float]]
Rows = list[dict[str, Any]]


def _row(configuration: Configuration, runs: np.ndarray) -> dict[str, Any]:
    """The right row of runs (number of seeds, 2)."""
    mean, test = runs.mean(axis=0)
    return {"configuration": configuration, "mean": mean, "std": runs[:, 0].std(ddof=1), "test": test}


def _rows(
    train: Train, configurations: list[Configuration], seeds: list[int], wrong: Callable[[np.ndarray], dict[str, Any]]
) -> Rows:
    """Rows in the order of the configurations, with entries that `wrong` makes of the runs."""
    rows = []
    for configuration in configurations:
        runs = np.array([train(configuration, seed) for seed in seeds])
        rows.append({**_row(configuration, runs), **wrong(runs)})
    return rows


def _sorted(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: row["mean"], reverse=True)


def _unchanged(runs: np.ndarray) -> dict[str, Any]:
    return {}


@sweep.mistake("Which split decides your order? What is left to tell how good the chosen configuration is on new data?")
def selected_on_the_test_set(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return sorted(_rows(train, configurations, seeds, _unchanged), key=lambda row: row["test"], reverse=True)


@sweep.mistake("Which row should a reader see first? In which direction do you sort?")
def worst_first(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return sorted(_rows(train, configurations, seeds, _unchanged), key=lambda row: row["mean"])


@sweep.mistake("Your rows are in the order of `configurations`. Which comes first?")
def not_sorted(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _rows(train, configurations, seeds, _unchanged)


@sweep.mistake("`reverse` turns a list round. What puts it in order?")
def reversed_without_sorting(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _rows(train, configurations, seeds, _unchanged)[::-1]


@sweep.mistake("You rank by mean - std. By which number does the text rank?")
def ranked_by_a_lower_bound(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows = _rows(train, configurations, seeds, _unchanged)
    return sorted(rows, key=lambda row: row["mean"] - row["std"], reverse=True)


@sweep.mistake("The seeds are a sample of all seeds. By what do you divide the squares: n or n - 1?")
def population_standard_deviation(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"std": runs[:, 0].std()}))


@sweep.mistake(
    "You divide by the root of n. Do you report how far single runs spread, or how well their mean is known?"
)
def standard_error(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"std": runs[:, 0].std(ddof=1) / len(runs) ** 0.5}))


@sweep.mistake("Which unit has your spread: that of an accuracy, or its square? Where is the root?")
def variance(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"std": runs[:, 0].var(ddof=1)}))


@sweep.mistake("Of which accuracy is the spread: validation or test?")
def spread_of_the_test_accuracy(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"std": runs[:, 1].std(ddof=1)}))


@sweep.mistake("From which number do you take the differences: the first run, or the mean of all?")
def spread_around_the_first_run(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    def wrong(runs: np.ndarray) -> dict[str, Any]:
        return {"std": (((runs[:, 0] - runs[0, 0]) ** 2).sum() / (len(runs) - 1)) ** 0.5}

    return _sorted(_rows(train, configurations, seeds, wrong))


@sweep.mistake("How many of the seeds does your code use?")
def one_seed(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows = []
    for configuration in configurations:
        validation, test = train(configuration, seeds[0])
        rows.append({"configuration": configuration, "mean": float(validation), "std": 0.0, "test": float(test)})
    return _sorted(rows)


@sweep.mistake("Will the next run, with a new seed, be as lucky as the best of yours?")
def best_seed(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(
        _rows(train, configurations, seeds, lambda runs: {"mean": runs[:, 0].max(), "test": runs[:, 1].max()})
    )


@sweep.mistake("Will the next run, with a new seed, be as lucky? Which of your validation accuracies is the mean?")
def best_validation_accuracy(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"mean": runs[:, 0].max()}))


@sweep.mistake("How many runs speak in your test accuracy: the luckiest, or all?")
def best_test_accuracy(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"test": runs[:, 1].max()}))


@sweep.mistake("How many runs speak in your test accuracy: that of the best seed, or all?")
def test_accuracy_of_the_best_seed(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"test": runs[runs[:, 0].argmax(), 1]}))


@sweep.mistake("How many runs speak in your test accuracy: that of the first seed, or all?")
def test_accuracy_of_the_first_seed(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"test": runs[0, 1]}))


@sweep.mistake("Half of the runs are above the median. And the mean of 0, 0 and 3?")
def median_instead_of_the_mean(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"mean": np.median(runs[:, 0])}))


@sweep.mistake("`train_and_score` returns two accuracies. Over which of them is your mean?")
def mean_of_both_accuracies(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, seeds, lambda runs: {"mean": runs.mean()}))


@sweep.mistake("How many decimals have your numbers? Two configurations may differ in the third.")
def rounded_to_two_decimals(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    def wrong(runs: np.ndarray) -> dict[str, Any]:
        return {"mean": round(float(runs[:, 0].mean()), 2), "std": round(float(runs[:, 0].std(ddof=1)), 2)}

    return _sorted(_rows(train, configurations, seeds, wrong))


@sweep.mistake("`train_and_score` returns validation accuracy and test accuracy. Which comes first?")
def validation_and_test_exchanged(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    def exchanged(configuration: Configuration, seed: int) -> tuple[float, float]:
        validation, test = train(configuration, seed)
        return test, validation

    return _sorted(_rows(exchanged, configurations, seeds, _unchanged))


@sweep.mistake("When do you empty the list of runs? The second configuration still holds those of the first.")
def runs_of_the_configurations_before(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows, runs = [], []
    for configuration in configurations:
        runs += [train(configuration, seed) for seed in seeds]
        rows.append(_row(configuration, np.array(runs)))
    return _sorted(rows)


@sweep.mistake("`seeds` is [3, 1, 2]. With which numbers do you call `train_and_score`?")
def positions_instead_of_seeds(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    return _sorted(_rows(train, configurations, list(range(len(seeds))), _unchanged))


@sweep.mistake("How many rows has a table of all configurations? Yours is one row.")
def best_row_only(train: Train, configurations: list[Configuration], seeds: list[int]) -> dict[str, Any]:
    return _sorted(_rows(train, configurations, seeds, _unchanged))[0]


@sweep.mistake("A row holds the configuration itself. Of which type is yours?")
def configuration_as_text(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    rows = _sorted(_rows(train, configurations, seeds, _unchanged))
    return [{**row, "configuration": str(row["configuration"])} for row in rows]


@sweep.mistake("Two runs for one row: how often do you call `train_and_score` for a configuration and a seed?")
def every_run_twice(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    def twice(configuration: Configuration, seed: int) -> tuple[float, float]:
        return train(configuration, seed)[0], train(configuration, seed)[1]

    return _sorted(_rows(twice, configurations, seeds, _unchanged))


@sweep.mistake("What does Python compare when two means are equal? A dict has no order: give `sorted` a key.")
def rows_compared_where_means_are_equal(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    pairs = [(row["mean"], row) for row in _rows(train, configurations, seeds, _unchanged)]
    return [row for _, row in sorted(pairs, reverse=True)]


@sweep.mistake("A dict has one entry for a key. Which row is left of two with the same mean?")
def one_row_for_each_mean(train: Train, configurations: list[Configuration], seeds: list[int]) -> Rows:
    by_mean = {row["mean"]: row for row in _rows(train, configurations, seeds, _unchanged)}
    return [by_mean[mean] for mean in sorted(by_mean, reverse=True)]
