"""The ELU."""

import numpy as np

from tplib.exercises.tp6.forward.common import KINKS, STABLE, everywhere, exercise, numbers, with_option
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray

ALPHAS = (2.0, 1.0, 0.5)


def _with_alpha(draw: Draw) -> Arguments:
    return (*numbers(draw), draw.choice(ALPHAS))


@exercise(
    points=1,
    at_home=True,
    lecture="004, Activation functions: ELU",
    concepts=(7,),
    draw=_with_alpha,
    edges=(Case((KINKS, 0.5)), Case((KINKS, 2.0)), Case((KINKS,)), *everywhere(ALPHAS), *with_option(STABLE, 2.0)),
    aspects={
        "stability": "Right for moderate inputs, but at x = 1000 the branch for x < 0 overflows and spoils x > 0."
    },
    forbidden=("torch.nn.functional.elu", "torch.nn.functional.elu_", "torch.nn.ELU"),
)
def elu(x: Array, alpha: float = 1.0) -> Array:
    """elu(x) = x for x > 0, and alpha (exp(x) - 1) otherwise.

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: elu([-ln 2, 3], 4) = [4 (1/2 - 1), 3] = [-2, 3]
    """
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


@elu.mistake("Towards which value does your function go for very negative x? Which should it be when alpha is 2?")
def alpha_ignored(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, np.exp(x) - 1)


@elu.mistake("Does your function jump at 0? Compare its values just below and just above.")
def minus_one_forgotten(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.exp(x))


@elu.mistake("`alpha` multiplies the whole bracket. Does it multiply the 1 in yours?")
def alpha_before_the_exponential_only(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.exp(x) - 1)


@elu.mistake("`alpha` sets the level reached for very negative x. Does it stand inside `exp`, or in front of it?")
def alpha_in_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, np.exp(alpha * x) - 1)


@elu.mistake("Is the 1 taken from x, or from `np.exp(x)`?")
def minus_one_in_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.exp(x - 1))


@elu.mistake("For very negative x, is exp(-x) small or large?")
def sign_of_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * (np.exp(-x) - 1))


@elu.mistake("Is your function positive or negative for x < 0? Which should it be?")
def sign_reversed(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * (1 - np.exp(x)))


@elu.mistake("Above 0 the ELU is x. What does yours give at x = 1 when alpha is 2?")
def alpha_on_both_sides(x: Array, alpha: float = 1.0) -> Array:
    return alpha * np.where(x > 0, x, np.exp(x) - 1)


@elu.mistake("On the left the ELU bends towards -alpha. Is yours a straight line there?", name="leaky ReLU")
def leaky(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * x)


@elu.mistake("-alpha is the value far on the left. Which values lie between there and 0?")
def constant_on_the_left(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, -alpha)


@elu.mistake("The ELU bends towards -alpha and never reaches it. Has yours a corner there?")
def cut_at_minus_alpha(x: Array, alpha: float = 1.0) -> Array:
    return np.maximum(x, -alpha)


@elu.mistake("Which branch belongs to x > 0: the line or the exponential?")
def branches_swapped(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x < 0, x, alpha * (np.exp(x) - 1))


@elu.mistake("Which is larger at x = 2: x, or exp(x) - 1? Does a maximum choose the right branch?")
def larger_branch(x: Array, alpha: float = 1.0) -> Array:
    return np.maximum(x, alpha * (np.exp(x) - 1))


@elu.mistake("Above 0 only one branch counts. What does the exponential add to yours there?")
def branches_added(x: Array, alpha: float = 1.0) -> Array:
    return np.maximum(x, 0) + alpha * (np.exp(x) - 1)


@elu.mistake("What is 0 times `np.exp(1000)`? Does multiplying by a mask really switch a branch off?")
def unstable(x: Array, alpha: float = 1.0) -> Array:
    return x * (x > 0) + alpha * (np.exp(x) - 1) * (x <= 0)


@elu.alternative
def by_where(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x >= 0, x, alpha * (np.exp(x) - 1))


@elu.alternative
def by_max_and_min(x: Array, alpha: float = 1.0) -> Array:
    return np.maximum(x, 0) + np.minimum(0, alpha * (np.exp(x) - 1))


@elu.alternative
def by_parts(x: Array, alpha: float = 1.0) -> Array:
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))
