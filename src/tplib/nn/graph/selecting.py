"""Nodes that choose or repeat values by a mask, an index or a shape, and the node that puts chosen ones back."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import unbroadcast
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.memory_order import in_order
from tplib.nn.graph.storage import held
from tplib.nn.graph.views import ViewFunction


class Gather(Function):
    """One value per place of an index along an axis: z[i, j] = x[index[i, j], j] for axis 0. An index may repeat."""

    __slots__ = ("dim", "shape")
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, index: Array, dim: int) -> Any:
        ctx.saved, ctx.dim, ctx.shape = (index,), dim, x.shape
        return in_order(x[_places(index, dim)]) if x.ndim else np.broadcast_to(x, index.shape).copy()

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (index,) = ctx.saved
        dx = np.zeros(ctx.shape, grad.dtype)
        _add_at(dx, index, ctx.dim, grad)
        return dx, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return ScatterAdd.apply(grad, ctx.saved[0], ctx.dim, ctx.shape), None, None


class ScatterAdd(Function):
    """Values added up at the places of an index along an axis, in an array of zeros: what goes back through Gather."""

    __slots__ = ("dim",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, index: Array, dim: int, shape: tuple[int, ...]) -> Any:
        ctx.saved, ctx.dim = (index,), dim
        z = np.zeros(shape, x.dtype)
        _add_at(z, index, dim, x)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (index,) = ctx.saved
        return (
            grad[_places(index, ctx.dim)] if grad.ndim else np.broadcast_to(grad, index.shape).copy(),
            None,
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return Gather.apply(grad, ctx.saved[0], ctx.dim), None, None, None


def _add_at(z: Array, index: Array, dim: int, values: Array) -> None:
    if z.ndim:
        np.add.at(z, _places(index, dim), values)
    else:
        z += values.sum()


def _places(index: Array, dim: int) -> Any:
    """The key that reads or writes the index's places: it may be shorter than x along the other axes."""
    places = list(np.ogrid[tuple(map(slice, index.shape))])
    places[dim] = index
    return tuple(places)


class Take(Function):
    """One value per position along an axis, e.g. at the argmax: a Gather whose index does not repeat."""

    __slots__ = ("dim", "shape")

    @staticmethod
    def forward(ctx: Any, x: Array, index: Array, dim: int) -> Any:
        # Saved, because the caller may hold the index and change it.
        ctx.saved, ctx.dim, ctx.shape = (index,), dim, x.shape
        return np.take_along_axis(x, index, axis=dim)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        dx = np.zeros(ctx.shape, grad.dtype)
        np.put_along_axis(dx, ctx.saved[0], grad, axis=ctx.dim)
        return dx, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return ScatterAdd.apply(grad, ctx.saved[0], ctx.dim, ctx.shape), None, None


class MaskedFill(Function):
    """x where the mask is false, a value where it is true; a value that is a tensor gets the gradient of its places."""

    __slots__ = ("shapes",)
    fresh = True
    saves = (None,)
    expects = "a tensor and a mask of shapes that broadcast together"

    @staticmethod
    def forward(ctx: Any, x: Array, mask: Array, value: Any) -> Any:
        ctx.saved, ctx.shapes = (mask,), (x.shape, np.shape(value))
        return in_order(np.where(mask, held(value, x.dtype), x))

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (mask,), (shape, value_shape), (_, _, to_value) = ctx.saved, ctx.shapes, ctx.edges
        d_value = None if to_value is None else unbroadcast(np.where(mask, grad, 0), value_shape)
        return unbroadcast(np.where(mask, 0, grad), shape), None, d_value


class Expand(ViewFunction):
    """x repeated to a shape, without a copy."""

    __slots__ = ("shape",)
    saves = ()
    expects = "a shape that the tensor broadcasts to"

    @staticmethod
    def forward(ctx: Any, x: Array, shape: tuple[int, ...]) -> Any:
        ctx.shape = x.shape
        return np.broadcast_to(x, shape) if shape != x.shape else x[...]  # the former cannot be written to

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return unbroadcast(grad, ctx.shape), None
