"""The receptive field of a stack of convolutions: which pixels one unit sees, and on how many ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.explore.skin import Explorer, slider, two_panels
from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
Layers = Sequence[tuple[int, int]]
LAYERS = 4


def explore_field() -> Explorer:
    """Edit a stack of four layers: what one unit at the top sees. A kernel of 1 with stride 1 is no layer at all.

    Source: lecture 003, "Receptive field of the units in the deeper layer".
    """
    controls = {}
    for layer, (k, s) in enumerate(((3, 1), (3, 2), (3, 1), (1, 1)), 1):
        controls[f"k{layer}"] = slider(f"layer {layer}: kernel", [1, 2, 3, 4, 5], k)
        controls[f"s{layer}"] = slider("stride", [1, 2, 3], s)
    return Explorer("explore_field", controls, draw_field)


def cone(layers: Layers) -> list[Array]:
    """The units that the first unit of the last layer depends on: their numbers in each layer, the image first."""
    seen = [np.array([0])]
    for k, s in reversed(layers):
        seen.append(np.unique(seen[-1][:, None] * s + np.arange(k)))
    return seen[::-1]


def middles(layers: Layers) -> list[tuple[float, int]]:
    """For each layer, the image first: the middle of its first unit's field, in pixels, and how far units lie apart."""
    found, field, step = [(0.0, 1)], 1, 1
    for k, s in layers:
        field, step = field + (k - 1) * step, step * s
        found.append(((field - 1) / 2, step))
    return found


def paths(layers: Layers) -> Array:
    """(field,) on how many ways each pixel reaches the unit: its gradient if all weights are 1."""
    ways = np.array([1.0])
    for k, s in reversed(layers):
        apart = np.zeros((len(ways) - 1) * s + 1)
        apart[::s] = ways
        ways = np.convolve(apart, np.ones(k))
    return ways


def draw_field(**sizes: int) -> tuple[Figure, str]:
    """The units that take part, layer by layer, and the number of ways from each pixel."""
    stack = [(sizes[f"k{i}"], sizes[f"s{i}"]) for i in range(1, LAYERS + 1)]
    layers = [layer for layer in stack if layer != (1, 1)]
    units, places, ways = cone(layers), middles(layers), paths(layers)
    figure, left, right = two_panels()
    plain(left, "what the unit at the top depends on", "pixel", "").grid(False)
    for level, (numbers, (first, step)) in enumerate(zip(units, places, strict=True)):
        x = first + step * numbers
        if level:
            k, s = layers[level - 1]
            below, apart = places[level - 1]
            for number, at in zip(numbers, x, strict=True):
                for u in range(k):
                    left.plot([at, below + apart * (number * s + u)], [level, level - 1], color=GREY, lw=0.4, zorder=1)
        left.plot(x, np.full(len(x), level), "s", color=BLUE if level else VERMILION, ms=max(2.0, 6 - len(x) / 20))
    left.set_yticks(range(len(units)), ["image", *(f"{k}, stride {s}" for k, s in layers)], fontsize=8)
    left.tick_params(axis="y", pad=1)
    figure.subplots_adjust(left=0.11)
    plain(right, "ways from each pixel to the unit", "pixel", "number of ways")
    right.bar(np.arange(len(ways)), ways, color=VERMILION, width=0.8)
    right.margins(y=0.1)
    unseen = int((ways == 0).sum())
    terms = " + ".join(f"{k - 1} · {step}" for (k, _), (_, step) in zip(layers, places, strict=False))
    words = f"The unit sees {len(ways)} pixels" + (f": 1 + {terms} = {len(ways)}." if layers else ": itself.")
    if unseen:
        return figure, f"{words} {unseen} of them fall into the gaps that large strides leave, and count for nothing."
    if len(ways) > 2 and ways.max() > ways[0]:
        return figure, f"{words} Up to {ways.max():.0f} ways lead from one pixel to it, from each end {ways[0]:.0f}."
    return figure, f"{words} Every one of them counts alike."
