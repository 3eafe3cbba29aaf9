"""The larger of the gaps in true and in false positive rates between any two groups."""

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from tplib.exercises.tp9.downstream.common import NAMES, columns, every_class, exercise, shuffled
from tplib.exercises.tp9.downstream.rates import group_rates
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
ODDS = ("true_positive_rate", "false_positive_rate")


def _opposite(draw: Draw) -> Arguments:
    """One group has the higher true positive rate, the other the higher false positive rate, by as much."""
    n = draw.size(2, 4)
    high, low = draw.choice((("men", "women"), ("women", "men")))
    rows = [(1, 1, high)] * n + [(0, 0, high)] * n + [(1, 0, low), (0, 1, low)] + [(1, 1, low), (0, 0, low)] * (n - 1)
    return columns(shuffled(draw, rows))


def _wide_false_positives(draw: Draw) -> Arguments:
    """The larger gap is that of the false positive rates."""
    return _wide(draw, one=1, other=0)


def _wide_true_positives(draw: Draw) -> Arguments:
    """The larger gap is that of the true positive rates."""
    return _wide(draw, one=0, other=1)


def _wide(draw: Draw, one: int, other: int) -> Arguments:
    """The rates of class `one` differ by 1/2, those of class `other` by more."""
    rows = [(one, 1, "men"), (one, 1, "men"), (one, 0, "women"), (one, 1, "women")]
    rows += [(other, 1, "men"), (other, 0, "women")] * draw.size(1, 3)
    return columns(shuffled(draw, rows))


def _third_group(draw: Draw) -> Arguments:
    """The widest gap lies between the last two of three groups in the file."""
    rows = [(1, 1, "women"), (1, 0, "women"), (0, 0, "women"), (0, 1, "women")]
    rows += [(1, 1, "men"), (1, 1, "men"), (0, 0, "men"), (0, draw.choice((0, 1)), "men")]
    rows += [(1, 0, "others"), (1, 0, "others"), (0, 0, "others"), (0, 1, "others")]
    return columns(rows)


def _in_the_middle(name: str, draw: Draw) -> Arguments:
    """One group's rates lie between those of the two others, and it is the second in the file."""
    c = draw.choice((0, 1))
    high, low = (other for other in NAMES if other != name)
    first = [(c, 1, high), (c, 0, name), (c, 0, low)]
    rest = [(1 - c, p, other) for other in NAMES for p in (0, 1)] + [(c, 1, name)]
    return columns(first + shuffled(draw, rest + [(c, 1, high)] * draw.size(0, 2)))


def _equal(draw: Draw) -> Arguments:
    rows = [(1, 1, name) for name in ("women", "men")] + [(0, 0, name) for name in ("women", "men")]
    return columns(shuffled(draw, rows))


def _unlike_base_rates(draw: Draw) -> Arguments:
    """Equal odds, but one group has more rows of class 1, so that more of it are selected."""
    p, q = draw.choice(((1, 0), (1, 0), (0, 1)))
    rows = [(1, p, "men")] * draw.size(3, 5) + [(0, q, "men"), (1, p, "women")] + [(0, q, "women")] * draw.size(2, 4)
    return columns(shuffled(draw, rows))


@exercise(
    points=2,
    lecture="001, schedule: TP9-Biais",
    concepts=(51,),
    draw=every_class,
    edges=(
        Drawn(_opposite),
        Drawn(_opposite),
        Drawn(_wide_false_positives),
        Drawn(_wide_true_positives),
        Drawn(_third_group),
        *(Drawn(partial(_in_the_middle, name)) for name in NAMES),
        Drawn(_equal),
        Drawn(_unlike_base_rates),
    ),
    forbidden=("fairlearn.metrics.equalized_odds_difference", "tplib.bias.equalized_odds_difference"),
)
def equalized_odds_gap(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    """gap = max(largest TPR - smallest TPR, largest FPR - smallest FPR), each over all groups.

    shapes: `y_true` and `y_pred` are arrays (N,) of 0 and 1, `groups` is a list of N names;
    the result is one number from 0 to 1.
    worked: TPR 0.8 and 0.5, FPR 0.2 and 0.5: both gaps are 0.3, and so is the result; their signed mean would be 0
    """
    return max(_spread(y_true, y_pred, groups, rate) for rate in ODDS)


def _values(y_true: Array, y_pred: Array, groups: list[str], rate: str) -> list[float]:
    return [rates[rate] for rates in group_rates(y_true, y_pred, groups).values()]


def _spread(y_true: Array, y_pred: Array, groups: list[str], rate: str) -> float:
    values = _values(y_true, y_pred, groups, rate)
    return max(values) - min(values)


def _both(how: Callable[[float, float], float]) -> Callable[..., float]:
    def answer(y_true: Array, y_pred: Array, groups: list[str]) -> float:
        return how(*(_spread(y_true, y_pred, groups, rate) for rate in ODDS))

    return answer


@equalized_odds_gap.mistake("A large gap can hide behind a small one. Which of the two does the text ask for?")
def mean_of_the_gaps(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return _both(lambda tpr, fpr: (tpr + fpr) / 2)(y_true, y_pred, groups)


@equalized_odds_gap.mistake("The sum of two gaps can be larger than 1. Which of them is the gap of the odds?")
def sum_of_the_gaps(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return _both(lambda tpr, fpr: tpr + fpr)(y_true, y_pred, groups)


@equalized_odds_gap.mistake("Are the odds equal as soon as one of the two rates is?")
def smaller_gap(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return _both(min)(y_true, y_pred, groups)


@equalized_odds_gap.mistake("Equal opportunity looks at true positive rates alone. What else do equal odds ask for?")
def true_positive_rates_alone(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return _both(lambda tpr, fpr: tpr)(y_true, y_pred, groups)


@equalized_odds_gap.mistake("Your gap ignores the rows of class 1. Who is wrongly left out?")
def false_positive_rates_alone(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return _both(lambda tpr, fpr: fpr)(y_true, y_pred, groups)


@equalized_odds_gap.mistake("A gap of +0.3 and one of -0.3: what is their mean, and are the odds equal?")
def signed_gaps_averaged(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    tpr = _values(y_true, y_pred, groups, "true_positive_rate")
    fpr = _values(y_true, y_pred, groups, "false_positive_rate")
    return abs((tpr[0] - tpr[-1]) + (fpr[0] - fpr[-1])) / 2


@equalized_odds_gap.mistake("Does your gap change when the third group is treated worse?")
def first_two_groups(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    def gap(rate: str) -> float:
        first, second, *_ = _values(y_true, y_pred, groups, rate)
        return abs(first - second)

    return max(gap("true_positive_rate"), gap("false_positive_rate"))


@equalized_odds_gap.mistake("Parity compares how many are selected. What do equal odds compare?")
def selection_rates_compared(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return _spread(y_true, y_pred, groups, "selection_rate")


@equalized_odds_gap.mistake("Equal odds ask for two rates. What does a gap in selection rates do among them?")
def selection_rates_among_them(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return max(_spread(y_true, y_pred, groups, rate) for rate in (*ODDS, "selection_rate"))


@equalized_odds_gap.mistake("A deviation is smaller than the gap. What is the largest rate minus the smallest?")
def standard_deviations(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return max(float(np.std(_values(y_true, y_pred, groups, rate))) for rate in ODDS)


@equalized_odds_gap.mistake("Two gaps of 1: can yours be more than 1? Which of the two does the text ask for?")
def root_of_the_squares(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return _both(math.hypot)(y_true, y_pred, groups)


@equalized_odds_gap.mistake("You subtract the rates within a group first. Do equal odds compare TPR with FPR?")
def differences_within_the_groups(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    tpr, fpr = (_values(y_true, y_pred, groups, rate) for rate in ODDS)
    within = [one - other for one, other in zip(tpr, fpr, strict=True)]
    return max(within) - min(within)


@equalized_odds_gap.mistake("Does your gap change when the third group, by the alphabet, is treated worse?")
def first_two_names(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    rates = group_rates(y_true, y_pred, groups)
    one, other, *_ = (rates[name] for name in sorted(rates))
    return max(abs(one[rate] - other[rate]) for rate in ODDS)


@equalized_odds_gap.mistake("Two groups can have the same accuracy with opposite errors. Which rates do you need?")
def accuracies_compared(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    names = np.array(groups)
    values = [float((y_true == y_pred)[names == name].mean()) for name in set(groups)]
    return max(values) - min(values)


@equalized_odds_gap.mistake("A gap can be negative in your answer. Which group comes first: who decides?")
def sign_kept(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    tpr = _values(y_true, y_pred, groups, "true_positive_rate")
    fpr = _values(y_true, y_pred, groups, "false_positive_rate")
    return max(tpr[0] - tpr[-1], fpr[0] - fpr[-1])


@equalized_odds_gap.mistake("A ratio of 1 would mean equal rates. Is your result 0 when nothing differs?")
def ratios(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    def ratio(rate: str) -> float:
        values = _values(y_true, y_pred, groups, rate)
        return min(values) / max(values) if max(values) else math.nan

    return min(ratio("true_positive_rate"), ratio("false_positive_rate"))


@equalized_odds_gap.mistake("Rates of 0.2 and 0.1: is their difference the same as one minus their ratio?")
def one_minus_the_ratio(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    def ratio(rate: str) -> float:
        values = _values(y_true, y_pred, groups, rate)
        return min(values) / max(values) if max(values) else 1.0

    return 1 - min(ratio("true_positive_rate"), ratio("false_positive_rate"))


@equalized_odds_gap.mistake("You compare each group with the first. Can two others lie further apart?")
def each_against_the_first(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    values = (_values(y_true, y_pred, groups, rate) for rate in ODDS)
    return max(abs(value - first) for first, *others in values for value in others)


@equalized_odds_gap.mistake("You compare each group with the next. Can two others lie further apart?")
def each_against_the_next(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    return max(float(np.abs(np.diff(_values(y_true, y_pred, groups, rate))).max()) for rate in ODDS)


@equalized_odds_gap.mistake("You compare each group with all rows together. Between which two is the gap of the text?")
def each_against_all_rows(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    whole = group_rates(y_true, y_pred, ["all"] * len(groups))["all"]
    return max(abs(value - whole[rate]) for rate in ODDS for value in _values(y_true, y_pred, groups, rate))


@equalized_odds_gap.mistake("A true positive rate of 1 and a false positive rate of 0 in each group: is that a gap?")
def all_rates_in_one(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    values = [value for rate in ODDS for value in _values(y_true, y_pred, groups, rate)]
    return max(values) - min(values)


@equalized_odds_gap.alternative
def over_pairs(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    names, largest = np.array(groups), 0.0
    for truth in (0, 1):
        for a in set(groups):
            for b in set(groups):
                one = y_pred[(names == a) & (y_true == truth)].mean()
                other = y_pred[(names == b) & (y_true == truth)].mean()
                largest = max(largest, abs(one - other))
    return largest


@equalized_odds_gap.alternative
def by_peak_to_peak(y_true: Array, y_pred: Array, groups: list[str]) -> float:
    rates = np.array([[rates[rate] for rate in ODDS] for rates in group_rates(y_true, y_pred, groups).values()])
    return float(np.ptp(rates, axis=0).max())
