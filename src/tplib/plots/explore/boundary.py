"""The decision boundary of a small network, against its width and depth."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tplib import nn
from tplib.nn import functional as F
from tplib.plots.explore.points import KINDS, points
from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.style import BLUE, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
N, NEW, STEPS, RATE = 160, 1000, 150, 0.05
REACH = 3.2  # the picture goes from -REACH to REACH
ACTIVATIONS: dict[str, Any] = {"tanh": nn.Tanh, "ReLU": nn.ReLU}


class Trained(NamedTuple):
    """A network, its loss before training and after each step (STEPS + 1,), and its points."""

    network: nn.Sequential
    losses: Array
    x: Array
    y: Array


def explore_boundary() -> Explorer:
    """Choose points, depth and width: the boundary that the network learns, and its loss on the way."""
    controls = {
        "data": choice("points", KINDS, "two moons"),
        "depth": slider("hidden layers", [0, 1, 2, 3], 1),
        "width": slider("units in each", [1, 2, 3, 4, 6, 8, 12, 16], 4),
        "activation": choice("activation", list(ACTIVATIONS), "tanh"),
        "seed": slider("first weights (seed)", list(range(10)), 0),
    }
    return Explorer("explore_boundary", controls, draw_boundary)


def network(depth: int, width: int, activation: str, seed: int) -> nn.Sequential:
    """2 inputs, `depth` hidden layers of `width` units, 1 score: class 1 where it is above 0."""
    rng = np.random.default_rng(seed)
    layers: list[nn.Module] = []
    for fan_in in [2, width, width, width][:depth]:
        layers += [nn.Linear(fan_in, width, rng=rng), ACTIVATIONS[activation]()]
    return nn.Sequential(*layers, nn.Linear(width if depth else 2, 1, rng=rng))


@lru_cache(maxsize=64)
def train_boundary(data: str, depth: int, width: int, activation: str, seed: int) -> Trained:
    """Train on 160 points with Adam (learning rate 0.05), 150 steps on all of them."""
    x, y = points(data, N, np.random.default_rng(0))
    model, inputs = network(depth, width, activation, seed), x.astype(np.float32)
    targets = y[:, None].astype(np.float32)
    optimizer = nn.optim.Adam(model.parameters(), lr=RATE)
    losses = np.empty(STEPS + 1)
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(model(inputs), targets)
        losses[step] = loss.item()
        loss.backward()
        optimizer.step()
    losses[STEPS] = F.binary_cross_entropy_with_logits(model(inputs), targets).item()
    return Trained(model, losses, x, y)


def scores(model: nn.Sequential, x: Array) -> Array:
    """The score (N,) of each point (N, 2)."""
    with nn.no_grad():
        return np.asarray(model(x.astype(np.float32)).data)[:, 0]


def draw_boundary(data: str, depth: int, width: int, activation: str, seed: int) -> tuple[Figure, str]:
    """The plane with each class's side and the points, and the loss of each step."""
    from matplotlib.colors import LinearSegmentedColormap

    model, losses, x, y = train_boundary(data, depth, width, activation, seed)
    figure, left, right = two_panels(widths=(1, 1.1))
    plain(left, "what the network answers", "x₁", "x₂").grid(False)
    ticks = np.linspace(-REACH, REACH, 91)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1)  # (91, 91, 2)
    z = scores(model, grid.reshape(-1, 2)).reshape(91, 91)
    shades = LinearSegmentedColormap.from_list("classes", [BLUE, "white", VERMILION])
    frame = (-REACH, REACH, -REACH, REACH)
    p = np.asarray(F.sigmoid(z).data)
    left.imshow(p, cmap=shades, vmin=0, vmax=1, extent=frame, origin="lower", alpha=0.45, aspect="auto")
    if z.min() < 0 < z.max():
        left.contour(ticks, ticks, z, levels=[0], colors="black", linewidths=1.6)
    for k, colour, marker in ((0, BLUE, "o"), (1, VERMILION, "s")):
        left.plot(*x[y == k].T, marker, color=colour, ms=4.5, mec="white", mew=0.5, label=f"class {k}")
    left.set_xlim(-REACH, REACH)
    left.set_ylim(-REACH, REACH)
    left.legend(fontsize=8, loc="lower right", framealpha=0.9, handletextpad=0.1)
    plain(right, "training loss", "step", "binary cross-entropy").plot(losses, color=BLUE, linewidth=2)
    right.axhline(np.log(2), color="black", linewidth=0.8, linestyle=":")
    right.text(STEPS, np.log(2), "an undecided network: log 2", ha="right", va="bottom", fontsize=9)
    right.set_ylim(0, max(0.8, 1.05 * losses.max()))
    right.set_xlim(0, STEPS)
    new_x, new_y = points(data, NEW, np.random.default_rng(1))
    known, new = (float(np.mean((scores(model, a) > 0) == b)) for a, b in ((x, y), (new_x, new_y)))
    return figure, _summary(depth, width, activation, nn.count_parameters(model), known, new)


def _summary(depth: int, width: int, activation: str, parameters: int, known: float, new: float) -> str:
    layers = "No hidden layer" if depth == 0 else f"{depth} hidden layer{'s' if depth > 1 else ''}"
    units = f" of {width} {activation} unit{'s' if width > 1 else ''}" if depth else ""
    remark = (
        " Without a hidden layer the boundary is one straight line, and the width plays no part." if depth == 0 else ""
    )
    if depth and width == 1:
        remark = " A layer of one unit looks at the points along one direction only: all boundaries are parallel lines."
    if depth and known - new > 0.05:
        remark += " It does better on the points that it has seen: it has learnt some of their noise."
    return (
        f"{layers}{units}, {parameters} parameters: right on {known:.0%} of the {N} points and on {new:.0%} of "
        f"{NEW:,} new ones.{remark}"
    )
