"""Work on the rows of arrays, some rows at a time: what is written stays in the cache until it is read again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.graph.graph import Array

# A block, and those of one or two other arrays, should stay in a core's second-level cache. Measured for softmax and
# layer norm of 200 to 768 columns: less than 2^18 bytes calls NumPy too often, more leaves the cache.
BLOCK_BYTES = 1 << 18
LINE_BYTES, LARGE = 64, 1 << 16


def row_blocks(rows: int, row_bytes: int) -> list[slice]:
    """Slices that cover `rows` rows, of about BLOCK_BYTES each and of equal length: a short one costs as many calls."""
    number = max(1, round(rows * row_bytes / BLOCK_BYTES))
    size = max(1, -(-rows // number))
    size += -size % 16 if size > 16 else 0  # in an array that begins at a line of the cache, each block does
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]


def empty_lines(shape: tuple[int, ...], dtype: DTypeLike) -> Array:
    """A new array, not filled, that begins at a line of the cache if it is large.

    NumPy lets it begin anywhere, and then each write of a vector touches two lines: to write the product of two arrays
    in the cache takes twice as long.
    """
    dtype = np.dtype(dtype)
    size = prod(shape) * dtype.itemsize
    if size < LARGE:
        return np.empty(shape, dtype)
    memory = np.empty(size + LINE_BYTES, np.uint8)
    return np.ndarray(shape, dtype, memory, -memory.__array_interface__["data"][0] % LINE_BYTES)


class _Scratch(threading.local):
    memory: Array = np.empty(0, np.uint8)


_scratch = _Scratch()


def scratch(rows: int, width: int, dtype: DTypeLike) -> Array:
    """An array (rows, width) for what is needed for a moment: each time the same memory, which stays in the cache.

    Whoever takes it is done with it before anything else is called that may take it.
    """
    dtype = np.dtype(dtype)
    size = rows * width * dtype.itemsize
    if size > 2 * BLOCK_BYTES:
        return np.empty((rows, width), dtype)
    if len(_scratch.memory) < size:
        _scratch.memory = empty_lines((max(size, LARGE),), np.uint8)
    return np.ndarray((rows, width), dtype, _scratch.memory)


def by_rows(work: Callable[..., None], dim: int, *arrays: Array) -> Array:
    """A new array, filled by `work(*blocks, out, axis)` for blocks of the arrays, all of one shape.

    The work goes along `dim`: the last axis, where blocks are (M, D) and the axis is 1, or one before, where they are
    (M, D, L) and the axis is 1 too. A single number counts as a row of one.
    """
    given = arrays[0].shape
    shape = given or (1,)
    dim %= len(shape)
    lead, width, last = prod(shape[:dim]), shape[dim], prod(shape[dim + 1 :])
    form = (lead, width) if last == 1 else (lead, width, last)
    if form != given:
        arrays = tuple(array.reshape(form) for array in arrays)
    out = empty_lines(form, np.result_type(*arrays))
    blocks = row_blocks(lead, width * last * out.itemsize)
    if len(blocks) == 1:
        work(*arrays, out, 1)
    else:
        for rows in blocks:
            work(*(array[rows] for array in arrays), out[rows], 1)
    return out.reshape(given)
