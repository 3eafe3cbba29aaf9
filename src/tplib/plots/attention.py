"""Figures of TP8-HFTrain/2_attention: who reads whom, accuracy by length, places as waves beside a binary counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
SPACE = "␣"


def attention_map(weights: Array, source: str, target: str) -> None:
    """Weights (T, S) of the T characters written on the S characters read, in a new figure: the darker, the larger."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(1.2 + 0.22 * len(source), 1.0 + 0.22 * len(target)), layout="constrained")
    draw_attention(ax, weights, source, target)


def draw_attention(ax: Axes, weights: Array, source: str, target: str) -> None:
    """Raises ValueError where the weights are not (len(target), len(source))."""
    if np.shape(weights) != (len(target), len(source)):
        raise ValueError(f"expected weights of shape {(len(target), len(source))}, got {np.shape(weights)}")
    ax.imshow(weights, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    ax.set_xticks(range(len(source)), [SPACE if c == " " else c for c in source], fontsize=9)
    ax.set_yticks(range(len(target)), list(target), fontsize=9)
    ax.set_xlabel("read")
    ax.set_ylabel("written")
    ax.tick_params(length=0)


def by_length(results: Mapping[str, tuple[Sequence[int], Sequence[float]]], edges: Sequence[int], what: str) -> None:
    """For each model, the mean of a score over the texts of similar length, in a new figure.

    `results` has lengths (N,) and scores (N,); `edges` bound the groups of lengths, each from one edge up to the next.
    """
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.4, 3.0), layout="constrained")
    plain(ax, "", "characters of the source", what)
    for (name, (lengths, scores)), colour, marker in zip(results.items(), (BLUE, VERMILION), "os", strict=False):
        group = np.digitize(lengths, edges[1:-1])
        present = [g for g in range(len(edges) - 1) if (group == g).any()]
        means = [np.asarray(scores, float)[group == g].mean() for g in present]
        ax.plot([(edges[g] + edges[g + 1] - 1) / 2 for g in present], means, color=colour, marker=marker, label=name)
    ax.set_ylim(-0.03, 1.03)
    ax.legend(fontsize=9, frameon=False)


def waves(T: int, d: int, base: float = 10000.0) -> Array:
    """The positional encoding (T, d) with another base: sin(t w) and cos(t w) take turns, w = base^(-2i / d)."""
    angles = np.arange(T)[:, None] * base ** (-(np.arange(d) // 2 * 2) / d)
    return np.where(np.arange(d) % 2 == 0, np.sin(angles), np.cos(angles))


def binary_counter(T: int, bits: int) -> Array:
    """The numbers 0 to T - 1 in binary (T, bits), the bit of the ones first."""
    return np.asarray((np.arange(T)[:, None] >> np.arange(bits)) & 1)


def beside_a_counter(table: Array) -> None:
    """A binary counter and a positional encoding (T, d) side by side, one row a place, in a new figure."""
    import matplotlib.pyplot as plt

    T = len(table)
    _, (left, right) = plt.subplots(1, 2, figsize=(8, 4.2), layout="constrained", width_ratios=(1, 3))
    bits = max(1, (T - 1).bit_length())
    left.imshow(binary_counter(T, bits), cmap="Greys", aspect="auto", vmin=0, vmax=1.6, interpolation="nearest")
    left.set_xticks(range(bits), [str(2**bit) for bit in range(bits)], fontsize=8)
    left.set_title("place in binary", fontsize=11)
    left.set_xlabel("bit of the ... (grey: 1)")
    left.set_ylabel("place t")
    draw_waves(right, table)
    right.set_title("positional encoding", fontsize=11)


def draw_waves(ax: Axes, table: Array) -> None:
    """An encoding (T, d) from orange (-1) over white (0) to violet (1)."""
    ax.imshow(table, cmap="PuOr", aspect="auto", vmin=-1, vmax=1, interpolation="nearest")
    ax.set_xlabel("column (orange: -1, violet: 1)")
    ax.set_ylabel("place t")
