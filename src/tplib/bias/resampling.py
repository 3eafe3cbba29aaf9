"""Bootstrap intervals: how much a number would move, had other rows of the same kind been drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.bias import checks
from tplib.errors import TplibError

Array = np.ndarray


@dataclass(frozen=True)
class Interval:
    """A number and its percentile interval; `undefined` is the share of resamples in which it had no value."""

    value: float
    low: float
    high: float
    confidence: float
    undefined: float = 0.0

    def __repr__(self) -> str:
        lost = f"; undefined in {self.undefined:.1%} of the resamples" if self.undefined else ""
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f}{lost})"


def bootstrap(
    statistic: Callable[..., float],
    *arrays: Any,
    clusters: Any = None,
    rounds: int = 1000,
    confidence: float = 0.95,
    seed: int | None = 0,
) -> Interval:
    """The percentile bootstrap of `statistic(*arrays)`; the arrays share their first axis, one entry a row.

    clusters: (N,) what belongs together (a writer, a document): whole clusters are drawn, since rows of one cluster
    resemble each other and an interval from single rows would be too narrow. A resample in which the statistic is nan
    (a group may vanish from it) is left out of the interval and counted in `undefined`.
    Source: Efron & Tibshirani (1993), chapter 13; for clusters Cameron & Miller (2015).
    """
    if rounds < 1:
        raise TplibError(f"rounds must be at least 1, but is {rounds}.")
    columns = [np.asarray(array) for array in arrays]
    checks.same_length(**{f"array {i}": column for i, column in enumerate(columns, 1)})
    members = _members(clusters, len(columns[0]))
    rng = np.random.default_rng(seed)
    values = np.empty(rounds)
    for i in range(rounds):
        drawn = rng.integers(len(members), size=len(members))
        rows = np.concatenate([members[j] for j in drawn]) if clusters is not None else drawn
        values[i] = statistic(*(column[rows] for column in columns))
    kept = values[~np.isnan(values)]
    tail = (1 - confidence) / 2
    low, high = np.quantile(kept, [tail, 1 - tail]) if len(kept) else (np.nan, np.nan)
    return Interval(float(statistic(*columns)), float(low), float(high), confidence, 1 - len(kept) / rounds)


def _members(clusters: Any, rows: int) -> list[Array]:
    """The rows of each cluster; each row by itself without clusters."""
    if clusters is None:
        return [np.array([i]) for i in range(rows)]
    names, number = checks.groups(clusters, "clusters")
    checks.same_length(rows=range(rows), clusters=number)
    order = np.argsort(number, kind="stable")
    return np.split(order, np.cumsum(np.bincount(number, minlength=len(names)))[:-1])
