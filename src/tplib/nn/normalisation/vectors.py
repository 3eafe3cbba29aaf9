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
    if not eps >= 0:
        raise ValueError(f"cosine_similarity: expected an eps of at least 0, got {eps}")
    a, b = as_tensor(x1), as_tensor(x2)
    shape = np.broadcast_shapes(a.shape, b.shape)
    a, b = (x if x.shape == shape else x.expand(shape) for x in (a, b))
    eps = float(eps)
    return ((a / _norm(a, dim, eps)) * (b / _norm(b, dim, eps))).sum(dim)


def _norm(x: Tensor, dim: int, eps: float) -> Tensor:
    """The norm, at least `eps`; its gradient is the norm's own everywhere, as in PyTorch."""
    norm = x.norm(2, dim, keepdim=True)
    return norm + np.maximum(eps - norm.data, 0) if (norm.data < eps).any() else norm
