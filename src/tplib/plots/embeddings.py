"""Figures of TP8-HFTrain/1_word2vec: scores against counts, and a map of words between pairs of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.labels import label_points
from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
Pair = tuple[str, str]


def between(vectors: Array, first: Array, second: Array) -> Array:
    """Where vectors (N, E) lie on the line from `first` to `second` (E,): -1 at the first, 1 at the second, (N,).

    A vector off the line counts where it meets the line at a right angle. Raises ValueError where the two are equal.
    """
    way = second - first
    length = float(way @ way)
    if length == 0:
        raise ValueError("between: expected two different vectors, got the same one twice")
    return np.asarray(2 * (vectors - (first + second) / 2) @ way / length)


def scores_against_counts(pmi: Array, scores: Array, counts: Array) -> None:
    """Scores v . u of pairs of words against what counting says of them, all (N,), in a new figure.

    Pairs that occur often are dark. The line is where both are equal.
    """
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.4, 4.0), layout="constrained")
    plain(ax, "", "log(count / expected count) - log k, from the counts", "score v . u, from the training")
    order = np.argsort(counts)
    dots = ax.scatter(pmi[order], scores[order], c=np.log10(counts[order]), s=6, cmap="viridis_r", linewidths=0)
    ends = [float(min(pmi.min(), scores.min())), float(max(pmi.max(), scores.max()))]
    ax.plot(ends, ends, color=VERMILION, linewidth=1.2, label="equal")
    ax.figure.colorbar(dots, ax=ax, label="how often the pair occurs (log10)")
    ax.legend(fontsize=9, frameon=False)


def one_cell(true: int, noise: float) -> None:
    """The loss of one pair of words against its score: `true` times as a pair, `noise` times as a negative one."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(5.6, 2.8), layout="constrained")
    plain(ax, "", "score v . u", "loss of all its occurrences")
    x = np.linspace(-6, 6, 241)
    ax.plot(x, true * np.logaddexp(0, -x) + noise * np.logaddexp(0, x), color=BLUE, linewidth=2)
    best = np.log(true / noise)
    ax.axvline(best, color=VERMILION, linestyle="--", label=f"log({true} / {noise:g}) = {best:.2f}")
    ax.set_ylim(bottom=0)
    ax.legend(fontsize=9, frameon=False)


def draw_map(ax: Axes, words: Sequence[str], x: Array, y: Array, across: Pair, up: Pair) -> None:
    """Words at (x, y), -1 and 1 being the words of the pairs that name the axes."""
    plain(ax, "", f"{across[0]}  (-1)   ...   {across[1]}  (1)", f"{up[0]}  (-1)   ...   {up[1]}  (1)")
    for line in (ax.axhline, ax.axvline):
        line(0, color=GREY, linewidth=0.8)
    ax.plot(x, y, "o", color=BLUE, ms=5)
    for values, limit in ((x, ax.set_xlim), (y, ax.set_ylim)):
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        limit(low - 0.08 * (high - low), high + 0.15 * (high - low))  # room for the names on the right
    label_points(ax, words, x, y)
