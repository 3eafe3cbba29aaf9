"""Rates of two groups against the threshold of each, for the scores of COMPAS."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tplib import bias
from tplib.data import load
from tplib.plots.explore.skin import Explorer, slider, two_panels
from tplib.plots.style import BLUE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
CUTS = list(range(1, 12))  # 11: nobody is called a risk
LOOKS = {"black": (VERMILION, "o"), "white": (BLUE, "s")}
RATES = ("selection_rate", "true_positive_rate", "false_positive_rate", "precision")


class Rows(NamedTuple):
    """Scores 1 to 10, whether a person was charged again, and the group: arrays (N,)."""

    scores: Array
    charged: Array
    groups: Array


def explore_thresholds() -> Explorer:
    """Choose from which score on a person of each group is called a risk: four rates, and their gaps.

    Source: Hardt, Price & Srebro (2016); the scores are those of Angwin et al. (2016).
    """
    controls = {
        "black": slider("threshold for black people", CUTS, 5),
        "white": slider("threshold for white people", CUTS, 5),
    }
    return Explorer("explore_thresholds", controls, draw_thresholds)


@lru_cache(maxsize=1)
def people() -> Rows:
    """The two largest groups of the file."""
    table = load("compas")
    names = {"African-American": "black", "Caucasian": "white"}
    chosen = np.isin(table["race"], list(names))
    groups = np.array([names[race] for race in table["race"][chosen]])
    return Rows(table["decile_score"][chosen], table["two_year_recid"][chosen], groups)


@lru_cache(maxsize=128)
def rates_at(black: int, white: int) -> dict[str, dict[str, float]]:
    """For each rate its value in each group, nan where it is undefined."""
    rows = people()
    answers = bias.predict_by_group(rows.scores, rows.groups, {"black": black, "white": white})
    table = bias.group_rates(rows.charged, answers, rows.groups)
    return {rate: {str(name): value.value for name, value in table.by(rate).items()} for rate in RATES}


def draw_thresholds(black: int, white: int) -> tuple[Figure, str]:
    """The rates of both groups, and each group's error rates at all thresholds."""
    rates = rates_at(black, white)
    figure, left, right = two_panels(widths=(1.15, 1))
    plain(left, "rates at these thresholds", "", "share of the rows")
    plain(right, "all thresholds", "false positive rate", "true positive rate")
    for shift, (group, (colour, marker)) in zip((-0.1, 0.1), LOOKS.items(), strict=True):
        values = [rates[rate][group] for rate in RATES]
        left.plot(np.arange(len(RATES)) + shift, values, marker, color=colour, label=group)
        curve = np.array(
            [
                [rates_at(cut, cut)[rate][group] for rate in ("false_positive_rate", "true_positive_rate")]
                for cut in CUTS
            ]
        )
        right.plot(*curve.T, color=colour, linewidth=1.5, marker=".")
        right.plot(values[2], values[1], marker, color=colour, ms=9, mec="black")
    left.set_xticks(range(len(RATES)), ["selected", "true\npositive", "false\npositive", "precision"])
    left.set_xlim(-0.5, len(RATES) - 0.5)
    left.legend(fontsize=9, frameon=False, loc="upper left")
    for ax in (left, right):
        ax.set_ylim(-0.04, 1.04)
    return figure, _summary(rates)


def _summary(rates: dict[str, dict[str, float]]) -> str:
    gaps = {rate: abs(groups["black"] - groups["white"]) for rate, groups in rates.items()}
    odds = max(gaps["true_positive_rate"], gaps["false_positive_rate"])
    said = f"Gaps: selection {gaps['selection_rate']:.2f}, odds {odds:.2f}"
    if np.isnan(gaps["precision"]):
        return said + "; the precision of a group in which nobody is called a risk is undefined."
    return said + f", precision {gaps['precision']:.2f}."
