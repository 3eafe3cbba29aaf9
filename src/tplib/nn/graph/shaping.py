"""Nodes that move values: reshaping, permuting, joining, choosing one of two."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import unbroadcast
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.memory_order import copied, in_order
from tplib.nn.graph.views import ViewFunction


class Cast(Function):
    """A copy in another dtype."""

    __slots__ = ()

    @staticmethod
    def forward(ctx: Any, x: Array, dtype: np.dtype[Any]) -> Any:
        return copied(x, dtype)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return grad, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return grad, None  # who adds gradients up brings them to one dtype


class Contiguous(Function):
    """A copy whose values lie in the order of their axes."""

    __slots__ = ()
    saves = ()

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        return np.array(x, order="C")

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return grad


class Reshape(ViewFunction):
    __slots__ = ("shape",)
    saves = ()

    @staticmethod
    def forward(ctx: Any, x: Array, shape: tuple[int, ...]) -> Any:
        ctx.shape = x.shape
        return reshaped(x, shape)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return grad.reshape(ctx.shape), None


class View(Reshape):
    """A reshape that never copies."""

    __slots__ = ()

    @staticmethod
    def forward(ctx: Any, x: Array, shape: tuple[int, ...]) -> Any:
        ctx.shape, z = x.shape, reshaped(x, shape)
        if z.size and not np.may_share_memory(x, z):
            raise RuntimeError(
                f"view: the values of shape {x.shape} do not lie in the order of shape {shape}, as after a transpose; "
                "use reshape, which copies them"
            )
        return z


def reshaped(x: Array, shape: tuple[int, ...]) -> Array:
    try:
        if any(n < -1 for n in shape):  # NumPy takes each negative size for -1
            raise ValueError
        return x.reshape(shape)
    except ValueError:
        raise ValueError(f"reshape: {x.size} values of shape {x.shape} do not fit shape {shape}") from None


class Permute(ViewFunction):
    __slots__ = ("inverse",)

    @staticmethod
    def forward(ctx: Any, x: Array, dims: tuple[int, ...]) -> Any:
        if sorted(d + x.ndim if d < 0 else d for d in dims) != list(range(x.ndim)):
            raise ValueError(f"permute: expected an order of the {x.ndim} axes of shape {x.shape}, got {dims}")
        ctx.inverse = sorted(range(x.ndim), key=lambda axis: dims[axis] % x.ndim)
        return x.transpose(dims)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return grad.transpose(ctx.inverse), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return grad.permute(ctx.inverse), None


class Concatenate(Function):
    """Join arrays along an axis that they have."""

    __slots__ = ("cuts", "dim")
    expects = "shapes that are equal but for the joined axis"

    @staticmethod
    def forward(ctx: Any, dim: int, *arrays: Array) -> Any:
        _check_number("concatenate", arrays)
        joined = in_order(np.concatenate(arrays, axis=dim))
        ctx.dim, ctx.cuts = dim, np.cumsum([a.shape[dim] for a in arrays])[:-1]
        return joined

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return None, *np.split(grad, ctx.cuts, axis=ctx.dim)

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        starts, ends = [0, *ctx.cuts], [*ctx.cuts, grad.shape[ctx.dim]]
        lead = (slice(None),) * (ctx.dim % grad.ndim)
        return None, *(grad[(*lead, slice(a, b))] for a, b in zip(starts, ends, strict=True))


class Where(Function):
    """The first value where the condition holds, the second elsewhere."""

    __slots__ = ("shapes",)
    saves = (None,)
    expects = "a condition and two values of shapes that broadcast together"

    @staticmethod
    def forward(ctx: Any, condition: Array, x: Any, y: Any) -> Any:
        ctx.saved, ctx.shapes = (condition,), (np.shape(x), np.shape(y))
        return np.where(condition, x, y)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (condition,), (x_shape, y_shape), (_, to_x, to_y) = ctx.saved, ctx.shapes, ctx.edges
        return (
            None,
            None if to_x is None else unbroadcast(np.where(condition, grad, 0), x_shape),
            None if to_y is None else unbroadcast(np.where(condition, 0, grad), y_shape),
        )


class Stack(Function):
    """Join arrays of one shape along a new axis."""

    __slots__ = ("dim",)
    expects = "arrays of one shape"

    @staticmethod
    def forward(ctx: Any, dim: int, *arrays: Array) -> Any:
        _check_number("stack", arrays)
        ctx.dim = dim
        return in_order(np.stack(arrays, axis=dim))

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return None, *np.moveaxis(grad, ctx.dim, 0)

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        lead = (slice(None),) * (ctx.dim % grad.ndim)
        return None, *(grad[(*lead, i)] for i in range(grad.shape[ctx.dim]))


def _check_number(name: str, arrays: tuple[Array, ...]) -> None:
    if not arrays:
        raise ValueError(f"{name}: expected at least one tensor, got an empty list")
