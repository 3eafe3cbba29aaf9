"""Pooling as modules: each is the function of the same name, with its options."""

from __future__ import annotations

from typing import Any

from tplib.nn.graph.tensor import Tensor, TensorLike
from tplib.nn.module import Module
from tplib.nn.spatial import pooling_functions as P
from tplib.nn.spatial.pooling_functions import OutputSize
from tplib.nn.spatial.windows import Size


class _MaxPool(Module):
    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        dilation: Size = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.kernel_size, self.stride = kernel_size, kernel_size if stride is None else stride
        self.padding, self.dilation, self.ceil_mode = padding, dilation, ceil_mode
        self.return_indices = return_indices

    def _options(self) -> tuple[Any, ...]:
        return self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode, self.return_indices

    def extra_repr(self) -> str:
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, "
            f"dilation={self.dilation}, ceil_mode={self.ceil_mode}"
        )


class MaxPool1d(_MaxPool):
    """The largest value of each window: (B, C, T) -> (B, C, To)."""

    def forward(self, input: TensorLike) -> Any:
        return P.max_pool1d(input, *self._options())


class MaxPool2d(_MaxPool):
    """The largest value of each window: (B, C, H, W) -> (B, C, Ho, Wo) (lecture 003, "Pooling")."""

    def forward(self, input: TensorLike) -> Any:
        return P.max_pool2d(input, *self._options())


class AvgPool1d(Module):
    """The average of each window: (B, C, T) -> (B, C, To)."""

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        super().__init__()
        self.kernel_size, self.stride = kernel_size, kernel_size if stride is None else stride
        self.padding, self.ceil_mode, self.count_include_pad = padding, ceil_mode, count_include_pad

    def forward(self, input: TensorLike) -> Tensor:
        return P.avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AvgPool2d(AvgPool1d):
    """The average of each window: (B, C, H, W) -> (B, C, Ho, Wo) (lecture 003, "Pooling")."""

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__(kernel_size, stride, padding, ceil_mode, count_include_pad)
        self.divisor_override = divisor_override

    def forward(self, input: TensorLike) -> Tensor:
        how = self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad
        return P.avg_pool2d(input, *how, self.divisor_override)


class WeightedPool1d(Module):
    """The distance-weighted average of each window: (B, C, T) -> (B, C, To); the formula is in `F.weighted_pool2d`."""

    def __init__(
        self, kernel_size: Size, stride: Size | None = None, padding: Size = 0, sigma: float | None = None
    ) -> None:
        super().__init__()
        self.kernel_size, self.stride = kernel_size, kernel_size if stride is None else stride
        self.padding, self.sigma = padding, sigma

    def forward(self, input: TensorLike) -> Tensor:
        return P.weighted_pool1d(input, self.kernel_size, self.stride, self.padding, self.sigma)

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, sigma={self.sigma}"


class WeightedPool2d(WeightedPool1d):
    """The distance-weighted average of each window: (B, C, H, W) -> (B, C, Ho, Wo).

    The weights fall with the distance d from the window's centre as exp(-d^2 / (2 sigma^2)); see
    `F.weighted_pool2d`. Source: lecture 003, "Pooling".
    """

    def forward(self, input: TensorLike) -> Tensor:
        return P.weighted_pool2d(input, self.kernel_size, self.stride, self.padding, self.sigma)


class LPPool1d(Module):
    """(sum of x^p)^(1/p) of each window, p = `norm_type`: (B, C, T) -> (B, C, To)."""

    def __init__(
        self, norm_type: float, kernel_size: Size, stride: Size | None = None, ceil_mode: bool = False
    ) -> None:
        super().__init__()
        self.norm_type, self.kernel_size, self.ceil_mode = norm_type, kernel_size, ceil_mode
        self.stride = kernel_size if stride is None else stride

    def forward(self, input: TensorLike) -> Tensor:
        return P.lp_pool1d(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)

    def extra_repr(self) -> str:
        return f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}"


class LPPool2d(LPPool1d):
    """(sum of x^p)^(1/p) of each window: (B, C, H, W) -> (B, C, Ho, Wo) (lecture 003, "Pooling": "L2 norm")."""

    def forward(self, input: TensorLike) -> Tensor:
        return P.lp_pool2d(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)


class _AdaptivePool(Module):
    def __init__(self, output_size: OutputSize) -> None:
        super().__init__()
        self.output_size = output_size

    def extra_repr(self) -> str:
        return f"output_size={self.output_size}"


class AdaptiveAvgPool1d(_AdaptivePool):
    """The means of `output_size` stretches of about equal length: (B, C, T) -> (B, C, output_size)."""

    def forward(self, input: TensorLike) -> Tensor:
        return P.adaptive_avg_pool1d(input, self.output_size)


class AdaptiveAvgPool2d(_AdaptivePool):
    """The means of Ho x Wo regions of about equal size: (B, C, H, W) -> (B, C, Ho, Wo), for any H and W."""

    def forward(self, input: TensorLike) -> Tensor:
        return P.adaptive_avg_pool2d(input, self.output_size)


class _AdaptiveMaxPool(_AdaptivePool):
    def __init__(self, output_size: OutputSize, return_indices: bool = False) -> None:
        super().__init__(output_size)
        self.return_indices = return_indices


class AdaptiveMaxPool1d(_AdaptiveMaxPool):
    """The maxima of `output_size` stretches of about equal length: (B, C, T) -> (B, C, output_size)."""

    def forward(self, input: TensorLike) -> Any:
        return P.adaptive_max_pool1d(input, self.output_size, self.return_indices)


class AdaptiveMaxPool2d(_AdaptiveMaxPool):
    """The maxima of Ho x Wo regions of about equal size: (B, C, H, W) -> (B, C, Ho, Wo), for any H and W."""

    def forward(self, input: TensorLike) -> Any:
        return P.adaptive_max_pool2d(input, self.output_size, self.return_indices)
