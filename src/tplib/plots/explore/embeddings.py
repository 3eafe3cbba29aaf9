"""A map of words whose axes are named by word pairs: from he to she, from small to big."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tplib.data import load
from tplib.plots.embeddings import between, draw_map
from tplib.plots.explore.skin import Explorer, choice, one_panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
PAIRS = {f"{a} - {b}": (a, b) for a, b in (("he", "she"), ("small", "big"), ("bad", "good"), ("cheap", "expensive"))}
WORDS = {
    "people": "king queen boy girl father mother doctor nurse teacher soldier dancer boss singer baby engineer",
    "animals": "mouse cat dog horse cow elephant whale bird insect spider lion rabbit pig snake wolf",
    "things": "car bicycle house palace ring shirt dress book ship pencil computer hammer diamond bread wine",
}


def explore_embeddings() -> Explorer:
    """Choose two pairs of words and a group: each word lies where its vector lies between the words of the pairs.

    Source: lecture 003, "Word representation: Word2vec".
    """
    controls = {
        "across": choice("across", PAIRS, PAIRS["small - big"]),
        "up": choice("up", PAIRS, PAIRS["he - she"]),
        "group": choice("words", WORDS.keys(), "people"),
    }
    return Explorer("explore_embeddings", controls, draw_embeddings)


@lru_cache(maxsize=1)
def _vectors() -> dict[str, Array]:
    """The few pretrained vectors that the map needs."""
    pretrained = load("word2vec")
    needed = {word for pair in PAIRS.values() for word in pair} | set(" ".join(WORDS.values()).split())
    return {word: pretrained[word] for word in needed if word in pretrained}


def draw_embeddings(across: tuple[str, str], up: tuple[str, str], group: str) -> tuple[Figure, str]:
    """The words of the group on the map, and which ones lie furthest out."""
    vectors = _vectors()
    words = [word for word in WORDS[group].split() if word in vectors]
    chosen = np.stack([vectors[word] for word in words])
    x, y = (between(chosen, vectors[a], vectors[b]) for a, b in (across, up))
    figure, ax = one_panel(7.2, 4.4)
    draw_map(ax, words, x, y, across, up)
    return figure, (
        f"Of these {len(words)} words, {words[x.argmin()]} lies nearest to {across[0]} and {words[x.argmax()]} nearest "
        f"to {across[1]}; {words[y.argmin()]} nearest to {up[0]} and {words[y.argmax()]} nearest to {up[1]}."
    )
