"""Rates of a classifier's answers in each group, with intervals. A rate of an empty class is undefined, and says so."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.bias import checks
from tplib.errors import TplibError

Array = np.ndarray

# name -> (the rows that count, the rows among which they are counted), from the true and the predicted classes (N,)
RATES: dict[str, Any] = {
    "base_rate": lambda true, predicted: (true, np.ones_like(true)),
    "selection_rate": lambda true, predicted: (predicted, np.ones_like(true)),
    "accuracy": lambda true, predicted: (true == predicted, np.ones_like(true)),
    "true_positive_rate": lambda true, predicted: (predicted, true),
    "false_positive_rate": lambda true, predicted: (predicted, ~true),
    "true_negative_rate": lambda true, predicted: (~predicted, ~true),
    "false_negative_rate": lambda true, predicted: (~predicted, true),
    "precision": lambda true, predicted: (true, predicted),
    "false_omission_rate": lambda true, predicted: (true, ~predicted),
}


@dataclass(frozen=True)
class Rate:
    """`count` of `of` rows, and the interval from `low` to `high`. Of no rows: the rate is nan, the interval 0 to 1."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, nan if it is undefined."""
        return self.count / self.of if self.of else math.nan

    @property
    def defined(self) -> bool:
        """Whether there was any row to count among."""
        return self.of > 0

    def __float__(self) -> float:
        return self.value

    def __repr__(self) -> str:
        if not self.defined:
            return "undefined (0 of 0)"
        return f"{self.value:.3f} ({self.count:,} of {self.of:,}; {self.low:.3f} to {self.high:.3f})"


@dataclass(frozen=True)
class GroupRates:
    """The rates of each group: `rates["women"]["precision"]`; `by("precision")` gives one rate across the groups."""

    rates: dict[Hashable, dict[str, Rate]]
    overall: dict[str, Rate]
    confidence: float

    @property
    def groups(self) -> list[Hashable]:
        return list(self.rates)

    def __getitem__(self, group: Hashable) -> dict[str, Rate]:
        return self.rates[group]

    def by(self, name: str) -> dict[Hashable, Rate]:
        """One rate in every group; raises TplibError for a rate that there is not."""
        if name not in RATES:
            raise TplibError(f"There is no rate {name!r}; there are {', '.join(RATES)}.")
        return {group: rates[name] for group, rates in self.rates.items()}

    def undefined(self) -> list[str]:
        """A sentence for each rate that has no row to be counted among."""
        why = {
            "true_positive_rate": "no row of it is truly 1",
            "false_negative_rate": "no row of it is truly 1",
            "false_positive_rate": "no row of it is truly 0",
            "true_negative_rate": "no row of it is truly 0",
            "precision": "no row of it is predicted 1",
            "false_omission_rate": "no row of it is predicted 0",
        }
        return [
            f"The {name} of {group!r} is undefined: {why[name]}."
            for group, rates in self.rates.items()
            for name, rate in rates.items()
            if not rate.defined
        ]


def group_rates(y_true: Any, y_pred: Any, groups: Any, *, confidence: float = 0.95) -> GroupRates:
    """All rates of a classifier with classes 0 and 1, in each group and over all rows.

    y_true, y_pred: (N,) classes; groups: (N,) anything that can be compared with ==, at least one row each.
    The intervals are Wilson's (1927), made for rows drawn independently: where rows repeat (several texts of one
    writer), use `bootstrap` with clusters. Conditional rates follow Hardt, Price & Srebro (2016), section 2.
    """
    true, predicted = checks.labels(y_true, "y_true"), checks.labels(y_pred, "y_pred")
    names, number = checks.groups(groups)
    checks.same_length(y_true=true, y_pred=predicted, groups=number)
    if not 0 < confidence < 1:
        raise TplibError(f"confidence must lie between 0 and 1, but is {confidence}.")

    def rates(rows: Array) -> dict[str, Rate]:
        found = {}
        for name, counted in RATES.items():
            hits, among = counted(true[rows], predicted[rows])
            count, of = int((hits & among).sum()), int(among.sum())
            found[name] = Rate(count, of, *wilson_interval(count, of, confidence))
        return found

    each = {name: rates(number == i) for i, name in enumerate(names)}
    return GroupRates(each, rates(np.ones_like(true)), confidence)


def wilson_interval(count: float, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share; (0, 1), nothing known, when there is no row.

    Source: Wilson (1927), Journal of the American Statistical Association 22(158), p. 209.
    """
    if of == 0:
        return 0.0, 1.0
    from scipy.special import ndtri  # figures import this module, and need no interval

    z = float(ndtri((1 + confidence) / 2))
    share = count / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low = 0.0 if count == 0 else centre - half  # exactly, where rounding would leave a trace
    high = 1.0 if count == of else centre + half
    return low, high
