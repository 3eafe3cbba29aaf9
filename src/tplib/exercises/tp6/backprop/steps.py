"""step_network: one hidden layer, built by hand, that draws a staircase."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Layers = list[tuple[Array, Array]]


def _draw(draw: Draw) -> Arguments:
    N = draw.size(1, 4)
    edges = draw.array(low=-3.0, high=0.0) + np.cumsum(draw.array(N, low=0.5, high=2.0))
    return edges, draw.array(N + 1), draw.choice((4.0, 1.5, 10.0))


def _up_and_down(draw: Draw) -> Arguments:
    """Steps up and down, the highest and the lowest level in the middle, edges at unequal distances."""
    edges = np.cumsum(draw.array(4, low=0.5, high=2.0)) - 3
    return edges, draw.array(5) + np.array([0, 7, -7, 0, 1]), draw.choice((1.5, 3.0))


def _drawn_by(layers: Any, edges: Array, levels: Array, steepness: float) -> Any:
    """The output around the edges: the order of the units, and the way they turn, are free."""
    x = np.sort(np.concatenate([edges[:1] - 1, edges, (edges[1:] + edges[:-1]) / 2, edges[-1:] + 1]))
    (W1, b1), (W2, b2) = layers
    names = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    shapes = ", ".join(f"{name} {np.shape(array)}" for name, array in names.items())
    N = len(edges)
    if [np.shape(array) for array in names.values()] != [(1, N), (N,), (N, 1), (1,)]:
        return {"shapes": shapes, "x": x, "output": np.full(len(x), np.nan)}
    return {"shapes": shapes, "x": x, "output": (np.tanh(x[:, None] @ W1 + b1) @ W2 + b2)[:, 0]}


@exercise(
    points=2,
    at_home=True,
    lecture="003, Universal Approximation Theorem",
    concepts=(9,),
    draw=_draw,
    edges=(
        Case((np.array([1.0]), np.array([2.0, 5.0]), 3.0)),
        Case((np.array([-1.0, 0.5, 2.0]), np.array([1.0, -1.0, 2.0, 4.0]), 2.0)),
        Drawn(_up_and_down),
    ),
    measure=_drawn_by,
)
def step_network(edges: Array, levels: Array, steepness: float) -> Layers:
    """output(x) = b2 + sum over j of (jump_j / 2) tanh(steepness (x - edge_j)), with jump_j = level_(j+1) - level_j;
    far on the left it is b2 minus half of all jumps, and this must be level_0.

    shapes: `edges` is (N,), `levels` (N + 1,). Return [(W1, b1), (W2, b2)] of shapes (1, N), (N,), (N, 1), (1,).
    worked: edges = [1], levels = [2, 5], steepness 3: W1 = [[3]], b1 = [-3], W2 = [[1.5]], b2 = [3.5]
    """
    jumps = np.diff(levels)
    middle = (levels[0] + levels[-1]) / 2  # half of the units at -1 and half at 1 cancel around it
    return [(np.full((1, len(edges)), steepness), -steepness * edges), (jumps[:, None] / 2, np.array([middle]))]


@step_network.alternative
def unit_by_unit(edges: Array, levels: Array, steepness: float) -> Layers:
    N = len(edges)
    W1, b1, W2, b2 = np.zeros((1, N)), np.zeros(N), np.zeros((N, 1)), np.array([levels[0]])
    for j in range(N):
        W1[0, j] = steepness
        b1[j] = -steepness * edges[j]
        W2[j, 0] = (levels[j + 1] - levels[j]) / 2
        b2 = b2 + W2[j]
    return [(W1, b1), (W2, b2)]


@step_network.alternative
def downwards(edges: Array, levels: Array, steepness: float) -> Layers:
    """Units that fall from 1 to -1, from the last edge to the first."""
    edges, drops = edges[::-1], -np.diff(levels)[::-1]
    W2 = drops.reshape(-1, 1) / 2
    return [(-steepness * np.ones((1, len(edges))), steepness * edges), (W2, levels[-1:] + W2.sum(axis=0))]


@step_network.alternative
def tuples(edges: Array, levels: Array, steepness: float) -> Any:
    half = (levels[1:] - levels[:-1]) / 2
    first = (np.repeat([[steepness]], len(edges), axis=1), np.multiply(edges, -steepness))
    return first, (np.column_stack([half]), np.atleast_1d(levels[0] + half.sum()))
