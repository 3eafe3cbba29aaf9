"""The derivative of tanh."""

import numpy as np

from tplib.exercises.tp6.forward.common import AT_1000, AUTOGRAD, KINKS, STABLE, everywhere, exercise, numbers
from tplib.graders.exercise import Case

Array = np.ndarray


def _tanh_by_quotient(x: Array) -> Array:
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def _sigmoid(x: Array) -> Array:
    return np.exp(-np.logaddexp(0, -x))


@exercise(
    points=1,
    at_home=True,
    lecture="000, Common non-linearities: gradients that are easy to compute",
    concepts=(7,),
    draw=numbers,
    edges=(Case((KINKS,)), *everywhere(), *STABLE),
    aspects=AT_1000,
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


@tanh_grad.mistake("Far to the right tanh is flat. What is its slope there, and what does yours give?")
def the_function_itself(x: Array) -> Array:
    return np.tanh(x)


@tanh_grad.mistake("tanh has the same slope at x and at -x. Has yours?")
def square_forgotten(x: Array) -> Array:
    return 1 - np.tanh(x)


@tanh_grad.mistake("What is squared: t, or 1 - t?")
def square_of_the_difference(x: Array) -> Array:
    return (1 - np.tanh(x)) ** 2


@tanh_grad.mistake("What is squared: x, or tanh(x)?")
def square_of_the_argument(x: Array) -> Array:
    return 1 - np.tanh(x**2)


@tanh_grad.mistake("t² is t times t. What is 2 t?")
def doubled_instead_of_squared(x: Array) -> Array:
    return 1 - 2 * np.tanh(x)


@tanh_grad.mistake("No slope of tanh is larger than 1. Is t² added to 1 or taken from it?")
def plus_instead_of_minus(x: Array) -> Array:
    return 1 + np.tanh(x) ** 2


@tanh_grad.mistake("`np.tan` is the tangent of an angle. Which function is the hyperbolic tangent?")
def tan_instead_of_tanh(x: Array) -> Array:
    return 1 - np.tan(x) ** 2


@tanh_grad.mistake("The slope of tanh at 0 is 1. By which factor does yours differ?")
def factor_4_forgotten(x: Array) -> Array:
    return _sigmoid(2 * x) * _sigmoid(-2 * x)


@tanh_grad.mistake("tanh(x) = 2 sigmoid(2x) - 1. At which point is the slope of the sigmoid to be taken?")
def argument_not_doubled(x: Array) -> Array:
    return 4 * _sigmoid(x) * _sigmoid(-x)


@tanh_grad.mistake("1 - t² is the square of 1 / cosh(x). Is yours squared?")
def one_over_cosh(x: Array) -> Array:
    return 1 / np.cosh(x)


@tanh_grad.mistake("`@` multiplies matrices and sums. What squares each number by itself?")
def matrix_product(x: Array) -> Array:
    return 1 - np.tanh(x) @ np.tanh(x)


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
