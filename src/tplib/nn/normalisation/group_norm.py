"""Group normalisation: centre and scale groups of an example's channels (Wu and He, 2018)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module, Parameter
from tplib.nn.normalisation.layer_norm import LayerNormalization
from tplib.nn.sizes import check_sizes


def group_norm(
    input: TensorLike,
    num_groups: int,
    weight: TensorLike | None = None,
    bias: TensorLike | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Each of G groups of an example's channels centred and scaled to variance 1: (B, C, ...) -> (B, C, ...).

    Then times `weight` (C,) plus `bias` (C,). One group is a layer norm over all of the example, C groups are an
    instance norm. Source: Wu and He (2018).
    """
    x = as_tensor(input)
    if x.ndim < 2 or x.dtype.kind != "f" or num_groups < 1 or x.shape[1] % num_groups:
        raise ValueError(
            f"group_norm: expected an input (B, C, ...) of floats with C divisible by {num_groups} groups, "
            f"got {x.shape} of dtype {x.dtype}"
        )
    affine = [None if t is None else as_tensor(t) for t in (weight, bias)]
    for what, t in zip(("weight", "bias"), affine, strict=True):
        if t is not None and t.shape != x.shape[1:2]:
            raise ValueError(f"group_norm: expected a {what} of shape {x.shape[1:2]}, got {t.shape}")
    width = math.prod(x.shape[1:]) // num_groups
    rows = x.reshape(x.shape[0], num_groups, width)  # (B, G, C/G L)
    z = LayerNormalization.apply(rows, None, None, (width,), eps).reshape(x.shape)
    channel = (-1, *(1,) * (x.ndim - 2))
    if affine[0] is not None:
        z = z * affine[0].reshape(channel)
    return z if affine[1] is None else z + affine[1].reshape(channel)


class GroupNorm(Module):
    """Groups of channels normalised within each example, (B, C, ...); weight and bias (C,)."""

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        *,
        bias: bool = True,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        check_sizes("GroupNorm", num_groups=num_groups, num_channels=num_channels)
        if num_groups < 1 or num_channels % num_groups:
            raise ValueError(f"GroupNorm: {num_channels} channels cannot be cut into {num_groups} groups")
        self.num_groups, self.num_channels, self.eps, self.affine = num_groups, num_channels, eps, affine
        self.register_parameter("weight", Parameter(np.ones(num_channels, dtype)) if affine else None)
        self.register_parameter("bias", Parameter(np.zeros(num_channels, dtype)) if affine and bias else None)

    def reset_parameters(self) -> None:
        """The weight back to ones and the bias to zeros."""
        for parameter, start in ((self.weight, init.ones_), (self.bias, init.zeros_)):
            if parameter is not None:
                start(parameter)

    def forward(self, input: TensorLike) -> Tensor:
        return group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine}, "
            f"bias={self.bias is not None}"
        )
