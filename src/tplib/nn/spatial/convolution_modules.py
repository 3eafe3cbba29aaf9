"""Convolutions as modules."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.tensor import Tensor, TensorLike
from tplib.nn.module import Module, Parameter
from tplib.nn.spatial.convolution import conv1d, conv2d, zeros_around
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
        if padding_mode != "zeros":
            raise ValueError(f'{name}: expected padding_mode "zeros", the only one here, got {padding_mode!r}')
        if groups < 1 or in_channels % groups or out_channels % groups:
            raise ValueError(
                f"{name}: expected channels divisible by groups, got {in_channels}, {out_channels} and groups={groups}"
            )
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.kernel_size = per_axis(name, "kernel_size", kernel_size, self.axes)
        self.stride = per_axis(name, "stride", stride, self.axes)
        self.dilation = per_axis(name, "dilation", dilation, self.axes)
        self.padding = padding if isinstance(padding, str) else per_axis(name, "padding", padding, self.axes)
        zeros_around(name, self.padding, self.kernel_size, self.stride, self.dilation)  # refuse it here, not at use
        rng = np.random.default_rng(rng)
        fan_in = in_channels // groups * math.prod(self.kernel_size)
        bound = 1 / math.sqrt(fan_in) if fan_in else 0.0
        self.weight = Parameter(np.empty((out_channels, in_channels // groups, *self.kernel_size), dtype))
        init.uniform_(self.weight, -bound, bound, rng)
        self.bias = Parameter(np.empty(out_channels, dtype)) if bias else None
        if self.bias is None:
            self.register_parameter("bias", None)
        else:
            init.uniform_(self.bias, -bound, bound, rng)

    def forward(self, input: TensorLike) -> Tensor:
        how: Any = self.stride, self.padding, self.dilation, self.groups
        return type(self).convolve(input, self.weight, self.bias, *how)

    def extra_repr(self) -> str:
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        if self.padding != (0,) * self.axes:
            text += f", padding={self.padding}"
        if self.dilation != (1,) * self.axes:
            text += f", dilation={self.dilation}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        return text if self.bias is not None else text + ", bias=False"


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
