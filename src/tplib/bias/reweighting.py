"""Weights that make the classes independent of the groups in the training rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.bias import checks

Array = np.ndarray


def reweighing(y_true: Any, groups: Any) -> Array:
    """Weights (N,): rows expected in (group, class) if both were independent, over rows found there.

    w(g, c) = n(g) n(c) / (n n(g, c)). They sum to N, and with them each group has the same share of positives. A
    weight by the group alone would not do this. A (group, class) without rows stays without: no weight fills it.
    Source: Kamiran & Calders (2012), "reweighing".
    """
    true = checks.labels(y_true, "y_true")
    names, number = checks.groups(groups)
    checks.same_length(y_true=true, groups=number)
    counts = np.zeros((len(names), 2))
    np.add.at(counts, (number, true.astype(np.int64)), 1)
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / len(true)  # (G, 2)
    weights = np.divide(expected, counts, out=np.zeros_like(expected), where=counts > 0)
    found: Array = weights[number, true.astype(np.int64)]
    return found
