"""In which order results lie in memory: as PyTorch lays them out, so that `view`, `flatten` and `reshape` agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.nn.graph.storage import Array


def in_order(values: Any) -> Array:
    """The values in the order of their axes: the array itself where it lies so, else a copy."""
    return np.asarray(values, order="C")


def copied(x: Array, dtype: Any = None) -> Array:
    """A copy whose axes lie as those of x do; repeated ones stay where they are."""
    dtype = x.dtype if dtype is None else dtype
    return x.astype(dtype) if x.flags.forc or 0 not in x.strides else laid_as(x.astype(dtype, "C"), x)


def laid_as(values: Array, x: Array) -> Array:
    """The values, their axes in the order in which those of x lie."""
    return in_order(values) if x.flags.c_contiguous else permuted(values, axes_by_step(x.shape, x.strides))


def permuted(values: Array, order: list[int]) -> Array:
    """The values with the axes in this order in memory, from long steps to short ones."""
    return in_order(values.transpose(order)).transpose(np.argsort(order))


def axes_by_step(shape: Sequence[int], *strides: Sequence[int]) -> list[int]:
    """The axes of arrays of one shape, from those with long steps in memory to those with short ones.

    PyTorch's rule: the first array decides, the next one where that repeats a value along an axis; what stays open is
    left as it is.
    """
    order: list[int] = []  # the shortest first
    for axis in reversed(range(len(shape))):
        place = len(order)
        order.append(axis)
        for at in reversed(range(place)):
            longer = _longer(shape, strides, order[at], axis)
            if longer > 0:
                order[at], order[place], place = axis, order[at], at
            elif longer < 0:
                break
    return order[::-1]


def _longer(shape: Sequence[int], strides: Sequence[Sequence[int]], one: int, other: int) -> int:
    """1 where the steps along one axis are longer than along the other, -1 where they are shorter, 0 if it is open."""
    for steps in strides:
        a, b = abs(steps[one]), abs(steps[other])
        if a and b and (a != b or shape[one] > shape[other]):
            return 1 if a >= b else -1
    return 0
