"""Losses as curves, and regression with Gaussian noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, GREEN, GREY, ORANGE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
Curve = Callable[[Array], Array]


def loss_curves(x: Array, losses: Mapping[str, Array], x_label: str, top: float | None = None) -> None:
    """Draw each loss (N,) against the same x (N,) in a new figure; `top` cuts the axis off."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6, 3), layout="constrained")
    plain(ax, "", x_label, "loss of one example")
    looks = ((BLUE, "-"), (VERMILION, "--"), (GREEN, "-."), (ORANGE, ":"))
    for (name, values), (colour, line) in zip(losses.items(), looks, strict=False):
        ax.plot(x, values, color=colour, linestyle=line, label=name)
    ax.set_xlim(round(float(x[0]), 1), round(float(x[-1]), 1))
    top = top or 1.05 * max(float(np.max(values)) for values in losses.values())
    ax.set_ylim(-0.03 * top, top)  # a loss of 0 is seen above the axis
    ax.legend(fontsize=9, frameon=False)


def gaussian_noise(curve: Curve, x: Array, t: Array, beta: float, at: tuple[float, ...]) -> None:
    """Targets t (N,) at x (N,), the curve of their means, and at some x the density of the target, in a new figure."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
    plain(ax, "", "input x", "target t")
    _points_and_curve(ax, curve, x, t)
    deviation = beta**-0.5
    width = 0.8 * min(np.diff(sorted(at)), default=1.0)  # of the highest point, so that bells do not overlap
    for i, centre in enumerate(at):
        mean = float(curve(np.array([centre]))[0])
        up = mean + deviation * np.linspace(-3.2, 3.2, 129)
        bell = centre + width * np.exp(-beta / 2 * (up - mean) ** 2)
        ax.fill_betweenx(up, centre, bell, color=VERMILION, alpha=0.25, linewidth=0)
        ax.plot(bell, up, color=VERMILION, linewidth=1.2, label="density of t at this x" if i == 0 else None)
        ax.vlines(centre, up[0], up[-1], color=GREY, linewidth=0.8, linestyle=":")
        ax.plot(centre, mean, "o", color=VERMILION, ms=6)
    ax.legend(fontsize=9, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)


def regressions(fits: Mapping[str, tuple[Curve, float]], x: Array, t: Array, truth: Curve | None = None) -> None:
    """A panel for each fit (curve, beta) in a new figure: the data, the curve, and one standard deviation each way."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(
        1, len(fits), figsize=(3.4 * len(fits), 3.2), squeeze=False, sharey=True, layout="constrained"
    )
    for ax, (title, (curve, beta)) in zip(axes.flat, fits.items(), strict=True):
        plain(ax, title, "input x", "target t" if ax is axes.flat[0] else "")
        grid, y = _points_and_curve(ax, curve, x, t)
        ax.fill_between(grid, y - beta**-0.5, y + beta**-0.5, color=BLUE, alpha=0.15, linewidth=0, label="y ± 1/√β")
        if truth is not None:
            ax.plot(grid, truth(grid), color=GREEN, linestyle="--", linewidth=1.2, label="without noise")
    spread = np.ptp(t) or 1.0
    axes.flat[0].set_ylim(t.min() - 0.3 * spread, t.max() + 0.3 * spread)
    handles, names = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=len(names), fontsize=9, frameon=False)


def _points_and_curve(ax: Axes, curve: Curve, x: Array, t: Array) -> tuple[Array, Array]:
    grid = np.linspace(x.min(), x.max(), 301)
    y = curve(grid)
    ax.plot(x, t, "o", color=GREY, ms=3.5, alpha=0.8, label="data (x, t)")
    ax.plot(grid, y, color=BLUE, label="network's output y(x)")
    return grid, y
