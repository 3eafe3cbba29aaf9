"""Names beside points, where no name lies over another one, or over a point, if there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
DOT = 3.5  # half the width of a point's place, in points
GAP = 1.0  # between two names
RINGS = (0.0, 9.0, 18.0, 27.0, 40.0, 55.0)  # how far a name may move away from its point; then a line leads to it
SIDES = [(1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1)]


def label_points(ax: Axes, words: Sequence[str], x: Array, y: Array, size: float = 10) -> None:
    """Write each word beside its point (x, y); the limits of the axes must be set."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()  # the layout moves the axes
    scale = 72 / figure.dpi
    points = ax.transData.transform(np.column_stack([x, y])) * scale  # (N, 2)
    low, high = np.array(ax.bbox.extents).reshape(2, 2) * scale
    taken = [(point - DOT, point + DOT) for point in points]
    for k in np.lexsort((points[:, 0], -points[:, 1])):  # from the top down
        text = ax.annotate(words[k], (x[k], y[k]), xytext=(0, 0), textcoords="offset points", fontsize=size)
        box = text.get_window_extent()
        extent = np.array([box.width, box.height]) * scale
        others = taken[:k] + taken[k + 1 :]
        corner, ring = min(
            ((corner, ring) for ring in RINGS for corner in _corners(points[k], extent, ring)),
            key=lambda place: _cost(place[0], extent, others, low, high) + place[1],
        )
        taken.append((corner - GAP, corner + extent + GAP))
        text.set_position(tuple(corner - points[k]))
        if ring:
            end = np.clip(points[k], corner, corner + extent)
            ends = ax.transData.inverted().transform(np.array([points[k], end]) / scale)
            ax.plot(*ends.T, color=GREY, linewidth=0.7, zorder=0)


def _corners(point: Array, extent: Array, ring: float) -> list[Array]:
    """Lower left corners of a name on each side of its point."""
    return [point + np.array(side) * (extent / 2 + DOT + ring) - extent / 2 for side in SIDES]


def _cost(corner: Array, extent: Array, taken: list[tuple[Array, Array]], low: Array, high: Array) -> float:
    """What a name there covers, and what of it lies outside: a square point of that is worse than any way."""
    lows, highs = np.array([t[0] for t in taken]), np.array([t[1] for t in taken])
    sides = np.minimum(corner + extent, highs) - np.maximum(corner, lows)  # (N, 2)
    covered = np.prod(np.maximum(sides, 0), axis=1).sum()
    outside = np.maximum(low - corner, 0).sum() + np.maximum(corner + extent - high, 0).sum()
    return float(100 * (covered + outside))
