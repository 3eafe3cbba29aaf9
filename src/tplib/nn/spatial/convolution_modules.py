"""Convolutions as modules."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter
from tplib.nn.sizes import check_sizes
from tplib.nn.spatial.convolution import conv1d, conv2d, conv_transpose1d, conv_transpose2d, zeros_around
from tplib.nn.spatial.padding import pad
from tplib.nn.spatial.windows import Size, per_axis


class _Conv(Module):
    """Weight (out_channels, in_channels / groups, *kernel_size), bias (out_channels,).

    Both start uniform on [-1, 1] / sqrt(weights per output), drawn from `rng`, as in PyTorch.
    """

    axes: ClassVar[int]
    convolve: ClassVar[Callable[..., Tensor]]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size | str = 0,
        dilation: Size = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        if padding_mode not in ("zeros", "reflect", "replicate", "circular"):
            raise ValueError(
                f'{name}: expected padding_mode "zeros", "reflect", "replicate" or "circular", got {padding_mode!r}'
            )
        check_sizes(name, in_channels=in_channels, out_channels=out_channels)
        if groups < 1 or in_channels % groups or out_channels % groups:
            raise ValueError(
                f"{name}: expected channels divisible by groups, got {in_channels}, {out_channels} and groups={groups}"
            )
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.padding_mode = padding_mode
        self.kernel_size = per_axis(name, "kernel_size", kernel_size, self.axes)
        self.stride = per_axis(name, "stride", stride, self.axes)
        self.dilation = per_axis(name, "dilation", dilation, self.axes)
        self.padding = padding if isinstance(padding, str) else per_axis(name, "padding", padding, self.axes)
        zeros_around(name, self.padding, self.kernel_size, self.stride, self.dilation)  # refuse it here, not at use
        self.weight = Parameter(np.empty((out_channels, in_channels // groups, *self.kernel_size), dtype))
        self.register_parameter("bias", Parameter(np.empty(out_channels, dtype)) if bias else None)
        self.reset_parameters(rng=rng)

    def reset_parameters(self, *, rng: np.random.Generator | None = None) -> None:
        """Draw all values anew, from `rng`."""
        rng = np.random.default_rng(rng)
        fan_in = math.prod(self.weight.shape[1:])
        bound = 1 / math.sqrt(fan_in) if fan_in else 0.0
        for parameter in (self.weight, self.bias):
            if parameter is not None:
                init.uniform_(parameter, -bound, bound, rng)

    def forward(self, input: TensorLike) -> Tensor:
        padding: Any = self.padding
        if self.padding_mode != "zeros":
            sides = zeros_around(type(self).__name__, padding, self.kernel_size, self.stride, self.dilation)
            input = pad(input, [n for side in reversed(sides) for n in side], self.padding_mode)
            padding = 0
        how: Any = self.stride, padding, self.dilation, self.groups
        return type(self).convolve(input, self.weight, self.bias, *how)

    def extra_repr(self) -> str:
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        if self.padding != (0,) * self.axes:
            text += f", padding={self.padding}"
        if self.dilation != (1,) * self.axes:
            text += f", dilation={self.dilation}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        if self.bias is None:
            text += ", bias=False"
        return text if self.padding_mode == "zeros" else text + f", padding_mode={self.padding_mode}"


class Conv1d(_Conv):
    """Cross-correlation along one axis: (B, C, T) or (C, T) -> (B, O, To), with the options of `F.conv1d`.

    Source: lecture 003, "Parameter sharing for sequential data".
    """

    axes = 1
    convolve = staticmethod(conv1d)


class Conv2d(_Conv):
    """Cross-correlation of images: (B, C, H, W) or (C, H, W) -> (B, O, Ho, Wo), with the options of `F.conv2d`.

    Source: lecture 003, "Multichannel convolution".
    """

    axes = 2
    convolve = staticmethod(conv2d)


class _ConvTranspose(_Conv):
    """Weight (in_channels, out_channels / groups, *kernel_size), bias (out_channels,), drawn as in PyTorch."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size = 0,
        output_padding: Size = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Size = 1,
        padding_mode: str = "zeros",
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        name = type(self).__name__
        if padding_mode != "zeros":
            raise ValueError(f'{name}: expected padding_mode "zeros", the only one, got {padding_mode!r}')
        check_sizes(name, in_channels=in_channels, out_channels=out_channels)
        # The weight is that of the convolution that goes the other way, from out_channels to in_channels.
        how: Any = kernel_size, stride, padding, dilation, groups, False, padding_mode
        super().__init__(out_channels, in_channels, *how, rng=np.random.default_rng(0), dtype=dtype)  # drawn below
        self.in_channels, self.out_channels = in_channels, out_channels
        self.output_padding = per_axis(name, "output_padding", output_padding, self.axes)
        self.register_parameter("bias", Parameter(np.empty(out_channels, dtype)) if bias else None)
        self.reset_parameters(rng=rng)

    def forward(self, input: TensorLike, output_size: Any = None) -> Tensor:
        """`output_size` (Ho, Wo), one of those that the stride rounds to the same input size, sets output_padding."""
        extra = self.output_padding
        if output_size is not None:
            sizes = np.shape(as_tensor(input).data)[-self.axes :]
            wanted = tuple(output_size)[-self.axes :]
            sides: Any = self.padding
            how = zip(sizes, self.stride, sides, self.dilation, self.kernel_size, strict=True)
            least = [(n - 1) * s - 2 * p + d * (k - 1) + 1 for n, s, p, d, k in how]
            extra = tuple(int(w - n) for w, n in zip(wanted, least, strict=True))
            if any(not 0 <= e < s for e, s in zip(extra, self.stride, strict=True)):
                raise ValueError(
                    f"{type(self).__name__}: expected an output_size from {tuple(least)}, less than a stride of "
                    f"{self.stride} larger, got {wanted}"
                )
        options: Any = self.stride, self.padding, extra, self.groups, self.dilation
        return type(self).convolve(input, self.weight, self.bias, *options)

    def extra_repr(self) -> str:
        text = super().extra_repr()
        return text if not any(self.output_padding) else text + f", output_padding={self.output_padding}"


class ConvTranspose1d(_ConvTranspose):
    """What goes back through a Conv1d: (B, C, T) or (C, T) -> (B, O, To)."""

    axes = 1
    convolve = staticmethod(conv_transpose1d)


class ConvTranspose2d(_ConvTranspose):
    """What goes back through a Conv2d, also called deconvolution: (B, C, H, W) or (C, H, W) -> (B, O, Ho, Wo)."""

    axes = 2
    convolve = staticmethod(conv_transpose2d)
