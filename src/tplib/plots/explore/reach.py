"""Gradient reach of the three cells, against distance and forget bias."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tplib.plots.explore.skin import Explorer, one_panel, slider
from tplib.plots.reach import LEAST, LOOKS, draw_by_distance, reach_of_cell

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tplib.plots.reach import Array


def explore_reach() -> Explorer:
    """Choose the forget bias, the size of the weights and the length: how far the gradient of each cell comes back.

    Source: lecture 003, "The Challenge of Long-Term Dependencies".
    """
    controls = {
        "forget_bias": slider("bias of the forget gate", [-2.0, -1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0], 0.0, ".1f"),
        "scale": slider("weights, times", [0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0], 1.0, ".2f"),
        "T": slider("steps T", [10, 20, 40, 60, 100], 60),
    }
    return Explorer("explore_reach", controls, draw_reach)


def draw_reach(forget_bias: float, scale: float, T: int) -> tuple[Figure, str]:
    """The three curves, and what is left of each gradient at the first step."""
    curves = {cell: reach_of_cell(cell, T, forget_bias=forget_bias, scale=scale) for cell in LOOKS}
    figure, ax = one_panel(8.6, 3.9)
    draw_by_distance(ax, curves)
    ax.set_xlim(0, T)
    ax.set_ylim(LEAST, max(10.0, 3 * max(values.max() for values in curves.values())))
    left = ", ".join(f"{values[-1] / values[0]:.0e} in the {cell}" for cell, values in curves.items())
    return figure, f"Over {T - 1} steps the gradient changes by a factor of {left}.{_remark(curves)}"


def _remark(curves: dict[str, Array]) -> str:
    grown = [cell for cell, values in curves.items() if values[-1] > 10 * values[0]]
    if grown:
        return f" It explodes in the {' and the '.join(grown)}."
    if all(values[-1] < 1e-3 * values[0] for values in curves.values()):
        return " It vanishes in all three."
    return ""
