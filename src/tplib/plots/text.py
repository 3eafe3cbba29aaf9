"""Figures about texts: lengths, shares of classes, leakage, word frequencies, one-hot vectors, shared buckets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, GREEN, GREY, ORANGE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
LOOKS = ((BLUE, "-", "o"), (VERMILION, "--", "s"), (GREEN, ":", "^"), (ORANGE, "-.", "D"))


def lengths(words: Mapping[str, Sequence[int]], longest: int = 60) -> None:
    """Histograms of numbers of words per text, one line per name, in a new figure."""
    ax = _axes("words per text", "share of the texts (%)")
    edges = [float(edge) for edge in range(0, longest + 5, 4)]
    for (name, counts), (colour, line, _) in zip(words.items(), LOOKS, strict=False):
        inside = np.minimum(counts, longest)
        weights = np.full(len(inside), 100 / max(len(inside), 1))
        ax.hist(
            inside, edges, weights=weights, histtype="step", color=colour, linestyle=line, linewidth=1.8, label=name
        )
    ax.set_xlim(0, edges[-1])
    ax.legend(fontsize=9, frameon=False)


def shares(parts: Mapping[str, Array], classes: Sequence[str]) -> None:
    """Bars with the share of each class (K,), one group of bars per part of the data, in a new figure."""
    ax = _axes("share of the part (%)", "", height=0.5 + 0.55 * len(parts))
    left = np.zeros(len(parts))
    table = 100 * np.array(list(parts.values()), dtype=np.float64)  # (parts, K)
    colours = (BLUE, ORANGE, GREEN, VERMILION)
    for k, name in enumerate(classes):
        bars = ax.barh(list(parts), table[:, k], left=left, color=colours[k % 4], edgecolor="white", label=name)
        labels = [f"{value:.1f}" if value >= 5 else "" for value in table[:, k]]
        ax.bar_label(bars, labels, label_type="center", fontsize=9, color="white" if k % 4 != 1 else "black")
        left += table[:, k]
    ax.set_xlim(0, 100)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.legend(fontsize=9, frameon=False, ncols=len(classes), loc="lower left", bbox_to_anchor=(0, 1))


def leakage(copied: Sequence[float], measured: Array, truth: Array, cleaned: Array | None = None) -> None:
    """Accuracies (number of shares, runs) on the leaky test part and on new texts, in a new figure.

    copied: shares of the texts that are in the collection twice, from 0 to 1; cleaned: accuracies on the test part
    when copies are dropped first. Lines join the means, bars span the runs.
    """
    ax = _axes("reviews that were posted twice (%)", "accuracy (%)")
    curves = {"test part, with copies": measured, "new reviews": truth}
    if cleaned is not None:
        curves["test part, copies dropped"] = cleaned
    for (name, values), (colour, line, marker) in zip(curves.items(), LOOKS[1::-1] + LOOKS[2:], strict=False):
        runs = 100 * np.asarray(values)  # (number of shares, runs)
        mean = runs.mean(axis=1)
        span = np.stack([mean - runs.min(axis=1), runs.max(axis=1) - mean])
        x = 100 * np.asarray(copied)
        ax.errorbar(x, mean, span, color=colour, linestyle=line, marker=marker, capsize=3, label=name)
    ax.legend(fontsize=9, frameon=False)


def frequencies(counts: Mapping[str, Sequence[int]]) -> None:
    """How often each word occurs against its rank, both axes logarithmic, one line per corpus, in a new figure."""
    ax = _axes("rank of the word (log scale)", "occurrences (log scale)")
    for (name, numbers), (colour, line, _) in zip(counts.items(), LOOKS, strict=False):
        ordered = np.sort(np.asarray(numbers))[::-1]
        ax.loglog(np.arange(1, len(ordered) + 1), ordered, color=colour, linestyle=line, linewidth=1.8, label=name)
    ax.legend(fontsize=9, frameon=False)


def one_hot_rows(tokens: Sequence[str], vectors: Array, words: Sequence[str] = ()) -> None:
    """One-hot vectors (T, V) as black and white squares, a row per token, in a new figure; `words` name the columns."""
    import matplotlib.pyplot as plt

    vectors = np.asarray(vectors)
    T, V = vectors.shape
    _, ax = plt.subplots(figsize=(min(0.42 * V + 1.5, 9), 0.32 * T + 1.3), layout="constrained")
    ax.imshow(vectors, cmap="gray_r", vmin=0, vmax=1, aspect="auto")
    ax.set_yticks(range(T), tokens, fontsize=9)
    columns = [f"{word}  {k}" for k, word in enumerate(words)] or [str(k) for k in range(V)]
    ax.set_xticks(range(V), columns, fontsize=9, rotation=90 if words else 0)
    ax.set_xlabel("word and its number in the vocabulary" if words else "number in the vocabulary")
    ax.set_ylabel("token")
    ax.set_xticks(np.arange(-0.5, V), minor=True)
    ax.set_yticks(np.arange(-0.5, T), minor=True)
    ax.grid(which="minor", color="#d0d7de", linewidth=0.6)
    ax.tick_params(which="minor", length=0)


def collisions(buckets: Sequence[int], measured: Array, expected: Array) -> None:
    """The share of n-grams that share their bucket against the number of buckets, in a new figure."""
    ax = _axes("number of buckets (log scale)", "n-grams that share a bucket (%)")
    ax.plot(buckets, 100 * np.asarray(expected), color=GREY, linestyle="--", label="if chance dealt them out")
    ax.plot(buckets, 100 * np.asarray(measured), color=BLUE, linestyle="none", marker="o", label="counted")
    _powers_of_two(ax, buckets)
    ax.set_ylim(-3, 103)
    ax.legend(fontsize=9, frameon=False)


def accuracy_by_buckets(buckets: Sequence[int], accuracy: Array, reference: float) -> None:
    """The accuracy of a classifier against the number of buckets, beside that with a vocabulary, in a new figure."""
    ax = _axes("number of buckets (log scale)", "accuracy (%)")
    ax.plot(buckets, 100 * np.asarray(accuracy), color=BLUE, marker="o", label="hashed bag")
    ax.axhline(100 * reference, color=VERMILION, linestyle="--", label="one column per n-gram")
    _powers_of_two(ax, buckets)
    ax.legend(fontsize=9, frameon=False)


def _axes(x: str, y: str, height: float = 2.9) -> Axes:
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.4, max(height, 1.6)), layout="constrained")
    return plain(ax, "", x, y)


def _powers_of_two(ax: Axes, buckets: Sequence[int]) -> None:
    ax.set_xscale("log", base=2)
    ax.set_xticks(list(buckets), [f"{n:,}" for n in buckets], fontsize=9)
