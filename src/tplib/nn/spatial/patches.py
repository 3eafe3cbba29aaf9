"""The patches of images as matrices, a block of images at a time, and back ("im2col" and "col2im")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.spatial.windows import Windows

# The patches of a block should stay in a core's cache until they are multiplied.
BLOCK_BYTES = 1 << 19
MERGED_BYTES = 1 << 21


class Block:
    """Some images of a batch, and an array for their patches, which the next block overwrites.

    Either the images lie one after the other, patches (b, G, K, L), or they are merged: (1, G, K, L b), the same
    position of all images side by side. Merged blocks are copied in longer runs and make larger matrices, but their
    results must be put back in order.
    """

    __slots__ = ("images", "merged", "number", "patches", "windows", "x")

    def __init__(self, x: Array, images: slice, merged: bool, windows: Windows, patches: Array) -> None:
        self.x, self.images, self.merged, self.windows = x, images, merged, windows
        self.patches, self.number = patches, images.stop - images.start

    def read(self) -> Array:
        """Copy the images' patches to `patches`."""
        images, windows = self.x[self.images], self.windows
        padded = windows.pad(images) if not self.merged else self._empty_image()
        if self.merged:
            windows.inside(padded)[...] = images
        np.copyto(self._pixels(), windows.patches(padded))
        return self.patches

    def scatter(self, dx: Array) -> None:
        """Add up `patches` where they came from, in the images of `dx`."""
        padded, values = self._empty_image(), self._pixels()
        for number, tap in enumerate(self.windows.taps(padded)):
            tap += values[:, :, *divmod(number, self.windows.kernel[1])]
        out = dx[self.images]
        out[...] = self.windows.inside(padded).reshape(out.shape)

    def _empty_image(self) -> Array:
        """(b, C, Hp, Wp) of zeros, laid out as the patches are."""
        shape = self.x.shape[1], *self.windows.padded
        if self.merged:
            return np.moveaxis(np.zeros((*shape, self.number), self.patches.dtype), -1, 0)
        return np.zeros((self.number, *shape), self.patches.dtype)

    def _pixels(self) -> Array:
        """The patches as a view (b, C, kh, kw, Ho, Wo)."""
        shape = self.x.shape[1], *self.windows.kernel, *self.windows.out
        if self.merged:
            return np.moveaxis(self.patches.reshape(*shape, self.number), -1, 0)
        return self.patches.reshape(self.number, *shape)


def blocks(x: Array, weight: Array, windows: Windows, dtype: Any) -> Iterator[Block]:
    """The batch x (B, C, H, W), or (B, C, W), in blocks for a weight (O, C/G, kh, kw)."""
    x = x.reshape(*x.shape[:2], *windows.size)
    channels, positions = x.shape[1], windows.positions
    weights = weight[0].size  # K
    image_bytes = max(1, channels * windows.kernel[0] * windows.kernel[1] * positions * dtype.itemsize)
    # Putting results in order touches each pixel and each output once; it pays if the patches are several times that.
    merged = weights >= 2 * (weight.shape[1] + len(weight)) and image_bytes <= MERGED_BYTES
    size = max(4, MERGED_BYTES // image_bytes) if merged else max(1, BLOCK_BYTES // image_bytes)
    memory = np.empty(min(size, len(x)) * image_bytes // dtype.itemsize, dtype)
    groups = channels // weight.shape[1]
    for start in range(0, len(x), size):
        stop = min(start + size, len(x))
        lead, last = (1, positions * (stop - start)) if merged else (stop - start, positions)
        patches = memory[: lead * groups * weights * last].reshape(lead, groups, weights, last)
        yield Block(x, slice(start, stop), merged, windows, patches)


def merge(z: Array) -> Array:
    """(b, G, O, L) -> (1, G, O, L b)."""
    return np.ascontiguousarray(np.moveaxis(z, 0, -1)).reshape(1, *z.shape[1:3], -1)


def split(z: Array, number: int) -> Array:
    """(1, G, O, L b) -> (b, G, O, L)."""
    return np.moveaxis(z.reshape(*z.shape[1:3], -1, number), -1, 0)
