"""Which way of convolution is quicker for a shape: a small model of what each has to do, with measured prices."""

from __future__ import annotations

from math import prod

from tplib.nn.spatial.row_products import reversed_rows, rows_of
from tplib.nn.spatial.windows import Windows

# Nanoseconds on one core (AVX-512, OpenBLAS), float32: a multiplication within a large product, a value copied into
# patches, a value copied within rows, a value added to a result. Found on nine shapes; see
# "Quick on any shape" in docs/benchmarks.md.
MULTIPLY, PATCH, COPY, ADD = 0.02, 0.87, 0.5, 0.5
LEAST = 24  # rows of a product with fewer are slow: K = C kw below it


def by_rows(windows: Windows, channels: int, outputs: int, groups: int) -> bool:
    """Whether products of rows (`row_products.py`) beat those of patches (`patches.py`), for an image, both ways."""
    if windows.step != (1, 1) or groups != 1 or windows.kernel == (1, 1) or not windows.positions:
        return False
    rows = rows_of(windows)
    back, (kh, kw) = reversed_rows(rows), rows.kernel
    if min(channels * kw, outputs * kw) < LEAST:
        return False
    # Forward and the weights' gradient go by `rows`, the images' gradient by `back`, with the channels exchanged.
    multiplications, stretches = channels * kh * kw * outputs, 2 * rows.stretch + back.stretch
    padded = kw > 1 or any(rows.before)
    copies = kw * (2 * padded * channels * prod(rows.padded) + outputs * prod(back.padded))
    added = (kh - 1) * (outputs * rows.stretch + channels * back.stretch)
    of_rows = MULTIPLY * multiplications * stretches + COPY * copies + ADD * added
    of_patches = 3 * windows.positions * (MULTIPLY * multiplications + PATCH * channels * kh * kw)
    return of_rows < of_patches
