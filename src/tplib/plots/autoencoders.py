"""Figures of TP8-HFTrain/3_autoencoders: rows of images, the grid of a two-dimensional code, accuracy by labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray


def tiles(images: Array, columns: int) -> Array:
    """One picture of square images (N, D), row by row of so many columns; N is a multiple of it.

    Raises ValueError where D is no square number, or N no multiple of `columns`.
    """
    N, D = images.shape
    side = isqrt(D)
    if side * side != D or N % columns:
        raise ValueError(f"tiles: expected square images in rows of {columns}, got shape {images.shape}")
    rows = images.reshape(N // columns, columns, side, side).transpose(0, 2, 1, 3)  # (rows, side, columns, side)
    return rows.reshape(N // columns * side, columns * side)


def codes_of_grid(count: int, reach: float) -> Array:
    """Codes (count * count, 2) on a square grid from -reach to reach: z1 grows to the right, z2 upwards, as plotted."""
    ticks = np.linspace(-reach, reach, count)
    z1, z2 = np.meshgrid(ticks, ticks[::-1])
    return np.stack([z1.ravel(), z2.ravel()], axis=1)


def image_rows(rows: Mapping[str, Array]) -> None:
    """Rows of grey images (N, D), values in 0..1, each row under one name at its left, in a new figure."""
    import matplotlib.pyplot as plt

    columns = max(len(images) for images in rows.values())
    _, axes = plt.subplots(len(rows), 1, figsize=(0.72 * columns + 1.6, 0.8 * len(rows)), squeeze=False)
    for ax, (name, images) in zip(axes[:, 0], rows.items(), strict=True):
        ax.imshow(tiles(np.asarray(images), len(images)), cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
        ax.set_ylabel(name, rotation=0, ha="right", va="center", fontsize=10)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
    plt.subplots_adjust(left=0.22, right=0.995, top=0.99, bottom=0.01, hspace=0.05)


def show_grid(ax: Axes, images: Array, reach: float) -> None:
    """The decoded images of `codes_of_grid` as one picture whose axes are the two values of the code."""
    count = isqrt(len(images))
    edge = reach * (1 + 1 / max(count - 1, 1))  # the outer images are centred on the outer codes
    ax.imshow(tiles(images, count), cmap="gray_r", vmin=0, vmax=1, extent=(-edge, edge, -edge, edge))
    ax.set_xlabel("$z_1$")
    ax.set_ylabel("$z_2$")


def latent_space(images: Array, codes: Array, labels: Array, reach: float = 3.0) -> None:
    """Side by side in a new figure: what a grid of codes is decoded to (N, D), and the codes (M, 2) of real images."""
    import matplotlib.pyplot as plt

    _, (left, right) = plt.subplots(1, 2, figsize=(9.4, 4.5), layout="constrained")
    show_grid(left, images, reach)
    left.set_title("decoded from a grid of codes", fontsize=11)
    show_codes(right, codes, labels, reach)
    right.set_title("codes of test images (mean of each)", fontsize=11)


def show_codes(ax: Axes, codes: Array, labels: Array, reach: float) -> None:
    """Codes (M, 2) as points; each class has a colour, and its digit stands at the median of its points."""
    ax.scatter(codes[:, 0], codes[:, 1], c=labels, cmap="tab10", vmin=0, vmax=9, s=5, alpha=0.5, linewidths=0)
    for label in np.unique(labels):
        x, y = np.median(codes[labels == label], axis=0)
        box = {"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
        ax.text(x, y, str(label), ha="center", va="center", fontsize=11, weight="bold", bbox=box)
    ax.set_xlim(-reach - 0.2, reach + 0.2)
    ax.set_ylim(-reach - 0.2, reach + 0.2)
    ax.set_aspect("equal")
    ax.set_xlabel("$z_1$")
    ax.set_ylabel("$z_2$")


def mean_and_interval(values: Sequence[float] | Array) -> tuple[float, float]:
    """The mean of two or more runs, and half the width of its 95 % interval (Student's t)."""
    from scipy import stats

    n = len(values)
    return float(np.mean(values)), float(stats.t.ppf(0.975, n - 1) * np.std(values, ddof=1) / np.sqrt(n))


def by_labels(counts: Sequence[int], accuracies: Mapping[str, Array]) -> None:
    """Accuracy in percent against the number of labels; each method has an array (counts, seeds); a new figure.

    Bars are 95 % intervals of the mean, small marks the runs.
    """
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    ax = plain(axes, "", "images with a label (log scale)", "test accuracy (%)")
    for (name, runs), colour, shift in zip(
        accuracies.items(), (VERMILION, BLUE, GREY), (0.96, 1.04, 1.0), strict=False
    ):
        at = shift * np.asarray(counts)
        means, halves = zip(*map(mean_and_interval, runs), strict=True)
        ax.errorbar(at, means, halves, color=colour, marker="o", capsize=4, label=name)
        ax.plot(at, runs, ".", color=colour, ms=3, alpha=0.5)
    ax.set_xscale("log")
    ax.set_xticks(counts, [f"{count:,}" for count in counts])
    ax.minorticks_off()
    ax.legend(fontsize=9, frameon=False, loc="lower right")


def divergences(of_beta: Mapping[str, Array]) -> None:
    """The divergence of each value of the code (L,), sorted, one panel for each beta, in a new figure."""
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(1, len(of_beta), figsize=(2.1 * len(of_beta), 2.4), sharey=True, layout="constrained")
    for ax, (name, values) in zip(np.atleast_1d(axes), of_beta.items(), strict=True):
        plain(ax, name, "value of the code", "" if ax is not np.atleast_1d(axes)[0] else "divergence (nats)")
        ax.bar(np.arange(1, len(values) + 1), np.sort(values)[::-1], color=BLUE)
