"""Five optimisers start at the same point of a surface."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.nn.optim import SGD, Adagrad, Adam, RMSprop
from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.explore.surfaces import SURFACES, draw_map, drawable, inside, loss_axis, path
from tplib.plots.style import BLUE, GREY, ORANGE, PURPLE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
MOMENTUM = 0.9
OPTIMIZERS: dict[str, Callable[..., Any]] = {
    "SGD": SGD,
    "momentum": partial(SGD, momentum=MOMENTUM),
    "AdaGrad": Adagrad,
    "RMSProp": RMSprop,
    "Adam": Adam,
}
LOOKS = {
    "SGD": ("black", "o", "-"),
    "momentum": (VERMILION, "s", "--"),
    "AdaGrad": (BLUE, "^", "-."),
    "RMSProp": (ORANGE, "v", ":"),
    "Adam": (PURPLE, "D", "-"),
}
RATES = [0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0]
STEPS = [0, 1, 2, 3, 5, 10, 20, 30, 50, 75, 100, 150]


def explore_race() -> Explorer:
    """Choose a surface, a learning rate and a number of steps: where each optimiser gets, and its loss on the way."""
    controls = {
        "surface": choice("surface", ["narrow valley", "slanted valley", "saddle", "plateau"], "narrow valley"),
        "lr": slider("learning rate η", RATES, 0.05),
        "steps": slider("steps", STEPS, 50),
    }
    return Explorer("explore_race", controls, draw_race)


def race(surface: str, lr: float, steps: int) -> dict[str, Array]:
    """The path (steps + 1, 2) of each optimiser from the surface's start, all at the same learning rate.

    SGD and momentum (0.9) are `SGD`; all else stands at PyTorch's defaults.
    """
    ground = SURFACES[surface]
    return {name: path(partial(make, lr=lr), ground, ground.start, steps) for name, make in OPTIMIZERS.items()}


def draw_race(surface: str, lr: float, steps: int) -> tuple[Figure, str]:
    """The five paths on the map of the surface, and the loss of each step."""
    ground, paths = SURFACES[surface], race(surface, lr, steps)
    figure, left, right = two_panels(widths=(1.25, 1), right=0.845)
    plain(left, f"{surface}: paths of θ", "parameter θ₁", "parameter θ₂")
    draw_map(left, ground)
    loss_axis(right, steps)
    last: dict[str, float] = {}
    for name, visited in paths.items():
        colour, marker, line = LOOKS[name]
        losses = ground.value(visited)
        last[name] = float(losses[-1])
        drawn = inside(visited, ground)
        left.plot(*drawn.T, color=colour, linestyle=line, linewidth=1.6, zorder=3)
        left.plot(*drawn[-1], marker, color=colour, ms=8, markeredgecolor="white", zorder=5)
        right.plot(
            drawable(losses),
            color=colour,
            linestyle=line,
            marker=marker,
            markevery=max(steps // 6, 1),
            ms=5,
            label=name,
        )
    left.plot(*ground.start, "o", color=GREY, ms=9, zorder=2)
    right.legend(fontsize=9, frameon=False, loc="upper left", bbox_to_anchor=(1, 1.03))
    return figure, _standings(float(ground.value(np.array(ground.start))), last, steps)


def _standings(first: float, last: dict[str, float], steps: int) -> str:
    if steps == 0:
        return f"All five stand at the start, where the loss is {first:.3g}."
    ahead = sorted(last, key=last.__getitem__)
    listed = ", ".join(f"{name} {last[name]:.2g}" for name in ahead if last[name] <= first)
    behind = [name for name in ahead if last[name] > first]
    lost = f" Higher than at the start: {', '.join(behind)}." if behind else ""
    reached = f", lowest first: {listed}" if listed else ", nobody is below it"
    return f"The loss was {first:.3g} at the start; after {steps} step{'s' if steps > 1 else ''}{reached}.{lost}"
