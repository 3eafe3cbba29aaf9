"""A kernel that slides over an image, and the map that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.style import VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = np.ndarray
SIDE = 12
KERNELS: dict[str, Array] = {
    "upright edge": np.array([[-1.0, 0, 1]] * 3),
    "level edge": np.array([[-1.0, 0, 1]] * 3).T,
    "blur": np.ones((3, 3)) / 9,
    "outline": np.array([[-1.0, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "one pixel": np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]),
}


def explore_kernel() -> Explorer:
    """Choose an image, a kernel, stride and padding, and move the window along: the map grows number by number.

    Source: lecture 003, "Convolution function with 1 channel", "Filters" and "Padding".
    """
    controls = {
        "image": choice("image", list(pictures()), "a four"),
        "kernel": choice("kernel", list(KERNELS), "upright edge"),
        "stride": slider("stride", [1, 2, 3], 1),
        "padding": slider("padding", [0, 1, 2], 0),
        "way": slider("how far on its way (%)", list(range(0, 101, 5)), 60),
    }
    return Explorer("explore_kernel", controls, draw_kernel)


def pictures() -> dict[str, Array]:
    """Small images (12, 12) with values from 0 to 1."""
    four, square, slope = (np.zeros((SIDE, SIDE)) for _ in range(3))
    four[1:7, 3], four[6, 3:10], four[3:11, 7] = 1, 1, 1
    square[3:9, 3:9] = 1
    slope[:] = np.linspace(0, 1, SIDE)
    return {"a four": four, "a square": square, "a slope": slope}


def feature_map(image: Array, kernel: Array, stride: int = 1, padding: int = 0) -> Array:
    """The cross-correlation (Ho, Wo) of an image (H, W), with zeros around it, and a kernel (kh, kw)."""
    views = sliding_window_view(np.pad(image, padding), kernel.shape)[::stride, ::stride]
    return np.asarray(np.einsum("ijuv,uv->ij", views, kernel))


def draw_kernel(image: str, kernel: str, stride: int, padding: int, way: int) -> tuple[Figure, str]:
    """The padded image with the window and the kernel's numbers in it, and the map as far as the window has come."""
    from matplotlib.patches import Rectangle

    padded, weights = np.pad(pictures()[image], padding), KERNELS[kernel]
    z = feature_map(pictures()[image], weights, stride, padding)
    last = round(way / 100 * (z.size - 1))
    i, j = divmod(last, z.shape[1])
    top, left = i * stride, j * stride
    figure, before, after = two_panels()
    _bare(before, f"image, {padded.shape[0]} × {padded.shape[1]}" + (" with its padding" if padding else ""))
    before.imshow(padded, cmap="gray_r", vmin=0, vmax=1.6)
    side = SIDE + 2 * padding
    before.add_patch(Rectangle((padding - 0.5, padding - 0.5), SIDE, SIDE, fill=False, ec="#6e7781", ls=":", lw=1))
    before.add_patch(Rectangle((left - 0.5, top - 0.5), 3, 3, fill=False, ec=VERMILION, lw=2))
    for (u, v), weight in np.ndenumerate(weights):
        text = f"{weight:.2g}" if abs(weight) >= 1 or not weight else "1/9"
        size = 5.5 if "/" in text else 9 if side < 15 else 7
        before.text(left + v, top + u, text, ha="center", va="center", fontsize=size, color=VERMILION)
    shown = np.where(np.arange(z.size).reshape(z.shape) <= last, z, np.nan)
    limit = float(np.abs(z).max()) or 1.0
    _bare(after, f"map, {z.shape[0]} × {z.shape[1]}")
    after.imshow(shown, cmap="PuOr", vmin=-limit, vmax=limit)
    after.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, fill=False, ec=VERMILION, lw=2))
    if z.shape[0] <= SIDE:
        for (row, column), value in np.ndenumerate(shown):
            if value == value:  # not a place that is still to come
                dark = abs(value) > 0.6 * limit
                number = f"{value:.1f}".replace("-0.0", "0.0").removesuffix(".0")
                after.text(column, row, number, ha="center", va="center", fontsize=7, color="w" if dark else "k")
    window = padded[top : top + 3, left : left + 3]
    words = (
        f"In the window at row {top}, column {left}, {np.count_nonzero(window)} of 9 pixels are not 0. "
        f"The products with the kernel add up to {z[i, j] + 0.0:.3g}, place ({i}, {j}) of the map. "
        f"A map has {z.shape[0]} rows: ({SIDE} + 2 · {padding} − 3) / {stride} + 1, rounded down."
    )
    return figure, words


def _bare(ax: Axes, title: str) -> None:
    ax.set_title(title, fontsize=11)
    ax.set_xticks([])
    ax.set_yticks([])
