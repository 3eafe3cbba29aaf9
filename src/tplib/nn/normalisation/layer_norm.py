"""Layer normalisation: centre and scale each example (Ba, Kiros and Hinton, 2016)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.arithmetic import quiet, unbroadcast
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.products import add_product, outer, row_dots
from tplib.nn.graph.row_blocks import empty_lines, row_blocks, scratch
from tplib.nn.graph.second_order import through
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter
from tplib.nn.sizes import check_sizes


class LayerNormalization(Function):
    """(x - mean) / sqrt(var + eps) * weight + bias, with the mean and variance of each row of x (M, D).

    The last axes, of `shape`, are a row. An outer product, such as each row's 1 / sqrt(var + eps) times the weight, is
    computed or added by BLAS: that takes a third of what NumPy takes to repeat a vector.
    """

    __slots__ = ("eps", "row")
    fresh = True
    read_for = ((0, 1), (0,), (0, 1), (0, 1))

    @staticmethod
    @quiet
    def forward(
        ctx: Any, x: Array, weight: Array | None, bias: Array | None, shape: tuple[int, ...], eps: float
    ) -> Any:
        ctx.row, ctx.eps = shape, eps
        rows, width, slope = _matrix(x, shape, weight)  # (M, D), D, (D,)
        z, scale, share = empty_lines(rows.shape, x.dtype), np.empty(len(rows), x.dtype), 1 / max(width, 1)
        ones = np.ones(width, x.dtype)
        mean = rows @ (share * ones)  # (M,); a product with equal numbers is a mean, and quicker
        blocks = row_blocks(len(rows), width * x.itemsize)
        memory = scratch(blocks[0].stop if blocks else 0, width, x.dtype)
        for block in blocks:
            n = z[block]
            n[...] = rows[block]
            add_product(n, -mean[block][:, None], ones[None])
            var = row_dots(n, n, memory[: len(n)])
            var *= share
            np.divide(1, np.sqrt(var + eps), out=scale[block])
            n *= outer(scale[block], slope, memory[: len(n)])
            if bias is not None:
                add_product(n, np.ones((len(n), 1), x.dtype), bias.reshape(1, width))
        ctx.saved = x, weight, mean, scale
        return z.reshape(x.shape)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, weight, mean, scale), (to_x, to_weight, to_bias, *_) = ctx.saved, ctx.edges
        rows, width, slope = _matrix(x, ctx.row, weight)  # (M, D), D, (D,)
        dz, share, ones = grad.reshape(rows.shape), slope / max(width, 1), np.ones_like(slope)
        dx, dw = empty_lines(dz.shape, dz.dtype), np.zeros_like(slope)
        factors = np.ones((2, len(mean)), mean.dtype)
        np.multiply(scale, mean, out=factors[0])
        sums = np.zeros((2, width), dz.dtype)  # of the gradients: times s m, and plain
        blocks = row_blocks(len(rows), width * x.itemsize)
        memory = scratch(blocks[0].stop if blocks else 0, width, dz.dtype)
        for block in blocks:
            s, m, part = scale[block], mean[block], dz[block]
            along = np.multiply(part, rows[block], out=memory[: len(part)])
            dw += s @ along
            sums += factors[:, block] @ part
            if to_x is not None:
                # Take away what moving the mean and the variance undoes: the gradient's mean and its part along n, the
                # normalised row. Both are written in x itself, n = s (x - m): n need not be kept.
                level = part @ share  # (b,), the gradient's mean
                slant = s**3 * (m * level - along @ share)  # (b,), times x - m it is the part along n
                d = outer(s, slope, out=dx[block])
                d *= part
                slanted = outer(slant, ones, out=along)
                slanted *= rows[block]
                d += slanted
                add_product(d, -(s * level + slant * m)[:, None], ones[None])
        return (
            None if to_x is None else dx.reshape(x.shape),
            None if to_weight is None else (dw - sums[0]).reshape(ctx.row),
            None if to_bias is None else sums[1].reshape(ctx.row),
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, weight, *_ = ctx.saved
        axes = tuple(range(-len(ctx.row), 0))

        def formula(x: Any, weight: Any) -> Any:
            centred = x - x.mean(axes, keepdim=True)
            z = centred / ((centred * centred).mean(axes, keepdim=True) + ctx.eps).sqrt()
            return z if weight is None else z * weight

        dx, dw = through(formula, [ctx.argument(0, x), None if weight is None else ctx.argument(1, weight)], grad)
        return dx, dw, unbroadcast(grad, ctx.row), None, None


def _matrix(x: Array, shape: tuple[int, ...], weight: Array | None) -> tuple[Array, int, Array]:
    """The rows of x (M, D), their length D, and the weight (D,), ones without one."""
    width = math.prod(shape)
    slope = np.ones(width, x.dtype) if weight is None else weight.reshape(width)
    return x.reshape(math.prod(x.shape[: x.ndim - len(shape)]), width), width, slope


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
        shape = tuple(normalized_shape) if isinstance(normalized_shape, Iterable) else (normalized_shape,)
        for size in shape:
            check_sizes("LayerNorm", normalized_shape=size)
        self.normalized_shape, self.eps, self.elementwise_affine = shape, eps, elementwise_affine
        self.register_parameter("weight", Parameter(np.ones(shape, dtype)) if elementwise_affine else None)
        self.register_parameter("bias", Parameter(np.zeros(shape, dtype)) if elementwise_affine and bias else None)

    def reset_parameters(self) -> None:
        """The weight back to ones and the bias to zeros."""
        for parameter, start in ((self.weight, init.ones_), (self.bias, init.zeros_)):
            if parameter is not None:
                start(parameter)

    def forward(self, input: TensorLike) -> Tensor:
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        return f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
