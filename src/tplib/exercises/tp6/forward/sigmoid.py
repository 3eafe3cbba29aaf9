"""The sigmoid and its derivative."""

import numpy as np

from tplib.exercises.tp6.forward.common import AUTOGRAD, EMPTY, KINKS, LARGE, SAME_SHAPE, exercise, numbers, pytorch
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _sigmoid(x: Array) -> Array:
    return np.exp(-np.logaddexp(0, -x))


def _sigmoid_by_sign(x: Array) -> Array:
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


def _sigmoid_1_exp(x: Array) -> Array:
    return 1 / (1 - np.exp(-x))


def _sigmoid_sign_of_the_exponent(x: Array) -> Array:
    return 1 / (1 + np.exp(x))


def _sigmoid_missing_parentheses(x: Array) -> Array:
    return 1 / 1 + np.exp(-x)


def _sigmoid_tanh_instead(x: Array) -> Array:
    return np.tanh(x)


def _sigmoid_unstable(x: Array) -> Array:
    return np.exp(x) / (1 + np.exp(x))


def _sigmoid_as_written(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _sigmoid_by_tanh(x: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * x))


sigmoid = exercise(
    name="sigmoid",
    points=1,
    lecture="000, Activation functions: sigmoid",
    signature="sigmoid(x)",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,), "stability")),
    aspects={"stability": "Right for moderate inputs, but not for large ones: a quotient inf / inf is not a number."},
    reference=_sigmoid,
    misconceptions=(
        Misconception(
            "1 - exp",
            _sigmoid_1_exp,
            "What does your formula give at x = 0, and at x = -1? Can that be a probability?",
        ),
        Misconception(
            "sign of the exponent",
            _sigmoid_sign_of_the_exponent,
            "The sigmoid increases with x. Does yours?",
        ),
        Misconception(
            "missing parentheses",
            _sigmoid_missing_parentheses,
            "Which does Python do first in `1 / 1 + np.exp(-x)`: the division or the sum?",
        ),
        Misconception(
            "tanh instead", _sigmoid_tanh_instead, "The sigmoid stays above 0. Which function goes from -1 to 1?"
        ),
        Misconception(
            "unstable",
            _sigmoid_unstable,
            "What is `np.exp(1000)`, and what is that number divided by itself?",
        ),
    ),
    alternatives=(
        _sigmoid_as_written,
        _sigmoid_by_tanh,
        _sigmoid_by_sign,
    ),
    forbidden=(*pytorch("sigmoid"), "torch.special.expit", "scipy.special.expit"),
    formula="sigmoid(x) = 1 / (1 + exp(-x)).",
    shapes=SAME_SHAPE,
    worked="sigmoid(0) = 1 / (1 + 1) = 0.5, and sigmoid(ln 3) = 1 / (1 + 1/3) = 0.75",
)


def _sigmoid_grad(x: Array) -> Array:
    return _sigmoid(x) * _sigmoid(-x)


def _sigmoid_grad_input_taken_for_output(x: Array) -> Array:
    return x * (1 - x)


def _sigmoid_grad_rule_of_tanh(x: Array) -> Array:
    return 1 - _sigmoid(x) ** 2


def _sigmoid_grad_one_factor(x: Array) -> Array:
    return 1 - _sigmoid(x)


def _sigmoid_grad_unstable(x: Array) -> Array:
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


def _sigmoid_grad_as_written(x: Array) -> Array:
    return 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))


def _sigmoid_grad_by_tanh(x: Array) -> Array:
    return (1 - np.tanh(x / 2) ** 2) / 4


def _sigmoid_grad_by_symmetry(x: Array) -> Array:
    return np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2


sigmoid_grad = exercise(
    name="sigmoid_grad",
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    signature="sigmoid_grad(x)",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,), "stability")),
    aspects={"stability": "Right for moderate inputs, but a large one gives inf / inf, which is not a number."},
    reference=_sigmoid_grad,
    misconceptions=(
        Misconception(
            "input taken for output",
            _sigmoid_grad_input_taken_for_output,
            "In s (1 - s), is s the input x, or the sigmoid of x?",
        ),
        Misconception(
            "rule of tanh",
            _sigmoid_grad_rule_of_tanh,
            "1 - y² belongs to tanh. Which rule holds for the sigmoid? Its largest slope is 1/4.",
        ),
        Misconception(
            "the function itself",
            _sigmoid,
            "Far to the right the sigmoid is flat. What is its slope there, and what does yours give?",
        ),
        Misconception(
            "one factor",
            _sigmoid_grad_one_factor,
            "The sigmoid is flat on both sides. Is your slope near 0 for very negative x?",
        ),
        Misconception(
            "unstable",
            _sigmoid_grad_unstable,
            "What is `np.exp(1000)` divided by its own square? Can you write the slope with the sigmoid's value only?",
        ),
    ),
    alternatives=(
        _sigmoid_grad_as_written,
        _sigmoid_grad_by_tanh,
        _sigmoid_grad_by_symmetry,
    ),
    forbidden=AUTOGRAD,
    formula="sigmoid'(x) = s (1 - s), with s = sigmoid(x).",
    shapes=SAME_SHAPE,
    worked="sigmoid'(0) = 0.5 (1 - 0.5) = 0.25, and sigmoid'(ln 3) = 0.75 * 0.25 = 0.1875",
)
