"""Gradient clipping, against exploding gradients (lecture 003, "Gradient instability")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from tplib.nn.graph.sparse_rows import SparseRows
from tplib.nn.graph.tensor import Tensor


def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float | str = 2.0,
    error_if_nonfinite: bool = False,
) -> np.float64:
    """Scale all gradients, in place and by one factor, so that together their norm is at most `max_norm`.

    Returns the norm before. Gradients of a norm below `max_norm` stay as they are; with `error_if_nonfinite`, a norm
    that is infinite or NaN raises RuntimeError.
    """
    owners, norm_type = _with_gradient(parameters), float(norm_type)
    norms = [np.linalg.norm(values.ravel(), norm_type) for values in map(_values, owners) if values.size]
    total = float(np.linalg.norm(norms, norm_type)) if norms else 0.0
    if error_if_nonfinite and not np.isfinite(total):
        raise RuntimeError(f"clip_grad_norm_: the norm of the gradients is {total}, so they cannot be scaled")
    factor = max_norm / (total + 1e-6)
    factor = 1.0 if factor > 1 else factor  # nan stays nan
    if factor != 1:
        for p in owners:
            values = _values(p)
            values *= factor
    return np.float64(total)  # a float that has PyTorch's .item()


def clip_grad_value_(parameters: Tensor | Iterable[Tensor], clip_value: float) -> None:
    """Cut every value of every gradient, in place, to the range from -clip_value to clip_value."""
    for p in _with_gradient(parameters):
        values = _values(p)
        np.clip(values, -clip_value, clip_value, out=values)


def _with_gradient(parameters: Tensor | Iterable[Tensor]) -> list[Tensor]:
    listed = [parameters] if isinstance(parameters, Tensor) else parameters
    return [p for p in listed if p.grad is not None]


def _values(p: Tensor) -> Any:
    """The gradient's values; a row-sparse one gets each row listed once first, a recorded one becomes its array."""
    grad: Any = p.grad
    if isinstance(grad, Tensor):
        p.grad = grad = grad.data.copy()
    if isinstance(grad, SparseRows):
        p.grad = grad = grad.coalesce()
        return grad.values
    return grad
