"""Functions of one tensor that are methods of a Tensor: exp, log, ..., and sigmoid, tanh and ReLU.

Softmax is in `softmax.py`, the other activations are in `activations/`. `sigmoid_of` takes and gives arrays, for use
inside other nodes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import quiet
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.masks import masked


class Exp(Function):
    __slots__ = ()
    saves = (-1,)
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array) -> Any:
        z = np.exp(x)
        ctx.saved = (z,)
        return z

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (z,) = ctx.saved
        return grad * z


class Log(Function):
    __slots__ = ()
    saves = (0,)
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array) -> Any:
        ctx.saved = (x,)
        return np.log(x)

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x,) = ctx.saved
        return grad / x


class Sqrt(Function):
    __slots__ = ()
    saves = (-1,)
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array) -> Any:
        z = np.sqrt(x)
        ctx.saved = (z,)
        return z

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (z,) = ctx.saved
        return grad / (2 * z)


class Sin(Function):
    __slots__ = ()
    fresh = True
    saves = (0,)

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        ctx.saved = (x,)
        return np.sin(x)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,) = ctx.saved
        return grad * np.cos(x)


class Cos(Function):
    __slots__ = ()
    fresh = True
    saves = (0,)

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        ctx.saved = (x,)
        return np.cos(x)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,) = ctx.saved
        return -grad * np.sin(x)


class Abs(Function):
    __slots__ = ()
    piecewise = True
    saves = (None,)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        ctx.saved = (x,)
        return np.abs(x)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,) = ctx.saved
        return grad * np.subtract(x > 0, x < 0, dtype=grad.dtype)  # 0 at a nan, as in PyTorch


class Clamp(Function):
    __slots__ = ("limits",)
    saves = (None,)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, low: float | None, high: float | None) -> Any:
        z = x.copy() if low is None else np.maximum(x, low)
        z = z if high is None else np.minimum(z, high)
        ctx.saved, ctx.limits = (x,), (low, high)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,), (low, high) = ctx.saved, ctx.limits
        inside = ~np.isnan(x)
        if low is not None:
            inside &= x >= low
        if high is not None:
            inside &= x <= high
        return masked(grad, inside), None, None


@quiet
def sigmoid_of(x: Array) -> Array:
    """1 / (1 + exp(-x)) on arrays: exact to the last digits on both sides, 0 and 1 at the extremes."""
    # At -1000, exp overflows to inf, and 1 / inf = 0 is the right answer.
    z: Array = np.exp(-x)
    z += 1
    return np.divide(1, z, out=z) if z.ndim else 1 / z


class Sigmoid(Function):
    __slots__ = ()
    saves = (-1,)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        z = sigmoid_of(x)
        ctx.saved = (z,)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (z,) = ctx.saved
        return grad * (z * (1 - z))


class Tanh(Function):
    __slots__ = ()
    saves = (-1,)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        z = np.tanh(x)
        ctx.saved = (z,)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (z,) = ctx.saved
        return grad * (1 - z * z)


class ReLU(Function):
    __slots__ = ()
    piecewise = True
    saves = (None,)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        z = np.maximum(x, 0)
        ctx.saved = (z,)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (z,) = ctx.saved
        return masked(grad, ~(z <= 0))  # a nan passes the gradient on, as in PyTorch
