"""Modules: Linear, Sequential, Flatten, Dropout, and the activations and losses as modules."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import functional as F
from tplib.nn import init
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
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
        rng = np.random.default_rng() if rng is None else rng
        bound = 1 / math.sqrt(in_features) if in_features else 0.0
        self.weight = Parameter(np.empty((out_features, in_features), dtype))
        init.uniform_(self.weight, -bound, bound, rng)
        self.bias = Parameter(np.empty(out_features, dtype)) if bias else None
        if self.bias is None:
            self.register_parameter("bias", None)
        else:
            init.uniform_(self.bias, -bound, bound, rng)

    def forward(self, input: TensorLike) -> Tensor:
        return F.linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"


class Sequential(Module):
    """Modules applied one after the other; keys "0.weight", "1.weight", ..., or the names of a dict."""

    def __init__(self, *modules: Any) -> None:
        super().__init__()
        named = modules[0].items() if len(modules) == 1 and isinstance(modules[0], dict) else enumerate(modules)
        for name, module in named:
            if not isinstance(module, Module):
                raise TypeError(f"Sequential: expected modules, got {type(module).__name__} at position {name}")
            self.add_module(str(name), module)

    def forward(self, input: TensorLike) -> Any:
        for module in self._modules.values():
            input = module(input)  # type: ignore[misc]
        return input

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Module]:
        return self.children()

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return Sequential(dict(list(self._modules.items())[index]))
        return list(self._modules.values())[index]

    def append(self, module: Module) -> Sequential:
        self.add_module(str(len(self)), module)
        return self


class Flatten(Module):
    """(B, d1, d2, ...) -> (B, d1 d2 ...), or the axes from `start_dim` to `end_dim`."""

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        super().__init__()
        self.start_dim, self.end_dim = start_dim, end_dim

    def forward(self, input: TensorLike) -> Tensor:
        return as_tensor(input).flatten(self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class Dropout(Module):
    """In training, each value becomes 0 with probability `p` and the others are divided by 1 - p."""

    def __init__(self, p: float = 0.5, *, rng: np.random.Generator | None = None) -> None:
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"Dropout: expected a probability p between 0 and 1, got {p}")
        self.p = p
        self.rng = np.random.default_rng() if rng is None else rng

    def forward(self, input: TensorLike) -> Tensor:
        return F.dropout(input, self.p, self.training, rng=self.rng)

    def extra_repr(self) -> str:
        return f"p={self.p}"


class ScaledDropout(Dropout):
    """The lectures' dropout: in training, values become 0 with probability `p`; in evaluation, all times 1 - p.

    Its training outputs are 1 - p times those of `Dropout`, and so are its evaluation outputs.
    """

    def forward(self, input: TensorLike) -> Tensor:
        return F.scaled_dropout(input, self.p, self.training, rng=self.rng)


class ReLU(Module):
    def forward(self, input: TensorLike) -> Tensor:
        return F.relu(input)


class Sigmoid(Module):
    def forward(self, input: TensorLike) -> Tensor:
        return F.sigmoid(input)


class Tanh(Module):
    def forward(self, input: TensorLike) -> Tensor:
        return F.tanh(input)


class Hardtanh(Module):
    def __init__(self, min_val: float = -1.0, max_val: float = 1.0) -> None:
        super().__init__()
        self.min_val, self.max_val = min_val, max_val

    def forward(self, input: TensorLike) -> Tensor:
        return F.hardtanh(input, self.min_val, self.max_val)

    def extra_repr(self) -> str:
        return f"min_val={self.min_val}, max_val={self.max_val}"


class LeakyReLU(Module):
    def __init__(self, negative_slope: float = 0.01) -> None:
        super().__init__()
        self.negative_slope = negative_slope

    def forward(self, input: TensorLike) -> Tensor:
        return F.leaky_relu(input, self.negative_slope)

    def extra_repr(self) -> str:
        return f"negative_slope={self.negative_slope}"


class ELU(Module):
    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.alpha = alpha

    def forward(self, input: TensorLike) -> Tensor:
        return F.elu(input, self.alpha)

    def extra_repr(self) -> str:
        return f"alpha={self.alpha}"


class GELU(Module):
    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: TensorLike) -> Tensor:
        return F.gelu(input, self.approximate)

    def extra_repr(self) -> str:
        return f"approximate={self.approximate!r}"


class Softplus(Module):
    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta, self.threshold = beta, threshold

    def forward(self, input: TensorLike) -> Tensor:
        return F.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        return f"beta={self.beta}, threshold={self.threshold}"


class Maxout(Module):
    """The largest of each group of `pieces` neighbours: (..., H * pieces) -> (..., H). Put a Linear before it."""

    def __init__(self, pieces: int = 2, dim: int = -1) -> None:
        super().__init__()
        self.pieces, self.dim = pieces, dim

    def forward(self, input: TensorLike) -> Tensor:
        return F.maxout(input, self.pieces, self.dim)

    def extra_repr(self) -> str:
        return f"pieces={self.pieces}, dim={self.dim}"


class Softmax(Module):
    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: TensorLike) -> Tensor:
        return F.softmax(input, self.dim)

    def extra_repr(self) -> str:
        return f"dim={self.dim}"


class LogSoftmax(Softmax):
    def forward(self, input: TensorLike) -> Tensor:
        return F.log_softmax(input, self.dim)
