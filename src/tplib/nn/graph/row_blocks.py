"""Work on the rows of arrays, some rows at a time: what is written stays in the cache until it is read again."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np

from tplib.nn.graph.graph import Array

# A block, and those of one or two other arrays, should stay in a core's second-level cache. Measured for softmax and
# layer norm of 200 to 768 columns: less than 2^18 bytes calls NumPy too often, more leaves the cache.
BLOCK_BYTES = 1 << 18


def row_blocks(rows: int, row_bytes: int) -> list[slice]:
    """Slices that cover `rows` rows, of about BLOCK_BYTES each."""
    size = max(1, BLOCK_BYTES // max(1, row_bytes))
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]


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
    out = np.empty(form, np.result_type(*arrays))
    blocks = row_blocks(lead, width * last * out.itemsize)
    if len(blocks) == 1:
        work(*arrays, out, 1)
    else:
        for rows in blocks:
            work(*(array[rows] for array in arrays), out[rows], 1)
    return out.reshape(given)
