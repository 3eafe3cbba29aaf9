"""Unpooling: values of a max-pooling put back where they were, zeros elsewhere (Zeiler and Fergus 2014)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.selecting import Gather
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module
from tplib.nn.spatial.windows import Size, per_axis, stride_or


class Unpool(Function):
    """z[..., index[l]] = x[..., l]; where an index repeats, the last value stays."""

    __slots__ = ()
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, index: Array, size: int) -> Any:
        ctx.saved = (index,)
        z = np.zeros((*x.shape[:-1], size), x.dtype)
        np.put_along_axis(z, index, x, axis=-1)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return np.take_along_axis(grad, ctx.saved[0], axis=-1), None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return Gather.apply(grad, ctx.saved[0], grad.ndim - 1), None, None


def max_unpool1d(
    input: TensorLike,
    indices: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """The values (B, C, To) of a `max_pool1d` with indices at their places in (B, C, T), 0 elsewhere."""
    return _unpool("max_unpool1d", 1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d(
    input: TensorLike,
    indices: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """The values (B, C, Ho, Wo) of a `max_pool2d` with indices at their places in (B, C, H, W), 0 elsewhere.

    Several sizes lead to one pooled size; `output_size` says which is meant, else the smallest is taken.
    """
    return _unpool("max_unpool2d", 2, input, indices, kernel_size, stride, padding, output_size)


def _unpool(
    name: str,
    axes: int,
    input: TensorLike,
    indices: TensorLike,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    output_size: Sequence[int] | None,
) -> Tensor:
    x, places = as_tensor(input), as_tensor(indices).data
    if x.ndim not in (axes + 1, axes + 2) or places.shape != x.shape or places.dtype.kind not in "iu":
        raise ValueError(
            f"{name}: expected values with {axes} axes after the channels and as many integer indices, "
            f"got {x.shape} and {places.dtype} {places.shape}"
        )
    kernel = per_axis(name, "kernel_size", kernel_size, axes)
    step = stride_or(kernel, name, stride)
    sides = per_axis(name, "padding", padding, axes)
    pooled = x.shape[-axes:]
    least = tuple((n - 1) * s - 2 * p + k for n, s, p, k in zip(pooled, step, sides, kernel, strict=True))
    size = least if output_size is None else tuple(output_size)[-axes:]
    if any(not abs(n - m) < s for n, m, s in zip(size, least, step, strict=True)):
        raise ValueError(f"{name}: expected an output_size less than a stride {step} from {least}, got {size}")
    number, lead = math.prod(size), x.shape[:-axes]
    if places.size and not (places.min() >= 0 and places.max() < number):
        raise ValueError(f"{name}: an index is outside of the {number} places of {size}")
    flat = (*lead, math.prod(pooled))
    return Unpool.apply(x.reshape(flat), places.reshape(flat), number).reshape(*lead, *size)


class _MaxUnpool(Module):
    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0) -> None:
        super().__init__()
        self.kernel_size, self.stride, self.padding = kernel_size, kernel_size if stride is None else stride, padding

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class MaxUnpool1d(_MaxUnpool):
    """The values of a MaxPool1d with indices back at their places: (B, C, To) -> (B, C, T)."""

    def forward(self, input: TensorLike, indices: TensorLike, output_size: Sequence[int] | None = None) -> Tensor:
        return max_unpool1d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class MaxUnpool2d(_MaxUnpool):
    """The values of a MaxPool2d with indices back at their places: (B, C, Ho, Wo) -> (B, C, H, W)."""

    def forward(self, input: TensorLike, indices: TensorLike, output_size: Sequence[int] | None = None) -> Tensor:
        return max_unpool2d(input, indices, self.kernel_size, self.stride, self.padding, output_size)
