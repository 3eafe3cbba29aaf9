"""The sigmoid and its derivative."""

import numpy as np

from tplib.exercises.tp6.forward.common import AUTOGRAD, EMPTY, KINKS, LARGE, exercise, numbers, pytorch
from tplib.graders.exercise import Case

Array = np.ndarray


@exercise(
    points=1,
    lecture="000, Activation functions: sigmoid",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,), "stability")),
    aspects={"stability": "Right for moderate inputs, but not for large ones: a quotient inf / inf is not a number."},
    forbidden=(*pytorch("sigmoid"), "torch.special.expit", "scipy.special.expit"),
)
def sigmoid(x: Array) -> Array:
    """sigmoid(x) = 1 / (1 + exp(-x)).

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: sigmoid(0) = 1 / (1 + 1) = 0.5, and sigmoid(ln 3) = 1 / (1 + 1/3) = 0.75
    """
    return np.exp(-np.logaddexp(0, -x))


@sigmoid.mistake("What does your formula give at x = 0, and at x = -1? Can that be a probability?", name="1 - exp")
def sigmoid_1_exp(x: Array) -> Array:
    return 1 / (1 - np.exp(-x))


@sigmoid.mistake("The sigmoid increases with x. Does yours?")
def sign_of_the_exponent(x: Array) -> Array:
    return 1 / (1 + np.exp(x))


@sigmoid.mistake("Which does Python do first in `1 / 1 + np.exp(-x)`: the division or the sum?")
def missing_parentheses(x: Array) -> Array:
    return 1 / 1 + np.exp(-x)


@sigmoid.mistake("The sigmoid stays above 0. Which function goes from -1 to 1?")
def tanh_instead(x: Array) -> Array:
    return np.tanh(x)


@sigmoid.mistake("What is `np.exp(1000)`, and what is that number divided by itself?")
def unstable(x: Array) -> Array:
    return np.exp(x) / (1 + np.exp(x))


@sigmoid.alternative
def as_written(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


@sigmoid.alternative
def by_tanh(x: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * x))


@sigmoid.alternative
def by_sign(x: Array) -> Array:
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,), "stability")),
    aspects={"stability": "Right for moderate inputs, but a large one gives inf / inf, which is not a number."},
    forbidden=AUTOGRAD,
)
def sigmoid_grad(x: Array) -> Array:
    """sigmoid'(x) = s (1 - s), with s = sigmoid(x).

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: sigmoid'(0) = 0.5 (1 - 0.5) = 0.25, and sigmoid'(ln 3) = 0.75 * 0.25 = 0.1875
    """
    return sigmoid(x) * sigmoid(-x)


@sigmoid_grad.mistake("In s (1 - s), is s the input x, or the sigmoid of x?")
def input_taken_for_output(x: Array) -> Array:
    return x * (1 - x)


@sigmoid_grad.mistake("1 - y² belongs to tanh. Which rule holds for the sigmoid? Its largest slope is 1/4.")
def rule_of_tanh(x: Array) -> Array:
    return 1 - sigmoid(x) ** 2


sigmoid_grad.mistake(
    "Far to the right the sigmoid is flat. What is its slope there, and what does yours give?",
    name="the function itself",
)(sigmoid.reference)


@sigmoid_grad.mistake("The sigmoid is flat on both sides. Is your slope near 0 for very negative x?")
def one_factor(x: Array) -> Array:
    return 1 - sigmoid(x)


@sigmoid_grad.mistake(
    "What is `np.exp(1000)` divided by its own square? Can you write the slope with the sigmoid's value only?",
    name="unstable",
)
def sigmoid_grad_unstable(x: Array) -> Array:
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@sigmoid_grad.alternative
def sigmoid_grad_as_written(x: Array) -> Array:
    return 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))


@sigmoid_grad.alternative
def sigmoid_grad_by_tanh(x: Array) -> Array:
    return (1 - np.tanh(x / 2) ** 2) / 4


@sigmoid_grad.alternative
def by_symmetry(x: Array) -> Array:
    return np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2
