"""The derivative of tanh, and hard-tanh."""

import numpy as np

from tplib.exercises.tp6.forward.common import AUTOGRAD, EMPTY, KINKS, LARGE, SAME_SHAPE, exercise, numbers
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _tanh_by_quotient(x: Array) -> Array:
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def _tanh_grad(x: Array) -> Array:
    return 1 - np.tanh(x) ** 2


def _tanh_grad_input_taken_for_output(x: Array) -> Array:
    return 1 - x**2


def _tanh_grad_rule_of_the_sigmoid(x: Array) -> Array:
    return np.tanh(x) * (1 - np.tanh(x))


def _tanh_grad_square_forgotten(x: Array) -> Array:
    return 1 - np.tanh(x)


def _tanh_grad_square_of_the_argument(x: Array) -> Array:
    return 1 - np.tanh(x**2)


def _tanh_grad_unstable(x: Array) -> Array:
    return 1 - _tanh_by_quotient(x) ** 2


def _tanh_grad_by_cosh(x: Array) -> Array:
    return 1 / np.cosh(x) ** 2


def _tanh_grad_factored(x: Array) -> Array:
    return (1 - np.tanh(x)) * (1 + np.tanh(x))


def _tanh_grad_by_exponentials(x: Array) -> Array:
    return 4 / (np.exp(x) + np.exp(-x)) ** 2


tanh_grad = exercise(
    name="tanh_grad",
    points=1,
    at_home=True,
    lecture="000, Common non-linearities: gradients that are easy to compute",
    signature="tanh_grad(x)",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,), "stability")),
    aspects={"stability": "Right for moderate inputs, but a large one gives inf / inf, which is not a number."},
    reference=_tanh_grad,
    misconceptions=(
        Misconception(
            "input taken for output",
            _tanh_grad_input_taken_for_output,
            "In 1 - t², is t the input x, or tanh(x)? A slope of tanh is never negative.",
        ),
        Misconception(
            "rule of the sigmoid",
            _tanh_grad_rule_of_the_sigmoid,
            "s (1 - s) belongs to the sigmoid. What is the slope of tanh at 0, and what does yours give?",
        ),
        Misconception(
            "square forgotten",
            _tanh_grad_square_forgotten,
            "tanh has the same slope at x and at -x. Has yours?",
        ),
        Misconception(
            "square of the argument",
            _tanh_grad_square_of_the_argument,
            "What is squared: x, or tanh(x)?",
        ),
        Misconception(
            "unstable",
            _tanh_grad_unstable,
            "What are both parts of your quotient at x = 1000? `np.tanh` avoids it.",
        ),
    ),
    alternatives=(
        _tanh_grad_by_cosh,
        _tanh_grad_factored,
        _tanh_grad_by_exponentials,
    ),
    forbidden=AUTOGRAD,
    formula="tanh'(x) = 1 - t², with t = tanh(x).",
    shapes=SAME_SHAPE,
    worked="tanh'(0) = 1 - 0 = 1, and where tanh(x) = 0.8 the slope is 1 - 0.64 = 0.36",
)


def _hardtanh(x: Array) -> Array:
    return np.clip(x, -1, 1)


def _hardtanh_from_0_to_1(x: Array) -> Array:
    return np.clip(x, 0, 1)


def _hardtanh_zero_outside(x: Array) -> Array:
    return np.where(np.abs(x) <= 1, x, 0)


def _hardtanh_tanh_itself(x: Array) -> Array:
    return np.tanh(x)


def _hardtanh_one_side_only(x: Array) -> Array:
    return np.minimum(x, 1)


def _hardtanh_bounds_swapped(x: Array) -> Array:
    return np.maximum(np.minimum(x, -1), 1)


def _hardtanh_by_max_and_min(x: Array) -> Array:
    return np.maximum(-1, np.minimum(1, x))


def _hardtanh_by_where(x: Array) -> Array:
    return np.where(x > 1, 1, np.where(x < -1, -1, x)).astype(x.dtype)


def _hardtanh_by_absolute_values(x: Array) -> Array:
    return (np.abs(x + 1) - np.abs(x - 1)) / 2


hardtanh = exercise(
    name="hardtanh",
    points=0.5,
    at_home=True,
    lecture="000, Activation functions: hard-tanh",
    signature="hardtanh(x)",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,))),
    reference=_hardtanh,
    misconceptions=(
        Misconception(
            "from 0 to 1",
            _hardtanh_from_0_to_1,
            "tanh goes from -1 to 1. Where does yours start?",
        ),
        Misconception(
            "zero outside",
            _hardtanh_zero_outside,
            "What is tanh(10), roughly? And your value there?",
        ),
        Misconception(
            "tanh itself", _hardtanh_tanh_itself, "Hard-tanh is made of three straight pieces. Is yours curved?"
        ),
        Misconception("one side only", _hardtanh_one_side_only, "What happens to an input far below -1?"),
        Misconception(
            "bounds swapped",
            _hardtanh_bounds_swapped,
            "Which bound goes with `minimum`, and which with `maximum`?",
        ),
    ),
    alternatives=(
        _hardtanh_by_max_and_min,
        _hardtanh_by_where,
        _hardtanh_by_absolute_values,
    ),
    forbidden=("torch.nn.functional.hardtanh", "torch.nn.functional.hardtanh_"),
    formula="hardtanh(x) = -1 for x < -1, x for -1 <= x <= 1, and 1 for x > 1.",
    shapes=SAME_SHAPE,
    worked="hardtanh([-7, -0.5, 1, 2]) = [-1, -0.5, 1, 1]",
)
