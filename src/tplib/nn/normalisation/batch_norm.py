"""Batch normalisation: centre and scale each channel (lecture 003, "Gradient instability: others improvements")."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.recording import refuse_gradient
from tplib.nn.graph.row_blocks import row_blocks
from tplib.nn.graph.second_order import through
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter
from tplib.nn.sizes import check_sizes


class BatchNormalization(Function):
    """(x - mean) / sqrt(var + eps) * weight + bias, per channel of x (B, C, ...).

    In training, mean and variance are those of the batch, so that they too carry gradient, and the running ones move
    towards them by `momentum`, in place; else the running ones are used.
    """

    __slots__ = ("eps", "training")
    fresh = True
    read_for = ((0, 1), (0,))

    @staticmethod
    def forward(
        ctx: Any,
        x: Array,
        weight: Array | None,
        bias: Array | None,
        running: tuple[Array, Array] | None,
        training: bool,
        momentum: float,
        eps: float,
    ) -> Any:
        rows, length = _rows(x), math.prod(x.shape[2:])  # (B, C L), L
        number, channels = len(rows) * length, x.shape[1]
        blocks, z = row_blocks(len(rows), rows.shape[1] * x.itemsize), np.empty(rows.shape, x.dtype)
        if training:
            mean = _channel_sum(np.ones(len(rows), x.dtype) @ rows, channels) / max(number, 1)  # (C,)
            squares, means = np.zeros(rows.shape[1], x.dtype), np.repeat(mean, length)
            for block in blocks:
                centred = np.subtract(rows[block], means, out=z[block])
                squares += np.einsum("bj,bj->j", centred, centred)
            var = _channel_sum(squares, channels) / max(number, 1)
            if running is not None and number:
                unbiased = var * (number / max(number - 1, 1))
                for old, new in zip(running, (mean, unbiased), strict=True):
                    old += momentum * (new - old)
        else:
            mean, var = running  # type: ignore[misc]
            np.subtract(rows, np.repeat(mean.astype(x.dtype), length), out=z)
        inverse = (1 / np.sqrt(var + eps)).astype(x.dtype)  # (C,)
        scale = np.repeat(inverse if weight is None else inverse * weight, length)
        shift = None if bias is None else np.repeat(bias, length)
        for block in blocks:
            z[block] *= scale
            if shift is not None:
                z[block] += shift
        mean = mean.astype(x.dtype)
        ctx.saved, ctx.training, ctx.eps = (x, weight, mean, inverse), training, eps
        return z.reshape(x.shape)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, weight, mean, inverse), (to_x, to_weight, to_bias, *_) = ctx.saved, ctx.edges
        rows, dz, length = _rows(x), _rows(grad), math.prod(x.shape[2:])  # (B, C L), (B, C L), L
        number, blocks = max(len(rows) * length, 1), row_blocks(len(rows), rows.shape[1] * x.itemsize)
        total, along = _channel_sum(np.ones(len(dz), dz.dtype) @ dz, x.shape[1]), np.zeros(rows.shape[1], dz.dtype)
        means, dx = np.repeat(mean, length), np.empty_like(dz)
        for block in blocks:
            along += np.einsum("bj,bj->j", np.subtract(rows[block], means, out=dx[block]), dz[block])
        along = _channel_sum(along, x.shape[1])
        slope = inverse if weight is None else inverse * weight
        slopes = np.repeat(slope, length)
        if to_x is not None and not ctx.training:
            np.multiply(dz, slopes, out=dx)
        elif to_x is not None:
            # Take away what moving the mean and the variance undoes: the gradient's mean and its part along x.
            tilt = np.repeat(-along * inverse * inverse * slope / number, length)
            level = np.repeat(-total * slope / number, length)
            for block in blocks:
                part = dx[block]
                part *= tilt
                part += dz[block] * slopes
                part += level
        return (
            None if to_x is None else dx.reshape(x.shape),
            None if to_weight is None else along * inverse,
            None if to_bias is None else total,
            *(None,) * 4,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, weight, mean, inverse = ctx.saved
        axes, channel = (0, *range(2, x.ndim)), (1, -1, *(1,) * (x.ndim - 2))

        def formula(x: Any, weight: Any) -> Any:
            if ctx.training:
                centred = x - x.mean(axes, keepdim=True)
                z = centred / ((centred * centred).mean(axes, keepdim=True) + ctx.eps).sqrt()
            else:
                z = (x - mean.reshape(channel)) * inverse.reshape(channel)
            return z if weight is None else z * weight.reshape(channel)

        weight = None if weight is None else ctx.argument(1, weight)
        dx, dw = through(formula, [ctx.argument(0, x), weight], grad)
        return dx, dw, grad.sum(axes), *(None,) * 4


def _rows(x: Array) -> Array:
    """(B, C, ...) -> (B, C L): an example is a row, along which NumPy works quickest."""
    return x.reshape(len(x), math.prod(x.shape[1:]))


def _channel_sum(x: Array, channels: int) -> Array:
    """(C L,) -> (C,)."""
    return x if len(x) == channels else x.reshape(channels, -1 if channels and len(x) else 0).sum(1)


def batch_norm(
    input: TensorLike,
    running_mean: TensorLike | None,
    running_var: TensorLike | None,
    weight: TensorLike | None = None,
    bias: TensorLike | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Each channel of (B, C, ...) centred and scaled to variance 1, then times `weight` (C,) plus `bias` (C,).

    In training by the batch's mean and (biased) variance, and the running ones move in place by `momentum` towards
    the batch's mean and unbiased variance; else by the running ones. Source: lecture 003, "Batch Normalization".
    """
    x = as_tensor(input)
    if x.ndim < 2 or x.dtype.kind != "f":
        raise ValueError(f"batch_norm: expected an input (B, C, ...) of floats, got {x.shape} of dtype {x.dtype}")
    if training and x.shape[0] and math.prod(x.shape) == x.shape[1]:
        raise ValueError(
            f"batch_norm: one value per channel, input {x.shape}, has no variance to train with; "
            "use a larger batch, or eval()"
        )
    if eps < 0 or (training and not eps):
        raise ValueError(f"batch_norm: expected an eps of at least 0, and above 0 in training, got {eps}")
    running = [as_tensor(t) for t in (running_mean, running_var) if t is not None]
    if len(running) == 1 or (not training and not running):
        raise ValueError("batch_norm: expected both running_mean and running_var (or neither, in training)")
    for constant in running:
        refuse_gradient("batch_norm: a running mean or variance", constant)
    affine = [None if t is None else as_tensor(t) for t in (weight, bias)]
    for what, t in (*zip(("weight", "bias"), affine, strict=True), *(("running statistics", t) for t in running)):
        if t is not None and t.shape != x.shape[1:2]:
            raise ValueError(f"batch_norm: expected {what} of shape {x.shape[1:2]} for input {x.shape}, got {t.shape}")
    # As arrays: they are changed here, and backward needs none of them.
    given = tuple(t.data for t in running) or None
    z = BatchNormalization.apply(x, *affine, given, training, momentum, eps)
    if training:
        for t in running:
            t._changed()
    return z


class _BatchNorm(Module):
    """Parameters weight and bias, buffers running_mean and running_var, all (C,), and num_batches_tracked.

    `momentum` None makes the running statistics the plain average over all batches so far; without
    `track_running_stats` the batch's own are used in evaluation too.
    """

    dims: ClassVar[tuple[int, ...]]
    expected: ClassVar[str]

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        *,
        bias: bool = True,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        check_sizes(type(self).__name__, num_features=num_features)
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.affine, self.track_running_stats = affine, track_running_stats
        self.register_parameter("weight", Parameter(np.ones(num_features, dtype)) if affine else None)
        self.register_parameter("bias", Parameter(np.zeros(num_features, dtype)) if affine and bias else None)
        self.register_buffer("running_mean", np.zeros(num_features, dtype) if track_running_stats else None)
        self.register_buffer("running_var", np.ones(num_features, dtype) if track_running_stats else None)
        self.register_buffer("num_batches_tracked", np.array(0) if track_running_stats else None)

    def reset_running_stats(self) -> None:
        """Forget all batches so far."""
        if self.running_mean is not None:
            init.zeros_(self.running_mean)
            init.ones_(self.running_var)
            init.zeros_(self.num_batches_tracked)

    def reset_parameters(self) -> None:
        """The weight back to ones and the bias to zeros; all batches so far are forgotten."""
        self.reset_running_stats()
        for parameter, start in ((self.weight, init.ones_), (self.bias, init.zeros_)):
            if parameter is not None:
                start(parameter)

    def forward(self, input: TensorLike) -> Tensor:
        x = as_tensor(input)
        if x.ndim not in self.dims or x.shape[1] != self.num_features:
            expected = self.expected.format(C=self.num_features)
            raise ValueError(f"{type(self).__name__}: expected an input of shape {expected}, got {x.shape}")
        momentum = self.momentum
        if self.training and self.track_running_stats:
            self.num_batches_tracked.data += 1
            if momentum is None:
                momentum = 1 / self.num_batches_tracked.item()
        by_batch = self.training or not self.track_running_stats
        return batch_norm(
            x, self.running_mean, self.running_var, self.weight, self.bias, by_batch, momentum or 0.0, self.eps
        )

    def extra_repr(self) -> str:
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            f"bias={self.bias is not None}, track_running_stats={self.track_running_stats}"
        )


class BatchNorm1d(_BatchNorm):
    """Batch normalisation of features (B, C) or sequences (B, C, T) (lecture 003, "Batch Normalization")."""

    dims, expected = (2, 3), "(B, {C}) or (B, {C}, T)"


class BatchNorm2d(_BatchNorm):
    """Batch normalisation of images (B, C, H, W) (lecture 003, "Batch Normalization")."""

    dims, expected = (4,), "(B, {C}, H, W)"
