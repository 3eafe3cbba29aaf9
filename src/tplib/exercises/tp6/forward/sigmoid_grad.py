"""The derivative of the sigmoid."""

import numpy as np

from tplib.exercises.tp6.forward.common import (
    AT_1000,
    AUTOGRAD,
    KINKS,
    SIGMOIDS,
    STABLE,
    everywhere,
    exercise,
    numbers,
)
from tplib.graders.exercise import Case

Array = np.ndarray


def _sigmoid(x: Array) -> Array:
    return np.exp(-np.logaddexp(0, -x))


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    concepts=(7,),
    draw=numbers,
    edges=(Case((KINKS,)), *everywhere(), *STABLE),
    aspects=AT_1000,
    forbidden=(*AUTOGRAD, *SIGMOIDS),
)
def sigmoid_grad(x: Array) -> Array:
    """sigmoid'(x) = s (1 - s), with s = sigmoid(x).

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: sigmoid'(0) = 0.5 (1 - 0.5) = 0.25, and sigmoid'(ln 3) = 0.75 * 0.25 = 0.1875
    """
    return _sigmoid(x) * _sigmoid(-x)


@sigmoid_grad.mistake("In s (1 - s), is s the input x, or the sigmoid of x?")
def input_taken_for_output(x: Array) -> Array:
    return x * (1 - x)


@sigmoid_grad.mistake("In s (1 - s) both s are the same number. Which is the second one in yours?")
def input_in_the_second_factor(x: Array) -> Array:
    return _sigmoid(x) * (1 - x)


@sigmoid_grad.mistake("How often do you apply the sigmoid? Both s in s (1 - s) are sigmoid(x).")
def sigmoid_of_the_sigmoid(x: Array) -> Array:
    return _sigmoid(x) * (1 - _sigmoid(_sigmoid(x)))


@sigmoid_grad.mistake("1 - y² belongs to tanh. Which rule holds for the sigmoid? Its largest slope is 1/4.")
def rule_of_tanh(x: Array) -> Array:
    return 1 - _sigmoid(x) ** 2


@sigmoid_grad.mistake("Far to the right the sigmoid is flat. What is its slope there, and what does yours give?")
def the_function_itself(x: Array) -> Array:
    return _sigmoid(x)


@sigmoid_grad.mistake("The sigmoid is flat on both sides. Is your slope near 0 for very negative x?")
def one_factor(x: Array) -> Array:
    return 1 - _sigmoid(x)


@sigmoid_grad.mistake("Far to the right the slope goes to 0. Does s (1 + s)?")
def plus_instead_of_minus(x: Array) -> Array:
    return _sigmoid(x) * (1 + _sigmoid(x))


@sigmoid_grad.mistake("Which does Python do first in `s * 1 - s`: the product or the difference?")
def missing_parentheses(x: Array) -> Array:
    return _sigmoid(x) * 1 - _sigmoid(x)


@sigmoid_grad.mistake("The chain rule multiplies by the derivative of what stands inside. What is the derivative of x?")
def times_x(x: Array) -> Array:
    return x * _sigmoid(x) * (1 - _sigmoid(x))


@sigmoid_grad.mistake("The slope of 1/u is -u'/u². Is your denominator squared?")
def square_forgotten(x: Array) -> Array:
    return np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x)))


@sigmoid_grad.mistake("What is the largest slope of the sigmoid: 1 or 1/4?")
def four_times_too_large(x: Array) -> Array:
    return 4 * _sigmoid(x) * (1 - _sigmoid(x))


@sigmoid_grad.mistake("`@` multiplies matrices and sums. Which operator multiplies number by number?")
def matrix_product(x: Array) -> Array:
    return _sigmoid(x) @ (1 - _sigmoid(x))


@sigmoid_grad.mistake(
    "What is `np.exp(1000)` divided by its own square? Can you write the slope with the sigmoid's value only?"
)
def unstable(x: Array) -> Array:
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@sigmoid_grad.mistake(
    "What is `np.exp(1000)` divided by its own square? The slope at 1000 is the slope at -1000.",
    name="unstable on the right",
)
def unstable_on_the_right(x: Array) -> Array:
    return np.exp(x) / (1 + np.exp(x)) ** 2


@sigmoid_grad.alternative
def as_written(x: Array) -> Array:
    return 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))


@sigmoid_grad.alternative
def by_tanh(x: Array) -> Array:
    return (1 - np.tanh(x / 2) ** 2) / 4


@sigmoid_grad.alternative
def by_symmetry(x: Array) -> Array:
    return np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2
