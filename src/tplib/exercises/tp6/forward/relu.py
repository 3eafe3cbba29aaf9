"""The ReLU, its derivative, and the leaky ReLU."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.forward.common import (
    AT_THE_KINK,
    AUTOGRAD,
    BESIDE_KINKS,
    EMPTY,
    KINKS,
    LARGE,
    exercise,
    nonzero,
    numbers,
    pytorch,
)
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _with_slope(draw: Draw) -> Arguments:
    return (*numbers(draw), draw.choice((0.5, 0.1, 0.25)))


@exercise(
    points=1,
    lecture="000, Rectified linear unit (ReLU)",
    draw=numbers,
    edges=(Case((KINKS,)), Case((-KINKS[:1],)), Case((EMPTY,)), Case((LARGE,))),
    forbidden=(*pytorch("relu"), "torch.nn.ReLU"),
)
def relu(x: Array) -> Array:
    """relu(x) = max(0, x), number by number.

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: relu([-2, 0, 3]) = [0, 0, 3]
    """
    return np.maximum(x, 0)


@relu.mistake(
    "Python's `max` picks one of two things. Which NumPy function compares number by number?",
    name="Python's max",
)
def python_s_max(x: Any) -> Any:
    return max(0, x)


@relu.mistake(
    "`np.max(x, 0)` takes the largest number along axis 0. Which function compares each number with 0?",
    name="np.max",
)
def np_max(x: Array) -> Array:
    return np.max(x, 0)


@relu.mistake("What should a negative number become: its opposite, or 0?")
def absolute_value(x: Array) -> Array:
    return np.abs(x)


@relu.mistake("Which numbers does the ReLU keep: the positive or the negative ones?")
def wrong_side(x: Array) -> Array:
    return np.minimum(x, 0)


@relu.mistake("Above 0 the ReLU keeps x as it is. What does yours give at x = 2?")
def step_instead_of_ramp(x: Array) -> Array:
    return np.where(x > 0, 1, 0).astype(x.dtype)


@relu.alternative
def by_where(x: Array) -> Array:
    return np.where(x > 0, x, 0)


@relu.alternative
def by_mask(x: Array) -> Array:
    return x * (x > 0)


@relu.alternative
def by_absolute_value(x: Array) -> Array:
    return (x + np.abs(x)) / 2


@relu.alternative
def by_clip(x: Array) -> Array:
    return x.clip(min=0)


@exercise(
    points=1,
    at_home=True,
    lecture="003, Activation functions: ReLU and ReLU'",
    draw=nonzero,
    edges=(Case((BESIDE_KINKS,)), Case((EMPTY,)), Case((LARGE,)), Case((AT_THE_KINK,), "kink")),
    aspects={"kink": "Right, but for the value at x = 0, where we take 0 as PyTorch does."},
    forbidden=AUTOGRAD,
)
def relu_grad(x: Array) -> Array:
    """relu'(x) = 1 for x > 0, and 0 otherwise (also at 0, by convention).

    shapes: `x` may have any shape; the result has the same shape and the same dtype. `.astype(x.dtype)` turns truth
    values into numbers.
    worked: relu'([-2, 0, 3]) = [0, 0, 1]
    """
    return (x > 0).astype(x.dtype)


@relu_grad.mistake("The ReLU has no slope at 0. Which value do we agree on there?")
def one_at_zero(x: Array) -> Array:
    return (x >= 0).astype(x.dtype)


@relu_grad.mistake("A comparison gives True and False. How do you make numbers of the input's dtype?")
def truth_values(x: Array) -> Array:
    return x > 0


@relu_grad.mistake("Above 0 the ReLU is the line y = x. What is the slope of that line?")
def the_function_itself(x: Array) -> Array:
    return np.maximum(x, 0)


@relu_grad.mistake("Below 0 the ReLU is flat. What is the slope of a flat line?")
def minus_one_below_zero(x: Array) -> Array:
    return np.sign(x)


@relu_grad.mistake("What does the ReLU do to a negative number, and what is its slope there?")
def one_everywhere(x: Array) -> Array:
    return np.ones_like(x)


@relu_grad.alternative
def relu_grad_by_where(x: Array) -> Array:
    return np.where(x > 0, 1, 0).astype(x.dtype)


@relu_grad.alternative
def by_heaviside(x: Array) -> Array:
    return np.heaviside(x, 0)


@relu_grad.alternative
def relu_grad_by_mask(x: Array) -> Array:
    return np.ones_like(x) * (x > 0)


@relu_grad.alternative
def by_sign(x: Array) -> Array:
    return np.maximum(np.sign(x), 0)


@exercise(
    points=0.5,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    draw=_with_slope,
    edges=(Case((KINKS, 0.1)), Case((KINKS,)), Case((EMPTY, 0.1)), Case((LARGE,))),
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


@leaky_relu.mistake("Which side leaks: should x = 5 stay 5, or x = -5 stay -5?")
def slope_on_the_wrong_side(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, negative_slope * x, x)


@leaky_relu.mistake("Below 0 the graph is a line of that slope. Is yours flat there?")
def slope_not_multiplied(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, negative_slope).astype(x.dtype)


@leaky_relu.mistake("Should the output for a negative input be positive or negative?")
def leak_upwards(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, -negative_slope * x)


@leaky_relu.mistake("That is the plain ReLU. What should be left of a negative input?")
def no_leak(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, 0)


@leaky_relu.alternative
def leaky_relu_by_where(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, negative_slope * x)


@leaky_relu.alternative
def leaky_relu_by_mask(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, 0) + negative_slope * np.minimum(x, 0)


@leaky_relu.alternative
def leaky_relu_by_absolute_value(x: Array, negative_slope: float = 0.01) -> Array:
    return x * np.where(x > 0, 1, negative_slope).astype(x.dtype)
