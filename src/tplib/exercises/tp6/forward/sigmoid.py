"""The sigmoid."""

import numpy as np

from tplib.exercises.tp6.forward.common import AT_1000, KINKS, SIGMOIDS, STABLE, everywhere, exercise, numbers
from tplib.graders.exercise import Case

Array = np.ndarray


@exercise(
    points=1,
    lecture="000, Activation functions: sigmoid",
    concepts=(7,),
    draw=numbers,
    edges=(Case((KINKS,)), *everywhere(), *STABLE),
    aspects=AT_1000,
    forbidden=SIGMOIDS,
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


@sigmoid.mistake("The sigmoid is the tanh of another number than x, moved and halved. Which one?")
def tanh_not_halved(x: Array) -> Array:
    return (1 + np.tanh(x)) / 2


@sigmoid.mistake("The sigmoid of -2 is below 0.5. What does |x| do to the sign?")
def sign_of_x_lost(x: Array) -> Array:
    return 1 / (1 + np.exp(-np.abs(x)))


@sigmoid.mistake("Which of your two branches takes x = 0?")
def zero_left_out(x: Array) -> Array:
    return np.where(x == 0, 0, 1 / (1 + np.exp(-x)))


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


@sigmoid.alternative
def clipped_where_it_is_flat(x: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(x, -20, 20)))
