"""Figures of 1_convolution: maps, kernels, a convolution as a matrix, a measured receptive field, strongest n-grams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tplib.plots.style import BLUE, GREY, VERMILION, plain

Array = np.ndarray


def maps(pictures: Sequence[Array], titles: Sequence[str], grey: int = 0, columns: int = 8) -> None:
    """Pictures (H, W) side by side in a new figure: the first `grey` as images, the others from orange to violet.

    The colours of a map go from its largest size below 0 (orange) over 0 (white) to the same size above 0 (violet).
    """
    import matplotlib.pyplot as plt

    rows = -(-len(pictures) // columns)
    width = min(len(pictures), columns)
    _, axes = plt.subplots(rows, width, figsize=(1.3 * width, 1.55 * rows), layout="constrained", squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for i, (ax, picture, title) in enumerate(zip(axes.flat, pictures, titles, strict=False)):
        limit = float(np.abs(picture).max()) or 1.0
        if i < grey:
            ax.imshow(picture, cmap="gray_r", vmin=0, vmax=limit)
        else:
            ax.imshow(picture, cmap="PuOr", vmin=-limit, vmax=limit)
        ax.set_title(title, fontsize=9)


def matrix(A: Array, title: str) -> None:
    """A matrix (M, N) as coloured squares in a new figure; zeros stay white."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(5.6, 0.9 + 5.0 * A.shape[0] / A.shape[1]), layout="constrained")
    limit = float(np.abs(A).max()) or 1.0
    ax.imshow(A, cmap="PuOr", vmin=-limit, vmax=limit)
    ax.set_title(title, fontsize=11)
    ax.set_xlabel("pixel of the image, row by row")
    ax.set_ylabel("number of the map")


def measured_fields(gradients: dict[str, Array], fields: dict[str, int]) -> None:
    """For each network, the mean size of the gradient (N,) of one unit at each pixel of a row, in a new figure.

    `fields` has the receptive field by the formula: dotted lines at its ends.
    """
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(1, len(gradients), figsize=(3.1 * len(gradients), 2.5), layout="constrained", squeeze=False)
    for ax, (name, sizes) in zip(axes.flat, gradients.items(), strict=True):
        plain(ax, name, "pixel, from the unit", "gradient (largest = 1)" if ax is axes.flat[0] else "")
        middle = (len(sizes) - 1) / 2
        at = np.arange(len(sizes)) - middle
        ax.bar(at, sizes / sizes.max(), color=BLUE, width=0.9)
        for end in (-fields[name] / 2, fields[name] / 2):
            ax.axvline(end, color=VERMILION, linestyle=":", linewidth=1.6)


def shifted_accuracies(shifts: Sequence[int], accuracies: dict[str, Array]) -> None:
    """Accuracies (shifts, runs) against how far the images were moved, a line of means for each network, new figure."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.0, 2.9), layout="constrained")
    plain(ax, "", "shift of the test images (pixels)", "accuracy (%)")
    looks = ((BLUE, "o", "-"), (VERMILION, "s", "--"), (GREY, "^", ":"))
    for (name, values), (colour, marker, line) in zip(accuracies.items(), looks, strict=False):
        percent = 100 * np.asarray(values)
        mean = percent.mean(axis=1)
        span = np.stack([mean - percent.min(axis=1), percent.max(axis=1) - mean])
        ax.errorbar(shifts, mean, span, color=colour, marker=marker, linestyle=line, capsize=3, label=name)
    ax.set_ylim(0, 102)
    ax.set_xticks(list(shifts))
    ax.legend(fontsize=9, frameon=False)
