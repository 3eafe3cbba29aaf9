"""The ELU and its derivative."""

import numpy as np

from tplib.exercises.tp6.forward.common import (
    AT_THE_KINK,
    AUTOGRAD,
    BESIDE_KINKS,
    EMPTY,
    KINKS,
    LARGE,
    exercise,
    nonzero,
    numbers,
)
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray

ALPHAS = (2.0, 1.0, 0.5)


def _with_alpha(draw: Draw) -> Arguments:
    return (*numbers(draw), draw.choice(ALPHAS))


def _nonzero_with_alpha(draw: Draw) -> Arguments:
    return (*nonzero(draw), draw.choice(ALPHAS))


@exercise(
    points=1,
    at_home=True,
    lecture="004, Activation functions: ELU",
    draw=_with_alpha,
    edges=(Case((KINKS, 0.5)), Case((KINKS,)), Case((EMPTY, 2.0)), Case((LARGE, 2.0), "stability")),
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


@elu.mistake("`alpha` sets the level reached for very negative x. Does it stand inside `exp`, or in front of it?")
def alpha_in_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, np.exp(alpha * x) - 1)


@elu.mistake("Is your function positive or negative for x < 0? Which should it be?")
def sign_reversed(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * (1 - np.exp(x)))


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


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    draw=_nonzero_with_alpha,
    edges=(
        Case((BESIDE_KINKS, 0.5)),
        Case((BESIDE_KINKS,)),
        Case((EMPTY, 2.0)),
        Case((LARGE, 2.0), "stability"),
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
    "Below 0 the ELU is alpha times something. What happens to a constant factor when you take the slope?",
    name="alpha ignored",
)
def elu_grad_alpha_ignored(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, np.exp(x)).astype(x.dtype)


@elu_grad.mistake("The ELU never decreases. Is your slope negative for x < 0? What is the derivative of a constant?")
def minus_one_kept(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * (np.exp(x) - 1)).astype(x.dtype)


@elu_grad.mistake(
    "Which function has slope alpha exp(alpha x)? Is alpha inside the exponent of the ELU?",
    name="alpha in the exponent",
)
def elu_grad_alpha_in_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(alpha * x)).astype(x.dtype)


@elu_grad.mistake("Is the ELU flat just below 0?", name="derivative of the ReLU")
def derivative_of_the_relu(x: Array, alpha: float = 1.0) -> Array:
    return (x > 0).astype(x.dtype)


@elu_grad.mistake("Above 0 the ELU is the line y = x. What is its slope?")
def x_kept(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.exp(x))


@elu_grad.mistake("On which side of `x > 0` does the point x = 0 fall?")
def one_at_zero(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x >= 0, 1, alpha * np.exp(x)).astype(x.dtype)


@elu_grad.mistake(
    "What is 0 times `np.exp(1000)`? Does multiplying by a mask really switch a branch off?",
    name="unstable",
)
def elu_grad_unstable(x: Array, alpha: float = 1.0) -> Array:
    return (x > 0) + alpha * np.exp(x) * (x <= 0)


@elu_grad.alternative
def elu_grad_by_where(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(x)).astype(x.dtype)


@elu_grad.alternative
def from_elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, np.ones_like(x), alpha * (np.exp(x) - 1) + alpha)


@elu_grad.alternative
def elu_grad_by_parts(x: Array, alpha: float = 1.0) -> Array:
    return np.heaviside(x, 0) + alpha * np.exp(np.minimum(x, 0)) * (x <= 0)
