"""Scores, probabilities and images of classes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tplib.plots.style import BLUE, GREY, VERMILION, plain

Array = np.ndarray


def scores_and_probabilities(scores: Array, probabilities: Array) -> None:
    """Two bar charts in a new figure: the scores (K,) of one example, and what softmax makes of them."""
    import matplotlib.pyplot as plt

    _, (left, right) = plt.subplots(1, 2, figsize=(7.5, 2.6), layout="constrained")
    for ax, values, title, colour in (
        (left, scores, "scores", BLUE),
        (right, probabilities, "softmax", VERMILION),
    ):
        bars = plain(ax, title, "class k", "score z" if ax is left else "probability p").bar(
            range(len(values)), values, color=colour
        )
        ax.bar_label(bars, fmt="%.2f", fontsize=8, padding=2)
        ax.margins(y=0.15)
        ax.set_xticks(range(len(values)))


def images(x: Array, titles: Sequence[str], shape: tuple[int, int] = (8, 8), columns: int = 10) -> None:
    """Grey images from rows of pixels x (N, D), each under its title of one line or more, in a new figure."""
    import matplotlib.pyplot as plt

    height, width = shape
    gap = width // 3  # between images
    more = max((title.count("\n") for title in titles), default=0)  # lines of a title after the first
    above = (2 + more) * gap  # for the title
    rows = -(-len(x) // columns)
    canvas = np.full((rows * (height + above), columns * (width + gap)), np.nan)  # one picture: quicker than many axes
    _, ax = plt.subplots(figsize=(columns, (1.45 + 0.2 * more) * rows))
    for i, (pixels, title) in enumerate(zip(x, titles, strict=False)):
        top, left = i // columns * (height + above) + above, i % columns * (width + gap)
        canvas[top : top + height, left : left + width] = pixels.reshape(shape)
        ax.text(left + (width - 1) / 2, top - 1, title, ha="center", va="bottom", fontsize=9)
    ax.imshow(canvas, cmap="gray_r", interpolation="nearest", vmin=0, vmax=np.nanmax(canvas))
    ax.axis("off")


def accuracies(values: Array, chance: float) -> None:
    """A histogram of accuracies (N,), from 0 to 1, with the level of chance, in a new figure."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6, 2.6), layout="constrained")
    percent = 100 * np.asarray(values)
    plain(ax, "", "accuracy (%)", "number of networks").hist(percent, bins=20, color=BLUE, edgecolor="white")
    ax.axvline(100 * chance, color=VERMILION, linestyle="--", label=f"chance: {100 * chance:.0f} %")
    ax.axvline(percent.mean(), color=GREY, linestyle=":", label=f"mean: {percent.mean():.1f} %")
    ax.legend(fontsize=8, frameon=False)


def jacobian(J: Array) -> None:
    """A Jacobian (K, K) as a table of colours with its numbers, in a new figure."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(4.6, 3.6), layout="constrained")
    top = float(np.abs(J).max()) or 1.0
    picture = ax.imshow(J, cmap="PuOr", vmin=-top, vmax=top)
    for (k, j), value in np.ndenumerate(J):
        ax.text(
            j,
            k,
            f"{round(value, 2) + 0.0:.2f}",  # no minus zero
            ha="center",
            va="center",
            fontsize=8,
            color="white" if abs(value) > 0.6 * top else "black",
        )
    ax.set_xlabel("score $z_j$")
    ax.set_ylabel("probability $p_k$")
    ax.figure.colorbar(picture, label="slope $\\partial p_k / \\partial z_j$")
