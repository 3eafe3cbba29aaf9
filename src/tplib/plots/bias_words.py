"""Words along an axis, and effect sizes of an association test without single words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tplib.bias import LeftOut, Weat

Array = np.ndarray


def words_on_axis(words: Sequence[str], values: Array, *, ends: tuple[str, str], ax: Axes | None = None) -> Axes:
    """A dot for each word at its value (N,), the least on top, in a new figure without `ax`; `ends` name the sides."""
    if ax is None:
        import matplotlib.pyplot as plt

        _, ax = plt.subplots(figsize=(5.6, 0.26 * len(words) + 0.8), layout="constrained")
    plain(ax, "", f"{ends[0]}   <   cosine with the direction   >   {ends[1]}")
    order = np.argsort(-np.asarray(values), kind="stable")
    shown = np.asarray(values)[order]
    colours = [VERMILION if value < 0 else BLUE for value in shown]
    ax.hlines(np.arange(len(shown)), 0, shown, color=colours, linewidth=1.5)
    ax.scatter(shown, np.arange(len(shown)), color=colours, s=28, zorder=3)
    ax.axvline(0, color=GREY, linewidth=1)
    ax.set_yticks(np.arange(len(shown)), [words[i] for i in order], fontsize=9)
    reach = 1.15 * max(float(np.abs(shown).max(initial=0)), 0.05)  # the middle of the picture is 0
    ax.set_xlim(-reach, reach)
    ax.set_ylim(-0.7, len(shown) - 0.3)
    return ax


def left_out(results: Sequence[LeftOut], whole: Weat, *, level: float = 0.05, ax: Axes | None = None) -> Axes:
    """The effect size without each word, sorted as given; filled where p is below `level`.

    The line is the test with all words, the band its interval. In a new figure without `ax`.
    """
    if ax is None:
        import matplotlib.pyplot as plt

        _, ax = plt.subplots(figsize=(8.2, 3.4), layout="constrained")
    plain(ax, "", "", "effect size d").grid(axis="x", visible=False)
    values = np.array([one.effect_size for one in results])
    small = np.array([one.p_value < level for one in results])
    places = np.arange(len(results))
    ax.axhspan(whole.interval.low, whole.interval.high, color=BLUE, alpha=0.1, linewidth=0)
    ax.axhline(whole.effect_size, color=GREY, linewidth=1.2, linestyle="--")
    for mask, face, label in ((small, BLUE, f"p below {level:g}"), (~small, "white", f"p at least {level:g}")):
        ax.scatter(places[mask], values[mask], facecolor=face, edgecolor=BLUE, s=34, zorder=3, label=label)
    ax.set_xticks(places, [f"{one.word} ({one.name})" for one in results], rotation=90, fontsize=8)
    ax.set_xlim(-0.8, len(results) - 0.2)
    ax.legend(fontsize=9, frameon=False, loc="lower right")
    return ax
