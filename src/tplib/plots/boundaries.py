"""What a classifier of points in the plane decides, and where its decision changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tplib.plots.style import BLUE, VERMILION, plain

Array = np.ndarray
Scores = Callable[[Array], Any]


def boundaries(
    models: Mapping[str, tuple[Scores, Array]],
    y: Array,
    axes_names: Mapping[str, tuple[str, str]] | None = None,
    margin: float = 0.5,
) -> None:
    """Draw panels side by side in a new figure: the regions of each model, its boundary, and its points.

    models: title -> (scores, points). `scores` takes points (N, 2) and returns (N,) or (N, 1): class 1 where they are
    above 0. y: classes (N,) of the points, 0 or 1. axes_names: title -> names of the axes, by default x₁ and x₂.
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(models), figsize=(3.4 * len(models), 3.4), squeeze=False, layout="constrained")
    for ax, (title, (scores, points)) in zip(axes.flat, models.items(), strict=True):
        plain(ax, title, *(axes_names or {}).get(title, ("x₁", "x₂")))
        ax.grid(False)
        ax.set_aspect("equal")
        ax.locator_params(nbins=4, integer=True)
        _regions(ax, scores, points, margin)
        classes = [
            ax.scatter(
                *points[y == k].T, c=colour, marker=marker, s=90, edgecolors="white", label=f"class {k}", zorder=3
            )
            for k, colour, marker in ((0, BLUE, "o"), (1, VERMILION, "s"))
        ]
    figure.legend(handles=classes, loc="outside right center", fontsize=9, frameon=False)


def _regions(ax: Any, scores: Scores, points: Array, margin: float) -> None:
    (x_low, y_low), (x_high, y_high) = points.min(axis=0) - margin, points.max(axis=0) + margin
    across, up = np.meshgrid(np.linspace(x_low, x_high, 201), np.linspace(y_low, y_high, 201))
    grid = np.column_stack([across.ravel(), up.ravel()])  # (201 * 201, 2)
    z = np.asarray(scores(grid), dtype=np.float64).reshape(across.shape)
    ax.contourf(across, up, z, levels=[-np.inf, 0, np.inf], colors=[BLUE, VERMILION], alpha=0.18)
    if z.min() < 0 < z.max():
        ax.contour(across, up, z, levels=[0], colors="black", linewidths=1.5)
