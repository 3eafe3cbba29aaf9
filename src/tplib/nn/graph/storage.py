"""The time at which the memory behind arrays last changed: one for an array and all its views.

It does what PyTorch's version counters do: a node tells whether an array that it saved was changed in place since.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# glibc's allocator gives freed memory back to the system, and the pages of the next arrays must be had anew: some steps
# of an LSTM took 1.8 times as long. To free one large array, which was never touched, tells it to keep up to 64 MiB.
np.empty((1 << 25) - (1 << 16), np.uint8)

# The time of the graph: it ticks when a node is created and when an array is changed in place.
tick = count(1).__next__


class LastChange:
    """The time of the last change in place of any array: nodes made after it need no closer look."""

    time = 0


# By the id of the array that owns the memory: the time, and what forgets it when that array is gone.
_changes: dict[int, tuple[int, weakref.ref[Array]]] = {}


def owner_of(array: Array) -> Array:
    """The array whose memory this one looks at; itself if it is no view."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def note_change(array: Array) -> None:
    """The array was changed in place, and with it all arrays that share its memory."""
    owner = owner_of(array)
    key, time = id(owner), tick()
    known = _changes.get(key)
    reference = weakref.ref(owner, lambda _: _changes.pop(key, None)) if known is None else known[1]
    _changes[key] = time, reference
    LastChange.time = time


def changed_since(things: Iterable[Any], time: int) -> bool:
    """Whether an array among the things, or in a tuple or list among them, was changed after `time`."""
    for thing in things:
        if isinstance(thing, np.ndarray):
            known = _changes.get(id(owner_of(thing)))
            if known is not None and known[0] > time:
                return True
        elif isinstance(thing, tuple | list) and changed_since(thing, time):
            return True
    return False


def held(value: Any, dtype: np.dtype[Any]) -> Array:
    """A value in the dtype of the tensor that is to hold it; integers take numbers without their fraction.

    Raises RuntimeError for infinity and NaN, which no integer is.
    """
    array = np.asarray(value)
    if dtype.kind in "iu" and array.dtype.kind == "f" and not np.isfinite(array).all():
        raise RuntimeError(f"a tensor of {dtype} cannot hold infinity or NaN; convert it with .to(np.float32) first")
    return array.astype(dtype)


def zeroed(grad: Any, values: Array) -> Array:
    """A gradient whose values are set to 0 in place; zeros for the values where that cannot be."""
    if not isinstance(grad, np.ndarray) or not grad.flags.writeable:
        return np.zeros_like(values)
    grad[...] = 0
    note_change(grad)
    return grad


def is_dense(array: Array) -> bool:
    """Whether the values fill a stretch of memory without gaps and repetitions, in whatever order."""
    distance = array.itemsize
    for stride, number in sorted(pair for pair in zip(array.strides, array.shape, strict=True) if pair[1] > 1):
        if stride != distance:
            return False
        distance *= number
    return True


def overlap(x: Array, y: Array) -> str:
    """How the memory of two arrays overlaps, as far as PyTorch looks: "full" (place by place), "partial", or "".

    Of an array with gaps or repetitions PyTorch does not find out.
    """
    if not (x.size and y.size) or owner_of(x) is not owner_of(y) or not (is_dense(x) and is_dense(y)):
        return ""
    start_x, start_y = x.ctypes.data, y.ctypes.data
    if start_x == start_y and x.nbytes == y.nbytes:
        steps = zip(x.shape, x.strides, y.strides, strict=False)
        same = x.shape == y.shape and all(a == b for n, a, b in steps if n > 1)
        return "full" if same else "partial"
    return "partial" if start_x < start_y + y.nbytes and start_y < start_x + x.nbytes else ""
