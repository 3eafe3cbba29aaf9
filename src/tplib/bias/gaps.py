"""One number for the difference between groups: parity, opportunity, odds. Each leaves something out, and says what.

No classifier that errs can equalise all of them where the base rates differ (Chouldechova 2017; Kleinberg et al. 2017).
"""

from __future__ import annotations

import math
from typing import Any

from tplib.bias.rates import Rate, group_rates
from tplib.errors import TplibError


def demographic_parity_difference(y_true: Any, y_pred: Any, groups: Any) -> float:
    """Largest minus smallest selection rate over the groups, from 0 (parity) to 1; it does not look at the truth.

    Source: Dwork et al. (2012), "statistical parity"; fairlearn's name and convention.
    """
    return _spread(group_rates(y_true, y_pred, groups).by("selection_rate"))


def demographic_parity_ratio(y_true: Any, y_pred: Any, groups: Any) -> float:
    """Smallest over largest selection rate, from 0 to 1 (parity); nan if nobody is selected.

    Below 0.8 it meets the "four-fifths rule" of the US guidelines on employee selection (1978).
    """
    values = _defined(group_rates(y_true, y_pred, groups).by("selection_rate"))
    return min(values) / max(values) if values and max(values) > 0 else math.nan


def equal_opportunity_difference(y_true: Any, y_pred: Any, groups: Any) -> float:
    """Largest minus smallest true positive rate; nan if a group has no row that is truly 1.

    Source: Hardt, Price & Srebro (2016), definition 2.2.
    """
    return _spread(group_rates(y_true, y_pred, groups).by("true_positive_rate"))


def equalized_odds_difference(y_true: Any, y_pred: Any, groups: Any) -> float:
    """The larger of two gaps: that of true positive rates and that of false positive rates.

    Both are largest minus smallest over the groups. nan if one of the rates is undefined in a group: fairlearn counts
    such a rate as 0. Source: Hardt, Price & Srebro (2016), definition 2.1; fairlearn's worst-case convention.
    """
    rates = group_rates(y_true, y_pred, groups)
    gaps = [_spread(rates.by("true_positive_rate")), _spread(rates.by("false_positive_rate"))]
    return math.nan if any(map(math.isnan, gaps)) else max(gaps)


def average_odds_difference(y_true: Any, y_pred: Any, groups: Any, *, privileged: Any) -> float:
    """Mean of two signed gaps, (FPR - FPR privileged + TPR - TPR privileged) / 2, for exactly two groups.

    0 does not mean equal odds: a gap of +0.3 and one of -0.3 cancel. Look at both gaps, or at
    `equalized_odds_difference`. Source and convention: Bellamy et al. (2018), AI Fairness 360.
    """
    rates = group_rates(y_true, y_pred, groups)
    if len(rates.groups) != 2 or privileged not in rates.groups:
        raise TplibError(
            f"Two groups are needed, one of them the privileged {privileged!r}; there are {rates.groups!r}."
        )
    (other,) = (group for group in rates.groups if group != privileged)
    gaps = [
        rates[other][name].value - rates[privileged][name].value
        for name in ("false_positive_rate", "true_positive_rate")
    ]
    return sum(gaps) / 2


def _defined(rates: dict[Any, Rate]) -> list[float]:
    return [rate.value for rate in rates.values() if rate.defined]


def _spread(rates: dict[Any, Rate]) -> float:
    values = _defined(rates)
    return max(values) - min(values) if len(values) == len(rates) else math.nan
