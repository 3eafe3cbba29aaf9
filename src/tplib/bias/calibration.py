"""Whether a score means the same in each group: of the rows scored 0.7, are seven in ten positive in all groups?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.bias import checks
from tplib.bias.rates import Rate, wilson_interval
from tplib.errors import TplibError

Array = np.ndarray


@dataclass(frozen=True)
class Calibration:
    """One group's bins: `edges` (B + 1,), the mean score (B,) of each bin, nan if empty, and the share of positives."""

    edges: Array
    mean_score: Array
    observed: list[Rate]

    @property
    def error(self) -> float:
        """Expected calibration error: the mean of abs(mean score - share of positives), each bin by its rows."""
        rows = np.array([rate.of for rate in self.observed])
        filled = rows > 0
        gaps = np.abs(self.mean_score[filled] - np.array([rate.value for rate in self.observed])[filled])
        return float((gaps * rows[filled]).sum() / rows.sum())


def group_calibration(y_true: Any, score: Any, groups: Any, *, bins: int = 10) -> dict[Hashable, Calibration]:
    """Calibration of each group over bins of equal width from 0 to 1; a score on an edge belongs to the upper bin.

    score: (N,) probabilities of class 1. The error depends on the number of bins and is larger in small groups by
    chance alone: compare it with the intervals of `observed`.
    Source: Naeini, Cooper & Hauskrecht (2015); within groups Pleiss et al. (2017).
    """
    true, score = checks.labels(y_true, "y_true"), checks.scores(score, "score")
    names, number = checks.groups(groups)
    checks.same_length(y_true=true, score=score, groups=number)
    if bins < 1:
        raise TplibError(f"bins must be at least 1, but is {bins}.")
    if score.min() < 0 or score.max() > 1:
        raise TplibError(
            f"score must hold probabilities from 0 to 1, but goes from {score.min():g} to {score.max():g}."
        )
    edges = np.linspace(0, 1, bins + 1)
    place = np.minimum(np.searchsorted(edges, score, side="right") - 1, bins - 1)  # (N,)

    def of(group: int) -> Calibration:
        mean, observed = np.full(bins, np.nan), []
        for b in range(bins):
            rows = (number == group) & (place == b)
            count, size = int(true[rows].sum()), int(rows.sum())
            observed.append(Rate(count, size, *wilson_interval(count, size)))
            if size:
                mean[b] = score[rows].mean()
        return Calibration(edges, mean, observed)

    return {name: of(i) for i, name in enumerate(names)}
