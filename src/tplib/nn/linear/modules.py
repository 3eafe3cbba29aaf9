"""The affine map as a module, with its weight and bias."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.tensor import Tensor, TensorLike
from tplib.nn.linear.functions import linear
from tplib.nn.module import Module, Parameter
from tplib.nn.sizes import check_sizes


class Linear(Module):
    """x W' + b: input (..., in_features) -> (..., out_features).

    The weight (out_features, in_features) and the bias (out_features,) start uniform on [-1, 1] / sqrt(in_features),
    drawn from `rng`, as in PyTorch. Source: lecture 003, "Multilayer perceptron: math. formulation".
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        check_sizes("Linear", in_features=in_features, out_features=out_features)
        self.in_features, self.out_features = in_features, out_features
        self.weight = Parameter(np.empty((out_features, in_features), dtype))
        self.register_parameter("bias", Parameter(np.empty(out_features, dtype)) if bias else None)
        self.reset_parameters(rng=rng)

    def reset_parameters(self, *, rng: np.random.Generator | None = None) -> None:
        """Draw all values anew, from `rng`."""
        rng = np.random.default_rng(rng)
        bound = 1 / math.sqrt(self.in_features) if self.in_features else 0.0
        for parameter in (self.weight, self.bias):
            if parameter is not None:
                init.uniform_(parameter, -bound, bound, rng)

    def forward(self, input: TensorLike) -> Tensor:
        return linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"
