"""What a query may read: True and False, or numbers that are added to the scores."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor


class Masks:
    """A mask (..., L, S) of truths, or of numbers to add, for some heads at a time, with keys first.

    `allowed` holds 1 and 0 if the mask only says what may be read, else None. A mask that `hides` does so with nan,
    too, as PyTorch's causal attention of four axes does.
    """

    __slots__ = ("_added", "allowed", "hides", "number")

    _added: Any
    allowed: Array | None

    def __init__(self, mask: Array, lead: tuple[int, ...], dtype: Any, hides: bool = False) -> None:
        self.hides = hides
        turned = np.ascontiguousarray(mask.swapaxes(-1, -2))
        turned = turned.reshape(math.prod(mask.shape[:-2]), *turned.shape[-2:])  # (M, S, L)
        number = np.arange(len(turned)).reshape(mask.shape[:-2])
        self.number = np.broadcast_to(number, lead).reshape(-1)  # (N,), of each head's mask
        truths = turned if mask.dtype.kind == "b" else turned == 0
        only = truths is turned or (truths | (turned == -np.inf)).all()
        self.allowed = truths.astype(dtype) if only else None
        self._added = None if only else turned

    @property
    def added(self) -> Array:
        """What is added to the scores, (M, S, L)."""
        if self._added is None and self.allowed is not None:
            self._added = additive_of(self.allowed != 0, self.allowed.dtype)
        return self._added

    def of(self, heads: slice, masks: Array) -> Array:
        """Those of some heads, (n, S, L), or (1, S, L) if there is one for all."""
        return masks if len(masks) == 1 else masks[self.number[heads]]


def causal_mask(queries: int, keys: int, dtype: Any = np.float32) -> Tensor:
    """0 where query i may read key j (j <= i), minus infinity elsewhere: (queries, keys)."""
    return Tensor(additive_of(np.tri(queries, keys, dtype=bool), dtype))


def additive(mask: Tensor, dtype: Any) -> Tensor:
    """A mask of True (may read) and False as 0 and minus infinity; numbers as they are."""
    return Tensor(additive_of(mask.data, dtype)) if mask.dtype.kind == "b" else mask


def additive_of(readable: Array, dtype: Any) -> Array:
    return np.where(readable, 0, -np.inf).astype(dtype)


def check_mask(what: str, mask: Tensor) -> None:
    """Refuse integers: 1 and 0 would be added to the scores, where True and False were meant."""
    if mask.dtype.kind not in "bf":
        raise TypeError(
            f"{what} must hold booleans, or floating-point numbers to add to the scores, got {mask.dtype}; convert it "
            "with mask.astype(bool)"
        )
