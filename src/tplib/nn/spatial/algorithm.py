"""Which way of convolution is quicker for a shape: a small model of what each has to do, with measured prices.

Products of patches (`patches.py`) copy each pixel once for each weight of the kernel; forward and in the weights'
gradient they read these copies, in the images' gradient they write and add them up. Products of rows
(`row_products.py`) copy a pixel once for each column of the kernel, of the images or, in the images' gradient, of dz;
they call NumPy once for each row of the kernel, and add as many results up. So few output channels are for rows, few
input channels for patches, and the three products of one shape may differ.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import NamedTuple

from tplib.nn.spatial.row_products import Rows, reversed_rows, rows_of
from tplib.nn.spatial.windows import Windows

# Nanoseconds on one core (AVX-512, OpenBLAS), float32: a multiplication; of patches, a value copied, or scattered back;
# of rows, a value copied, a result added up, a value of the last result put in place, or of dz spread; a block of
# either. Fitted to fifty shapes, most of them drawn from the ranges of benchmarks/sweep.py: the model's choice takes
# 1.01, 1.01 and 1.02 times what the quicker way takes (geometric means), patches alone 1.33, 1.36 and 1.22 times.
MULTIPLY, PATCH, SCATTER, COPY, ADD, RESULT = 0.02, 0.6, 0.95, 0.4, 0.2, 0.5
PATCH_BLOCK, ROW_BLOCK = 20e3, 9e3
PATCH_VALUES, ROW_VALUES = 1 << 18, 1 << 17  # in a block
LEAST, LEAST_BACK = 8, 4  # shorter inner axes, K = C kw or O kw, make slow products


class ByRows(NamedTuple):
    """Whether a convolution, its images' and its weights' gradient go by products of rows."""

    forward: bool
    images: bool
    weights: bool


@lru_cache(1024)
def by_rows(windows: Windows, number: int, channels: int, outputs: int, groups: int) -> ByRows:
    """For `number` images with these windows."""
    if windows.step != (1, 1) or groups != 1 or windows.kernel == (1, 1) or not windows.positions:
        return ByRows(False, False, False)
    rows = rows_of(windows)
    back, (kh, kw) = reversed_rows(rows), rows.kernel
    weights, results = channels * kh * kw * outputs, outputs * windows.positions
    patches = number * channels * kh * kw * windows.positions
    once = MULTIPLY * weights * number * windows.positions + PATCH_BLOCK * max(1, patches / PATCH_VALUES)
    copying = COPY * _copies(rows, number * channels) + _blocks(rows, number * channels)
    copying += MULTIPLY * weights * number * rows.stretch + RESULT * number * results
    forward = copying + ADD * kh * outputs * number * rows.stretch
    images = COPY * _copies(back, number * outputs) + _blocks(back, number * outputs)
    images += number * channels * (RESULT * prod(rows.size) + ADD * kh * back.stretch)
    images += MULTIPLY * weights * number * back.stretch
    return ByRows(
        channels * kw >= LEAST and forward < once + PATCH * patches,
        outputs * kw >= LEAST_BACK and images < once + SCATTER * patches,
        channels * kw >= LEAST and copying + ADD * weights * number < once + PATCH * patches,
    )


def _copies(rows: Rows, images: int) -> int:
    """The values that `row_products.shifted` copies of one-channel images: none where rows are read as they lie."""
    return images * rows.kernel[1] * prod(rows.padded) if rows.kernel[1] > 1 or any(rows.before) else 0


def _blocks(rows: Rows, images: int) -> float:
    """What the calls for all blocks cost."""
    return ROW_BLOCK * rows.kernel[0] * max(1, images * rows.kernel[1] * prod(rows.padded) / ROW_VALUES)
