"""Convolution (cross-correlation) and what goes back through it, as nodes (lecture 003, "Multichannel convolution").

The three nodes are the three partial maps of one form, the sum over all positions of dz(o, i, j) w(o, c, u, v)
x(c, s i + d u, s j + d v): linear in the images x, in the weights w and in dz. So each goes back through the other two.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.spatial.correlation import correlate, gradients
from tplib.nn.spatial.windows import Windows


class Convolution(Function):
    """z(o, i, j) = sum over c, u, v of x(c, s i + d u, s j + d v) w(o, c, u, v), plus b(o)."""

    __slots__ = ("groups", "windows")
    fresh = True
    read_for = ((1,), (0,))

    @staticmethod
    def forward(ctx: Any, x: Array, weight: Array, bias: Array | None, windows: Windows, groups: int) -> Any:
        ctx.saved, ctx.windows, ctx.groups = (x, weight), windows, groups
        return correlate(x, weight, bias, windows, groups)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, weight), (to_x, to_weight, to_bias, *_) = ctx.saved, ctx.edges
        wanted = to_x is not None, to_weight is not None
        dx, dw = gradients(x, weight, grad, ctx.windows, ctx.groups, *wanted) if any(wanted) else (None, None)
        return dx, dw, None if to_bias is None else channel_sum(grad), None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, weight = (ctx.argument(i, array) for i, array in enumerate(ctx.saved))
        dx = TransposedConvolution.apply(grad, weight, None, ctx.windows, ctx.groups)
        dw = Weights.apply(x, grad, ctx.saved[1].shape, ctx.windows, ctx.groups)
        return dx, dw, grad.sum((0, *range(2, grad.ndim))), None, None


class TransposedConvolution(Function):
    """What goes back through a convolution of `windows`: z(c, s i + d u, s j + d v) sums x(o, i, j) w(o, c, u, v)."""

    __slots__ = ("groups", "windows")
    fresh = True
    read_for = ((1,), (0,))

    @staticmethod
    def forward(ctx: Any, x: Array, weight: Array, bias: Array | None, windows: Windows, groups: int) -> Any:
        ctx.saved, ctx.windows, ctx.groups = (x, weight), windows, groups
        channels, size = weight.shape[1] * groups, windows.size[4 - x.ndim :]
        nothing = np.broadcast_to(np.zeros((), x.dtype), (len(x), channels, *size))
        z, _ = gradients(nothing, weight, x, windows, groups, True, False)
        if bias is not None:
            z += bias.reshape(-1, *(1,) * len(size))
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, weight), (to_x, to_weight, to_bias, *_), how = ctx.saved, ctx.edges, (ctx.windows, ctx.groups)
        return (
            None if to_x is None else correlate(grad, weight, None, *how),
            None if to_weight is None else gradients(grad, weight, x, *how, False, True)[1],
            None if to_bias is None else channel_sum(grad),
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, weight = (ctx.argument(i, array) for i, array in enumerate(ctx.saved))
        dx = Convolution.apply(grad, weight, None, ctx.windows, ctx.groups)
        dw = Weights.apply(grad, x, ctx.saved[1].shape, ctx.windows, ctx.groups)
        return dx, dw, grad.sum((0, *range(2, grad.ndim))), None, None


class Weights(Function):
    """The gradient of a convolution's weights, from its images x and the gradient dz of its result."""

    __slots__ = ("groups", "windows")
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, dz: Array, shape: tuple[int, ...], windows: Windows, groups: int) -> Any:
        ctx.saved, ctx.windows, ctx.groups = (x, dz), windows, groups
        nothing = np.broadcast_to(np.zeros((), x.dtype), shape)
        return gradients(x, nothing, dz, windows, groups, False, True)[1]

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, dz), how = ctx.saved, (ctx.windows, ctx.groups)
        return gradients(x, grad, dz, *how, True, False)[0], correlate(x, grad, None, *how), None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x, dz), how = (ctx.argument(i, array) for i, array in enumerate(ctx.saved)), (ctx.windows, ctx.groups)
        dx = TransposedConvolution.apply(dz, grad, None, *how)
        return dx, Convolution.apply(x, grad, None, *how), None, None, None


def channel_sum(grad: Array) -> Array:
    """(B, O, ...) -> (O,)."""
    dz = grad.reshape(*grad.shape[:2], -1) if grad.size else np.zeros((*grad.shape[:2], 0), grad.dtype)
    return (dz @ np.ones(dz.shape[2], grad.dtype)).sum(0)  # a product with ones is a sum, and quicker
