"""Activation functions beside their derivatives, drawn from a student's own code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.plots.style import BLUE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
Curve = Callable[[Array], Any]


def activations(
    functions: Mapping[str, tuple[Curve | None, Curve | None]], low: float = -5.0, high: float = 5.0, columns: int = 3
) -> None:
    """Draw each (function, derivative) pair in a panel of a new figure; None leaves a curve out.

    A function that is not written yet, or that fails, is named in its panel, and the other curves are drawn.
    """
    import matplotlib.pyplot as plt

    columns = min(columns, len(functions))
    rows = -(-len(functions) // columns)
    margins = {"wspace": 0.3, "hspace": 0.8}  # fixed: working them out for each figure would double its time
    _, axes = plt.subplots(rows, columns, figsize=(3.4 * columns, 2.7 * rows), squeeze=False, gridspec_kw=margins)
    for ax in axes.flat[len(functions) :]:
        ax.set_visible(False)
    x = np.linspace(low, high, 401)
    for ax, (name, pair) in zip(axes.flat, functions.items(), strict=False):
        ax.set_xlim(low, high)
        _panel(plain(ax, name, "input x", "output"), x, pair)
        ax.set_title(name, fontsize=11, pad=30)  # above the legend


def _panel(ax: Axes, x: Array, pair: tuple[Curve | None, Curve | None]) -> None:
    looks = (("function", BLUE, "-"), ("derivative", VERMILION, "--"))
    empty = True
    for curve, (role, colour, line) in zip(pair, looks, strict=True):
        if curve is None:
            continue
        problem, drawn = "", np.empty((2, 0))
        try:
            y = np.asarray(curve(x.copy()), dtype=np.float64)
            if y.shape != x.shape:
                raise ValueError(f"shape {y.shape} for an input of shape {x.shape}")
            drawn, empty = np.stack([x, y]), False
        except NotImplementedError:
            problem = ": not written yet"
        except Exception as error:  # any mistake of a student may come out here; the other curves matter
            problem = f": raises {type(error).__name__}"
        ax.plot(*drawn, label=role + problem, color=colour, linestyle=line)
    if empty:
        ax.set_yticks([])
    ax.legend(fontsize=8, loc="lower left", bbox_to_anchor=(-0.03, 0.98), edgecolor="none")  # above all curves
