"""Loss nodes, each fused with what comes before it so that extreme scores stay exact (lecture 003, "Loss")."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import quiet, unbroadcast
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.unary import sigmoid_of


def reduce(losses: Array, reduction: str, number: float | None = None) -> Any:
    """The losses themselves, their sum, or their mean: the sum over `number`, NaN if that is 0 as in PyTorch."""
    if reduction == "none":
        return losses
    total = np.add.reduce(losses, axis=None)
    return total if reduction == "sum" else total * reciprocal(losses.size if number is None else number)


def reciprocal(number: float) -> float:
    return 1 / number if number else float("nan")


def share(grad: Array, reduction: str, number: float) -> Any:
    """dl/d(each loss) from dl/d(the reduced loss)."""
    return grad * reciprocal(number) if reduction == "mean" else grad


# PyTorch's bound on x (1 - x) in the gradient of BCE, a single-precision constant for every dtype.
SMALLEST = float(np.float32(1e-12))


class MSE(Function):
    __slots__ = ("reduction",)
    fresh = True
    expects = "input and target of shapes that broadcast together"

    @staticmethod
    def forward(ctx: Any, x: Array, target: Array, weight: Array | None, reduction: str) -> Any:
        error = x - target
        ctx.saved, ctx.reduction = (x, target, error, weight), reduction
        if weight is None and reduction != "none":
            flat = error.ravel("K")
            return flat @ flat * (1 if reduction == "sum" else reciprocal(flat.size))
        losses = error * error
        if weight is None:
            return reduce(losses, reduction)
        losses = losses * weight
        return reduce(losses, reduction, np.broadcast_to(weight, losses.shape).sum())

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, target, error, weight), (to_x, to_target, *_) = ctx.saved, ctx.edges
        number = error.size if weight is None else np.broadcast_to(weight, error.shape).sum()
        d_error = error * (2 * share(grad, ctx.reduction, number))
        if weight is not None:
            d_error = d_error * weight
        return (
            None if to_x is None else unbroadcast(d_error, x.shape),
            None if to_target is None else unbroadcast(-d_error, target.shape),
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, target, error, weight = ctx.saved
        number = error.size if weight is None else np.broadcast_to(weight, error.shape).sum().item()
        d_error = (ctx.argument(0, x) - ctx.argument(1, target)) * (2 * share(grad, ctx.reduction, number))
        if weight is not None:
            d_error = d_error * weight
        return unbroadcast(d_error, x.shape), unbroadcast(-d_error, target.shape), None, None


class BCE(Function):
    """-[t log x + (1 - t) log(1 - x)] of probabilities x; each log is cut off at -100, as in PyTorch."""

    __slots__ = ("reduction",)
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, target: Array, weight: Array | None, reduction: str) -> Any:
        log_x, log_not_x = np.maximum(np.log(x), -100), np.maximum(np.log1p(-x), -100)
        ctx.saved, ctx.reduction = (x, target, weight), reduction
        losses = (target - 1) * log_not_x - target * log_x
        return reduce(losses if weight is None else losses * weight, reduction)

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x, target, weight), (to_x, to_target, *_) = ctx.saved, ctx.edges
        grad = share(grad, ctx.reduction, x.size)
        if weight is not None:
            grad = grad * weight
        return (
            None if to_x is None else grad * (x - target) / np.maximum(x * (1 - x), SMALLEST),
            None if to_target is None else grad * (np.log1p(-x) - np.log(x)),
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, target = ctx.argument(0, ctx.saved[0]), ctx.argument(1, ctx.saved[1])
        grad = share(grad, ctx.reduction, x.data.size)
        if ctx.saved[2] is not None:
            grad = grad * ctx.saved[2]
        return grad * (x - target) / (x * (1 - x)).clamp(min=SMALLEST), grad * ((1 - x).log() - x.log()), None, None


class BCEWithLogits(Function):
    """BCE of sigmoid(x), as max(x, 0) - x t + log(1 + exp(-|x|)): no probability, nothing to overflow."""

    __slots__ = ("reduction",)
    saves = (0, 1, None, None)
    fresh = True

    @staticmethod
    def forward(
        ctx: Any, x: Array, target: Array, weight: Array | None, pos_weight: Array | None, reduction: str
    ) -> Any:
        ctx.saved, ctx.reduction = (x, target, weight, pos_weight), reduction
        tail = np.log1p(np.exp(-np.abs(x)))  # -log sigmoid(|x|)
        if pos_weight is None:
            losses = np.maximum(x, 0) - x * target + tail
        else:
            losses = (1 - target) * x + (1 + (pos_weight - 1) * target) * (tail + np.maximum(-x, 0))
        return reduce(losses if weight is None else losses * weight, reduction)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, target, weight, pos_weight), (to_x, to_target, *_) = ctx.saved, ctx.edges
        grad = share(grad, ctx.reduction, math.prod(x.shape))
        if weight is not None:
            grad = grad * weight
        dx = d_target = None
        if to_x is not None and pos_weight is None:
            dx = grad * (_sigmoid(x) - target)
        elif to_x is not None:
            dx = grad * ((1 - target) - (1 + (pos_weight - 1) * target) * _sigmoid(-x))
        if to_target is not None:
            d_target = grad * (-x if pos_weight is None else (pos_weight - 1) * _minus_log_sigmoid(x) - x)
        return dx, d_target, None, None, None


def _minus_log_sigmoid(x: Any) -> Any:
    if not hasattr(x, "sigmoid"):
        return np.log1p(np.exp(-np.abs(x))) + np.maximum(-x, 0)
    return BCEWithLogits.apply(x, np.ones(x.shape, x.dtype), None, None, "none")


def _sigmoid(x: Any) -> Any:
    return sigmoid_of(x) if isinstance(x, np.ndarray | np.generic) else x.sigmoid()


class GaussianNLL(Function):
    """1/2 [log v + (x - t)^2 / v] (+ 1/2 log 2 pi): minus the log-likelihood of a Gaussian of variance v."""

    __slots__ = ("how",)
    fresh = True
    expects = "input, target and variance of shapes that broadcast together"

    @staticmethod
    def forward(ctx: Any, x: Array, target: Array, var: Array, full: bool, eps: float, reduction: str) -> Any:
        ctx.saved, ctx.how = (x, target, var), (eps, reduction)
        var = np.maximum(var, eps)
        losses = 0.5 * (np.log(var) + (x - target) ** 2 / var)
        return reduce(losses + 0.5 * np.log(2 * np.pi).item() if full else losses, reduction)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, target, var), (to_x, to_target, to_var, *_), (eps, reduction) = ctx.saved, ctx.edges, ctx.how
        var_shape, var = var.shape, np.maximum(var, eps)
        error = (x - target) / var
        grad = share(grad, reduction, np.broadcast(error, var).size)
        d_error = grad * error
        return (
            None if to_x is None else unbroadcast(d_error, x.shape),
            None if to_target is None else unbroadcast(-d_error, target.shape),
            # The cut-off at eps passes the gradient through, as in PyTorch.
            None if to_var is None else unbroadcast(grad * 0.5 * (1 / var - error * error), var_shape),
            None,
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x_array, t_array, var_array), (eps, reduction) = ctx.saved, ctx.how
        x, target, var = ctx.argument(0, x_array), ctx.argument(1, t_array), ctx.argument(2, var_array)
        var = var + np.maximum(eps - var_array, 0)  # cut off as before; the gradient passes
        error = (x - target) / var
        d_error = share(grad, reduction, np.broadcast(error.data, var_array).size)
        d_var = unbroadcast(d_error * 0.5 * (1 / var - error * error), var_array.shape)
        d_error = d_error * error
        return unbroadcast(d_error, x.shape), unbroadcast(-d_error, target.shape), d_var, None, None, None
