"""Convolution (cross-correlation) in one and two dimensions (lecture 003, "Multichannel convolution")."""

from __future__ import annotations

from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.spatial.convolution_nodes import Convolution, TransposedConvolution
from tplib.nn.spatial.windows import Pair, Size, per_axis, place


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
    if 0 in w.shape[:2]:
        raise ValueError(f"{name}: expected at least one channel in and one out, got weight {w.shape}")
    if b is not None and b.shape != w.shape[:1]:
        raise ValueError(f"{name}: expected a bias of shape {w.shape[:1]}, got {b.shape}")
    step, gap = per_axis(name, "stride", stride, axes), per_axis(name, "dilation", dilation, axes)
    sides = zeros_around(name, padding, w.shape[2:], step, gap)
    return Convolution.apply(x, w, b, place(name, x.shape[2:], w.shape[2:], step, sides, gap), groups)


def conv_transpose1d(
    input: TensorLike,
    weight: TensorLike,
    bias: TensorLike | None = None,
    stride: Size = 1,
    padding: Size = 0,
    output_padding: Size = 0,
    groups: int = 1,
    dilation: Size = 1,
) -> Tensor:
    """What goes back through a `conv1d`: (B, C, T), or (C, T), with weight (C, O / groups, k) -> (B, O, To)."""
    how = stride, padding, output_padding, groups, dilation
    return _transpose("conv_transpose1d", 1, input, weight, bias, *how)


def conv_transpose2d(
    input: TensorLike,
    weight: TensorLike,
    bias: TensorLike | None = None,
    stride: Size = 1,
    padding: Size = 0,
    output_padding: Size = 0,
    groups: int = 1,
    dilation: Size = 1,
) -> Tensor:
    """What goes back through a `conv2d`: (B, C, H, W), or (C, H, W), with weight (C, O / groups, kh, kw).

    Each value is spread over a window of the output, times the weights; windows lie `stride` apart and overlapping
    ones add up: (B, O, Ho, Wo), Ho = (H - 1) stride - 2 padding + dilation (kh - 1) + output_padding + 1.
    """
    how = stride, padding, output_padding, groups, dilation
    return _transpose("conv_transpose2d", 2, input, weight, bias, *how)


def _transpose(
    name: str,
    axes: int,
    input: TensorLike,
    weight: TensorLike,
    bias: TensorLike | None,
    stride: Size,
    padding: Size,
    output_padding: Size,
    groups: int,
    dilation: Size,
) -> Tensor:
    x, w, b = as_tensor(input), as_tensor(weight), None if bias is None else as_tensor(bias)
    if w.ndim != axes + 2 or x.ndim not in (axes + 1, axes + 2) or w.shape[0] != x.shape[-axes - 1]:
        image, kernel = ("T", "k") if axes == 1 else ("H, W", "kh, kw")
        raise ValueError(
            f"{name}: expected input (B, C, {image}) and weight (C, O / groups, {kernel}), got {x.shape} and {w.shape}"
        )
    if x.ndim == axes + 1:
        how = stride, padding, output_padding, groups, dilation
        return _transpose(name, axes, x.reshape(1, *x.shape), w, b, *how)[0]
    if groups < 1 or w.shape[0] % groups:
        raise ValueError(f"{name}: expected input channels divisible by groups, got {w.shape[0]} and groups={groups}")
    if 0 in w.shape[:2]:
        raise ValueError(f"{name}: expected at least one channel in and one out, got weight {w.shape}")
    channels = w.shape[1] * groups
    if b is not None and b.shape != (channels,):
        raise ValueError(f"{name}: expected a bias of shape {(channels,)}, got {b.shape}")
    step, gap = per_axis(name, "stride", stride, axes), per_axis(name, "dilation", dilation, axes)
    sides, extra = per_axis(name, "padding", padding, axes), per_axis(name, "output_padding", output_padding, axes)
    if any(not 0 <= e < max(s, d) for e, s, d in zip(extra, step, gap, strict=True)):
        raise ValueError(f"{name}: expected output_padding below stride or dilation, got {extra}, {step} and {gap}")
    sizes = tuple(
        (n - 1) * s - 2 * p + d * (k - 1) + e + 1
        for n, s, p, d, k, e in zip(x.shape[2:], step, sides, gap, w.shape[2:], extra, strict=True)
    )
    if min(sizes) < 1:
        raise ValueError(f"{name}: the output would be of size {sizes}; use less padding or a larger input")
    windows = place(name, sizes, w.shape[2:], step, sides, gap)
    out = (1, x.shape[2]) if axes == 1 else (x.shape[2], x.shape[3])
    return TransposedConvolution.apply(x, w, b, windows._replace(out=out), groups)


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
