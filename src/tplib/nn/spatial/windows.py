"""Where a kernel lands on an image: sizes, padding, and what each of its taps reads (lecture 003, "Padding")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from operator import index
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from tplib.nn.graph.graph import Array

Pair = tuple[int, int]
Size = int | tuple[int, ...]


class Windows(NamedTuple):
    """The windows of a kernel (kh, kw) on images (H, W): one for each output position (Ho, Wo).

    `before` and `after` are the zeros (or other fill) added around the image, `step` is the distance between two
    windows (stride), `gap` the distance between two taps of the kernel (dilation).
    """

    size: Pair  # (H, W)
    kernel: Pair
    step: Pair
    before: Pair
    after: Pair
    gap: Pair
    out: Pair  # (Ho, Wo)

    @property
    def padded(self) -> Pair:
        """(Hp, Wp), the size of the image with its padding."""
        (height, width), (top, left), (bottom, right) = self.size, self.before, self.after
        return height + top + bottom, width + left + right

    @property
    def positions(self) -> int:
        """L = Ho Wo."""
        return self.out[0] * self.out[1]

    @property
    def disjoint(self) -> bool:
        """Whether no pixel lies in two windows."""
        return all(k == 1 or (k <= s and d == 1) for k, s, d in zip(self.kernel, self.step, self.gap, strict=True))

    def pad(self, x: Array, fill: float = 0.0, dtype: Any = None) -> Array:
        """(..., H, W) -> (..., Hp, Wp), a copy; the image itself where there is nothing to add."""
        if not any(self.before + self.after):
            return x if dtype is None else np.asarray(x, dtype)
        padded = np.full((*x.shape[:-2], *self.padded), fill, x.dtype if dtype is None else dtype)
        self.inside(padded)[...] = x
        return padded

    def blank(self, z: Array) -> Array:
        """Zeros (..., Hp, Wp) to add up the gradient of z (..., Ho, Wo); any values if every pixel will be written."""
        covered = self.disjoint and all(k * n == m for k, n, m in zip(self.kernel, self.out, self.padded, strict=True))
        return (np.empty if covered else np.zeros)((*z.shape[:-2], *self.padded), z.dtype)

    def inside(self, padded: Array) -> Array:
        """(..., Hp, Wp) -> (..., H, W), the view without the padding."""
        (top, left), (height, width) = self.before, self.size
        return padded[..., top : top + height, left : left + width]

    def rows(self, padded: Array) -> list[Array]:
        """For each row of the kernel, the image rows it reads: kh views (..., Ho, Wp)."""
        return [padded[..., _reads(self, 0, i), :] for i in range(self.kernel[0])]

    def columns(self, padded: Array) -> list[Array]:
        """For each column of the kernel, the image columns it reads: kw views (..., Hp, Wo)."""
        return [padded[..., _reads(self, 1, j)] for j in range(self.kernel[1])]

    def taps(self, padded: Array) -> Iterator[Array]:
        """For each position (i, j) in the kernel, the pixels it reads: kh kw views (..., Ho, Wo)."""
        columns = [_reads(self, 1, j) for j in range(self.kernel[1])]
        return (row[..., column] for row in self.rows(padded) for column in columns)

    def patches(self, padded: Array) -> Array:
        """All windows at once, a read-only view (..., kh, kw, Ho, Wo) in which pixels repeat."""
        *lead, down, right = padded.strides
        strides = (*lead, down * self.gap[0], right * self.gap[1], down * self.step[0], right * self.step[1])
        return as_strided(padded, (*padded.shape[:-2], *self.kernel, *self.out), strides, writeable=False)


def _reads(windows: Windows, axis: int, tap: int) -> slice:
    start = tap * windows.gap[axis]
    return slice(start, start + windows.step[axis] * (windows.out[axis] - 1) + 1, windows.step[axis])


@lru_cache(1024)
def place(
    name: str,
    size: tuple[int, ...],
    kernel: tuple[int, ...],
    step: tuple[int, ...],
    padding: tuple[int, ...] | tuple[Pair, ...],
    gap: tuple[int, ...],
    ceil_mode: bool = False,
) -> Windows:
    """The windows on images of `size`, (H, W) or (W,); padding per axis, or (before, after) per axis.

    Ho = floor((H + padding - gap (kh - 1) - 1) / step) + 1. Raises ValueError where the kernel is larger than the
    padded image.
    """
    sides = [(p, p) if isinstance(p, int) else p for p in padding]
    if min(kernel) < 1 or min(step) < 1 or min(gap) < 1 or min(min(side) for side in sides) < 0:
        raise ValueError(
            f"{name}: expected kernel_size, stride and dilation of at least 1 and padding of at least 0, "
            f"got {kernel}, {step}, {gap} and {padding}"
        )
    out, after = [], []
    for n, k, s, (low, high), d in zip(size, kernel, step, sides, gap, strict=True):
        room = n + low + high - d * (k - 1) - 1
        if room < 0 and not (ceil_mode and room > -s):
            raise ValueError(
                f"{name}: a kernel of size {kernel} with dilation {gap} does not fit an input of size {size} "
                f"with padding {padding}; use a smaller kernel or more padding"
            )
        number = room // s + 1
        if ceil_mode and room % s and number * s < n + low:  # one more window, if it starts inside the image
            number += 1
        out.append(number)
        after.append(max(high, (number - 1) * s + d * (k - 1) + 1 - n - low))
    before = [low for low, _ in sides]
    return Windows(
        size=_plane(size, 1),
        kernel=_plane(kernel, 1),
        step=_plane(step, 1),
        before=_plane(before, 0),
        after=_plane(after, 0),
        gap=_plane(gap, 1),
        out=_plane(out, 1),
    )


def _plane(values: Sequence[int], other: int) -> Pair:
    """One value per axis of an image; a sequence is an image of height 1, whose first axis has `other`."""
    return (other, values[0]) if len(values) == 1 else (values[0], values[1])


def per_axis(name: str, what: str, value: Size, axes: int) -> tuple[int, ...]:
    """An integer for all axes, or one for each."""
    if type(value) is int:
        return (value,) * axes
    values: tuple[Any, ...] = ()
    if not isinstance(value, int) and hasattr(value, "__len__") and np.ndim(value):
        values = tuple(value) * (axes if len(value) == 1 else 1)
    elif hasattr(value, "__index__"):
        with suppress(TypeError):  # arrays of other numbers
            values = (index(value),) * axes
    if len(values) != axes or not all(isinstance(v, int | np.integer) for v in values):
        raise ValueError(f"{name}: expected {what} to be an integer or {axes} integers, got {value!r}")
    return tuple(int(v) for v in values)


def stride_or(kernel: tuple[int, ...], name: str, stride: Size | None) -> tuple[int, ...]:
    """The stride per axis: the kernel's size where none is given, or an empty list of them."""
    none = stride is None or (isinstance(stride, tuple | list) and not stride)
    return kernel if none else per_axis(name, "stride", stride, len(kernel))  # type: ignore[arg-type]
