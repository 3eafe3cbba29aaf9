"""Colours and habits that all figures share. The colours are Okabe and Ito's, told apart by colour-blind readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, VERMILION, GREEN, ORANGE, SKY, PURPLE = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7"
GREY = "#6e7781"


def plain(ax: Axes, title: str = "", x: str = "", y: str = "") -> Axes:
    """Title and axis labels, a light grid, no box."""
    ax.set_title(title, fontsize=11)
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    ax.grid(color="#d0d7de", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    return ax
