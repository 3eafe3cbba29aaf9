"""Hard-tanh."""

import numpy as np

from tplib.exercises.tp6.forward.common import KINKS, LARGE, everywhere, exercise, numbers
from tplib.graders.exercise import Case

Array = np.ndarray


@exercise(
    points=0.5,
    at_home=True,
    lecture="000, Activation functions: hard-tanh",
    concepts=(7,),
    draw=numbers,
    edges=(Case((KINKS,)), *everywhere(), Case((LARGE,))),
    forbidden=("torch.nn.functional.hardtanh", "torch.nn.functional.hardtanh_", "torch.nn.Hardtanh"),
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


@hardtanh.mistake("The middle piece is the line y = x. What does yours give at x = 0?")
def hard_sigmoid(x: Array) -> Array:
    return np.clip((x + 1) / 2, 0, 1)


@hardtanh.mistake("What is tanh(10), roughly? And your value there?")
def zero_outside(x: Array) -> Array:
    return np.where(np.abs(x) <= 1, x, 0)


@hardtanh.mistake("Below -1 hard-tanh is -1. Which sign has yours there?")
def one_on_both_sides(x: Array) -> Array:
    return np.where(np.abs(x) <= 1, x, 1)


@hardtanh.mistake("Between -1 and 1 hard-tanh is x. Is yours flat there?")
def zero_in_between(x: Array) -> Array:
    return np.where(np.abs(x) <= 1, 0, np.sign(x))


@hardtanh.mistake("Between -1 and 1 hard-tanh is x. Where does yours jump?")
def sign_of_x(x: Array) -> Array:
    return np.sign(x)


@hardtanh.mistake("Where does the lower piece begin: below 0, or below -1?")
def negative_numbers_lost(x: Array) -> Array:
    return np.where(x > 0, np.minimum(x, 1), -1).astype(x.dtype)


@hardtanh.mistake("Hard-tanh is made of three straight pieces. Is yours curved?")
def tanh_itself(x: Array) -> Array:
    return np.tanh(x)


@hardtanh.mistake("What happens to an input far below -1?")
def upper_bound_only(x: Array) -> Array:
    return np.minimum(x, 1)


@hardtanh.mistake("What happens to an input far above 1?")
def lower_bound_only(x: Array) -> Array:
    return np.maximum(x, -1)


@hardtanh.mistake("Which bound goes with `minimum`, and which with `maximum`?")
def bounds_swapped(x: Array) -> Array:
    return np.maximum(np.minimum(x, -1), 1)


@hardtanh.mistake("`np.clip` takes the lower bound first. In which order are yours?")
def bounds_of_clip_swapped(x: Array) -> Array:
    return np.clip(x, 1, -1)


@hardtanh.mistake("Which of your pieces takes x = 1, and which x = -1?")
def bounds_left_out(x: Array) -> Array:
    return np.where(np.abs(x) == 1, 0, np.clip(x, -1, 1))


@hardtanh.mistake("How many of your pieces take x = 1?")
def bounds_counted_twice(x: Array) -> Array:
    return np.where(np.abs(x) == 1, 2 * x, np.clip(x, -1, 1))


@hardtanh.mistake(
    "Is an array larger than 1, or each of its numbers? Which NumPy function chooses number by number?",
    name="Python's if",
)
def python_s_if(x: Array) -> Array:
    if x > 1:
        return np.ones_like(x)
    return np.maximum(x, -1)


@hardtanh.alternative
def by_max_and_min(x: Array) -> Array:
    return np.maximum(-1, np.minimum(1, x))


@hardtanh.alternative
def by_where(x: Array) -> Array:
    return np.where(x > 1, 1, np.where(x < -1, -1, x)).astype(x.dtype)


@hardtanh.alternative
def by_absolute_values(x: Array) -> Array:
    return (np.abs(x + 1) - np.abs(x - 1)) / 2
