"""Stochastic gradient descent (lecture 003, Algorithm 4), with momentum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tplib.nn.graph.graph import Array
from tplib.nn.graph.sparse_rows import SparseRows
from tplib.nn.optim.large_arrays import add_scaled
from tplib.nn.optim.optimizer import Optimizer


class SGD(Optimizer):
    """p -= lr d, with d the gradient or, with momentum, buffer = momentum buffer + (1 - dampening) gradient."""

    remembers = ("momentum_buffer",)

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("SGD: nesterov needs a momentum above 0 and no dampening")
        super().__init__(
            params,
            lr=lr,
            momentum=momentum,
            dampening=dampening,
            weight_decay=weight_decay,
            nesterov=nesterov,
            maximize=maximize,
        )

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        momentum = group["momentum"]
        if momentum:
            if "momentum_buffer" in state:
                buffer = state["momentum_buffer"]
                buffer *= momentum
                buffer += grad if group["dampening"] == 0 else (1 - group["dampening"]) * grad
            else:
                buffer = state["momentum_buffer"] = grad.copy()  # the first step is not dampened
            grad = grad + momentum * buffer if group["nesterov"] else buffer
        add_scaled(p, grad, -group["lr"])

    def update_rows(self, p: Array, grad: SparseRows, state: dict[str, Any], group: dict[str, Any]) -> None:
        p[grad.indices] -= group["lr"] * grad.values
