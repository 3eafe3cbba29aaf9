"""Cross-correlation with stride 1 as one product for each row of the kernel, on patches of single rows.

The pixels of an image lie row after row, so that one row of the kernel reads, for all output positions, one stretch of
pixels; the kernel's next row reads the stretch that starts a row of the image later. It is enough to copy the image
once for each column of the kernel, not for each of its weights. The price: positions between the end of a row and the
start of the next are computed in vain, and kh results are added up. Letters as in `correlation.py`; S is the length of
a stretch, from the first output position to the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.spatial.windows import Pair, Windows

BLOCK_BYTES = 1 << 19  # of copies, which should stay in the cache; measured on kernels of 3 and 5


class Rows(NamedTuple):
    """Sizes for a correlation of images (H, W) with a kernel (kh, kw), where `before` zeros come first."""

    size: Pair
    kernel: Pair
    before: Pair
    gap: Pair
    out: Pair

    @property
    def padded(self) -> Pair:
        """(Hp, Wp): what the windows cover."""
        (kh, kw), (down, across), (height, width) = self.kernel, self.gap, self.out
        return height + down * (kh - 1), width + across * (kw - 1)

    @property
    def stretch(self) -> int:
        return (self.out[0] - 1) * self.padded[1] + self.out[1]

    def slices(self) -> Iterator[slice]:
        """For each row of the kernel, its stretch of pixels."""
        step = self.gap[0] * self.padded[1]
        return (slice(u * step, u * step + self.stretch) for u in range(self.kernel[0]))


def rows_of(windows: Windows) -> Rows:
    """Of a sequence, an image of height 1, each step becomes a row: then nothing is copied but for padding."""
    sizes = windows.size, windows.kernel, windows.before, windows.gap, windows.out
    if windows.size[0] == 1 and windows.kernel[0] == 1 and windows.out[0] == 1 and windows.before[0] == 0:
        return Rows(*((across, down) for down, across in sizes))
    return Rows(*sizes)


def reversed_rows(rows: Rows) -> Rows:
    """The correlation of dz with the kernel turned around that gives dx."""
    before = tuple(d * (k - 1) - p for d, k, p in zip(rows.gap, rows.kernel, rows.before, strict=True))
    return rows._replace(size=rows.out, out=rows.size, before=(before[0], before[1]))


def correlate_rows(x: Array, weight: Array, rows: Rows) -> Array:
    """x (B, C, H W) and weight (O, C, kh, kw) -> (B, O, Ho, Wo)."""
    (height, width), pitch, length = rows.out, rows.padded[1], rows.stretch
    z = np.empty((len(x), len(weight), height, width), x.dtype)
    number = images_in_block(x, rows)
    total = np.empty((number, len(weight), height * pitch), x.dtype)
    part = np.empty((number, len(weight), length), x.dtype)
    matrices = np.ascontiguousarray(weight.transpose(2, 0, 1, 3)).reshape(rows.kernel[0], len(weight), -1)  # (kh, O, K)
    for images, columns in shifted(x, rows, number):
        n = len(columns)
        so_far, more = total[:n, :, :length], part[:n]
        for u, stretch in enumerate(rows.slices()):
            np.matmul(matrices[u], columns[:, :, stretch], out=so_far if u == 0 else more)
            if u:
                so_far += more
        z[images] = total[:n].reshape(n, -1, height, pitch)[..., :width]
    return z


def weight_gradient_rows(x: Array, dz: Array, rows: Rows) -> Array:
    """x (B, C, H W) and dz (B, O, Ho, Wo) -> (O, C, kh, kw)."""
    (height, width), pitch, (kh, kw) = rows.out, rows.padded[1], rows.kernel
    number, outputs = images_in_block(x, rows), dz.shape[1]
    spread = np.zeros((number, outputs, height, pitch), dz.dtype)  # dz with zeros between its rows
    dw = np.zeros((kh, x.shape[1] * kw, outputs), dz.dtype)
    for images, columns in shifted(x, rows, number):
        n = len(columns)
        spread[:n, ..., :width] = dz[images].reshape(n, outputs, height, width)
        stretches = spread[:n].reshape(n, outputs, height * pitch)[..., : rows.stretch].swapaxes(1, 2)  # (b, S, O)
        for u, stretch in enumerate(rows.slices()):
            dw[u] += np.matmul(columns[:, :, stretch], stretches).sum(0)
    return dw.reshape(kh, x.shape[1], kw, outputs).transpose(3, 1, 0, 2)


def images_in_block(x: Array, rows: Rows) -> int:
    image = x.shape[1] * rows.kernel[1] * rows.padded[0] * rows.padded[1] * x.itemsize
    room = min(BLOCK_BYTES, max(BLOCK_BYTES // 4, x.nbytes))  # of a small batch the copies are not larger than itself
    return max(1, min(len(x), room // max(1, image)))


def shifted(x: Array, rows: Rows, number: int) -> Iterator[tuple[slice, Array]]:
    """Some images at a time: (b, C kw, Hp Wp), each image padded, and again a step further for each kernel column."""
    (height, width), (tall, pitch), kw = rows.size, rows.padded, rows.kernel[1]
    x = x.reshape(*x.shape[:2], height, width)
    if kw == 1 and (tall, pitch) == (height, width) and rows.before == (0, 0):
        for start in range(0, len(x), number):
            yield slice(start, start + number), x[start : start + number].reshape(-1, x.shape[1], tall * pitch)
        return
    columns = np.zeros((number, x.shape[1], kw, tall * pitch), x.dtype)
    (top, left), images = rows.before, columns[:, :, 0].reshape(number, x.shape[1], tall, pitch)
    # A negative number of zeros before cuts pixels off, as in the gradient of a padding wider than the kernel.
    inside = x[:, :, max(-top, 0) : tall - top, max(-left, 0) : pitch - left]
    place = images[:, :, max(top, 0) : max(top, 0) + inside.shape[2], max(left, 0) : max(left, 0) + inside.shape[3]]
    for start in range(0, len(x), number):
        n = min(number, len(x) - start)
        place[:n] = inside[start : start + n]
        for v in range(1, kw):
            shift = v * rows.gap[1]
            columns[:n, :, v, : tall * pitch - shift] = columns[:n, :, 0, shift:]
        yield slice(start, start + n), columns[:n].reshape(n, -1, tall * pitch)
