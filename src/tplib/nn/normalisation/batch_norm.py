"""Batch normalisation: centre and scale each channel (lecture 003, "Gradient instability: others improvements")."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.second_order import through
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter


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
        flat = _positions(x)  # (B, C, L)
        number = flat.shape[0] * flat.shape[2]
        if training:
            mean = _channel_sum(flat) / max(number, 1)  # (C,)
            z = flat - mean[:, None]
            var = np.einsum("bcl,bcl->c", z, z) / max(number, 1)
            if running is not None and number:
                unbiased = var * (number / max(number - 1, 1))
                for old, new in zip(running, (mean, unbiased), strict=True):
                    old += momentum * (new - old)
        else:
            mean, var = running  # type: ignore[misc]
            z = flat - mean.astype(x.dtype)[:, None]
        inverse = (1 / np.sqrt(var + eps)).astype(x.dtype)  # (C,)
        z *= (inverse if weight is None else inverse * weight)[:, None]
        if bias is not None:
            z += bias[:, None]
        ctx.saved, ctx.training, ctx.eps = (x, weight, mean.astype(x.dtype), inverse), training, eps
        return z.reshape(x.shape)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, weight, mean, inverse), (to_x, to_weight, to_bias, *_) = ctx.saved, ctx.edges
        dz, centred = _positions(grad), _positions(x) - mean[:, None]  # (B, C, L)
        total, along = _channel_sum(dz), np.einsum("bcl,bcl->c", dz, centred)
        slope = inverse if weight is None else inverse * weight
        dx = None
        if to_x is not None and ctx.training:
            # Take away what moving the mean and the variance undoes: the gradient's mean and its part along x.
            number = max(dz.shape[0] * dz.shape[2], 1)
            dx = centred
            dx *= (-along * inverse * inverse / number)[:, None]
            dx += dz
            dx -= (total / number)[:, None]
            dx *= slope[:, None]
        elif to_x is not None:
            dx = dz * slope[:, None]
        return (
            None if dx is None else dx.reshape(x.shape),
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


def _positions(x: Array) -> Array:
    """(B, C, ...) -> (B, C, L)."""
    return x.reshape(*x.shape[:2], math.prod(x.shape[2:]))


def _channel_sum(x: Array) -> Array:
    """(B, C, L) -> (C,)."""
    if x.shape[2] == 1:
        return np.ones(len(x), x.dtype) @ x[:, :, 0]
    return x.sum(2).sum(0)


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
    running = [as_tensor(t) for t in (running_mean, running_var) if t is not None]
    if len(running) == 1 or (not training and not running):
        raise ValueError("batch_norm: expected both running_mean and running_var (or neither, in training)")
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
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.affine, self.track_running_stats = affine, track_running_stats
        self.register_parameter("weight", Parameter(np.ones(num_features, dtype)) if affine else None)
        self.register_parameter("bias", Parameter(np.zeros(num_features, dtype)) if affine and bias else None)
        self.register_buffer("running_mean", np.zeros(num_features, dtype) if track_running_stats else None)
        self.register_buffer("running_var", np.ones(num_features, dtype) if track_running_stats else None)
        self.register_buffer("num_batches_tracked", np.array(0) if track_running_stats else None)

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
