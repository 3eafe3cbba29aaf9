"""An effect size of WEAT against the number of words that are left out of its lists."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tplib import bias
from tplib.data import load
from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
TESTS = {"career and family": 6, "mathematics and arts": 7, "science and arts": 8}
FROM = {"all four lists": "XYAB", "targets (X, Y)": "XY", "attributes (A, B)": "AB"}
MOST, ROUNDS = 6, 100


def explore_word_lists() -> Explorer:
    """Choose a test, the lists, and how many words of each are left out: where the effect size goes.

    Source: Caliskan et al. (2017); Antoniak & Mimno (2021).
    """
    controls = {
        "test": choice("test", TESTS, 7),
        "lists": choice("left out of", FROM, "XYAB"),
        "count": slider("words left out of each", list(range(MOST + 1)), 2),
    }
    return Explorer("explore_word_lists", controls, draw_word_lists)


@lru_cache(maxsize=32)
def spread_of_effects(test: int, lists: str) -> Array:
    """Effect sizes (7, 100): a row for each number of words left out, from 0 to 6, sorted."""
    listed, vectors = load("bias-words").tests[test - 1], _vectors(test)
    words = listed.x, listed.y, listed.a, listed.b
    rows = [
        bias.effects_without(vectors, *words, count=count, lists=lists, rounds=ROUNDS, seed=count)
        for count in range(MOST + 1)
    ]
    return np.sort(rows, axis=1)


@lru_cache(maxsize=len(TESTS))
def _vectors(test: int) -> dict[str, Array]:
    listed, pretrained = load("bias-words").tests[test - 1], load("weat-vectors")
    return {word: pretrained[word] for word in (*listed.x, *listed.y, *listed.a, *listed.b) if word in pretrained}


def draw_word_lists(test: int, lists: str, count: int) -> tuple[Figure, str]:
    """The middle 90 of 100 effect sizes for each number of words left out, and all 100 for the chosen number."""
    effects = spread_of_effects(test, lists)
    low, middle, high = (effects[:, i] for i in (5, ROUNDS // 2, ROUNDS - 6))
    figure, left, right = two_panels()
    whole = float(effects[0, 0])
    plain(left, "the middle 90 of 100 draws", "words left out of each list", "effect size d")
    left.fill_between(np.arange(MOST + 1), low, high, color=BLUE, alpha=0.2, linewidth=0)
    left.plot(middle, color=BLUE, linewidth=2)
    left.axhline(whole, color=GREY, linewidth=1.2, linestyle="--")
    left.vlines(count, low[count], high[count], color=VERMILION, linewidth=2)
    plain(right, f"all draws without {count} of each", "effect size d", "draws")
    right.hist(effects[count], bins=np.linspace(-2, 2, 41).tolist(), color=VERMILION)
    right.axvline(whole, color=GREY, linewidth=1.2, linestyle="--")
    for ax, limit in ((left, left.set_ylim), (right, right.set_xlim)):
        limit(-2.05, 2.05)  # d cannot be much larger
        ax.axhline(0, color="black", linewidth=0.8)
    if count == 0:
        return figure, f"With all words d is {whole:.2f}: without any choice of words there is nothing to see yet."
    return figure, (
        f"Without {count} word{'s' if count > 1 else ''} of each list, 90 of 100 draws give d from {low[count]:.2f} to "
        f"{high[count]:.2f}; with all words it is {whole:.2f}."
    )
