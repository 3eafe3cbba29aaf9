"""Selection rate, true positive rate and false positive rate of each group."""

import itertools
import math
from collections.abc import Callable

import numpy as np

from tplib.exercises.tp9.downstream.common import columns, every_class, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
Rates = dict[str, dict[str, float]]
NEVER = (
    "A group without a row of class 1 has no true positive rate, one without a row of class 0 no false positive rate: "
    "the rate is nan, and 0 would be a claim."
)


def _empty_class(draw: Draw) -> Arguments:
    """One group has no row of one class."""
    missing = draw.choice((0, 1))
    rows = [(y, int(draw.integers(0, 2)), "men") for y in (0, 1, 0, 1)]
    rows += [(1 - missing, int(draw.integers(0, 2)), "women") for _ in range(draw.size(1, 3))]
    return columns(rows)


def _one_group(draw: Draw) -> Arguments:
    y_true, y_pred, groups = every_class(draw)
    return y_true, y_pred, ["all"] * len(groups)


def _unequal(draw: Draw) -> Arguments:
    """Far more zeros than ones, and groups of unlike size: shares of all rows, of a class and of the answers part."""
    rows = [(1, 1, "men"), (1, 0, "men"), (0, 1, "men"), (1, 1, "women"), (0, 0, "women"), (0, 1, "women")]
    rows += [(0, int(draw.integers(0, 2)), "women") for _ in range(5)] + [(1, 1, "men")] * draw.size(1, 3)
    return columns(rows)


def rates_of(true: Array, predicted: Array) -> dict[str, float]:
    def share(answers: Array) -> float:
        return float(answers.mean()) if len(answers) else math.nan

    return {
        "selection_rate": share(predicted),
        "true_positive_rate": share(predicted[true == 1]),
        "false_positive_rate": share(predicted[true == 0]),
    }


@exercise(
    points=3,
    lecture="001, schedule: TP9-Biais",
    concepts=(51,),
    draw=every_class,
    edges=(Drawn(_unequal), Drawn(_one_group), Drawn(_empty_class, "empty"), Drawn(_empty_class, "empty")),
    aspects={"empty": NEVER},
    forbidden=("fairlearn.metrics.MetricFrame", "tplib.bias.group_rates"),
)
def group_rates(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    """selection rate = share of answers 1 among all rows of the group; TPR: among its rows of class 1; FPR: of class 0.

    shapes: `y_true` and `y_pred` are arrays (N,) of 0 and 1, `groups` is a list of N names;
    the result has a dictionary of three numbers for each name.
    worked: y_true = [1, 0, 0], y_pred = [1, 1, 0], all of one group: selection 2/3, TPR 1/1, FPR 1/2
    """
    names = np.array(groups)
    return {name: rates_of(y_true[names == name], y_pred[names == name]) for name in dict.fromkeys(groups)}


def _with(**other: Callable[[Array, Array], float]) -> Callable[..., Rates]:
    """An answer that replaces some rates: name=function of (true, predicted) of the group's rows."""

    def answer(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
        found = group_rates(y_true, y_pred, groups)
        names = np.array(groups)
        for name, rates in found.items():
            rows = names == name
            rates.update({rate: float(how(y_true[rows], y_pred[rows])) for rate, how in other.items()})
        return found

    return answer


def _share(answers: Array) -> float:
    return float(answers.mean()) if len(answers) else math.nan


@group_rates.mistake("Your true positive rate counts rows of class 0 below the line. Among which rows is it a share?")
def hits_among_all_rows(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(
        true_positive_rate=lambda t, p: np.mean((t == 1) & (p == 1)),
        false_positive_rate=lambda t, p: np.mean((t == 0) & (p == 1)),
    )(y_true, y_pred, groups)


@group_rates.mistake("You divide by the number of answers 1. A rate of Hardt's kind is a share of the *true* class.")
def among_the_answers(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(
        true_positive_rate=lambda t, p: _share(t[p == 1]),
        false_positive_rate=lambda t, p: _share(1 - t[p == 1]),
    )(y_true, y_pred, groups)


@group_rates.mistake("Yours is the precision: of the answers 1, the share that is right. Of which rows is TPR a share?")
def precision_for_the_true_positive_rate(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(true_positive_rate=lambda t, p: _share(t[p == 1]))(y_true, y_pred, groups)


@group_rates.mistake("You divide the false alarms by all answers 1. Of which rows is FPR a share?")
def false_discoveries_for_the_false_positive_rate(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(false_positive_rate=lambda t, p: _share(1 - t[p == 1]))(y_true, y_pred, groups)


@group_rates.mistake("Who is missed is of class 1. Of which class are the rows of a false positive rate?")
def misses_for_false_alarms(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(false_positive_rate=lambda t, p: _share(1 - p[t == 1]))(y_true, y_pred, groups)


@group_rates.mistake("Which array holds the answers of the classifier, and which the truth? Yours are exchanged.")
def truth_and_answers_exchanged(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return group_rates(y_pred, y_true, groups)  # type: ignore[no-any-return]


@group_rates.mistake("Which rate is a share of the rows of class 1, and which of class 0?")
def true_and_false_exchanged(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(
        true_positive_rate=lambda t, p: _share(p[t == 0]),
        false_positive_rate=lambda t, p: _share(p[t == 1]),
    )(y_true, y_pred, groups)


@group_rates.mistake("The false positive rate is 0 for a classifier that never errs. What is yours?")
def true_negative_rate(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(false_positive_rate=lambda t, p: _share(1 - p[t == 0]))(y_true, y_pred, groups)


@group_rates.mistake("A selection rate looks at the answers alone. Which of the two arrays are they?")
def base_rate_for_selection(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(selection_rate=lambda t, p: _share(t))(y_true, y_pred, groups)


@group_rates.mistake("Who is missed and who is found add up to 1. Which of them is the true positive rate?")
def misses_for_hits(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(true_positive_rate=lambda t, p: _share(1 - p[t == 1]))(y_true, y_pred, groups)


@group_rates.mistake("A share, or percent: what is the rate if half of the rows are selected?")
def percent(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    found = group_rates(y_true, y_pred, groups)
    return {name: {rate: 100 * x for rate, x in rates.items()} for name, rates in found.items()}


@group_rates.mistake("You give the group's part of all who are selected. Of which rows is a selection rate a share?")
def share_of_the_selected(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    found, names = group_rates(y_true, y_pred, groups), np.array(groups)
    return {
        name: {**rates, "selection_rate": float(y_pred[names == name].sum() / max(y_pred.sum(), 1))}
        for name, rates in found.items()
    }


@group_rates.mistake("You divide the selected of a group by all rows of the file. Of which rows is the rate a share?")
def selected_among_everybody(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(selection_rate=lambda t, p: p.sum() / len(y_pred))(y_true, y_pred, groups)


@group_rates.mistake("The rows of a group need not stand together. Which of them does your answer count?")
def last_stretch_of_a_group(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    out: Rates = {}
    for name, rows in itertools.groupby(range(len(groups)), key=groups.__getitem__):
        mine = list(rows)
        out[name] = rates_of(y_true[mine], y_pred[mine])
    return out


@group_rates.mistake("Which comes first in your dictionary, the group or the rate?")
def rates_before_groups(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    found = group_rates(y_true, y_pred, groups)
    return {rate: {name: found[name][rate] for name in found} for rate in rates_of(y_true, y_pred)}


@group_rates.mistake("How often is an answer right? That is the accuracy. How often is it 1?")
def accuracy_for_selection(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(selection_rate=lambda t, p: np.mean(t == p))(y_true, y_pred, groups)


@group_rates.mistake("All groups have the same rates in your result. Did you choose the rows of each group?")
def the_same_for_all_groups(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return {name: rates_of(y_true, y_pred) for name in groups}


@group_rates.mistake("A group's rate is a share of that group's rows. Is the whole file below your line?")
def divided_by_the_class_in_all_groups(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    names = np.array(groups)
    return {
        name: {
            "selection_rate": float(y_pred[names == name].mean()),
            "true_positive_rate": float((y_pred * y_true)[names == name].sum() / y_true.sum()),
            "false_positive_rate": float((y_pred * (1 - y_true))[names == name].sum() / (1 - y_true).sum()),
        }
        for name in groups
    }


@group_rates.mistake("Counts of a large and a small group cannot be compared. Divide.", name="counts, not rates")
def counts_not_rates(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    return _with(
        selection_rate=lambda t, p: p.sum(),
        true_positive_rate=lambda t, p: (p * t).sum(),
        false_positive_rate=lambda t, p: (p * (1 - t)).sum(),
    )(y_true, y_pred, groups)


@group_rates.mistake("Can you know how often the classifier finds class 1 in a group that has no row of class 1?")
def zero_for_an_empty_class(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    found = group_rates(y_true, y_pred, groups)
    return {name: {rate: 0.0 if math.isnan(x) else x for rate, x in rates.items()} for name, rates in found.items()}


@group_rates.alternative
def by_counting(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    result: Rates = {}
    for name in set(groups):
        tp = fp = fn = tn = 0
        for t, p, g in zip(y_true, y_pred, groups, strict=True):
            if g == name:
                tp += t == 1 and p == 1
                fp += t == 0 and p == 1
                fn += t == 1 and p == 0
                tn += t == 0 and p == 0
        result[name] = {
            "selection_rate": (tp + fp) / (tp + fp + fn + tn),
            "true_positive_rate": tp / (tp + fn) if tp + fn else float("nan"),
            "false_positive_rate": fp / (fp + tn) if fp + tn else float("nan"),
        }
    return result


@group_rates.alternative
def by_division_of_sums(y_true: Array, y_pred: Array, groups: list[str]) -> Rates:
    out: Rates = {}
    for name in sorted(set(groups)):
        rows = np.array([g == name for g in groups], dtype=float)
        out[name] = {
            "selection_rate": (rows * y_pred).sum() / rows.sum(),
            "true_positive_rate": np.divide((rows * y_pred * y_true).sum(), (rows * y_true).sum()),
            "false_positive_rate": np.divide((rows * y_pred * (1 - y_true)).sum(), (rows * (1 - y_true)).sum()),
        }
    return out
