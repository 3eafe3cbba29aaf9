"""Mistakes in drawing a staircase."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.steps import step_network

Array = np.ndarray
Layers = list[tuple[Array, Array]]


def _right(edges: Array, levels: Array, steepness: float) -> Layers:
    W2 = np.diff(levels)[:, None] / 2
    return [(np.full((1, len(edges)), steepness), -steepness * edges), (W2, levels[:1] + W2.sum(axis=0))]


def _with_jumps(edges: Array, levels: Array, steepness: float, jumps: Array) -> Layers:
    """Other jumps, and the bias that goes with them."""
    first, _ = _right(edges, levels, steepness)
    return [first, (jumps[:, None] / 2, np.array([levels[0] + jumps.sum() / 2]))]


@step_network.mistake("Where is the sum s x + b of a unit 0, where it jumps: at b = -edge, or at another b?")
def bias_without_the_steepness(edges: Array, levels: Array, steepness: float) -> Layers:
    (W1, _), second = _right(edges, levels, steepness)
    return [(W1, -edges), second]


@step_network.mistake("Put x = edge into the sum of a unit. Which sign of the bias makes it 0?")
def sign_of_the_bias(edges: Array, levels: Array, steepness: float) -> Layers:
    (W1, b1), second = _right(edges, levels, steepness)
    return [(W1, -b1), second]


@step_network.mistake("Your steps are all equally gentle. Where does `steepness` enter?")
def steepness_not_used(edges: Array, levels: Array, steepness: float) -> Layers:
    return _right(edges, levels, 1.0)


@step_network.mistake(
    "Right of two edges both units are at 1 and add up. Should each of them bring a level, or what is missing "
    "from one level to the next?"
)
def levels_instead_of_jumps(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (_, b2) = _right(edges, levels, steepness)
    return [first, (levels[1:, None] / 2, b2)]


@step_network.mistake(
    "From far left to far right tanh grows from -1 to 1. How high is the step of a unit with output weight 1?"
)
def tanh_jumps_by_2(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (2 * W2, b2)]


@step_network.mistake(
    "This would be right for units that go from 0 to 1. Where does tanh start, and how high is its step?"
)
def as_if_for_a_sigmoid(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _right(edges, levels, steepness)
    return [first, (2 * W2, levels[:1])]


@step_network.mistake(
    "Far on the left no unit is silent: each is at -1. What do they sum up to, and what must the bias add?",
    name="output bias: the first level",
)
def output_bias_the_first_level(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _right(edges, levels, steepness)
    return [first, (W2, levels[:1])]


@step_network.mistake(
    "Without a bias the far left and the far right are each other's negative. What lifts the whole staircase?"
)
def no_output_bias(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (W2, 0 * b2)]


@step_network.mistake(
    "Far on the left all units are at -1. Put this into the output: which levels does the bias depend on?",
    name="output bias: the mean of all levels",
)
def output_bias_the_mean_of_all_levels(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _right(edges, levels, steepness)
    return [first, (W2, np.array([levels.mean()]))]


@step_network.mistake("If the next level is higher, should the output weight of the unit be positive or negative?")
def jumps_the_other_way(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (-W2, b2)]


@step_network.mistake("A layer computes x @ W with x of shape (B, 1). Does a unit belong to a row or to a column of W?")
def one_row_per_unit(edges: Array, levels: Array, steepness: float) -> Layers:
    (W1, b1), (W2, b2) = _right(edges, levels, steepness)
    return [(W1.T, b1), (W2.T, b2)]


@step_network.mistake(
    "A layer computes x @ W with x of shape (B, 1). Does a unit belong to a row or to a column of W?",
    name="W1 as a column",
)
def w1_as_a_column(edges: Array, levels: Array, steepness: float) -> Layers:
    (W1, b1), second = _right(edges, levels, steepness)
    return [(W1.T, b1), second]


@step_network.mistake("The output is h @ W2 with h of shape (B, N). Which shape has W2?", name="W2 as a row")
def w2_as_a_row(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (W2.T, b2)]


@step_network.mistake("The output of h @ W2 should be (B, 1). Which shape has W2?", name="W2 without columns")
def w2_without_columns(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (W2[:, 0], b2)]


@step_network.mistake("A bias is an array with one number for each unit, (1,) for one output. What is yours?")
def output_bias_a_number(edges: Array, levels: Array, steepness: float) -> Any:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (W2, b2[0])]


@step_network.mistake("A layer is a pair (W, b). How many pairs do you return?")
def no_pairs(edges: Array, levels: Array, steepness: float) -> Any:
    return [array for pair in _right(edges, levels, steepness) for array in pair]


@step_network.mistake(
    "From far left to far right tanh grows from -1 to 1. How high is the step of a unit with output weight 1?",
    name="tanh jumps by 2, bias and all",
)
def tanh_jumps_by_2_bias_and_all(edges: Array, levels: Array, steepness: float) -> Layers:
    return _with_jumps(edges, levels, steepness, 2 * np.diff(levels))


@step_network.mistake(
    "If the next level is higher, should the output weight of the unit be positive or negative?",
    name="jumps the other way, bias and all",
)
def jumps_the_other_way_bias_and_all(edges: Array, levels: Array, steepness: float) -> Layers:
    return _with_jumps(edges, levels, steepness, -np.diff(levels))


@step_network.mistake("May a staircase go down? Which sign has its jump there?")
def every_jump_upwards(edges: Array, levels: Array, steepness: float) -> Layers:
    return _with_jumps(edges, levels, steepness, np.abs(np.diff(levels)))


@step_network.mistake(
    "Right of two edges both units are at 1 and add up. Should each of them bring a level, or what is missing "
    "from one level to the next?",
    name="levels instead of jumps, bias and all",
)
def levels_instead_of_jumps_bias_and_all(edges: Array, levels: Array, steepness: float) -> Layers:
    return _with_jumps(edges, levels, steepness, levels[1:])


@step_network.mistake("At its edge the output jumps from the level before. Do your jumps start there, or at level 0?")
def jumps_from_the_first_level(edges: Array, levels: Array, steepness: float) -> Layers:
    return _with_jumps(edges, levels, steepness, levels[1:] - levels[0])


@step_network.mistake("There are N edges and N + 1 levels. What happens at your last edge?")
def last_jump_lost(edges: Array, levels: Array, steepness: float) -> Layers:
    return _with_jumps(edges, levels, steepness, np.append(np.diff(levels)[:-1], 0.0))


@step_network.mistake("How high is a step: does that depend on how far away the next edge is?")
def slopes_instead_of_jumps(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (W2 / np.append(np.diff(edges), 1.0)[:, None], b2)]


@step_network.mistake("Half of 3 is 1.5. What does `//` give?")
def whole_halves(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (_, b2) = _right(edges, levels, steepness)
    return [first, (np.diff(levels)[:, None] // 2, b2)]


@step_network.mistake("The levels are given in the order of the staircase. What if it goes down?")
def levels_sorted(edges: Array, levels: Array, steepness: float) -> Layers:
    return _right(edges, np.sort(levels), steepness)


@step_network.mistake("`steepness` says how fast a unit goes from -1 to 1. Does it also change how high the step is?")
def steepness_in_the_output_too(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, b2) = _right(edges, levels, steepness)
    return [first, (steepness * W2, b2)]


@step_network.mistake("The larger the steepness, the faster the step. Do you multiply by it, or divide?")
def divided_by_the_steepness(edges: Array, levels: Array, steepness: float) -> Layers:
    return _right(edges, levels, 1 / steepness)


@step_network.mistake("Your steps are all equally steep. Where does `steepness` enter?")
def as_steep_as_can_be(edges: Array, levels: Array, steepness: float) -> Layers:
    return _right(edges, levels, 1e3)


@step_network.mistake(
    "Far on the left all units are at -1. Put this into the output: is b2 the level plus or minus half of the jumps?",
    name="output bias: half of the jumps taken off",
)
def output_bias_half_of_the_jumps_taken_off(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _right(edges, levels, steepness)
    return [first, (W2, levels[:1] - W2.sum(axis=0))]


@step_network.mistake(
    "Far on the left all units are at -1. Put this into the output: which levels does the bias depend on?",
    name="output bias: between the lowest and the highest level",
)
def output_bias_between_the_lowest_and_the_highest(edges: Array, levels: Array, steepness: float) -> Layers:
    first, (W2, _) = _right(edges, levels, steepness)
    return [first, (W2, np.array([(levels.min() + levels.max()) / 2]))]
