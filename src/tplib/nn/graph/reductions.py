"""Nodes that summarise values along axes: sum, mean, variance, norm, largest and smallest, running sums."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import quiet
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.memory_order import in_order
from tplib.nn.graph.selecting import Expand

Dim = int | tuple[int, ...] | None


def spread(grad: Any, shape: tuple[int, ...], dim: Dim, keepdim: bool) -> Any:
    """Repeat the gradient of a reduction over the axes that it reduced, as a read-only view of `shape`."""
    if not isinstance(grad, np.ndarray | np.generic):
        return Expand.apply(grad.reshape(kept_shape(shape, dim)), shape)
    if not shape:
        return np.reshape(grad, ())  # of a single number, which may be reduced along an axis 0 that it has not
    if dim is not None and not keepdim:
        grad = np.expand_dims(grad, dim)
    return np.broadcast_to(grad, shape)


def kept_shape(shape: tuple[int, ...], dim: Dim) -> tuple[int, ...]:
    """The shape after a reduction that keeps the reduced axes as 1."""
    dims = range(len(shape)) if dim is None else dim if isinstance(dim, tuple) else (dim,)
    reduced = {d % len(shape) for d in dims} if shape else set()
    return tuple(1 if i in reduced else n for i, n in enumerate(shape))


def _laid(z: Any) -> Any:
    """The result of a reduction, a new array, in the order of its axes."""
    return z if z.ndim < 2 else in_order(z)


class Sum(Function):
    __slots__ = ("how",)
    saves = ()

    @staticmethod
    def forward(ctx: Any, x: Array, dim: Dim, keepdim: bool) -> Any:
        ctx.how = x.shape, dim, keepdim
        return _laid(x.sum(axis=dim, keepdims=keepdim))

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return spread(grad, *ctx.how), None, None


class Mean(Function):
    """An empty mean is NaN, without a warning, as in PyTorch."""

    __slots__ = ("how", "scale")
    saves = ()

    @staticmethod
    def forward(ctx: Any, x: Array, dim: Dim, keepdim: bool) -> Any:
        ctx.how = x.shape, dim, keepdim
        total = _laid(x.sum(axis=dim, keepdims=keepdim))
        number = x.size // total.size if total.size else 1
        ctx.scale = 1 / number if number else np.nan
        return total * ctx.scale if number else np.full_like(total, np.nan)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return spread(grad * ctx.scale, *ctx.how), None, None


class Var(Function):
    """The sum of (x - mean)^2 over n - correction: the variance of a sample for correction 1."""

    __slots__ = ("how", "number")
    saves = (0,)

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, dim: Dim, correction: float, keepdim: bool) -> Any:
        error = _centred(x, dim)
        total = _laid((error * error).sum(axis=dim, keepdims=keepdim))
        ctx.saved, ctx.how = (x,), (x.shape, dim, keepdim)
        ctx.number = np.float64(max(_count(x, dim) - correction, 0)).astype(x.dtype)
        return total / ctx.number

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x,), dim = ctx.saved, ctx.how[1]
        error = _centred(x, dim)
        return spread(grad * (2 / ctx.number).item(), *ctx.how) * error, None, None, None


class Std(Function):
    """The root of the variance."""

    __slots__ = ("how", "number")
    saves = (0, -1)

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, dim: Dim, correction: float, keepdim: bool) -> Any:
        z = np.sqrt(Var.forward(ctx, x, dim, correction, keepdim))
        if x.dtype.itemsize < 8 and np.isinf(z).any():  # the squares were too large for float32
            z = np.sqrt(Var.forward(Var(), x.astype(float), dim, correction, keepdim)).astype(x.dtype)
        ctx.saved = x, z
        return z

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x, z), dim = ctx.saved, ctx.how[1]
        error = _centred(x, dim)
        # Where all values are equal, 0 is one of the slopes.
        share = np.where(z == 0, 0, grad / (np.where(z == 0, 1, z) * ctx.number.item()))
        return spread(share, *ctx.how) * error, None, None, None


def _centred(x: Any, dim: Dim) -> Any:
    """x minus its mean along axes, by way of the first value: exactly 0 where all values are equal."""
    if not x.ndim:
        return x - x
    dims = range(x.ndim) if dim is None else [d % x.ndim for d in (dim if isinstance(dim, tuple) else (dim,))]
    error = x - x[tuple(slice(1) if d in dims else slice(None) for d in range(x.ndim))]
    return error - error.sum(axis=dim, keepdims=True) / _count(x, dim)


def _count(x: Any, dim: Dim) -> int:
    dims = range(x.ndim) if dim is None else dim if isinstance(dim, tuple) else (dim,)
    return int(np.prod([x.shape[d] for d in dims])) if x.ndim else 1


class Max(Function):
    """The largest value (the smallest for sign -1) along axes; values that tie share its gradient, as in PyTorch."""

    __slots__ = ("how",)
    saves = (None, None)  # only compared

    @staticmethod
    def forward(ctx: Any, x: Array, dim: Dim, keepdim: bool, sign: int) -> Any:
        try:
            z = in_order((x.max if sign > 0 else x.min)(axis=dim, keepdims=keepdim))
        except ValueError as error:
            if x.size or isinstance(error, IndexError):
                raise
            name, word = ("amax", "maximum") if sign > 0 else ("amin", "minimum")
            raise ValueError(f"{name}: shape {x.shape} leaves nothing to take the {word} of") from error
        ctx.saved, ctx.how = (x, z), (x.shape, dim, keepdim)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, z), how = ctx.saved, ctx.how
        z = spread(z, *how)
        best = (x == z) | (np.isnan(x) & np.isnan(z))
        number = np.count_nonzero(best, axis=how[1], keepdims=how[2])
        return np.where(best, spread(grad / np.maximum(number, 1).astype(x.dtype), *how), 0), None, None, None


class LogSumExp(Function):
    """log of the sum of exp(x) along axes, by way of the largest value: no sum overflows."""

    __slots__ = ("how",)
    saves = (0, -1)

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, dim: Dim, keepdim: bool) -> Any:
        top = x.max(axis=dim, keepdims=True)
        top[~np.isfinite(top)] = 0
        z = np.log(np.exp(x - top).sum(axis=dim, keepdims=True)) + top
        z = in_order(z if keepdim else z.squeeze(axis=dim))
        ctx.saved, ctx.how = (x, z), (x.shape, dim, keepdim)
        return z

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x, z), how = ctx.saved, ctx.how
        return spread(grad, *how) * np.exp(x - spread(z, *how)), None, None


class CumSum(Function):
    """The sums of the values up to each place along an axis."""

    __slots__ = ("dim",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, dim: int) -> Any:
        ctx.dim = dim
        return in_order(np.cumsum(x, axis=dim)) if x.ndim else x.copy()

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        if not grad.ndim:
            return grad.copy(), None
        return np.flip(np.cumsum(np.flip(grad, ctx.dim), axis=ctx.dim), ctx.dim).copy(), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        # The sum from a place to the end: all, without those up to the place before.
        total = grad.sum(ctx.dim, keepdim=True) if grad.ndim else grad
        return total - CumSum.apply(grad, ctx.dim) + grad, None


class Norm(Function):
    """(sum of |x|^p)^(1/p) along axes; the largest |x| for p = inf, the smallest for -inf, how many x != 0 for 0."""

    __slots__ = ("how",)
    piecewise = True
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, p: float, dim: Dim, keepdim: bool) -> Any:
        size = np.abs(x)
        if abs(p) == np.inf:
            try:
                z = (size.max if p > 0 else size.min)(axis=dim, keepdims=keepdim)
            except ValueError as error:
                raise ValueError(f"norm: shape {x.shape} leaves nothing to take the norm of order {p} of") from error
        elif p == 0:
            z = (x != 0).sum(axis=dim, keepdims=keepdim, dtype=x.dtype)
        elif p in (1, 2):
            z = size.sum(axis=dim, keepdims=keepdim) if p == 1 else np.sqrt((x * x).sum(axis=dim, keepdims=keepdim))
        else:
            z = (size**p).sum(axis=dim, keepdims=keepdim) ** (1 / p)
        z = in_order(z)
        ctx.saved, ctx.how = (x, z), (p, x.shape, dim, keepdim)
        return z

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x, z), (p, *how) = ctx.saved, ctx.how
        grad, z = spread(grad, *how), spread(z, *how)
        if p == 0:
            return np.zeros(x.shape, x.dtype), None, None, None
        if p == 1:
            return grad * np.sign(x), None, None, None
        if abs(p) == np.inf:
            best = (np.abs(x) == z) | (np.isnan(x) & np.isnan(z))
            number = best.sum(axis=how[1], keepdims=True).astype(x.dtype)
            return np.sign(x) * np.where(best, grad / number, 0), None, None, None
        if p == 2:
            dx = np.where(z == 0, 0, x * (grad / z))  # at the tip, 0 is one of the slopes
        elif p < 1:
            dx = np.where(x == 0, 0, np.sign(x) * np.abs(x) ** (p - 1) * grad * z ** (1 - p))
        else:
            dx = np.where(z == 0, 0, x * np.abs(x) ** (p - 2) * (grad / z ** (p - 1)))
            if p < 2:
                dx = np.where(x == 0, 0, dx)
        return dx, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x_array, z_array), (p, *how) = ctx.saved, ctx.how
        x, z, grad = ctx.argument(0, x_array), spread(ctx.result(z_array), *how), spread(grad, *how)
        if p == 2:
            inverse = (z.data != 0).astype(x_array.dtype) / z.masked_fill(z.data == 0, 1.0)
            return x * grad * inverse, None, None, None
        if p != 1:
            raise NotImplementedError(f"norm: a second derivative is there for p = 1 and 2 only, not for {p}")
        return grad * np.sign(x_array), None, None, None
