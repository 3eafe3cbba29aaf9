"""Pooling as functions, in one and two dimensions: `torch.nn.functional`'s names, argument order and defaults."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.spatial.adaptive_pooling_nodes import AdaptiveAvgPool, AdaptiveMaxPool, places_in_regions
from tplib.nn.spatial.pooling_nodes import LPPool, MaxPool, WeightedPool, places_of
from tplib.nn.spatial.windows import Pair, Size, Windows, per_axis, place, stride_or

OutputSize = int | tuple[int | None, ...] | None


def max_pool1d(
    input: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """The largest value of each window: (B, C, T) or (C, T) -> (B, C, To); `stride` is `kernel_size` unless given.

    With `return_indices`, a pair: the values, and the place in T of each, for `max_unpool1d`.
    """
    x, windows = _windows("max_pool1d", 1, input, kernel_size, stride, padding, dilation, ceil_mode)
    return _largest(x, windows, 1, return_indices)


def max_pool2d(
    input: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """The largest value of each window: (B, C, H, W) or (C, H, W) -> (B, C, Ho, Wo) (lecture 003, "Pooling").

    With `return_indices`, a pair: the values, and the place of each in its image, counted along the rows.
    """
    x, windows = _windows("max_pool2d", 2, input, kernel_size, stride, padding, dilation, ceil_mode)
    return _largest(x, windows, 2, return_indices)


def avg_pool1d(
    input: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """The average of each window, (B, C, T) or (C, T) -> (B, C, To), counting padding as zeros or not at all."""
    x, windows = _windows("avg_pool1d", 1, input, kernel_size, stride, padding, 1, ceil_mode)
    return _shaped(_average(x, windows, 1 / _inside(windows, *_ones(windows), count_include_pad)), 1)


def avg_pool2d(
    input: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """The average of each window, (B, C, H, W) or (C, H, W) -> (B, C, Ho, Wo), counting padding as zeros or not at all.

    `divisor_override` divides the sums instead of the number of pixels. Source: lecture 003, "Pooling".
    """
    x, windows = _windows("avg_pool2d", 2, input, kernel_size, stride, padding, 1, ceil_mode)
    if divisor_override == 0:
        raise ValueError("avg_pool2d: a divisor_override of 0 divides by 0")
    if divisor_override is not None:
        return _average(x, windows, np.array(1 / divisor_override))
    return _average(x, windows, 1 / _inside(windows, *_ones(windows), count_include_pad))


def weighted_pool1d(
    input: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    sigma: float | None = None,
) -> Tensor:
    """The distance-weighted average of each window, (B, C, T) or (C, T) -> (B, C, To); see `weighted_pool2d`."""
    x, windows = _windows("weighted_pool1d", 1, input, kernel_size, stride, padding, 1, False)
    return _shaped(_weighted(x, windows, sigma), 1)


def weighted_pool2d(
    input: TensorLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    sigma: float | None = None,
) -> Tensor:
    """The average of each window, weighted by the distance from its centre: (B, C, H, W) -> (B, C, Ho, Wo).

    The pixel (u, v) of a window weighs exp(-d^2 / (2 sigma^2)), d^2 = (u - (kh - 1) / 2)^2 + (v - (kw - 1) / 2)^2,
    divided by the sum over the window's pixels inside the image (padding does not count). `sigma`, in pixels, is a
    quarter of the kernel's longer side unless given; a large one gives the plain average. Source: lecture 003,
    "Pooling": "weighted average based on the distance from the central pixel".
    """
    x, windows = _windows("weighted_pool2d", 2, input, kernel_size, stride, padding, 1, False)
    return _weighted(x, windows, sigma)


def lp_pool1d(
    input: TensorLike, norm_type: float, kernel_size: Size, stride: Size | None = None, ceil_mode: bool = False
) -> Tensor:
    """(sum of x^p)^(1/p) of each window, p = `norm_type`: (B, C, T) or (C, T) -> (B, C, To)."""
    return _shaped(_norm("lp_pool1d", 1, input, norm_type, kernel_size, stride, ceil_mode), 1)


def lp_pool2d(
    input: TensorLike, norm_type: float, kernel_size: Size, stride: Size | None = None, ceil_mode: bool = False
) -> Tensor:
    """(sum of x^p)^(1/p) of each window, p = `norm_type`: (B, C, H, W) or (C, H, W) -> (B, C, Ho, Wo).

    Source: lecture 003, "Pooling": "L2 norm".
    """
    return _norm("lp_pool2d", 2, input, norm_type, kernel_size, stride, ceil_mode)


def adaptive_avg_pool1d(input: TensorLike, output_size: OutputSize) -> Tensor:
    """The means of `output_size` stretches of about equal length: (B, C, T) or (C, T) -> (B, C, output_size)."""
    return _shaped(AdaptiveAvgPool.apply(*_regions("adaptive_avg_pool1d", 1, input, output_size)), 1)


def adaptive_avg_pool2d(input: TensorLike, output_size: OutputSize) -> Tensor:
    """The means of Ho x Wo regions of about equal size, for an input of any size: (B, C, H, W) -> (B, C, Ho, Wo).

    None keeps an axis's size. Source: lecture 003, "Pooling allows to handle inputs with different sizes".
    """
    return AdaptiveAvgPool.apply(*_regions("adaptive_avg_pool2d", 2, input, output_size))


def adaptive_max_pool1d(input: TensorLike, output_size: OutputSize, return_indices: bool = False) -> Any:
    """The maxima of `output_size` stretches of about equal length: (B, C, T) or (C, T) -> (B, C, output_size)."""
    x, out = _regions("adaptive_max_pool1d", 1, input, output_size)
    z = AdaptiveMaxPool.apply(x, out)
    if not return_indices:
        return _shaped(z, 1)
    return _shaped(z, 1), Tensor(places_in_regions(x.data, out)[..., 0, :])


def adaptive_max_pool2d(input: TensorLike, output_size: OutputSize, return_indices: bool = False) -> Any:
    """The maxima of Ho x Wo regions of about equal size, for an input of any size: (B, C, H, W) -> (B, C, Ho, Wo)."""
    x, out = _regions("adaptive_max_pool2d", 2, input, output_size)
    z = AdaptiveMaxPool.apply(x, out)
    if not return_indices:
        return z
    return z, Tensor(places_in_regions(x.data, out))


def global_avg_pool(input: TensorLike) -> Tensor:
    """The mean of each channel over all positions: (B, C, ...) -> (B, C)."""
    return _all_positions("global_avg_pool", input).mean(2)


def global_max_pool(input: TensorLike) -> Tensor:
    """The largest value of each channel over all positions: (B, C, ...) -> (B, C)."""
    return _all_positions("global_max_pool", input).max(2).values


def _windows(
    name: str,
    axes: int,
    input: TensorLike,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    dilation: Size,
    ceil_mode: bool,
) -> tuple[Tensor, Windows]:
    """The input as images (..., H, W), and the windows on them."""
    x = _images(name, axes, input)
    kernel = per_axis(name, "kernel_size", kernel_size, axes)
    step = stride_or(kernel, name, stride)
    sides, gap = per_axis(name, "padding", padding, axes), per_axis(name, "dilation", dilation, axes)
    if any(2 * p > d * (k - 1) + 1 for p, k, d in zip(sides, kernel, gap, strict=True)):
        raise ValueError(f"{name}: expected padding of at most half the kernel, got {sides} for a kernel of {kernel}")
    return x, place(name, x.shape[x.ndim - axes :], kernel, step, sides, gap, ceil_mode)


def _images(name: str, axes: int, input: TensorLike) -> Tensor:
    x = as_tensor(input)
    if x.ndim not in (axes + 1, axes + 2):
        expected = "(B, C, T) or (C, T)" if axes == 1 else "(B, C, H, W) or (C, H, W)"
        raise ValueError(f"{name}: expected an input of shape {expected}, got {x.shape}")
    if x.dtype.kind != "f":
        raise ValueError(f"{name}: expected floating-point values, got dtype {x.dtype}; convert them first")
    return x if axes == 2 else x.unsqueeze(-2)  # a sequence is an image of height 1


def _shaped(z: Tensor, axes: int) -> Tensor:
    return z.squeeze(-2) if axes == 1 else z


def _ones(windows: Windows) -> tuple[Array, Array]:
    return np.ones(windows.kernel[0]), np.ones(windows.kernel[1])


def _average(x: Tensor, windows: Windows, scale: Array) -> Tensor:
    return WeightedPool.apply(x, windows, *_ones(windows), scale)


def _weighted(x: Tensor, windows: Windows, sigma: float | None) -> Tensor:
    sigma = max(windows.kernel) / 4 if sigma is None else sigma
    if not sigma > 0:
        raise ValueError(f"weighted_pool: expected a positive sigma, got {sigma}")
    # exp(-(a^2 + b^2)) is a product, so that a window's weights are those of its rows times those of its columns.
    down, across = (np.exp(-((np.arange(k) - (k - 1) / 2) ** 2) / (2 * sigma**2)) for k in windows.kernel)
    return WeightedPool.apply(x, windows, down, across, 1 / _inside(windows, down, across, False))


def _inside(windows: Windows, down: Array, across: Array, padding_counts: bool) -> Array:
    """(Ho, Wo), the sum of the weights of each window's pixels that lie inside the image (or its padding)."""
    sums = []
    for axis, weights in enumerate((down, across)):
        size, before = windows.size[axis], windows.before[axis]
        first = np.arange(windows.out[axis]) * windows.step[axis] - before
        pixel = first[:, None] + np.arange(windows.kernel[axis])  # (Ho, kh), counted from the image's first
        margin = before if padding_counts else 0
        sums.append(((pixel >= -margin) & (pixel < size + margin)) @ weights)
    return np.multiply.outer(*sums)


def _norm(
    name: str, axes: int, input: TensorLike, p: float, kernel_size: Size, stride: Size | None, ceil_mode: bool
) -> Tensor:
    x, windows = _windows(name, axes, input, kernel_size, stride, 0, 1, ceil_mode)
    if abs(p) == math.inf:  # the largest or the smallest
        return MaxPool.apply(x.abs(), windows) if p > 0 else -MaxPool.apply(-x.abs(), windows)
    # A window cut off by the border (ceil_mode) counts as if its missing pixels were like the others, as in PyTorch.
    scale = math.prod(windows.kernel) / _inside(windows, *_ones(windows), False)
    return LPPool.apply(x, windows, p, scale)


def _largest(x: Tensor, windows: Windows, axes: int, return_indices: bool) -> Any:
    z = MaxPool.apply(x, windows)
    if not return_indices:
        return _shaped(z, axes)
    places = places_of(x.data, z.data, windows)
    return _shaped(z, axes), Tensor(places[..., 0, :] if axes == 1 else places)


def _regions(name: str, axes: int, input: TensorLike, output_size: OutputSize) -> tuple[Tensor, Pair]:
    """The input as images (..., H, W), and the number of regions down and across."""
    x = _images(name, axes, input)
    sizes = output_size if isinstance(output_size, tuple | list) else (output_size,) * axes
    if len(sizes) != axes or any(n is not None and n < 1 for n in sizes) or 0 in x.shape[2:]:
        raise ValueError(
            f"{name}: expected {axes} output sizes of at least 1 and an input with pixels, "
            f"got {output_size} and {x.shape[x.ndim - axes :]}"
        )
    out = [n or size for n, size in zip(sizes, x.shape[x.ndim - axes :], strict=True)]
    return x, (1, out[0]) if axes == 1 else (out[0], out[1])


def _all_positions(name: str, input: TensorLike) -> Tensor:
    x = as_tensor(input)
    if x.ndim < 3 or 0 in x.shape[2:]:
        raise ValueError(f"{name}: expected an input of shape (B, C, ...) with at least one position, got {x.shape}")
    return x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
