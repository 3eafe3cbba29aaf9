"""Adam and AdamW (lecture 003, "Extensions and variants of SGD"; Kingma and Ba 2015, Loshchilov and Hutter 2019)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.optim.large_arrays import BLOCK, add_scaled, blocks
from tplib.nn.optim.optimizer import Optimizer


class Adam(Optimizer):
    """Momentum and RMSprop together, each divided by 1 - beta^t because it starts from 0."""

    remembers = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize
        )

    def _check_group(self, group: dict[str, Any]) -> None:
        super()._check_group(group)
        if not all(0 <= beta < 1 for beta in group["betas"]):
            raise ValueError(f"{type(self).__name__}: expected betas at least 0 and below 1, got {group['betas']}")

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        if not state:
            state.update(step=0, exp_avg=np.zeros_like(p), exp_avg_sq=np.zeros_like(p))
            if group["amsgrad"]:
                state["max_exp_avg_sq"] = np.zeros_like(p)
        state["step"] += 1
        beta1, beta2 = group["betas"]
        # lr mean / (1 - beta1^t) / (sqrt(square / (1 - beta2^t)) + eps), with both corrections moved into lr and eps
        correction = math.sqrt(1 - beta2 ** state["step"])
        lr = group["lr"] * correction / (1 - beta1 ** state["step"])
        eps = group["eps"] * correction
        names = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq") if group["amsgrad"] else ("exp_avg", "exp_avg_sq")
        memory = np.empty(min(p.size, BLOCK), p.dtype)
        for value, g, mean, square, *largest in blocks(p, grad, *(state[name] for name in names)):
            change = memory[: value.size].reshape(value.shape) if value.size <= BLOCK else np.empty_like(value)
            mean *= beta1
            add_scaled(mean, g, 1 - beta1)
            square *= beta2
            add_scaled(square, np.multiply(g, g, out=change), 1 - beta2)
            np.sqrt(np.maximum(largest[0], square, out=largest[0]) if largest else square, out=change)
            change += eps
            add_scaled(value, np.divide(mean, change, out=change), -lr)


class AdamW(Adam):
    """Adam whose weight decay shrinks the parameters by lr weight_decay, apart from the gradient's averages."""

    decoupled = True

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, maximize=maximize)

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        p *= 1 - group["lr"] * group["weight_decay"]
        super().update(p, grad, state, group)
