"""Adagrad and RMSprop: a step size for each parameter value (lecture 003, "Extensions and variants of SGD")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.sparse_rows import SparseRows
from tplib.nn.optim.optimizer import Optimizer


class Adagrad(Optimizer):
    """p -= lr gradient / (sqrt(sum of squared gradients) + eps), with lr / (1 + (t - 1) lr_decay) at step t."""

    remembers = ("sum",)

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            eps=eps,
            maximize=maximize,
        )

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        lr = self._rate(p, state, group)
        state["sum"] += grad * grad
        p -= lr * grad / (np.sqrt(state["sum"]) + group["eps"])

    def update_rows(self, p: Array, grad: SparseRows, state: dict[str, Any], group: dict[str, Any]) -> None:
        lr, rows = self._rate(p, state, group), grad.indices
        state["sum"][rows] += grad.values * grad.values
        p[rows] -= lr * grad.values / (np.sqrt(state["sum"][rows]) + group["eps"])

    def _rate(self, p: Array, state: dict[str, Any], group: dict[str, Any]) -> Any:
        if not state:
            state.update(step=0, sum=np.full_like(p, group["initial_accumulator_value"]))
        state["step"] += 1
        return group["lr"] / (1 + (state["step"] - 1) * group["lr_decay"])


class RMSprop(Optimizer):
    """Adagrad with an exponentially weighted mean (`alpha`) of the squares in place of their sum."""

    remembers = ("square_avg", "momentum_buffer", "grad_avg")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            alpha=alpha,
            eps=eps,
            weight_decay=weight_decay,
            momentum=momentum,
            centered=centered,
            maximize=maximize,
        )

    def _check_group(self, group: dict[str, Any]) -> None:
        super()._check_group(group)
        if not 0 <= group["alpha"] <= 1:
            raise ValueError(f"RMSprop: expected alpha between 0 and 1, got {group['alpha']}")

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        alpha = group["alpha"]
        if not state:
            state.update(step=0, square_avg=np.zeros_like(p))
            if group["momentum"]:
                state["momentum_buffer"] = np.zeros_like(p)
            if group["centered"]:
                state["grad_avg"] = np.zeros_like(p)
        state["step"] += 1
        square = state["square_avg"]
        square *= alpha
        square += (1 - alpha) * grad * grad
        if group["centered"]:
            mean = state["grad_avg"]
            mean *= alpha
            mean += (1 - alpha) * grad
            scale = np.sqrt(square - mean * mean)  # the standard deviation
        else:
            scale = np.sqrt(square)
        change = grad / (scale + group["eps"])
        if group["momentum"]:
            buffer = state["momentum_buffer"]
            buffer *= group["momentum"]
            buffer += change
            change = buffer
        p -= group["lr"] * change
