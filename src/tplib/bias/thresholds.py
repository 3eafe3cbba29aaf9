"""A threshold for each group, so that one rate is equal in all. Choose it on other rows than those you test on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from tplib.bias import checks
from tplib.errors import TplibError

Array = np.ndarray


def predict_by_group(score: Any, groups: Any, thresholds: Mapping[Hashable, float]) -> Array:
    """Classes (N,) int64: 1 where a score is at least its group's threshold. A group without one is refused."""
    score = checks.scores(score, "score")
    names, number = checks.groups(groups)
    checks.same_length(score=score, groups=number)
    if missing := [name for name in names if name not in thresholds]:
        raise TplibError(
            f"There is no threshold for {', '.join(map(repr, missing))}; there is one for {list(thresholds)!r}."
        )
    return (score >= np.array([thresholds[name] for name in names])[number]).astype(np.int64)


def equal_rate_thresholds(
    y_true: Any, score: Any, groups: Any, *, rate: str = "true_positive_rate", target: float
) -> dict[Hashable, float]:
    """For each group the highest threshold whose rate is at least `target`: "at least" the score counts as 1.

    rate: "selection_rate" (parity), "true_positive_rate" (opportunity) or "false_positive_rate". Scores that are equal
    cannot be parted, so that the rates are as near as the scores allow, never below the target.
    Source: Hardt, Price & Srebro (2016), section 3, without their random choice between two thresholds.
    """
    true, score = checks.labels(y_true, "y_true"), checks.scores(score, "score")
    names, number = checks.groups(groups)
    checks.same_length(y_true=true, score=score, groups=number)
    among = {"selection_rate": np.ones_like(true), "true_positive_rate": true, "false_positive_rate": ~true}
    if rate not in among:
        raise TplibError(f"A threshold can fix {', '.join(among)}, not {rate!r}.")
    if not 0 <= target <= 1:
        raise TplibError(f"target must lie from 0 to 1, but is {target}.")
    chosen: dict[Hashable, float] = {}
    for i, name in enumerate(names):
        ordered = np.sort(score[(number == i) & among[rate]])[::-1]  # from the highest score down
        if not len(ordered):
            raise TplibError(f"The {rate} of {name!r} is undefined: it has no row to be counted among.")
        needed = int(np.ceil(target * len(ordered) - 1e-9))
        chosen[name] = float(ordered[needed - 1]) if needed else float(np.nextafter(score.max(), np.inf))
    return chosen


def gaps_by_threshold(y_true: Any, score: Any, groups: Any, thresholds: Any) -> dict[Hashable, dict[str, Array]]:
    """Selection, true and false positive rate of each group at each of T thresholds: arrays (T,), nan if undefined."""
    true, score = checks.labels(y_true, "y_true"), checks.scores(score, "score")
    names, number = checks.groups(groups)
    checks.same_length(y_true=true, score=score, groups=number)
    cuts = np.asarray(thresholds, dtype=np.float64)

    def share(rows: Array) -> Array:
        ordered = np.sort(score[rows])
        with np.errstate(invalid="ignore"):
            return (len(ordered) - np.searchsorted(ordered, cuts, side="left")) / np.float64(len(ordered))

    return {
        name: {
            "selection_rate": share(number == i),
            "true_positive_rate": share((number == i) & true),
            "false_positive_rate": share((number == i) & ~true),
        }
        for i, name in enumerate(names)
    }
