"""The leaky ReLU."""

import numpy as np

from tplib.exercises.tp6.forward.common import KINKS, LARGE, everywhere, exercise, numbers
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray

SLOPES = (0.5, 0.1, 0.0, 1.0)


def _with_slope(draw: Draw) -> Arguments:
    return (*numbers(draw), draw.choice(SLOPES))


@exercise(
    points=0.5,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    concepts=(7,),
    draw=_with_slope,
    edges=(
        Case((KINKS, 0.1)),
        Case((KINKS, 0.0)),
        Case((KINKS, 1.0)),
        Case((KINKS,)),
        *everywhere((0.5, 0.1)),
        Case((LARGE, 0.1)),
    ),
    forbidden=("torch.nn.functional.leaky_relu", "torch.nn.functional.leaky_relu_", "torch.nn.LeakyReLU"),
)
def leaky_relu(x: Array, negative_slope: float = 0.01) -> Array:
    """leaky_relu(x) = x for x > 0, and negative_slope * x otherwise.

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: leaky_relu([-2, 3], 0.1) = [-0.2, 3]
    """
    return np.where(x > 0, x, negative_slope * x)


@leaky_relu.mistake("What changes in your result when `negative_slope` is 0.5?")
def slope_ignored(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, 0.01 * x)


@leaky_relu.mistake("A slope of 0 is a slope, too. Which values does `negative_slope or 0.01` replace?")
def slope_0_taken_for_none(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, (negative_slope or 0.01) * x)


@leaky_relu.mistake("Which side leaks: should x = 5 stay 5, or x = -5 stay -5?")
def slope_on_the_wrong_side(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, negative_slope * x, x)


@leaky_relu.mistake("Below 0 the graph is a line of that slope. Is yours flat there?")
def slope_not_multiplied(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, negative_slope).astype(x.dtype)


@leaky_relu.mistake("`negative_slope` is a slope. Do you compare x with it?")
def slope_taken_for_a_lower_bound(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, negative_slope)


@leaky_relu.mistake("`negative_slope` is a slope. Is your function flat far on the left?")
def slope_taken_for_a_negative_lower_bound(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, -negative_slope)


@leaky_relu.mistake("Where does the leak begin: below 0, or below `negative_slope`?")
def threshold_at_the_slope(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > negative_slope, x, negative_slope * x)


@leaky_relu.mistake("Should the output for a negative input be positive or negative?")
def leak_upwards(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, -negative_slope * x)


@leaky_relu.mistake("That is the plain ReLU. What should be left of a negative input?")
def no_leak(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, 0)


@leaky_relu.mistake("What does your function give at x = 1? The leak is for negative numbers only.")
def leak_on_both_sides(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, 0) + negative_slope * x


@leaky_relu.mistake("With slope 0.01, what should be left of -100: -1 or -99?")
def leak_taken_away(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, x - negative_slope * x)


@leaky_relu.mistake("With a slope below 1, is the output for -1 smaller or larger than -1?")
def divided_by_the_slope(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, x / negative_slope)


@leaky_relu.mistake("Those are the slopes. What are the values of the function?")
def the_derivative(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, 1, negative_slope).astype(x.dtype)


@leaky_relu.alternative
def by_maximum(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, negative_slope * x)


@leaky_relu.alternative
def by_max_and_min(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, 0) + negative_slope * np.minimum(x, 0)


@leaky_relu.alternative
def by_slopes(x: Array, negative_slope: float = 0.01) -> Array:
    return x * np.where(x > 0, 1, negative_slope).astype(x.dtype)
