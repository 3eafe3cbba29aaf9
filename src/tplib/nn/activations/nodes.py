"""Activation nodes: each function beside its local gradient (lectures 004, "Activation functions", and 003).

Sigmoid, tanh, ReLU and softmax are methods of a Tensor too: their nodes are in `graph/unary.py` and `graph/softmax.py`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tplib.nn.activations.normal_distribution import NormalDistribution, share_below, times_slope
from tplib.nn.graph.arithmetic import quiet
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.masks import masked
from tplib.nn.graph.second_order import through
from tplib.nn.graph.selecting import ScatterAdd
from tplib.nn.graph.unary import sigmoid_of

_GELU_SCALE = math.sqrt(2 / math.pi)


class Hardtanh(Function):
    __slots__ = ("limits",)
    piecewise = True
    saves = (None,)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, min_val: float, max_val: float) -> Any:
        z = np.minimum(np.maximum(x, min_val), max_val)
        ctx.saved, ctx.limits = (x,), (min_val, max_val)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,), (min_val, max_val) = ctx.saved, ctx.limits
        return masked(grad, (x > min_val) & (x < max_val)), None, None


class LeakyReLU(Function):
    __slots__ = ("slope",)
    piecewise = True
    saves = (None,)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, slope: float) -> Any:
        ctx.saved, ctx.slope = (x,), slope
        if slope != slope:
            return np.where(x > 0, x, slope)  # nan
        # max(x, slope * x) is the lecture's form; it holds for slopes up to 1.
        steep = np.minimum(x, 0) * slope if slope == 0 else slope * x  # inf times 0 would be nan
        return np.maximum(x, steep) if slope <= 1 else np.minimum(x, steep)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,), slope = ctx.saved, ctx.slope
        if 0 <= slope <= 1:  # 1 or the slope, without a choice at each entry, which takes five times as long
            return grad * np.maximum((x > 0).astype(x.dtype), slope, dtype=x.dtype), None
        return np.where(x > 0, grad, slope * grad), None


class ELU(Function):
    __slots__ = ("alpha",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, alpha: float) -> Any:
        ctx.saved, ctx.alpha = (x,), alpha
        if not np.isfinite(alpha):  # infinity times 0 would be nan
            return np.where(x < 0, quiet(np.multiply)(alpha, np.expm1(np.minimum(x, 0))), x)
        return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,), alpha = ctx.saved, ctx.alpha
        slope = np.exp(np.fmin(x, 0))  # 1 on the right, and at a nan, as in PyTorch
        return grad * (slope if alpha == 1 else np.where(x <= 0, alpha * slope, 1)), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x = ctx.argument(0, ctx.saved[0])
        slope = np.where(x < 0, x.clamp(max=0).exp() * ctx.alpha, np.where(x.data == 0, ctx.alpha, 1))
        return grad * slope, None


class GELU(Function):
    """x Phi(x), Phi the standard normal distribution function: exactly, or by PyTorch's formula with tanh."""

    __slots__ = ("approximate",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, approximate: str) -> Any:
        exact = approximate == "none"
        phi = share_below(x) if exact else 0.5 * (1 + np.tanh(_GELU_SCALE * (x + 0.044715 * x**3)))
        ctx.saved, ctx.approximate = (x, phi), approximate
        return x * phi

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        x, phi = ctx.saved
        if ctx.approximate == "none":
            return times_slope(grad, x, phi), None
        slope = 2 * phi * (1 - phi) * _GELU_SCALE * (1 + 3 * 0.044715 * x * x)
        return grad * (phi + x * slope), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        formula = _gelu_by_tanh if ctx.approximate == "tanh" else _gelu
        return through(formula, [ctx.argument(0, ctx.saved[0])], grad)[0], None


def _gelu_by_tanh(x: Any) -> Any:
    return x * ((x + x**3 * 0.044715) * _GELU_SCALE).tanh() * 0.5 + x * 0.5


def _gelu(x: Any) -> Any:
    return x * NormalDistribution.apply(x)


class SiLU(Function):
    """x sigmoid(x)."""

    __slots__ = ()
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array) -> Any:
        sigmoid = sigmoid_of(x)
        ctx.saved = x, sigmoid
        return x * sigmoid

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        x, sigmoid = ctx.saved
        return grad * (sigmoid * (1 + x * (1 - sigmoid)))

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x = ctx.argument(0, ctx.saved[0])
        sigmoid = x.sigmoid()
        return grad * (sigmoid * (1 + x * (1 - sigmoid)))


class Softplus(Function):
    """log(1 + exp(beta x)) / beta, and x itself where beta x exceeds the threshold."""

    __slots__ = ("how",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, beta: float, threshold: float) -> Any:
        ctx.saved, ctx.how = (x,), (beta, threshold)
        scaled = np.asarray(beta * x)
        z = (np.log1p(np.exp(-np.abs(scaled))) + np.maximum(scaled, 0)) / beta  # never exp of a large number
        linear = scaled > threshold
        return (np.where(linear, x, z) if linear.any() else z).astype(x.dtype, copy=False)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x,), (beta, threshold) = ctx.saved, ctx.how
        scaled = np.asarray(beta * x)
        slope, linear = sigmoid_of(scaled), scaled > threshold
        return grad * (np.where(linear, 1, slope) if linear.any() else slope), None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, (beta, threshold) = ctx.argument(0, ctx.saved[0]), ctx.how
        return grad * np.where(x * beta > threshold, 1, (x * beta).sigmoid()), None, None


class Maxout(Function):
    """The largest of each group of `pieces` neighbours along an axis; the first of equal ones gets the gradient."""

    __slots__ = ("where",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, pieces: int, dim: int) -> Any:
        groups = (*x.shape[:dim], x.shape[dim] // pieces, pieces, *x.shape[dim + 1 :])
        grouped = x.reshape(groups)  # (..., H * pieces, ...) -> (..., H, pieces, ...)
        best = np.expand_dims(grouped.argmax(dim + 1), dim + 1)
        ctx.where = x.shape, groups, best, dim + 1
        return np.take_along_axis(grouped, best, dim + 1).squeeze(dim + 1)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        shape, groups, best, axis = ctx.where
        dx = np.zeros(groups, grad.dtype)
        np.put_along_axis(dx, best, np.expand_dims(grad, axis), axis)
        return dx.reshape(shape), None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        shape, groups, best, axis = ctx.where
        return ScatterAdd.apply(grad.unsqueeze(axis), best, axis, groups).reshape(shape), None, None
