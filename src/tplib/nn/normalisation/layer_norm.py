"""Layer normalisation: centre and scale each example (Ba, Kiros and Hinton, 2016)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.graph.arithmetic import unbroadcast
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.row_blocks import row_blocks
from tplib.nn.graph.second_order import through
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter


class LayerNormalization(Function):
    """(x - mean) / sqrt(var + eps) * weight + bias, with the mean and variance of each row of x (M, D).

    The last axes, of `shape`, are a row.
    """

    __slots__ = ("eps", "row", "shape")
    fresh = True
    read_for = ((0, 1), (0,), (0,))

    @staticmethod
    def forward(
        ctx: Any, x: Array, weight: Array | None, bias: Array | None, shape: tuple[int, ...], eps: float
    ) -> Any:
        ctx.shape, ctx.row, ctx.eps, width = x.shape, shape, eps, math.prod(shape)
        x = x.reshape(math.prod(x.shape[: x.ndim - len(shape)]), width)  # (M, D)
        weight, bias = (None if p is None else p.reshape(width) for p in (weight, bias))
        z, normal, inverse = np.empty_like(x), np.empty_like(x), np.empty((len(x), 1), x.dtype)
        share = np.full(width, 1 / max(width, 1), x.dtype)  # a product with it is a mean, and quicker
        for rows in row_blocks(len(x), width * x.itemsize):
            n = np.subtract(x[rows], (x[rows] @ share)[:, None], out=normal[rows])
            inverse[rows, 0] = 1 / np.sqrt(np.vecdot(n, n) / max(width, 1) + eps)
            n *= inverse[rows]
            np.multiply(n, 1 if weight is None else weight, out=z[rows])
            if bias is not None:
                z[rows] += bias
        ctx.saved = normal, inverse, weight
        return z.reshape(ctx.shape)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (normal, inverse, weight), (to_x, to_weight, to_bias, *_) = ctx.saved, ctx.edges
        grad = grad.reshape(normal.shape)  # (M, D)
        ones = np.ones(len(grad), grad.dtype)
        slope = np.ones(grad.shape[1], grad.dtype) if weight is None else weight
        share = slope / max(grad.shape[1], 1)
        dx = None if to_x is None else np.empty_like(grad)
        dw, db = np.zeros_like(slope), np.zeros_like(slope)
        for rows in row_blocks(len(grad), grad.shape[1] * grad.itemsize):
            along = grad[rows] * normal[rows]
            dw += ones[rows] @ along
            db += ones[rows] @ grad[rows]
            if dx is not None:
                # Take away what moving the mean and the variance undoes: the gradient's mean and its part along n.
                d = np.multiply(grad[rows], slope, out=dx[rows])
                d -= np.multiply(normal[rows], (along @ share)[:, None], out=along)
                d -= (grad[rows] @ share)[:, None]
                d *= inverse[rows]
        return (
            None if dx is None else dx.reshape(ctx.shape),
            None if to_weight is None else dw.reshape(ctx.row),
            None if to_bias is None else db.reshape(ctx.row),
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        normal, inverse, weight = ctx.saved
        axes = tuple(range(-len(ctx.row), 0))

        def formula(x: Any, weight: Any) -> Any:
            centred = x - x.mean(axes, keepdim=True)
            z = centred / ((centred * centred).mean(axes, keepdim=True) + ctx.eps).sqrt()
            return z if weight is None else z * weight

        # The input is known but for each row's mean, of which the result does not depend.
        x = ctx.argument(0, (normal / inverse).reshape(ctx.shape))
        weight = None if weight is None else ctx.argument(1, weight.reshape(ctx.row))
        dx, dw = through(formula, [x, weight], grad)
        return dx, dw, unbroadcast(grad, ctx.row), None, None


def layer_norm(
    input: TensorLike,
    normalized_shape: int | tuple[int, ...],
    weight: TensorLike | None = None,
    bias: TensorLike | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Each example of (..., *normalized_shape) centred and scaled to variance 1 over its last axes.

    Then times `weight` plus `bias`, both of `normalized_shape`. Source: Ba, Kiros and Hinton (2016).
    """
    x = as_tensor(input)
    shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
    if not shape or x.shape[-len(shape) :] != shape or x.dtype.kind != "f":
        raise ValueError(
            f"layer_norm: expected an input (..., {', '.join(map(str, shape))}) of floats, "
            f"got {x.shape} of dtype {x.dtype}"
        )
    affine = [None if t is None else as_tensor(t) for t in (weight, bias)]
    for what, t in zip(("weight", "bias"), affine, strict=True):
        if t is not None and t.shape != shape:
            raise ValueError(f"layer_norm: expected a {what} of shape {shape}, got {t.shape}")
    return LayerNormalization.apply(x, *affine, shape, eps)


class LayerNorm(Module):
    """Each example normalised over its last axes, (..., *normalized_shape); weight and bias of that shape."""

    def __init__(
        self,
        normalized_shape: int | tuple[int, ...],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        *,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        self.normalized_shape, self.eps, self.elementwise_affine = shape, eps, elementwise_affine
        self.register_parameter("weight", Parameter(np.ones(shape, dtype)) if elementwise_affine else None)
        self.register_parameter("bias", Parameter(np.zeros(shape, dtype)) if elementwise_affine and bias else None)

    def forward(self, input: TensorLike) -> Tensor:
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        return f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
