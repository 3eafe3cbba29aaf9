"""Vectors of length 1, and the cosine of the angle between two."""

from __future__ import annotations

import numpy as np

from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor


def normalize(input: TensorLike, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Tensor:
    """x over its p-norm along `dim`, or over `eps` where the norm is smaller."""
    x = as_tensor(input)
    return x / x.norm(p, dim, keepdim=True).clamp(min=eps)


def cosine_similarity(x1: TensorLike, x2: TensorLike, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """x1 . x2 / (|x1| |x2|) along `dim`, each norm at least `eps`; the two broadcast."""
    a, b = as_tensor(x1), as_tensor(x2)
    shape = np.broadcast_shapes(a.shape, b.shape)
    a, b = (x if x.shape == shape else x.expand(shape) for x in (a, b))
    norms = [x.norm(2, dim, keepdim=True).clamp(min=eps) for x in (a, b)]
    return ((a / norms[0]) * (b / norms[1])).sum(dim)
