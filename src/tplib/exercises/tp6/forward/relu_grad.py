"""The derivative of the ReLU."""

import numpy as np

from tplib.exercises.tp6.forward.common import (
    AT_THE_KINK,
    AUTOGRAD,
    BESIDE_KINKS,
    LARGE,
    everywhere,
    exercise,
    nonzero,
)
from tplib.graders.exercise import Case

Array = np.ndarray


@exercise(
    points=1,
    at_home=True,
    lecture="003, Activation functions: ReLU and ReLU'",
    concepts=(7,),
    draw=nonzero,
    edges=(Case((BESIDE_KINKS,)), *everywhere(), Case((LARGE,)), Case((AT_THE_KINK,), "kink")),
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


@relu_grad.mistake("On which side of 0 does the ReLU rise?")
def wrong_side(x: Array) -> Array:
    return (x < 0).astype(x.dtype)


@relu_grad.mistake("On the left the ReLU is flat. Which function has a small slope there?", name="leaky ReLU")
def leaky(x: Array) -> Array:
    return np.where(x > 0, 1, 0.01).astype(x.dtype)


@relu_grad.mistake("Each number has its own slope. What does one positive number say about the others?")
def one_slope_for_all(x: Array) -> Array:
    return np.ones_like(x) * np.any(x > 0)


@relu_grad.mistake("Is 0.5 positive? What does `astype(int)` make of it?")
def decimals_cut_off(x: Array) -> Array:
    return (x.astype(int) > 0).astype(x.dtype)


@relu_grad.mistake(
    "Is an array larger than 0, or each of its numbers? What does `x > 0` give for an array?",
    name="Python's if",
)
def python_s_if(x: Array) -> Array:
    if x > 0:
        return np.ones_like(x)
    return np.zeros_like(x)


@relu_grad.alternative
def by_where(x: Array) -> Array:
    return np.where(x > 0, 1, 0).astype(x.dtype)


@relu_grad.alternative
def by_heaviside(x: Array) -> Array:
    return np.heaviside(x, 0)


@relu_grad.alternative
def by_mask(x: Array) -> Array:
    return np.ones_like(x) * (x > 0)


@relu_grad.alternative
def by_sign(x: Array) -> Array:
    return np.maximum(np.sign(x), 0)
