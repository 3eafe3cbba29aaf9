"""The derivative of the ELU."""

import numpy as np

from tplib.exercises.tp6.forward.common import (
    AT_THE_KINK,
    AUTOGRAD,
    BESIDE_KINKS,
    STABLE,
    everywhere,
    exercise,
    nonzero,
    with_option,
)
from tplib.exercises.tp6.forward.elu import ALPHAS
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _with_alpha(draw: Draw) -> Arguments:
    return (*nonzero(draw), draw.choice(ALPHAS))


def _elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    concepts=(7,),
    draw=_with_alpha,
    edges=(
        Case((BESIDE_KINKS, 0.5)),
        Case((BESIDE_KINKS, 2.0)),
        Case((-BESIDE_KINKS, 2.0)),
        Case((BESIDE_KINKS[1], 2.0)),
        Case((BESIDE_KINKS,)),
        *everywhere(ALPHAS),
        *with_option(STABLE, 2.0),
        Case((AT_THE_KINK, 2.0), "kink"),
    ),
    aspects={
        "stability": "Right for moderate inputs, but at x = 1000 the branch for x < 0 overflows and spoils x > 0.",
        "kink": "Right, but for the value at x = 0, where we take alpha (the slope on the left) as PyTorch does.",
    },
    forbidden=AUTOGRAD,
)
def elu_grad(x: Array, alpha: float = 1.0) -> Array:
    """elu'(x) = 1 for x > 0, and alpha exp(x) otherwise.

    shapes: `x` may have any shape; the result has the same shape and the same dtype.
    worked: elu'([-ln 2, 3], 4) = [4 * 1/2, 1] = [2, 1]
    """
    return np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0))).astype(x.dtype)


@elu_grad.mistake(
    "Below 0 the ELU is alpha times something. What happens to a constant factor when you take the slope?"
)
def alpha_ignored(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, np.exp(x)).astype(x.dtype)


@elu_grad.mistake("Above 0 the ELU is x, whatever alpha. What does yours give at x = 1 when alpha is 2?")
def alpha_on_both_sides(x: Array, alpha: float = 1.0) -> Array:
    return alpha * np.exp(np.minimum(x, 0))


@elu_grad.mistake("Does the call of `elu` in your code hand alpha on? Without it, which alpha does `elu` take?")
def alpha_not_handed_on(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, _elu(x) + alpha).astype(x.dtype)


@elu_grad.mistake("alpha exp(x) is the ELU plus alpha. Do you add alpha, or 1?")
def one_added_for_alpha(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, _elu(x, alpha) + 1).astype(x.dtype)


@elu_grad.mistake("alpha exp(x) grows with alpha. Is it always below 1 for x < 0?")
def smaller_branch(x: Array, alpha: float = 1.0) -> Array:
    return np.minimum(1, alpha * np.exp(x))


@elu_grad.mistake("The ELU never decreases. Is your slope negative for x < 0? What is the derivative of a constant?")
def minus_one_kept(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * (np.exp(x) - 1)).astype(x.dtype)


@elu_grad.mistake("The ELU rises everywhere. Which sign has your slope on the left?")
def sign_on_the_left(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, -alpha * np.exp(x)).astype(x.dtype)


@elu_grad.mistake("Far on the left the ELU is flat. Does exp(-x) go to 0 there?")
def sign_of_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(-x)).astype(x.dtype)


@elu_grad.mistake("Which function has slope alpha exp(alpha x)? Is alpha inside the exponent of the ELU?")
def alpha_in_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(alpha * x)).astype(x.dtype)


@elu_grad.mistake("x exp(x - 1) would be the rule for powers of x. Which function is its own derivative?")
def rule_for_powers(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * x * np.exp(x - 1)).astype(x.dtype)


@elu_grad.mistake("This function takes the input x. Is x the value of the ELU?")
def input_taken_for_output(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, x + alpha).astype(x.dtype)


@elu_grad.mistake("The ELU is curved on the left. Can its slope be the same at -1 and at -2?")
def constant_on_the_left(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha).astype(x.dtype)


@elu_grad.mistake("Is the ELU flat just below 0?", name="derivative of the ReLU")
def derivative_of_the_relu(x: Array, alpha: float = 1.0) -> Array:
    return (x > 0).astype(x.dtype)


@elu_grad.mistake("Above 0 the ELU is the line y = x. What is its slope?")
def x_kept(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.exp(x))


@elu_grad.mistake("On which side of `x > 0` does the point x = 0 fall?")
def one_at_zero(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x >= 0, 1, alpha * np.exp(x)).astype(x.dtype)


@elu_grad.mistake("At 0 the ReLU has slope 0 by our convention. Which one holds for the ELU?")
def zero_at_zero(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(x) * (x < 0)).astype(x.dtype)


@elu_grad.mistake("What is 0 times `np.exp(1000)`? Does multiplying by a mask really switch a branch off?")
def unstable(x: Array, alpha: float = 1.0) -> Array:
    return (x > 0) + alpha * np.exp(x) * (x <= 0)


@elu_grad.alternative
def by_where(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(x)).astype(x.dtype)


@elu_grad.alternative
def from_elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, np.ones_like(x), alpha * (np.exp(x) - 1) + alpha)


@elu_grad.alternative
def by_parts(x: Array, alpha: float = 1.0) -> Array:
    return np.heaviside(x, 0) + alpha * np.exp(np.minimum(x, 0)) * (x <= 0)
