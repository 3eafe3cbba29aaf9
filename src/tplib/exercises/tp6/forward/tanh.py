"""The derivative of tanh, and hard-tanh."""

import numpy as np

from tplib.exercises.tp6.forward.common import AUTOGRAD, EMPTY, KINKS, LARGE, exercise, numbers
from tplib.graders.exercise import Case

Array = np.ndarray


def _tanh_by_quotient(x: Array) -> Array:
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@exercise(
    points=1,
    at_home=True,
    lecture="000, Common non-linearities: gradients that are easy to compute",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,), "stability")),
    aspects={"stability": "Right for moderate inputs, but a large one gives inf / inf, which is not a number."},
    forbidden=AUTOGRAD,
)
def tanh_grad(x: Array) -> Array:
    """tanh'(x) = 1 - t², with t = tanh(x).

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: tanh'(0) = 1 - 0 = 1, and where tanh(x) = 0.8 the slope is 1 - 0.64 = 0.36
    """
    return 1 - np.tanh(x) ** 2


@tanh_grad.mistake("In 1 - t², is t the input x, or tanh(x)? A slope of tanh is never negative.")
def input_taken_for_output(x: Array) -> Array:
    return 1 - x**2


@tanh_grad.mistake("s (1 - s) belongs to the sigmoid. What is the slope of tanh at 0, and what does yours give?")
def rule_of_the_sigmoid(x: Array) -> Array:
    return np.tanh(x) * (1 - np.tanh(x))


@tanh_grad.mistake("tanh has the same slope at x and at -x. Has yours?")
def square_forgotten(x: Array) -> Array:
    return 1 - np.tanh(x)


@tanh_grad.mistake("What is squared: x, or tanh(x)?")
def square_of_the_argument(x: Array) -> Array:
    return 1 - np.tanh(x**2)


@tanh_grad.mistake("What are both parts of your quotient at x = 1000? `np.tanh` avoids it.")
def unstable(x: Array) -> Array:
    return 1 - _tanh_by_quotient(x) ** 2


@tanh_grad.alternative
def by_cosh(x: Array) -> Array:
    return 1 / np.cosh(x) ** 2


@tanh_grad.alternative
def factored(x: Array) -> Array:
    return (1 - np.tanh(x)) * (1 + np.tanh(x))


@tanh_grad.alternative
def by_exponentials(x: Array) -> Array:
    return 4 / (np.exp(x) + np.exp(-x)) ** 2


@exercise(
    points=0.5,
    at_home=True,
    lecture="000, Activation functions: hard-tanh",
    draw=numbers,
    edges=(Case((KINKS,)), Case((EMPTY,)), Case((LARGE,))),
    forbidden=("torch.nn.functional.hardtanh", "torch.nn.functional.hardtanh_"),
)
def hardtanh(x: Array) -> Array:
    """hardtanh(x) = -1 for x < -1, x for -1 <= x <= 1, and 1 for x > 1.

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: hardtanh([-7, -0.5, 1, 2]) = [-1, -0.5, 1, 1]
    """
    return np.clip(x, -1, 1)


@hardtanh.mistake("tanh goes from -1 to 1. Where does yours start?")
def from_0_to_1(x: Array) -> Array:
    return np.clip(x, 0, 1)


@hardtanh.mistake("What is tanh(10), roughly? And your value there?")
def zero_outside(x: Array) -> Array:
    return np.where(np.abs(x) <= 1, x, 0)


@hardtanh.mistake("Hard-tanh is made of three straight pieces. Is yours curved?")
def tanh_itself(x: Array) -> Array:
    return np.tanh(x)


@hardtanh.mistake("What happens to an input far below -1?")
def one_side_only(x: Array) -> Array:
    return np.minimum(x, 1)


@hardtanh.mistake("Which bound goes with `minimum`, and which with `maximum`?")
def bounds_swapped(x: Array) -> Array:
    return np.maximum(np.minimum(x, -1), 1)


@hardtanh.alternative
def by_max_and_min(x: Array) -> Array:
    return np.maximum(-1, np.minimum(1, x))


@hardtanh.alternative
def by_where(x: Array) -> Array:
    return np.where(x > 1, 1, np.where(x < -1, -1, x)).astype(x.dtype)


@hardtanh.alternative
def by_absolute_values(x: Array) -> Array:
    return (np.abs(x + 1) - np.abs(x - 1)) / 2
