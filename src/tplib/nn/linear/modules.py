"""The affine map as a module, with its weight and bias."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.graph.tensor import Tensor, TensorLike
from tplib.nn.linear.functions import linear
from tplib.nn.module import Module, Parameter


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
        self.in_features, self.out_features = in_features, out_features
        rng = np.random.default_rng(rng)
        bound = 1 / math.sqrt(in_features) if in_features else 0.0
        self.weight = Parameter(np.empty((out_features, in_features), dtype))
        init.uniform_(self.weight, -bound, bound, rng)
        self.bias = Parameter(np.empty(out_features, dtype)) if bias else None
        if self.bias is None:
            self.register_parameter("bias", None)
        else:
            init.uniform_(self.bias, -bound, bound, rng)

    def forward(self, input: TensorLike) -> Tensor:
        return linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"
