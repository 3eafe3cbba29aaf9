"""Optimisers with PyTorch's update rules and defaults (lecture 003, "Extensions and variants of SGD")."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from tplib.nn.graph import Array
from tplib.nn.tensor import Tensor


class Optimizer:
    """Keeps groups of parameters with their options, and what each rule remembers about a parameter.

    `params` is an iterable of Tensors, or of dicts {"params": [...], "lr": ...} with options of their own. The options
    in use are in `param_groups`; changing `param_groups[0]["lr"]` changes the learning rate.
    """

    param_groups: list[dict[str, Any]]
    state: dict[Tensor, dict[str, Any]]

    def __init__(self, params: Iterable[Any], **defaults: Any) -> None:
        name = type(self).__name__
        if isinstance(params, Tensor):
            raise TypeError(f"{name}: expected an iterable of parameters, got one tensor; put it in a list")
        groups = list(params)
        if not groups:
            raise ValueError(f"{name}: there are no parameters to optimise; is the module's parameters() used up?")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for option in ("lr", "eps", "weight_decay", "momentum", "lr_decay"):
            if any(group.get(option, defaults.get(option, 0)) < 0 for group in groups):
                raise ValueError(f"{name}: {option} must not be negative")
        self.param_groups = [{**defaults, **group} for group in groups]
        self.state = {}
        for group in self.param_groups:
            listed = group["params"]
            group["params"] = [listed] if isinstance(listed, Tensor) else list(listed)
            for p in group["params"]:
                if not isinstance(p, Tensor) or not p.is_leaf:
                    raise TypeError(f"{name}: expected leaf tensors such as a module's parameters(), got {p!r}")
                if p in self.state:
                    raise ValueError(f"{name}: a parameter appears twice")
                self.state[p] = {}

    def zero_grad(self) -> None:
        for p in self.state:
            p.grad = None

    def step(self) -> None:
        """Change every parameter that has a gradient, in place."""
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    # A number becomes one value in a row: arithmetic on 0-d arrays gives scalars, which out= refuses.
                    data, grad = (p.data, p.grad) if p.ndim else (p.data.reshape(1), p.grad.reshape(1))
                    if group["maximize"]:
                        grad = -grad
                    if group["weight_decay"]:
                        grad = grad + group["weight_decay"] * data
                    self.update(data, grad, self.state[p], group)
                    p._changed()

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        """Change the array `p`, given its gradient (which stays as it is)."""
        raise NotImplementedError


class SGD(Optimizer):
    """p -= lr d, with d the gradient or, with momentum, buffer = momentum buffer + (1 - dampening) gradient."""

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
        p -= group["lr"] * grad


class Adagrad(Optimizer):
    """p -= lr gradient / (sqrt(sum of squared gradients) + eps), with lr / (1 + (t - 1) lr_decay) at step t."""

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
        if not state:
            state.update(step=0, sum=np.full_like(p, group["initial_accumulator_value"]))
        lr = group["lr"] / (1 + state["step"] * group["lr_decay"])
        state["step"] += 1
        state["sum"] += grad * grad
        p -= lr * grad / (np.sqrt(state["sum"]) + group["eps"])


class RMSprop(Optimizer):
    """Adagrad with an exponentially weighted mean (`alpha`) of the squares in place of their sum."""

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
        if not 0 <= alpha <= 1:
            raise ValueError(f"RMSprop: expected alpha between 0 and 1, got {alpha}")
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

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        alpha = group["alpha"]
        if not state:
            state.update(square_avg=np.zeros_like(p), grad_avg=np.zeros_like(p), momentum_buffer=np.zeros_like(p))
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


class Adam(Optimizer):
    """Momentum and RMSprop together, each divided by 1 - beta^t because it starts from 0."""

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
        if not all(0 <= beta < 1 for beta in betas):
            raise ValueError(f"Adam: expected betas at least 0 and below 1, got {betas}")
        super().__init__(
            params, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize
        )

    def update(self, p: Array, grad: Array, state: dict[str, Any], group: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        if not state:
            state.update(step=0, exp_avg=np.zeros_like(p), exp_avg_sq=np.zeros_like(p))
            if group["amsgrad"]:
                state["max_exp_avg_sq"] = np.zeros_like(p)
        state["step"] += 1
        mean, square = state["exp_avg"], state["exp_avg_sq"]
        mean += (1 - beta1) * (grad - mean)
        square *= beta2
        square += (1 - beta2) * grad * grad
        if group["amsgrad"]:
            square = np.maximum(state["max_exp_avg_sq"], square, out=state["max_exp_avg_sq"])
        scale = np.sqrt(square)
        scale /= math.sqrt(1 - beta2 ** state["step"])
        scale += group["eps"]
        np.divide(mean, scale, out=scale)
        scale *= group["lr"] / (1 - beta1 ** state["step"])
        p -= scale
