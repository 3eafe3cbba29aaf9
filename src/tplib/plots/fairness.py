"""Rates of groups with their intervals, and rates against the threshold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
LOOKS = ((VERMILION, "o", "-"), (BLUE, "s", "--"), (GREEN, "^", "-."), (ORANGE, "D", ":"), (PURPLE, "v", "-"))


def rate_panels(rates: Mapping[str, Mapping[str, tuple[float, float, float]]]) -> None:
    """A panel for each rate, in it a point for each group: (value, low, high) from 0 to 1, in a new figure."""
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(
        1, len(rates), figsize=(2.9 * len(rates), 2.6), squeeze=False, sharey=True, layout="constrained"
    )
    for ax, (name, groups) in zip(axes[0], rates.items(), strict=True):
        plain(ax, name, "", "share of the rows" if ax is axes[0, 0] else "")
        for i, (value, low, high) in enumerate(groups.values()):
            colour, marker, _ = LOOKS[i % len(LOOKS)]
            ax.errorbar(i, value, [[value - low], [high - value]], color=colour, marker=marker, capsize=4)
        ax.set_xticks(range(len(groups)), groups)
        ax.set_xlim(-0.6, len(groups) - 0.4)
        ax.set_ylim(0, 1)


def group_curves(
    curves: Mapping[str, tuple[Array, Array]], x_label: str, y_label: str, *, diagonal: bool = False
) -> Axes:
    """One curve (x, y), arrays (N,), for each group, y from 0 to 1, in a new figure; nan leaves a gap."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(5.2, 3.2), layout="constrained")
    plain(ax, "", x_label, y_label)
    if diagonal:
        ax.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle=":")
    for (name, (x, y)), (colour, marker, line) in zip(curves.items(), LOOKS, strict=False):
        ax.plot(x, y, color=colour, marker=marker if len(x) < 30 else "", linestyle=line, label=name)
    ax.set_ylim(0, 1)
    ax.legend(fontsize=9, frameon=False)
    return ax
