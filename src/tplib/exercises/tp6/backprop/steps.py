"""step_network: one hidden layer, built by hand, that draws a staircase."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.common import Layers, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    N = draw.size(1, 4)
    edges = draw.array(low=-3.0, high=0.0) + np.cumsum(draw.array(N, low=0.5, high=2.0))
    return edges, draw.array(N + 1), draw.choice((4.0, 1.5, 10.0))


def _step_network(edges: Array, levels: Array, steepness: float) -> Layers:
    jumps = np.diff(levels)
    middle = (levels[0] + levels[-1]) / 2  # half of the units at -1 and half at 1 cancel around it
    return [(np.full((1, len(edges)), steepness), -steepness * edges), (jumps[:, None] / 2, np.array([middle]))]


def _step_network_unit_by_unit(edges: Array, levels: Array, steepness: float) -> Layers:
    N = len(edges)
    W1, b1, W2, b2 = np.zeros((1, N)), np.zeros(N), np.zeros((N, 1)), np.array([levels[0]])
    for j in range(N):
        W1[0, j] = steepness
        b1[j] = -steepness * edges[j]
        W2[j, 0] = (levels[j + 1] - levels[j]) / 2
        b2 = b2 + W2[j]
    return [(W1, b1), (W2, b2)]


def _step_network_downwards(edges: Array, levels: Array, steepness: float) -> Layers:
    """Units that fall from 1 to -1, from the last edge to the first."""
    edges, drops = edges[::-1], -np.diff(levels)[::-1]
    W2 = drops.reshape(-1, 1) / 2
    return [(-steepness * np.ones((1, len(edges))), steepness * edges), (W2, levels[-1:] + W2.sum(axis=0))]


def _step_network_tuples(edges: Array, levels: Array, steepness: float) -> Any:
    half = (levels[1:] - levels[:-1]) / 2
    first = (np.repeat([[steepness]], len(edges), axis=1), np.multiply(edges, -steepness))
    return first, (np.column_stack([half]), np.atleast_1d(levels[0] + half.sum()))


def _step_network_edge_alone(edges: Array, levels: Array, steepness: float) -> Layers:
    (W1, _), second = _step_network(edges, levels, steepness)
    return [(W1, -edges), second]


def _step_network_bias_sign(edges: Array, levels: Array, steepness: float) -> Layers:
    (W1, b1), second = _step_network(edges, levels, steepness)
    return [(W1, -b1), second]


def _step_network_no_steepness(edges: Array, levels: Array, steepness: float) -> Layers:
    return _step_network(edges, levels, 1.0)


def _step_network_levels(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (_, b2) = _step_network(edges, levels, steepness)
    return [first, (levels[1:, None] / 2, b2)]


def _step_network_whole_jumps(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _step_network(edges, levels, steepness)
    return [first, (2 * W2, b2)]


def _step_network_sigmoid(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _step_network(edges, levels, steepness)
    return [first, (2 * W2, levels[:1])]


def _step_network_first_level(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _step_network(edges, levels, steepness)
    return [first, (W2, levels[:1])]


def _step_network_no_output_bias(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _step_network(edges, levels, steepness)
    return [first, (W2, 0 * b2)]


def _step_network_mean_level(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _step_network(edges, levels, steepness)
    return [first, (W2, np.array([levels.mean()]))]


def _step_network_jumps_reversed(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _step_network(edges, levels, steepness)
    return [first, (-W2, b2)]


def _step_network_one_row_per_unit(edges: Array, levels: Array, steepness: float) -> Layers:
    (W1, b1), (W2, b2) = _step_network(edges, levels, steepness)
    return [(W1.T, b1), (W2.T, b2)]


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


step_network = exercise(
    name="step_network",
    points=2,
    at_home=True,
    lecture="003, Universal Approximation Theorem",
    signature="step_network(edges, levels, steepness)",
    draw=_draw,
    edges=(
        Case((np.array([1.0]), np.array([2.0, 5.0]), 3.0)),
        Case((np.array([-1.0, 0.5, 2.0]), np.array([1.0, -1.0, 2.0, 4.0]), 2.0)),
    ),
    keeps_dtype=False,
    measure=_drawn_by,
    reference=_step_network,
    misconceptions=(
        Misconception(
            "bias without the steepness",
            _step_network_edge_alone,
            "Where is the sum s x + b of a unit 0, where it jumps: at b = -edge, or at another b?",
        ),
        Misconception(
            "sign of the bias",
            _step_network_bias_sign,
            "Put x = edge into the sum of a unit. Which sign of the bias makes it 0?",
        ),
        Misconception(
            "steepness not used",
            _step_network_no_steepness,
            "Your steps are all equally gentle. Where does `steepness` enter?",
        ),
        Misconception(
            "levels instead of jumps",
            _step_network_levels,
            "Right of two edges both units are at 1 and add up. Should each of them bring a level, or what is missing "
            "from one level to the next?",
        ),
        Misconception(
            "tanh jumps by 2",
            _step_network_whole_jumps,
            "From far left to far right tanh grows from -1 to 1. How high is the step of a unit with output weight 1?",
        ),
        Misconception(
            "as if for a sigmoid",
            _step_network_sigmoid,
            "This would be right for units that go from 0 to 1. Where does tanh start, and how high is its step?",
        ),
        Misconception(
            "output bias: the first level",
            _step_network_first_level,
            "Far on the left no unit is silent: each is at -1. What do they sum up to, and what must the bias add?",
        ),
        Misconception(
            "no output bias",
            _step_network_no_output_bias,
            "Without a bias the far left and the far right are each other's negative. What lifts the whole staircase?",
        ),
        Misconception(
            "output bias: the mean of all levels",
            _step_network_mean_level,
            "Far on the left all units are at -1. Put this into the output: which levels does the bias depend on?",
        ),
        Misconception(
            "jumps the other way",
            _step_network_jumps_reversed,
            "If the next level is higher, should the output weight of the unit be positive or negative?",
        ),
        Misconception(
            "one row per unit",
            _step_network_one_row_per_unit,
            "A layer computes x @ W with x of shape (B, 1). Does a unit belong to a row or to a column of W?",
        ),
    ),
    alternatives=(_step_network_unit_by_unit, _step_network_downwards, _step_network_tuples),
    formula="output(x) = b2 + sum over j of (jump_j / 2) tanh(steepness (x - edge_j)), with jump_j = level_(j+1) - "
    "level_j; far on the left it is b2 minus half of all jumps, and this must be level_0.",
    shapes="`edges` is (N,), `levels` (N + 1,). Return [(W1, b1), (W2, b2)] of shapes (1, N), (N,), (N, 1), (1,).",
    worked="edges = [1], levels = [2, 5], steepness 3: W1 = [[3]], b1 = [-3], W2 = [[1.5]], b2 = [3.5]",
)
