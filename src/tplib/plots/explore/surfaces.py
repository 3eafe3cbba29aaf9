"""Losses of two parameters, with their gradients, and the path of an optimiser on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib import nn
from tplib.nn.optim import Optimizer
from tplib.plots.style import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
LOWEST, HIGHEST = 1e-6, 1e4  # losses as they are drawn
FAR = 1e6  # a path that has come this far has diverged; it stays where it is


@dataclass(frozen=True)
class Surface:
    """`value` takes parameters (..., 2) to losses (...), 0 at the lowest point; `gradient` gives (..., 2)."""

    value: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    start: tuple[float, float]
    reach: tuple[float, float]  # the picture goes from -reach to reach
    minima: tuple[tuple[float, float], ...]
    curvature: float | None = None  # the largest, where it is the same everywhere


def quadratic(hessian: list[list[float]], start: tuple[float, float], reach: tuple[float, float]) -> Surface:
    """The loss θ' A θ / 2 of a symmetric, positive A (2, 2)."""
    A = np.array(hessian)
    return Surface(
        lambda theta: 0.5 * np.einsum("...i,ij,...j->...", theta, A, theta),
        lambda theta: theta @ A,
        start,
        reach,
        ((0.0, 0.0),),
        float(np.linalg.eigvalsh(A)[-1]),
    )


def _two_valleys() -> Surface:
    def raw(theta: Array) -> Array:
        first, second = theta[..., 0], theta[..., 1]
        return np.asarray((first**2 - 1) ** 2 / 4 + 0.15 * first + second**2 / 2)

    def gradient(theta: Array) -> Array:
        first, second = theta[..., 0], theta[..., 1]
        return np.stack([first**3 - first + 0.15, second], axis=-1)

    left, _, right = sorted(float(root) for root in np.roots([1, 0, -1, 0.15]).real)
    lowest = raw(np.array([left, 0.0]))
    return Surface(
        lambda theta: np.maximum(raw(theta) - lowest, 0), gradient, (2.1, 1.0), (2.5, 1.5), ((left, 0.0), (right, 0.0))
    )


def _saddle() -> Surface:
    def value(theta: Array) -> Array:
        return np.asarray(theta[..., 0] ** 2 / 2 + (theta[..., 1] ** 2 - 1) ** 2 / 4)

    def gradient(theta: Array) -> Array:
        return np.stack([theta[..., 0], theta[..., 1] ** 3 - theta[..., 1]], axis=-1)

    return Surface(value, gradient, (-2.0, 0.01), (2.5, 1.6), ((0.0, 1.0), (0.0, -1.0)))


def _plateau() -> Surface:
    def hole(theta: Array) -> Array:
        return np.exp(-0.5 * (theta**2).sum(axis=-1))

    return Surface(
        lambda theta: 1 - hole(theta),
        lambda theta: theta * hole(theta)[..., None],
        (-2.4, 1.2),
        (3.2, 2.0),
        ((0.0, 0.0),),
    )


SURFACES = {
    "round bowl": quadratic([[1.0, 0.0], [0.0, 1.0]], (-4.0, 1.5), (5.0, 2.6)),
    "narrow valley": quadratic([[1.0, 0.0], [0.0, 10.0]], (-4.0, 1.5), (5.0, 2.6)),
    "slanted valley": quadratic([[5.5, -4.5], [-4.5, 5.5]], (-4.0, -1.5), (5.0, 4.2)),
    "two valleys": _two_valleys(),
    "saddle": _saddle(),
    "plateau": _plateau(),
}


def path(
    optimizer: Callable[[Iterable[Any]], Optimizer], surface: Surface, start: tuple[float, float], steps: int
) -> Array:
    """The points (steps + 1, 2) that an optimiser visits; one that gets farther than 10⁶ stays there."""
    theta = nn.Parameter(np.array(start, dtype=np.float64))
    rule = optimizer([theta])
    visited = np.empty((steps + 1, 2))
    visited[0] = start
    for k in range(steps):
        if np.abs(visited[k]).max() > FAR:
            visited[k + 1 :] = visited[k]
            break
        theta.grad = surface.gradient(visited[k])
        rule.step()
        visited[k + 1] = theta.data
    return visited


def draw_map(ax: Axes, surface: Surface) -> None:
    """Lines of equal loss and the lowest points."""
    (across, up), minima = surface.reach, np.array(surface.minima)
    x, y = np.meshgrid(np.linspace(-across, across, 81), np.linspace(-up, up, 61))
    z = surface.value(np.stack([x, y], axis=-1))
    levels = z.max() * np.linspace(0, 1, 11) ** 2.2  # closer where the loss is low
    ax.contourf(x, y, z, levels=levels, cmap="Greys", alpha=0.35)
    ax.contour(x, y, z, levels=levels, colors="#8c959f", linewidths=0.6)
    ax.plot(*minima.T, "*", color="black", ms=11, linestyle="none", zorder=4)
    ax.set_xlim(-across, across)
    ax.set_ylim(-up, up)
    ax.grid(False)


def inside(visited: Array, surface: Surface) -> Array:
    """The path as it can be drawn: what is far outside is cut off, in the direction where it went."""
    return np.clip(visited, -20 * max(surface.reach), 20 * max(surface.reach))


def loss_axis(ax: Axes, steps: int) -> None:
    """A logarithmic axis that stays the same whatever is drawn, so that pictures can be compared."""
    plain(ax, "loss", "step", "loss above the minimum (log)")
    ax.set_yscale("log")
    ax.set_ylim(LOWEST / 2, HIGHEST * 2)
    ax.set_yticks(10.0 ** np.arange(-6, 5, 2))
    ax.minorticks_off()
    ax.set_xlim(-0.5, max(steps, 1) + 0.5)


def drawable(losses: Array) -> Array:
    """Losses between the ends of that axis."""
    return np.clip(losses, LOWEST, HIGHEST)
