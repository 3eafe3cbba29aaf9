"""Softmax and its logarithm along an axis (lecture 003, "Softmax").

The functions `..._of` take and give arrays, for use inside other nodes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import quiet
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.row_blocks import by_rows

SAFE = 60.0  # exp(60) = 1e26: sums of such numbers are far from the largest float32


def _check_scores(name: str, x: Array) -> None:
    if x.dtype.kind != "f":
        raise TypeError(
            f"{name}: expected floating-point scores, got dtype {x.dtype}; convert with .astype(np.float32)"
        )


def softmax_of(x: Array, dim: int) -> Array:
    """exp(x) / sum of exp(x) along `dim` on arrays, from x minus its largest value."""
    _check_scores("softmax", x)
    return by_rows(_softmax, dim, x)


def log_softmax_of(x: Array, dim: int) -> Array:
    """log of `softmax_of`, without computing a probability that could round to 0."""
    _check_scores("log_softmax", x)
    return by_rows(_log_softmax, dim, x)


@quiet
def _softmax(x: Array, out: Array, axis: int) -> None:
    if x.itemsize >= 4 and x.size and x.max() < SAFE and x.min() > -SAFE:
        z = np.exp(x, out=out)  # no value overflows: the search for each row's largest would cost as much again
    else:
        z = np.subtract(x, np.maximum.reduce(x, axis=axis, keepdims=True, initial=-np.inf), out=out)
        np.exp(z, out=z)
    z *= 1 / row_sums(z, axis)


@quiet
def _log_softmax(x: Array, out: Array, axis: int) -> None:
    z = np.subtract(x, np.maximum.reduce(x, axis=axis, keepdims=True, initial=-np.inf), out=out)
    z -= np.log(row_sums(np.exp(z), axis))


def row_sums(x: Array, axis: int) -> Array:
    """The sums along an axis, which is kept with length 1; for matrices a product with ones, which is quicker."""
    if x.ndim == 2:
        return (x @ np.ones(x.shape[1], x.dtype))[:, None]
    return np.add.reduce(x, axis=axis, keepdims=True)


def _softmax_back(grad: Array, z: Array, out: Array, axis: int) -> None:
    # The Jacobian diag(z) - z z' times the gradient, without building the Jacobian.
    along = row_sums(np.multiply(grad, z, out=out), axis)
    np.subtract(grad, along, out=out)
    out *= z


def _log_softmax_back(grad: Array, z: Array, out: Array, axis: int) -> None:
    np.exp(z, out=out)
    out *= row_sums(grad, axis)
    np.subtract(grad, out, out=out)


class Softmax(Function):
    __slots__ = ("dim",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, dim: int) -> Any:
        z = softmax_of(x, dim)
        ctx.saved, ctx.dim = (z,), dim
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (z,) = ctx.saved
        return by_rows(_softmax_back, ctx.dim, grad, z), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        z = ctx.result(ctx.saved[0])
        return z * (grad - (grad * z).sum(ctx.dim, keepdim=True)), None


class LogSoftmax(Function):
    __slots__ = ("dim",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, dim: int) -> Any:
        z = log_softmax_of(x, dim)
        ctx.saved, ctx.dim = (z,), dim
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (z,) = ctx.saved
        return by_rows(_log_softmax_back, ctx.dim, grad, z), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return grad - ctx.result(ctx.saved[0]).exp() * grad.sum(ctx.dim, keepdim=True), None
