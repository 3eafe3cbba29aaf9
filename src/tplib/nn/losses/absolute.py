"""Losses that grow like the distance itself, so that outliers count less than in squares: L1, smooth L1, Huber."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.losses.functions import check_reduction, check_same_shape, float_like
from tplib.nn.losses.nodes import MSE, reciprocal, reduce, share


class L1(Function):
    """|x - t|; its slope at 0 is 0."""

    __slots__ = ("reduction", "size")
    piecewise = True
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, target: Array, reduction: str) -> Any:
        error = x - target
        ctx.saved, ctx.reduction = (np.sign(error),), reduction
        return reduce(np.abs(error), reduction)

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        (sign,) = ctx.saved
        dx = share(grad, ctx.reduction, np.size(sign)) * sign
        return dx, None if ctx.edges[1] is None else -dx, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return L1.backward(ctx, grad)


class SmoothL1(Function):
    """|x - t| - beta/2, and (x - t)^2 / (2 beta) where |x - t| < beta; all times `factor`.

    Both are inner (|x - t| - inner / 2) / beta with inner = min(|x - t|, beta): no choice value by value, it is slow.
    """

    __slots__ = ("how",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, target: Array, beta: float, factor: float, reduction: str) -> Any:
        error = x - target
        ctx.saved, ctx.how = (x, target, error), (beta, factor, reduction)
        if beta and reduction != "none" and error.dtype.kind == "f":
            total = sum(_total(block, beta) for block in _flat_blocks(error))
            return error.dtype.type(factor * total * (reciprocal(error.size) if reduction == "mean" else 1))
        losses = np.abs(error)
        if beta:
            inner = np.minimum(losses, beta)
            losses = inner * (losses - 0.5 * inner) * (1 / beta)
        return reduce(losses * factor if factor != 1 else losses, reduction)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (_, _, error), (beta, factor, reduction) = ctx.saved, ctx.how
        each = share(grad, reduction, error.size) * factor
        if beta:
            dx = np.array(error)
            for block in _flat_blocks(dx):
                block *= 1 / beta
                np.maximum(block, -1, out=block)
                np.minimum(block, 1, out=block)
                if reduction != "none":
                    block *= each
            if reduction == "none":
                dx *= each
        else:
            dx = each * np.sign(error)
        return dx, None if ctx.edges[1] is None else -dx, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x, target, error), (beta, factor, reduction) = ctx.saved, ctx.how
        distance = ctx.argument(0, x) - ctx.argument(1, target)
        slope: Any = np.sign(error)
        if beta:  # where the distance is beta, the second derivative is that of the outer part, as in PyTorch
            slope = np.where(np.abs(error) < beta, distance * (1 / beta), slope)
        dx = share(grad, reduction, error.size) * factor * slope
        return dx, -dx, None, None, None


BLOCK = 1 << 15  # values, which with two results stay in the cache


def _flat_blocks(x: Array) -> Iterator[Array]:
    """Views of all values in turn, of an array without gaps."""
    flat = x.ravel("K")
    return (flat[start : start + BLOCK] for start in range(0, flat.size, BLOCK))


def _total(error: Array, beta: float) -> float:
    """The sum of the losses (for `factor` 1) in two dot products."""
    size = np.abs(error)
    inner = np.minimum(size, beta)
    return float(inner @ size - 0.5 * (inner @ inner)) / beta


def l1_loss(input: TensorLike, target: TensorLike, *, reduction: str = "mean") -> Tensor:
    """|x - t| for x and t of one shape."""
    return L1.apply(*_pair("l1_loss", input, target, reduction), reduction)


def smooth_l1_loss(input: TensorLike, target: TensorLike, *, reduction: str = "mean", beta: float = 1.0) -> Tensor:
    """(x - t)^2 / (2 beta) where |x - t| < beta, |x - t| - beta/2 elsewhere, for x and t of one shape.

    Source: Girshick 2015, equation 3.
    """
    if not beta >= 0:
        raise ValueError(f"smooth_l1_loss: expected a beta of at least 0, got {beta}")
    return SmoothL1.apply(*_pair("smooth_l1_loss", input, target, reduction), beta, 1.0, reduction)


def huber_loss(input: TensorLike, target: TensorLike, *, reduction: str = "mean", delta: float = 1.0) -> Tensor:
    """`delta` times the smooth L1 loss of beta = `delta`: half the square for small distances (Huber 1964)."""
    if not delta > 0:
        raise ValueError(f"huber_loss: expected a delta above 0, got {delta}")
    x, t = _pair("huber_loss", input, target, reduction)
    if delta * delta > np.finfo(x.dtype).max:  # every distance that has a square is small
        return MSE.apply(x, t, None, reduction) * 0.5
    return SmoothL1.apply(x, t, delta, delta, reduction)


def _pair(name: str, input: TensorLike, target: TensorLike, reduction: str) -> tuple[Tensor, Tensor]:
    x = as_tensor(input)
    check_reduction(name, reduction)
    t = float_like(target, x)
    check_same_shape(name, x, t)
    return x, t
