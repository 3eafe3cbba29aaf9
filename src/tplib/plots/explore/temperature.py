"""Temperature: what it does to the probabilities of the next character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
DRAWS = 30
# How often a character follows in seven plays (the set `shakespeare`); a new line and a space have a sign of their own.
FOLLOWERS = {
    "th": {"e": 8541, "␣": 2353, "i": 2132, "a": 1907, "o": 1427, "y": 720, ",": 292, "r": 249, "u": 160},
    "e": {"␣": 21790, "r": 10431, "n": 6185, "s": 5374, "a": 5335, "e": 3357, "t": 3075, ",": 3035, "l": 2929},
    ".␣": {"I": 148, "T": 147, "A": 144, "W": 115, "B": 66, "H": 61, "S": 56, "O": 46, "F": 41},
}
TEMPERATURES = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 100.0]


def explore_temperature() -> Explorer:
    """Choose what was read and a temperature: the probabilities of nine characters, their perplexity, and thirty draws.

    Source: lecture 003, "Language Modeling and RNNs".
    """
    controls = {
        "temperature": slider("temperature T", TEMPERATURES, 1.0),
        "context": choice("after", FOLLOWERS.keys(), "th"),
        "seed": slider("draw (seed)", list(range(11)), 0),
    }
    return Explorer("explore_temperature", controls, draw_temperature)


def with_temperature(scores: Array, temperature: float) -> Array:
    """softmax(scores / temperature) over the last axis; temperature 0 gives all to the largest score.

    Raises ValueError for a temperature below 0.
    """
    if temperature < 0:
        raise ValueError(f"with_temperature: expected a temperature of 0 or more, got {temperature}")
    shifted = scores - scores.max(axis=-1, keepdims=True)
    if temperature == 0:
        p = (np.arange(scores.shape[-1]) == scores.argmax(axis=-1)[..., None]).astype(np.float64)
    else:
        p = np.exp(shifted / temperature)
    return np.asarray(p / p.sum(axis=-1, keepdims=True))


def perplexity_of(p: Array) -> float:
    """exp of the entropy of a distribution: 1 if it is sure, V if it is uniform over V."""
    logs = np.log(p, out=np.zeros_like(p), where=p > 0)
    return float(np.exp(-np.sum(p * logs)))


def draw_temperature(temperature: float, context: str, seed: int) -> tuple[Figure, str]:
    """The probabilities at this temperature beside those at 1, and the perplexity against the temperature."""
    names = list(FOLLOWERS[context])
    scores = np.log(np.array(list(FOLLOWERS[context].values()), float))
    p, plain_p = with_temperature(scores, temperature), with_temperature(scores, 1.0)
    figure, left, right = two_panels(widths=(1.3, 1))
    at = np.arange(len(names))
    plain(left, f"after “{context}”, T = {temperature:g}", "next character", "probability")
    left.bar(at, p, color=BLUE, alpha=0.7, label=f"T = {temperature:g}")
    left.plot(at, plain_p, "_", color=VERMILION, ms=18, mew=2, label="T = 1")
    left.set_xticks(at, names)
    left.set_ylim(0, 1.05)
    left.legend(fontsize=9, frameon=False)
    plain(right, "perplexity of the nine", "temperature (log scale)", "")
    right.semilogx(
        TEMPERATURES, [perplexity_of(with_temperature(scores, T)) for T in TEMPERATURES], color=GREY, marker=".", ms=4
    )
    right.plot(temperature, perplexity_of(p), "o", color=BLUE, ms=9)
    right.set_ylim(0.5, len(names) + 0.5)
    drawn = "".join(np.random.default_rng(seed).choice(names, DRAWS, p=p))
    return figure, (
        f"At T = {temperature:g} the first character has {100 * p[0]:.1f} %, the ninth {100 * p[-1]:.1f} %, and the "
        f"perplexity is {perplexity_of(p):.1f}. {DRAWS} draws gave {drawn} this time."
    )
