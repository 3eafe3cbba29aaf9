"""Gradient descent on a surface: what the learning rate and the momentum do to its path."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tplib.nn.optim import SGD
from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.explore.surfaces import HIGHEST, SURFACES, Surface, draw_map, drawable, inside, loss_axis, path
from tplib.plots.style import GREEN, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
RATES = [0.01, 0.02, 0.05, 0.1, 0.15, 0.18, 0.2, 0.22, 0.3, 0.5, 0.7, 1.0, 1.5, 1.9, 2.0, 2.1, 3.0]
MOMENTA = [0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98]
STEPS = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 60, 80, 100]


def explore_descent() -> Explorer:
    """Choose a surface, a learning rate and a momentum: the path of gradient descent, and the loss at each step."""
    controls = {
        "surface": choice("surface", ["round bowl", "narrow valley", "two valleys"], "narrow valley"),
        "lr": slider("learning rate η", RATES, 0.1),
        "momentum": slider("momentum", MOMENTA, 0.0),
        "steps": slider("steps", STEPS, 20),
    }
    return Explorer("explore_descent", controls, draw_descent)


def descent_path(
    start: tuple[float, float], lr: float, momentum: float, steps: int, surface: str = "narrow valley"
) -> Array:
    """The points (steps + 1, 2) of gradient descent with PyTorch's momentum: v = momentum v + gradient, θ -= lr v.

    On a quadratic surface of largest curvature λ it diverges for lr > 2 (1 + momentum) / λ; see `largest_rate`.
    """
    return path(partial(SGD, lr=lr, momentum=momentum), SURFACES[surface], start, steps)


def largest_rate(curvature: float, momentum: float = 0.0) -> float:
    """The rate above which descent on a quadratic of that curvature diverges: 2 (1 + momentum) / curvature."""
    return 2 * (1 + momentum) / curvature


def draw_descent(surface: str, lr: float, momentum: float, steps: int) -> tuple[Figure, str]:
    """The path on the map of the surface, and the loss of each step."""
    ground = SURFACES[surface]
    visited = descent_path(ground.start, lr, momentum, steps, surface)
    losses = ground.value(visited)
    figure, left, right = two_panels(widths=(1.25, 1))
    plain(left, f"{surface}: path of θ", "parameter θ₁", "parameter θ₂")
    draw_map(left, ground)
    left.plot(*inside(visited, ground).T, "-o", color=VERMILION, ms=4, linewidth=1.4, zorder=3)
    left.plot(*ground.start, "s", color=GREEN, ms=9, zorder=5)
    left.annotate("start", ground.start, (0, -17), textcoords="offset points", ha="center", color=GREEN, fontsize=10)
    loss_axis(right, steps)
    right.plot(drawable(losses), color=VERMILION, marker="o", ms=3)
    right.axhline(losses[0], color=GREY, linestyle=":", linewidth=1)
    where = _threshold(lr, momentum, ground.curvature) if ground.curvature else _arrival(visited[-1], ground)
    return figure, f"{_outcome(losses)} {where}"


def _outcome(losses: Array) -> str:
    first, last = losses[0], losses[-1]
    taken = f"After {len(losses) - 1} step{'s' if len(losses) != 2 else ''} the loss is"
    if len(losses) == 1:
        return f"No step yet: the loss is {first:.3g}."
    if last > HIGHEST:
        return f"{taken} above {HIGHEST:,.0f}: it diverges."
    if last > first:
        return f"{taken} {last:.3g}, more than the {first:.3g} at the start."
    ups = int((np.diff(losses) > 1e-12).sum())
    return f"{taken} {last:.2g}, from {first:.3g} at the start{f'; {ups} of the steps went up' if ups else ''}."


def _arrival(end: Array, ground: Surface) -> str:
    valleys = ("the left valley, the deeper one", "the right valley, and the left one is deeper")
    for minimum, valley in zip(ground.minima, valleys, strict=True):
        if np.linalg.norm(end - minimum) < 0.3:
            return f"It is in {valley}."
    return "It is in neither valley (stars)."


def _threshold(lr: float, momentum: float, curvature: float) -> str:
    limit = largest_rate(curvature, momentum)
    formula = "2 (1 + momentum) / λ" if momentum else "2 / λ"
    verdict = "below" if lr < limit * (1 - 1e-9) else "above" if lr > limit * (1 + 1e-9) else "exactly at"
    return (
        f"The steepest direction has curvature λ = {curvature:g}, so rates above {formula} = {limit:.3g} diverge; "
        f"{lr:g} is {verdict} that."
    )
