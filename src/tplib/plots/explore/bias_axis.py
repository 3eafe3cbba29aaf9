"""Words along a direction that pairs of words give, before and after another direction is taken out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tplib import bias
from tplib.data import load
from tplib.plots.bias_words import words_on_axis
from tplib.plots.explore.skin import Explorer, choice, one_panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
Pairs = tuple[tuple[str, str], ...]
SHE_HE: Pairs = (("she", "he"),)
TEN: Pairs = (
    *(("woman", "man"), ("girl", "boy"), ("she", "he"), ("mother", "father"), ("daughter", "son")),
    *(("gal", "guy"), ("female", "male"), ("her", "his"), ("herself", "himself"), ("Mary", "John")),
)
AXES: dict[str, Pairs] = {
    "she - he": SHE_HE,
    "mother - father": (("mother", "father"),),
    "ten pairs": TEN,
    "bad - good": (("bad", "good"),),
}
WORDS = {
    "jobs": "nurse librarian dancer teacher author lawyer doctor engineer captain philosopher",
    "studies": "mathematics physics chemistry biology literature poetry history philosophy psychology dance",
    "qualities": "brilliant gentle brave pretty strong emotional logical careful proud shy",
}
REMOVED: dict[str, Pairs | None] = {"nothing": None, "she - he": SHE_HE, "ten pairs": TEN}


def explore_bias_axis() -> Explorer:
    """Choose the pairs that make the axis, the words, and what is taken out of them before.

    Source: Bolukbasi et al. (2016).
    """
    controls = {
        "axis": choice("axis", AXES, SHE_HE),
        "group": choice("words", WORDS.keys(), "jobs"),
        "removed": choice("taken out", REMOVED, None),
    }
    return Explorer("explore_bias_axis", controls, draw_bias_axis)


@lru_cache(maxsize=1)
def _vectors() -> dict[str, Array]:
    """The few pretrained vectors that the picture needs."""
    pretrained = load("word2vec")
    needed = {word for pairs in AXES.values() for pair in pairs for word in pair} | set(
        " ".join(WORDS.values()).split()
    )
    return {word: pretrained[word] for word in needed if word in pretrained}


def cosines_with_axis(axis: Pairs, group: str, removed: Pairs | None) -> tuple[list[str], Array]:
    """The words of a group that have vectors, and their cosines (N,) with the axis, once another one is taken out."""
    vectors = _vectors()
    found = bias.lookup(vectors, WORDS[group].split())
    words = found.vectors if removed is None else bias.neutralize(found.vectors, bias.bias_direction(vectors, removed))
    return list(found.words), bias.projection(words, bias.bias_direction(vectors, axis))


def draw_bias_axis(axis: Pairs, group: str, removed: Pairs | None) -> tuple[Figure, str]:
    """A dot for each word, and how much of the bias is left."""
    words, values = cosines_with_axis(axis, group, removed)
    before = float(np.abs(cosines_with_axis(axis, group, None)[1]).mean())
    figure, ax = one_panel(7.0, 3.6)
    ends = ("first words", "second words") if len(axis) > 1 else axis[0]
    words_on_axis(words, values, ends=ends, ax=ax).set_xlim(-0.45, 0.45)
    size = float(np.abs(values).mean())
    if size < 1e-9:
        return figure, f"The axis itself was taken out: all {len(words)} words stand at 0, which had to be so."
    said = (
        f"{words[int(values.argmin())]} lies furthest to the left, {words[int(values.argmax())]} furthest to the "
        f"right; the mean distance from 0 is {size:.3f}"
    )
    return figure, said + ("." if removed is None else f", and was {before:.3f} before anything was taken out.")
