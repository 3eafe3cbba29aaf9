"""Penalties on the size of the weights: L1, L2 and elastic net (lecture 003, "Penalization").

They are functions of all parameters together: add lambda times the penalty to the loss.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.tensor import Tensor


class Penalty(Function):
    """l1 sum |w| + l2 sum w^2 over all arrays; the derivative of |w| at 0 is taken as 0."""

    __slots__ = ("factors",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, l1: float, l2: float, *weights: Array) -> Any:
        ctx.saved, ctx.factors = weights, (l1, l2)
        total = weights[0].dtype.type(0)
        for w in weights:
            if l1:
                total = total + l1 * np.abs(w).sum()
            if l2:
                total = total + l2 * np.vdot(w, w)
        return total

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        l1, l2 = ctx.factors
        if not l1:
            return None, None, *(grad * (2 * l2) * w for w in ctx.saved)
        return None, None, *(grad * (l1 * np.sign(w) + 2 * l2 * w) for w in ctx.saved)


def l1_penalty(parameters: Tensor | Iterable[Tensor]) -> Tensor:
    """The sum of |w| over all values: many weights become exactly 0."""
    return elastic_net_penalty(parameters, l1_ratio=1.0)


def l2_penalty(parameters: Tensor | Iterable[Tensor]) -> Tensor:
    """The sum of w^2 over all values; lambda times it is, for SGD, a weight decay of 2 lambda."""
    return elastic_net_penalty(parameters, l1_ratio=0.0)


def elastic_net_penalty(parameters: Tensor | Iterable[Tensor], l1_ratio: float = 0.5) -> Tensor:
    """l1_ratio times the L1 penalty plus (1 - l1_ratio) times the L2 penalty."""
    if not 0 <= l1_ratio <= 1:
        raise ValueError(f"elastic_net_penalty: expected l1_ratio between 0 and 1, got {l1_ratio}")
    listed = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    if not listed:
        raise ValueError("elastic_net_penalty: there are no parameters; is the module's parameters() used up?")
    return Penalty.apply(l1_ratio, 1 - l1_ratio, *listed)
