"""Figures about batches and baselines: padded tables, wasted padding, losses by scale, accuracies with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, GREEN, GREY, ORANGE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
LOOKS = ((BLUE, "-", "o"), (VERMILION, "--", "s"), (GREEN, ":", "^"), (ORANGE, "-.", "D"))


def padded(x: Array, lengths: Array) -> None:
    """A padded batch (B, T) as a table of numbers in a new figure: the texts on colour, the padding hatched."""
    from matplotlib.patches import Rectangle

    B, T = x.shape
    ax = _axes("place in the text", "text", width=min(0.5 * T + 1.2, 10), height=0.34 * B + 0.9)
    ax.grid(visible=False)
    for b in range(B):
        for t in range(T):
            real = t < lengths[b]
            cell = Rectangle((t - 0.5, b - 0.5), 1, 1, edgecolor="#d0d7de", linewidth=0.6)
            cell.set(facecolor="#cfe6f5" if real else "white", hatch="" if real else "////")
            ax.add_patch(cell)
            ax.text(t, b, str(x[b, t]), ha="center", va="center", fontsize=8, color="black" if real else GREY)
    ax.set_xlim(-0.5, T - 0.5)
    ax.set_ylim(B - 0.5, -0.5)
    ax.set_xticks(range(T))
    ax.set_yticks(range(B))
    ax.tick_params(labelsize=8, length=0)


def padding_shares(batch_sizes: Sequence[int], shares: Mapping[str, Sequence[float]], whole: float) -> None:
    """The share of padding against the batch size, one line per way to form batches, in a new figure.

    whole: the share when all texts are in one table.
    """
    ax = _axes("texts in a batch (log scale)", "padding (% of the table)")
    ax.axhline(100 * whole, color=GREY, linewidth=1, label="all texts in one table")
    for (name, values), (colour, line, marker) in zip(shares.items(), LOOKS, strict=False):
        ax.plot(batch_sizes, 100 * np.asarray(values), color=colour, linestyle=line, marker=marker, label=name)
    ax.set_xscale("log", base=2)
    ax.set_xticks(list(batch_sizes), [str(size) for size in batch_sizes])
    ax.set_ylim(0, 100)
    ax.legend(fontsize=9, frameon=False, ncols=2, loc="upper left")


def descents(losses: Mapping[str, Sequence[float]]) -> None:
    """Training losses by step, one line per name, on a common axis from 0, in a new figure."""
    ax = _axes("step", "training loss (nats)")
    for (name, values), (colour, line, _) in zip(losses.items(), LOOKS, strict=False):
        ax.plot(values, color=colour, linestyle=line, label=name)
    ax.set_ylim(bottom=0)
    ax.legend(fontsize=9, frameon=False)


def intervals(results: Mapping[str, tuple[float, float]]) -> None:
    """Accuracies as points with bars, one row per name, in a new figure; a result is (accuracy, half of the bar)."""
    ax = _axes("accuracy (%)", "", height=0.42 * len(results) + 0.9)
    for row, (accuracy, half) in enumerate(results.values()):
        colour, _, marker = LOOKS[row % 4]
        ax.errorbar(100 * accuracy, row, xerr=100 * half, fmt=marker, color=colour, capsize=3)
        ax.annotate(
            f"{100 * accuracy:.1f} ± {100 * half:.1f}",
            (100 * accuracy, row),
            (0, 6),
            textcoords="offset points",
            ha="center",
            fontsize=9,
        )
    ax.set_yticks(range(len(results)), list(results))
    ax.set_ylim(len(results) - 0.5, -0.7)
    ax.grid(axis="y", visible=False)


def learning(sizes: Sequence[int], curves: Mapping[str, Array]) -> None:
    """Accuracies (number of sizes, runs) against the number of training texts, in a new figure.

    Lines join the means, bars span the runs.
    """
    ax = _axes("labelled texts in training (log scale)", "test accuracy (%)")
    for (name, values), (colour, line, marker) in zip(curves.items(), LOOKS, strict=False):
        runs = 100 * np.asarray(values)  # (number of sizes, runs)
        mean = runs.mean(axis=1)
        span = np.stack([mean - runs.min(axis=1), runs.max(axis=1) - mean])
        ax.errorbar(sizes, mean, span, color=colour, linestyle=line, marker=marker, capsize=3, label=name)
    ax.set_xscale("log")
    ax.set_xticks(list(sizes), [f"{size:,}" for size in sizes], fontsize=9)
    ax.minorticks_off()
    ax.legend(fontsize=9, frameon=False)


def _axes(x: str, y: str, width: float = 6.4, height: float = 2.9) -> Axes:
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(width, max(height, 1.4)), layout="constrained")
    return plain(ax, "", x, y)
