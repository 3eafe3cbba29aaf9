"""Convolution (cross-correlation) in one and two dimensions (lecture 003, "Multichannel convolution")."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.products import product
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.spatial.patches import blocks, merge, split
from tplib.nn.spatial.windows import Pair, Size, Windows, per_axis, place


class Convolution(Function):
    """z(o, i, j) = sum over c, u, v of x(c, s i + d u, s j + d v) w(o, c, u, v), plus b(o).

    As matrices: a row of weights per output channel times a column of pixels, one patch, per output position.
    Letters: B images, b of them in a block, C channels, O channels out, G groups, K = C/G kh kw weights per output,
    L = Ho Wo positions. Blocks come as (n, G, K, M): n images of M = L positions, or the b L positions of b images.
    """

    __slots__ = ("windows",)
    fresh = True
    read_for = ((1,), (0,))

    @staticmethod
    def forward(ctx: Any, x: Array, weight: Array, bias: Array | None, windows: Windows, groups: int) -> Any:
        ctx.saved, ctx.windows = (x, weight), windows
        dtype = np.result_type(x, weight) if bias is None else np.result_type(x, weight, bias)
        matrix = weight.reshape(groups, len(weight) // groups, -1).astype(dtype, copy=False)  # (G, O/G, K)
        z = np.empty((len(x), *matrix.shape[:2], windows.positions), dtype)  # (B, G, O/G, L)
        for block in blocks(x, weight, windows, dtype):
            patches = block.read()  # (n, G, K, M)
            if block.merged:
                z[block.images] = split(product(matrix, patches), block.number)
            else:
                product(matrix, patches, out=z[block.images])
            if bias is not None:
                z[block.images] += bias.reshape(groups, -1, 1)  # while the block is in the cache
        return z.reshape(len(x), len(weight), *windows.out[4 - x.ndim :])

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, weight), (to_x, to_weight, to_bias, *_), windows = ctx.saved, ctx.edges, ctx.windows
        groups, dtype = x.shape[1] // weight.shape[1], grad.dtype
        matrix = weight.reshape(groups, len(weight) // groups, -1).astype(dtype, copy=False)  # (G, O/G, K)
        dz = grad.reshape(len(x), *matrix.shape[:2], windows.positions)  # (B, G, O/G, L)
        dx = None if to_x is None else np.empty(x.shape, dtype)
        dw = None if to_weight is None else np.zeros(matrix.swapaxes(1, 2).shape, dtype)  # (G, K, O/G)
        for block in blocks(x, weight, windows, dtype) if dx is not None or dw is not None else ():
            dz_block = dz[block.images]
            if block.merged:
                dz_block = merge(dz_block)  # (n, G, O/G, M)
            if dw is not None:
                dw += product(block.read(), dz_block.swapaxes(2, 3)).sum(0)
            if dx is not None:
                product(matrix.swapaxes(1, 2), dz_block, out=block.patches)
                block.scatter(dx)
        if dw is not None:
            dw = dw.swapaxes(1, 2).reshape(weight.shape)
        ones = np.ones(windows.positions, dtype)  # a product with it is a sum, and quicker
        db = None if to_bias is None else (dz @ ones).sum(0).reshape(-1)
        return dx, dw, db, None, None


def conv1d(
    input: TensorLike,
    weight: TensorLike,
    bias: TensorLike | None = None,
    stride: Size = 1,
    padding: Size | str = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> Tensor:
    """Cross-correlation along one axis: (B, C, T), or (C, T), with weight (O, C / groups, k) -> (B, O, To).

    `padding` zeros on both sides, "valid" for none, "same" for an output as long as the input. Source: lecture 003,
    "Multichannel convolution" and "Padding".
    """
    return _convolve("conv1d", 1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(
    input: TensorLike,
    weight: TensorLike,
    bias: TensorLike | None = None,
    stride: Size = 1,
    padding: Size | str = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> Tensor:
    """Cross-correlation of images: (B, C, H, W), or (C, H, W), with weight (O, C / groups, kh, kw) -> (B, O, Ho, Wo).

    `padding` zeros on all sides, "valid" for none, "same" for an output as large as the input. Source: lecture 003,
    "Multichannel convolution" and "Padding".
    """
    return _convolve("conv2d", 2, input, weight, bias, stride, padding, dilation, groups)


def _convolve(
    name: str,
    axes: int,
    input: TensorLike,
    weight: TensorLike,
    bias: TensorLike | None,
    stride: Size,
    padding: Size | str,
    dilation: Size,
    groups: int,
) -> Tensor:
    x, w, b = as_tensor(input), as_tensor(weight), None if bias is None else as_tensor(bias)
    image, kernel = (("T",), ("k",)) if axes == 1 else (("H", "W"), ("kh", "kw"))
    if w.ndim != axes + 2 or x.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"{name}: expected input (B, C, {', '.join(image)}) and weight (O, C / groups, {', '.join(kernel)}), "
            f"got {x.shape} and {w.shape}"
        )
    if x.ndim == axes + 1:
        return _convolve(name, axes, x.reshape(1, *x.shape), w, b, stride, padding, dilation, groups)[0]
    if groups < 1 or x.shape[1] != w.shape[1] * groups or w.shape[0] % groups:
        raise ValueError(
            f"{name}: expected input channels = weight.shape[1] * groups and output channels divisible by groups, "
            f"got input {x.shape}, weight {w.shape} and groups={groups}"
        )
    if b is not None and b.shape != w.shape[:1]:
        raise ValueError(f"{name}: expected a bias of shape {w.shape[:1]}, got {b.shape}")
    step, gap = per_axis(name, "stride", stride, axes), per_axis(name, "dilation", dilation, axes)
    sides = zeros_around(name, padding, w.shape[2:], step, gap)
    return Convolution.apply(x, w, b, place(name, x.shape[2:], w.shape[2:], step, sides, gap), groups)


def zeros_around(
    name: str, padding: Size | str, kernel: tuple[int, ...], step: tuple[int, ...], gap: tuple[int, ...]
) -> tuple[Pair, ...]:
    """(before, after) for each axis; "same" adds gap (k - 1) zeros, the odd one after."""
    if not isinstance(padding, str):
        return tuple((p, p) for p in per_axis(name, "padding", padding, len(kernel)))
    if padding not in ("valid", "same"):
        raise ValueError(f'{name}: expected padding "valid", "same" or integers, got {padding!r}')
    if padding == "valid":
        return ((0, 0),) * len(kernel)
    if set(step) != {1}:
        raise ValueError(f'{name}: padding "same" needs stride 1, got {step}')
    totals = [d * (k - 1) for k, d in zip(kernel, gap, strict=True)]
    return tuple((total // 2, total - total // 2) for total in totals)
