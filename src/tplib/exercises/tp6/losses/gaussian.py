"""Regression with Gaussian noise: the log-likelihood."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, some_exact, targets_and_predictions
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray

PRECISIONS = (4.0, 0.25, 2.0, 0.5)


def _draw(draw: Draw) -> Arguments:
    return (*targets_and_predictions(draw), draw.choice(PRECISIONS))


def _any_precision(draw: Draw) -> Arguments:
    """The precision is any number above 0; no density is too small for a float."""
    t, y = some_exact(draw)
    return (t / 20, y / 20, float(draw.choice((0.001, 1000.0)) * (1 + draw.array(1, low=0.0, high=1.0)[0])))


def _density(t: Array, y: Array, beta: float) -> Array:
    return np.sqrt(beta / (2 * np.pi)) * np.exp(-beta / 2 * (t - y) ** 2)


@exercise(
    points=2,
    at_home=True,
    lecture="002, Regression break: Objective function for regression",
    concepts=(27,),
    draw=_draw,
    edges=(
        Case((np.array([1.0, 3.0, -1.0]), np.array([2.0, 1.5, -1.25]), 4.0)),
        Case((np.array([0.5]), np.array([2.0]), 0.25)),
        Drawn(_any_precision),
        Case((np.array([100.0, 0.0, 1.0]), np.array([0.0, 0.5, -1.0]), 2.0), "stability"),
        Case((np.tile([1.0, -1.0], 500), np.zeros(1000), 2.0), "stability"),
    ),
    aspects={"stability": "Right for a few small errors, but not for large errors or for many examples."},
    forbidden=(
        "scipy.stats.norm",
        "scipy.stats.norm.logpdf",
        "torch.distributions.Normal",
        "torch.nn.functional.gaussian_nll_loss",
        "torch.nn.GaussianNLLLoss",
        "tplib.nn.functional.gaussian_nll_loss",
        "tplib.nn.GaussianNLLLoss",
    ),
)
def gaussian_log_likelihood(t: Array, y: Array, beta: float) -> Array:
    """log P = sum over i of [1/2 log beta - 1/2 log(2 pi) - beta/2 (t_i - y_i)²].

    shapes: `t` and `y` are (B,), `beta` is a number, and so is the result: a sum over the examples, not a mean.
    worked: t = [1], y = [3], beta = 1: 0 - 0.919 - (1 - 3)² / 2 = -2.919
    """
    return np.sum(0.5 * np.log(beta) - 0.5 * np.log(2 * np.pi) - 0.5 * beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake(
    "An error of 100 has a density too small for a float: it becomes 0. What is its logarithm then? "
    "Can you take the logarithm on paper?"
)
def log_of_the_density(t: Array, y: Array, beta: float) -> Array:
    return np.log(_density(t, y, beta)).sum()


@gaussian_log_likelihood.mistake(
    "The product of 1,000 densities is too small for a float. What does the logarithm make of a product?"
)
def log_of_the_product(t: Array, y: Array, beta: float) -> Array:
    return np.log(_density(t, y, beta).prod())


@gaussian_log_likelihood.mistake("You have the likelihood. What makes a sum of this product?")
def logarithm_forgotten(t: Array, y: Array, beta: float) -> Array:
    return _density(t, y, beta).prod()


@gaussian_log_likelihood.mistake(
    "Of independent examples, are the probabilities added or multiplied? And their logarithms?"
)
def densities_added(t: Array, y: Array, beta: float) -> Array:
    return np.log(_density(t, y, beta).sum())


@gaussian_log_likelihood.mistake("The variance is 1 / beta. Should a larger beta make the bell narrower or wider?")
def beta_taken_for_the_variance(t: Array, y: Array, beta: float) -> Array:
    return np.sum(-0.5 * np.log(2 * np.pi * beta) - (t - y) ** 2 / (2 * beta))


@gaussian_log_likelihood.mistake("The variance is 1 / beta. Which power of beta stands in front of the squared error?")
def beta_taken_for_the_standard_deviation(t: Array, y: Array, beta: float) -> Array:
    return np.sum(-0.5 * np.log(2 * np.pi * beta**2) - (t - y) ** 2 / (2 * beta**2))


@gaussian_log_likelihood.mistake(
    "Should a better prediction have a higher or a lower log-likelihood? The minus sign comes with the loss.",
    name="negative log-likelihood",
)
def negative_log_likelihood(t: Array, y: Array, beta: float) -> Array:
    return -np.sum(0.5 * np.log(beta / (2 * np.pi)) - 0.5 * beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake("A density has area 1 below it. Where is the factor in front of the exponential?")
def only_the_errors(t: Array, y: Array, beta: float) -> Array:
    return -0.5 * beta * np.sum((t - y) ** 2)


@gaussian_log_likelihood.mistake(
    "A density has area 1 below it. What else stands below beta in the root?",
    name="2 pi forgotten",
)
def gaussian_log_likelihood_2_pi_forgotten(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(beta) - 0.5 * beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake(
    "A narrower bell is higher. Does the factor in front of the exponential depend on beta?"
)
def log_beta_forgotten(t: Array, y: Array, beta: float) -> Array:
    return np.sum(-0.5 * np.log(2 * np.pi) - 0.5 * beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake(
    "Each example has its own density. How many times does the factor in front of the exponential count?"
)
def factor_counted_once(t: Array, y: Array, beta: float) -> Array:
    return 0.5 * np.log(beta / (2 * np.pi)) - 0.5 * beta * np.sum((t - y) ** 2)


@gaussian_log_likelihood.mistake(
    "Look at the exponent again: by what is the squared error multiplied?",
    name="1/2 forgotten",
)
def half_forgotten(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(beta / (2 * np.pi)) - beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake("Should an error of -1 be more likely than an error of 1?")
def square_forgotten(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(beta / (2 * np.pi)) - 0.5 * beta * (t - y))


@gaussian_log_likelihood.mistake(
    "The factor in front of the exponential is a square root. What is the logarithm of a root?"
)
def square_root_forgotten(t: Array, y: Array, beta: float) -> Array:
    return np.sum(np.log(beta / (2 * np.pi)) - 0.5 * beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake("Your result has one number per example. What is the log-likelihood of all of them?")
def sum_forgotten(t: Array, y: Array, beta: float) -> Array:
    return 0.5 * np.log(beta / (2 * np.pi)) - 0.5 * beta * (t - y) ** 2


@gaussian_log_likelihood.mistake(
    "A narrower bell is higher: should a larger beta raise or lower the factor in front of the exponential?",
    name="2 pi / beta",
)
def fraction_upside_down(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(2 * np.pi / beta) - 0.5 * beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake("Python reads `beta / 2 * np.pi` from the left. Is pi above or below the line?")
def pi_above_the_line(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(beta / 2 * np.pi) - 0.5 * beta * (t - y) ** 2)


@gaussian_log_likelihood.mistake("What is `0.5 // 2`? Which division keeps the decimals?", name="beta // 2")
def whole_half(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(beta / (2 * np.pi)) - beta // 2 * (t - y) ** 2)


@gaussian_log_likelihood.mistake("Errors of 5 and -5 cancel in yours. Which comes first: the square, or the sum?")
def square_of_the_sum(t: Array, y: Array, beta: float) -> Array:
    return 0.5 * len(t) * np.log(beta / (2 * np.pi)) - 0.5 * beta * np.sum(t - y) ** 2


@gaussian_log_likelihood.mistake("Which power of the error stands in the Gaussian density?")
def absolute_errors(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(beta / (2 * np.pi)) - 0.5 * beta * np.abs(t - y))


@gaussian_log_likelihood.mistake("16 is the precision in this notebook's figure. Does your result depend on `beta`?")
def precision_of_the_notebook(t: Array, y: Array, beta: float) -> Array:
    return np.sum(0.5 * np.log(16 / (2 * np.pi)) - 8 * (t - y) ** 2)


@gaussian_log_likelihood.alternative
def collected(t: Array, y: Array, beta: float) -> Array:
    return len(t) / 2 * np.log(beta / (2 * np.pi)) - beta / 2 * np.sum(np.square(y - t))


@gaussian_log_likelihood.alternative
def by_the_deviation(t: Array, y: Array, beta: float) -> Array:
    sigma = 1 / np.sqrt(beta)
    return np.sum(-np.log(sigma * np.sqrt(2 * np.pi)) - ((t - y) / sigma) ** 2 / 2)


@gaussian_log_likelihood.alternative
def loop(t: Array, y: Array, beta: float) -> float:
    variance = 1 / beta
    total = 0.0
    for t_i, y_i in zip(t, y, strict=True):
        total -= 0.5 * np.log(2 * np.pi * variance) + (t_i - y_i) ** 2 / (2 * variance)
    return total
