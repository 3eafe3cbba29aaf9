"""Positional encoding: what the frequencies do, and which places fit which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.attention import draw_waves, waves
from tplib.plots.explore.skin import Explorer, slider, two_panels
from tplib.plots.style import BLUE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

T = 64
CLOSE = 0.95  # of the product of a place with itself


def explore_positions() -> Explorer:
    """Choose the base of the frequencies, the number of columns and a place: its encoding, and what it fits.

    Source: lecture 003, "Take home message" (the Transformer); Vaswani et al. 2017, section 3.5.
    """
    controls = {
        "base": slider("base of the frequencies", [2, 3, 5, 10, 30, 100, 300, 1000, 10000, 100000], 10000),
        "d": slider("columns d", [2, 4, 8, 16, 32, 64], 32),
        "t": slider("place t", list(range(0, T, 4)), 40),
    }
    return Explorer("explore_positions", controls, draw_positions)


def draw_positions(base: float, d: int, t: int) -> tuple[Figure, str]:
    """The encoding of 64 places, and the product of one of them with each."""
    table = waves(T, d, base)
    products = table @ table[t] / (d / 2)  # 1 with itself
    figure, left, right = two_panels(widths=(1.1, 1))
    draw_waves(left, table)
    left.axhline(t, color="black", linewidth=1)
    left.set_title(f"w from 1 to {base ** (-(d - 2) / d):.2g}", fontsize=11)
    plain(right, f"place {t} times each place", "place", "product (with itself: 1)")
    right.plot(products, color=BLUE)
    right.plot(t, 1, "o", color=VERMILION)
    right.set_ylim(-1.08, 1.08)
    longest = 2 * np.pi * base ** ((d - 2) / d)
    confused = [int(place) for place in np.flatnonzero(products > CLOSE) if place != t]
    last = f"{longest:.0f}" if longest < 1e5 else f"{longest:.0e}"
    return figure, f"The slowest wave takes {last} places for one turn. {_fitting(t, confused)}"


def _fitting(t: int, confused: list[int]) -> str:
    if not confused:
        return f"No other place fits the place {t} to {CLOSE:.0%}."
    listed = ", ".join(map(str, confused[:8])) + (", ..." if len(confused) > 8 else "")
    return f"The place {t} fits {'these' if len(confused) > 1 else 'this one'} to {CLOSE:.0%} or more: {listed}."
