"""The ReLU."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.forward.common import KINKS, LARGE, everywhere, exercise, numbers, pytorch
from tplib.graders.exercise import Case

Array = np.ndarray


@exercise(
    points=1,
    lecture="000, Rectified linear unit (ReLU)",
    concepts=(7,),
    draw=numbers,
    edges=(Case((KINKS,)), Case((-KINKS[:1],)), *everywhere(), Case((LARGE,))),
    forbidden=(*pytorch("relu"), "torch.nn.ReLU"),
)
def relu(x: Array) -> Array:
    """relu(x) = max(0, x), number by number.

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: relu([-2, 0, 3]) = [0, 0, 3]
    """
    return np.maximum(x, 0)


@relu.mistake(
    "Python's `max` picks one of two things. Which NumPy function compares number by number?",
    name="Python's max",
)
def python_s_max(x: Any) -> Any:
    return max(0, x)


@relu.mistake(
    "Is an array larger than 0, or each of its numbers? Which NumPy function chooses number by number?",
    name="Python's if",
)
def python_s_if(x: Array) -> Array:
    if x > 0:
        return x
    return np.zeros_like(x)


@relu.mistake(
    "`np.max(x, 0)` takes the largest number along axis 0. Which function compares each number with 0?",
    name="np.max",
)
def np_max(x: Array) -> Array:
    return np.max(x, 0)


@relu.mistake("What should a negative number become: its opposite, or 0?")
def absolute_value(x: Array) -> Array:
    return np.abs(x)


@relu.mistake("Which numbers does the ReLU keep: the positive or the negative ones?")
def wrong_side(x: Array) -> Array:
    return np.minimum(x, 0)


@relu.mistake("Above 0 the ReLU keeps x as it is. What does yours give at x = 2?")
def step_instead_of_ramp(x: Array) -> Array:
    return np.where(x > 0, 1, 0).astype(x.dtype)


@relu.mistake("Has the ReLU an upper bound? What does yours give at x = 2?", name="bounded by 1")
def bounded_by_1(x: Array) -> Array:
    return np.clip(x, 0, 1)


@relu.mistake("A negative number becomes exactly 0. Which function lets a little of it through?", name="leaky ReLU")
def leaky(x: Array) -> Array:
    return np.where(x > 0, x, 0.01 * x)


@relu.mistake("The ReLU has a kink at 0 and gives 0 there. Is yours smooth?")
def softplus(x: Array) -> Array:
    return np.logaddexp(0, x)


@relu.mistake("A negative number is replaced by 0, not left out. How many numbers come in, and how many go out?")
def negative_numbers_left_out(x: Array) -> Array:
    return x[x > 0]


@relu.oracle
def by_pytorch(x: Array) -> Any:
    import torch

    return torch.relu(torch.from_numpy(x)).numpy()


@relu.alternative
def by_where(x: Array) -> Array:
    return np.where(x > 0, x, 0)


@relu.alternative
def by_mask(x: Array) -> Array:
    return x * (x > 0)


@relu.alternative
def by_absolute_value(x: Array) -> Array:
    return (x + np.abs(x)) / 2


@relu.alternative
def by_clip(x: Array) -> Array:
    return x.clip(min=0)
