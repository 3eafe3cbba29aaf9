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
    SAME_SHAPE,
    exercise,
    nonzero,
    numbers,
    pytorch,
)
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _relu(x: Array) -> Array:
    return np.maximum(x, 0)


def _relu_python_max(x: Any) -> Any:
    return max(0, x)


def _relu_np_max(x: Array) -> Array:
    return np.max(x, 0)


def _relu_absolute_value(x: Array) -> Array:
    return np.abs(x)


def _relu_wrong_side(x: Array) -> Array:
    return np.minimum(x, 0)


def _relu_step_instead_of_ramp(x: Array) -> Array:
    return np.where(x > 0, 1, 0).astype(x.dtype)


def _relu_by_where(x: Array) -> Array:
    return np.where(x > 0, x, 0)


def _relu_by_mask(x: Array) -> Array:
    return x * (x > 0)


def _relu_by_absolute_value(x: Array) -> Array:
    return (x + np.abs(x)) / 2


def _relu_by_clip(x: Array) -> Array:
    return x.clip(min=0)


relu = exercise(
    name="relu",
    points=1,
    lecture="000, Rectified linear unit (ReLU)",
    signature="relu(x)",
    draw=numbers,
    edges=(Case((KINKS,)), Case((-KINKS[:1],)), Case((EMPTY,)), Case((LARGE,))),
    reference=_relu,
    misconceptions=(
        Misconception(
            "Python's max",
            _relu_python_max,
            "Python's `max` picks one of two things. Which NumPy function compares number by number?",
        ),
        Misconception(
            "np.max",
            _relu_np_max,
            "`np.max(x, 0)` takes the largest number along axis 0. Which function compares each number with 0?",
        ),
        Misconception(
            "absolute value", _relu_absolute_value, "What should a negative number become: its opposite, or 0?"
        ),
        Misconception(
            "wrong side",
            _relu_wrong_side,
            "Which numbers does the ReLU keep: the positive or the negative ones?",
        ),
        Misconception(
            "step instead of ramp",
            _relu_step_instead_of_ramp,
            "Above 0 the ReLU keeps x as it is. What does yours give at x = 2?",
        ),
    ),
    alternatives=(
        _relu_by_where,
        _relu_by_mask,
        _relu_by_absolute_value,
        _relu_by_clip,
    ),
    forbidden=(*pytorch("relu"), "torch.nn.ReLU"),
    formula="relu(x) = max(0, x), number by number.",
    shapes=SAME_SHAPE,
    worked="relu([-2, 0, 3]) = [0, 0, 3]",
)


def _relu_grad(x: Array) -> Array:
    return (x > 0).astype(x.dtype)


def _relu_grad_one_at_zero(x: Array) -> Array:
    return (x >= 0).astype(x.dtype)


def _relu_grad_truth_values(x: Array) -> Array:
    return x > 0


def _relu_grad_the_function_itself(x: Array) -> Array:
    return np.maximum(x, 0)


def _relu_grad_minus_one_below_zero(x: Array) -> Array:
    return np.sign(x)


def _relu_grad_one_everywhere(x: Array) -> Array:
    return np.ones_like(x)


def _relu_grad_by_where(x: Array) -> Array:
    return np.where(x > 0, 1, 0).astype(x.dtype)


def _relu_grad_by_heaviside(x: Array) -> Array:
    return np.heaviside(x, 0)


def _relu_grad_by_mask(x: Array) -> Array:
    return np.ones_like(x) * (x > 0)


def _relu_grad_by_sign(x: Array) -> Array:
    return np.maximum(np.sign(x), 0)


relu_grad = exercise(
    name="relu_grad",
    points=1,
    at_home=True,
    lecture="003, Activation functions: ReLU and ReLU'",
    signature="relu_grad(x)",
    draw=nonzero,
    edges=(Case((BESIDE_KINKS,)), Case((EMPTY,)), Case((LARGE,)), Case((AT_THE_KINK,), "kink")),
    aspects={"kink": "Right, but for the value at x = 0, where we take 0 as PyTorch does."},
    reference=_relu_grad,
    misconceptions=(
        Misconception(
            "one at zero",
            _relu_grad_one_at_zero,
            "The ReLU has no slope at 0. Which value do we agree on there?",
        ),
        Misconception(
            "truth values",
            _relu_grad_truth_values,
            "A comparison gives True and False. How do you make numbers of the input's dtype?",
        ),
        Misconception(
            "the function itself",
            _relu_grad_the_function_itself,
            "Above 0 the ReLU is the line y = x. What is the slope of that line?",
        ),
        Misconception(
            "minus one below zero",
            _relu_grad_minus_one_below_zero,
            "Below 0 the ReLU is flat. What is the slope of a flat line?",
        ),
        Misconception(
            "one everywhere",
            _relu_grad_one_everywhere,
            "What does the ReLU do to a negative number, and what is its slope there?",
        ),
    ),
    alternatives=(
        _relu_grad_by_where,
        _relu_grad_by_heaviside,
        _relu_grad_by_mask,
        _relu_grad_by_sign,
    ),
    forbidden=AUTOGRAD,
    formula="relu'(x) = 1 for x > 0, and 0 otherwise (also at 0, by convention).",
    shapes=SAME_SHAPE + " `.astype(x.dtype)` turns truth values into numbers.",
    worked="relu'([-2, 0, 3]) = [0, 0, 1]",
)


def _with_slope(draw: Draw) -> Arguments:
    return (*numbers(draw), draw.choice((0.5, 0.1, 0.25)))


def _leaky_relu(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, negative_slope * x)


def _leaky_relu_slope_ignored(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, 0.01 * x)


def _leaky_relu_slope_on_the_wrong_side(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, negative_slope * x, x)


def _leaky_relu_slope_not_multiplied(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, negative_slope).astype(x.dtype)


def _leaky_relu_leak_upwards(x: Array, negative_slope: float = 0.01) -> Array:
    return np.where(x > 0, x, -negative_slope * x)


def _leaky_relu_no_leak(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, 0)


def _leaky_relu_by_where(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, negative_slope * x)


def _leaky_relu_by_mask(x: Array, negative_slope: float = 0.01) -> Array:
    return np.maximum(x, 0) + negative_slope * np.minimum(x, 0)


def _leaky_relu_by_absolute_value(x: Array, negative_slope: float = 0.01) -> Array:
    return x * np.where(x > 0, 1, negative_slope).astype(x.dtype)


leaky_relu = exercise(
    name="leaky_relu",
    points=0.5,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    signature="leaky_relu(x, negative_slope=0.01)",
    draw=_with_slope,
    edges=(Case((KINKS, 0.1)), Case((KINKS,)), Case((EMPTY, 0.1)), Case((LARGE,))),
    reference=_leaky_relu,
    misconceptions=(
        Misconception(
            "slope ignored",
            _leaky_relu_slope_ignored,
            "What changes in your result when `negative_slope` is 0.5?",
        ),
        Misconception(
            "slope on the wrong side",
            _leaky_relu_slope_on_the_wrong_side,
            "Which side leaks: should x = 5 stay 5, or x = -5 stay -5?",
        ),
        Misconception(
            "slope not multiplied",
            _leaky_relu_slope_not_multiplied,
            "Below 0 the graph is a line of that slope. Is yours flat there?",
        ),
        Misconception(
            "leak upwards",
            _leaky_relu_leak_upwards,
            "Should the output for a negative input be positive or negative?",
        ),
        Misconception(
            "no leak",
            _leaky_relu_no_leak,
            "That is the plain ReLU. What should be left of a negative input?",
        ),
    ),
    alternatives=(
        _leaky_relu_by_where,
        _leaky_relu_by_mask,
        _leaky_relu_by_absolute_value,
    ),
    forbidden=("torch.nn.functional.leaky_relu", "torch.nn.functional.leaky_relu_", "torch.nn.LeakyReLU"),
    formula="leaky_relu(x) = x for x > 0, and negative_slope * x otherwise.",
    shapes=SAME_SHAPE,
    worked="leaky_relu([-2, 3], 0.1) = [-0.2, 3]",
)
