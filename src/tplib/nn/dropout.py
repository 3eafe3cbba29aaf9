"""Dropout, as functions and as modules: values become 0 at random in training (lectures 002 and 003)."""

from __future__ import annotations

import numpy as np

from tplib.nn.graph.arithmetic import Mul
from tplib.nn.graph.graph import Array
from tplib.nn.graph.memory_order import laid_as
from tplib.nn.graph.recording import refuse_gradient
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.module import Module


def dropout(
    input: TensorLike,
    p: float = 0.5,
    training: bool = True,
    inplace: bool = False,
    *,
    rng: np.random.Generator | None = None,
) -> Tensor:
    """Each value becomes 0 with probability `p`, the others are divided by 1 - p; unchanged unless `training`.

    Source: lecture 003, "Regularization: dropout", in its inverted form.
    """
    refuse_gradient("dropout: p", p)
    if not 0 <= p <= 1:
        raise ValueError(f"dropout: expected a probability p between 0 and 1, got {p}")
    x = as_tensor(input)
    if not training or p == 0:
        return x
    mask = _mask(x.data, p, rng)
    return x.mul_(mask) if inplace else Mul.apply(x, mask)


def scaled_dropout(
    input: TensorLike, p: float = 0.5, training: bool = True, *, rng: np.random.Generator | None = None
) -> Tensor:
    """In training, each value becomes 0 with probability `p` and the others stay; else all are multiplied by 1 - p.

    Source: lecture 002, "Dropout": "At test time, use each neuron scaled down" (there p, the kept half, is 0.5).
    """
    refuse_gradient("scaled_dropout: p", p)
    if not 0 <= p <= 1:
        raise ValueError(f"scaled_dropout: expected a probability p between 0 and 1, got {p}")
    x = as_tensor(input)
    if not training:
        return Mul.apply(x, 1 - p)
    rng = np.random.default_rng(rng)
    return Mul.apply(x, (rng.random(x.shape, np.float32) >= p).astype(x.dtype))


def _mask(x: Array, p: float, rng: np.random.Generator | None) -> Array:
    """0 with probability `p`, else 1 / (1 - p), in the shape and dtype of `x`."""
    rng = np.random.default_rng(rng)
    kept = laid_as(rng.random(x.shape, np.float32) >= p, x)
    return np.multiply(kept, 1 / (1 - p) if p < 1 else 0, dtype=x.dtype)


class Dropout(Module):
    """In training, each value becomes 0 with probability `p` and the others are divided by 1 - p."""

    def __init__(self, p: float = 0.5, inplace: bool = False, *, rng: np.random.Generator | None = None) -> None:
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"Dropout: expected a probability p between 0 and 1, got {p}")
        self.p, self.inplace = p, inplace
        self.rng = np.random.default_rng(rng)

    def forward(self, input: TensorLike) -> Tensor:
        return dropout(input, self.p, self.training, self.inplace, rng=self.rng)

    def extra_repr(self) -> str:
        return f"p={self.p}, inplace=True" if self.inplace else f"p={self.p}"


class ScaledDropout(Dropout):
    """The lectures' dropout: in training, values become 0 with probability `p`; in evaluation, all times 1 - p.

    Its training outputs are 1 - p times those of `Dropout`, and so are its evaluation outputs.
    """

    def __init__(self, p: float = 0.5, *, rng: np.random.Generator | None = None) -> None:
        super().__init__(p, rng=rng)

    def forward(self, input: TensorLike) -> Tensor:
        return scaled_dropout(input, self.p, self.training, rng=self.rng)
