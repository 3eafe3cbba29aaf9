"""The ELU and its derivative."""

import numpy as np

from tplib.exercises.tp6.forward.common import (
    AT_THE_KINK,
    AUTOGRAD,
    BESIDE_KINKS,
    EMPTY,
    KINKS,
    LARGE,
    SAME_SHAPE,
    exercise,
    nonzero,
    numbers,
)
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


ALPHAS = (2.0, 1.0, 0.5)


def _with_alpha(draw: Draw) -> Arguments:
    return (*numbers(draw), draw.choice(ALPHAS))


def _elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def _elu_alpha_ignored(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, np.exp(x) - 1)


def _elu_minus_one_forgotten(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.exp(x))


def _elu_alpha_in_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, np.exp(alpha * x) - 1)


def _elu_sign_reversed(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * (1 - np.exp(x)))


def _elu_unstable(x: Array, alpha: float = 1.0) -> Array:
    return x * (x > 0) + alpha * (np.exp(x) - 1) * (x <= 0)


def _elu_by_where(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x >= 0, x, alpha * (np.exp(x) - 1))


def _elu_by_max_and_min(x: Array, alpha: float = 1.0) -> Array:
    return np.maximum(x, 0) + np.minimum(0, alpha * (np.exp(x) - 1))


def _elu_by_parts(x: Array, alpha: float = 1.0) -> Array:
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))


elu = exercise(
    name="elu",
    points=1,
    at_home=True,
    lecture="004, Activation functions: ELU",
    signature="elu(x, alpha=1.0)",
    draw=_with_alpha,
    edges=(Case((KINKS, 0.5)), Case((KINKS,)), Case((EMPTY, 2.0)), Case((LARGE, 2.0), "stability")),
    aspects={
        "stability": "Right for moderate inputs, but at x = 1000 the branch for x < 0 overflows and spoils x > 0."
    },
    reference=_elu,
    misconceptions=(
        Misconception(
            "alpha ignored",
            _elu_alpha_ignored,
            "Towards which value does your function go for very negative x? Which should it be when alpha is 2?",
        ),
        Misconception(
            "minus one forgotten",
            _elu_minus_one_forgotten,
            "Does your function jump at 0? Compare its values just below and just above.",
        ),
        Misconception(
            "alpha in the exponent",
            _elu_alpha_in_the_exponent,
            "`alpha` sets the level reached for very negative x. Does it stand inside `exp`, or in front of it?",
        ),
        Misconception(
            "sign reversed",
            _elu_sign_reversed,
            "Is your function positive or negative for x < 0? Which should it be?",
        ),
        Misconception(
            "unstable",
            _elu_unstable,
            "What is 0 times `np.exp(1000)`? Does multiplying by a mask really switch a branch off?",
        ),
    ),
    alternatives=(
        _elu_by_where,
        _elu_by_max_and_min,
        _elu_by_parts,
    ),
    forbidden=("torch.nn.functional.elu", "torch.nn.functional.elu_", "torch.nn.ELU"),
    formula="elu(x) = x for x > 0, and alpha (exp(x) - 1) otherwise.",
    shapes=SAME_SHAPE,
    worked="elu([-ln 2, 3], 4) = [4 (1/2 - 1), 3] = [-2, 3]",
)


def _nonzero_with_alpha(draw: Draw) -> Arguments:
    return (*nonzero(draw), draw.choice(ALPHAS))


def _elu_grad(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0))).astype(x.dtype)


def _elu_grad_alpha_ignored(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, np.exp(x)).astype(x.dtype)


def _elu_grad_minus_one_kept(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * (np.exp(x) - 1)).astype(x.dtype)


def _elu_grad_alpha_in_the_exponent(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(alpha * x)).astype(x.dtype)


def _elu_grad_derivative_of_the_relu(x: Array, alpha: float = 1.0) -> Array:
    return (x > 0).astype(x.dtype)


def _elu_grad_x_kept(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.exp(x))


def _elu_grad_one_at_zero(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x >= 0, 1, alpha * np.exp(x)).astype(x.dtype)


def _elu_grad_unstable(x: Array, alpha: float = 1.0) -> Array:
    return (x > 0) + alpha * np.exp(x) * (x <= 0)


def _elu_grad_by_where(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, 1, alpha * np.exp(x)).astype(x.dtype)


def _elu_grad_from_elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, np.ones_like(x), alpha * (np.exp(x) - 1) + alpha)


def _elu_grad_by_parts(x: Array, alpha: float = 1.0) -> Array:
    return np.heaviside(x, 0) + alpha * np.exp(np.minimum(x, 0)) * (x <= 0)


elu_grad = exercise(
    name="elu_grad",
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use ReLU and its variants",
    signature="elu_grad(x, alpha=1.0)",
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
    reference=_elu_grad,
    misconceptions=(
        Misconception(
            "alpha ignored",
            _elu_grad_alpha_ignored,
            "Below 0 the ELU is alpha times something. What happens to a constant factor when you take the slope?",
        ),
        Misconception(
            "minus one kept",
            _elu_grad_minus_one_kept,
            "The ELU never decreases. Is your slope negative for x < 0? What is the derivative of a constant?",
        ),
        Misconception(
            "alpha in the exponent",
            _elu_grad_alpha_in_the_exponent,
            "Which function has slope alpha exp(alpha x)? Is alpha inside the exponent of the ELU?",
        ),
        Misconception(
            "derivative of the ReLU",
            _elu_grad_derivative_of_the_relu,
            "Is the ELU flat just below 0?",
        ),
        Misconception(
            "x kept",
            _elu_grad_x_kept,
            "Above 0 the ELU is the line y = x. What is its slope?",
        ),
        Misconception(
            "one at zero",
            _elu_grad_one_at_zero,
            "On which side of `x > 0` does the point x = 0 fall?",
        ),
        Misconception(
            "unstable",
            _elu_grad_unstable,
            "What is 0 times `np.exp(1000)`? Does multiplying by a mask really switch a branch off?",
        ),
    ),
    alternatives=(
        _elu_grad_by_where,
        _elu_grad_from_elu,
        _elu_grad_by_parts,
    ),
    forbidden=AUTOGRAD,
    formula="elu'(x) = 1 for x > 0, and alpha exp(x) otherwise.",
    shapes=SAME_SHAPE,
    worked="elu'([-ln 2, 3], 4) = [4 * 1/2, 1] = [2, 1]",
)
