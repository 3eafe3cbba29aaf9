"""Descents on a surface, and loss curves of several trainings side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tplib.plots.style import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION, plain

Array = np.ndarray
LOOKS = ((BLUE, "-", "o"), (VERMILION, "--", "s"), (GREEN, "-.", "^"), (ORANGE, ":", "D"), (PURPLE, "-", "v"))


def descents(
    surface: Callable[[Array], Array],
    paths: Mapping[str, Array],
    half_width: tuple[float, float] = (5.0, 5.0),
    columns: int = 3,
) -> None:
    """Draw a panel for each path (steps + 1, 2) over the contours of the surface, in a new figure.

    surface: takes points (..., 2) and returns heights (...), lowest at the origin. Each path starts at the square; what
    leaves the picture is cut off.
    """
    import matplotlib.pyplot as plt

    columns = min(columns, len(paths))
    rows = -(-len(paths) // columns)
    _, axes = plt.subplots(rows, columns, figsize=(3.3 * columns, 2.9 * rows), squeeze=False, layout="constrained")
    (wide, high) = half_width
    across, up = np.meshgrid(np.linspace(-wide, wide, 121), np.linspace(-high, high, 121))
    heights = surface(np.stack([across, up], axis=-1))  # (121, 121)
    levels = heights.max() * np.linspace(0.03, 1, 9) ** 2
    for ax in axes.flat[len(paths) :]:
        ax.set_axis_off()
    for ax, (title, path) in zip(axes.flat, paths.items(), strict=False):
        plain(ax, title, "θ₁", "θ₂").grid(False)
        ax.contour(across, up, heights, levels=levels, colors=GREY, linewidths=0.7, alpha=0.7)
        path = np.clip(np.nan_to_num(path, nan=1e6, posinf=1e6, neginf=-1e6), -1e6, 1e6)
        ax.plot(*path.T, color=BLUE, marker="o", ms=2.5, linewidth=1)
        ax.plot(*path[0], "s", color=VERMILION, ms=7)
        ax.plot(0, 0, "*", color=GREEN, ms=12)
        ax.set_xlim(-wide, wide)
        ax.set_ylim(-high, high)


def training_curves(
    panels: Mapping[str, Mapping[str, tuple[Array, Array]]],
    x_label: str | Sequence[str] = "epoch",
    y_label: str = "training loss",
    log: str = "",
) -> None:
    """Draw panels side by side in a new figure: title -> name -> (x, y). log: the axes on a log scale, such as "xy"."""
    import matplotlib.pyplot as plt

    labels = [x_label] * len(panels) if isinstance(x_label, str) else list(x_label)
    _, axes = plt.subplots(1, len(panels), figsize=(5 * len(panels), 3.2), squeeze=False, layout="constrained")
    for ax, label, (title, curves) in zip(axes.flat, labels, panels.items(), strict=True):
        plain(ax, title, label, y_label)
        for (name, (x, y)), (colour, line, marker) in zip(curves.items(), LOOKS, strict=False):
            every: Any = max(1, len(x) // 12)
            ax.plot(x, y, color=colour, linestyle=line, marker=marker, ms=4, markevery=every, label=name)
        if "x" in log:
            ax.set_xscale("log")
        if "y" in log:
            ax.set_yscale("log")
        ax.legend(fontsize=9, frameon=False)


def loss_gallery(curves: Mapping[str, tuple[Array, Array]], columns: int = 3) -> None:
    """Draw a small panel for each pair of losses (n,), on training and on validation data, in a new figure."""
    import matplotlib.pyplot as plt

    columns = min(columns, len(curves))
    rows = -(-len(curves) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(3.3 * columns, 2.5 * rows), squeeze=False, layout="constrained")
    for ax in axes.flat[len(curves) :]:
        ax.set_axis_off()
    for ax, (title, (train, validation)) in zip(axes.flat, curves.items(), strict=False):
        plain(ax, title, "epoch", "loss")
        ax.plot(train, color=BLUE, label="training")
        ax.plot(validation, color=VERMILION, linestyle="--", label="validation")
        ax.set_ylim(bottom=0)
    figure.legend(
        *axes.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=9, frameon=False
    )
