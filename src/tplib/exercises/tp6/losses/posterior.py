"""Regression with Gaussian noise and a Gaussian prior: the negative log-posterior of the parameters."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, targets_and_predictions
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    theta = draw.array(draw.size(1, 4))
    alpha, beta = draw.choice(((0.5, 4.0), (3.0, 0.25), (0.1, 2.0), (2.0, 5.0)))
    return (*targets_and_predictions(draw), np.where(theta == 0, 1.0, theta), alpha, beta)


@exercise(
    points=2,
    at_home=True,
    lecture="002, Regression break: Questions, prior on parameters; Regularization l2 or gaussian prior",
    concepts=(27,),
    draw=_draw,
    edges=(
        Case((np.array([1.0, 3.0, -1.0]), np.array([2.0, 1.5, -1.25]), np.array([0.5, -2.0]), 0.5, 4.0)),
        Case((np.array([0.5]), np.array([2.5]), np.array([1.0, 2.0, -0.5, 0.25]), 3.0, 0.25)),
    ),
)
def map_loss(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    """L = beta/2 · sum of (t_i - y_i)² + alpha/2 · sum of theta_j².

    shapes: `t` and `y` are (B,), `theta` is (P,), all parameters in one vector; the result is a number.
    worked: t = [1], y = [3], theta = [1, 2], alpha = 0.1, beta = 1: L = 4 / 2 + 0.1 · 5 / 2 = 2.25
    """
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta**2)


@map_loss.mistake("Does your loss change if theta grows while the predictions stay? Where is the prior?")
def prior_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2)


@map_loss.mistake("Does your loss change if the predictions get worse? Where is the likelihood?")
def data_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return alpha / 2 * np.sum(theta**2)


@map_loss.mistake("The prior finds large parameters unlikely. Do they raise or lower your loss?")
def sign_of_the_prior(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) - alpha / 2 * np.sum(theta**2)


@map_loss.mistake("Should the best theta have the largest or the smallest loss?", name="log-posterior")
def log_posterior(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return -map_loss(t, y, theta, alpha, beta)


@map_loss.mistake("Which of alpha and beta belongs to the noise, and which to the prior?")
def alpha_and_beta_exchanged(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return alpha / 2 * np.sum((t - y) ** 2) + beta / 2 * np.sum(theta**2)


@map_loss.mistake("Ten times as many data should weigh ten times as much against the prior. Do they, with a mean?")
def mean_of_the_errors(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.mean((t - y) ** 2) + alpha / 2 * np.sum(theta**2)


@map_loss.mistake(
    "The log-likelihood is a sum over the examples, the log-prior a sum over the parameters. "
    "Where do your means come from?"
)
def means_instead_of_sums(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.mean((t - y) ** 2) + alpha / 2 * np.mean(theta**2)


@map_loss.mistake("alpha and beta are precisions, the inverses of variances. Do they multiply or divide?")
def precisions_taken_for_variances(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return np.sum((t - y) ** 2) / (2 * beta) + np.sum(theta**2) / (2 * alpha)


@map_loss.mistake("What stands in the exponent of a Gaussian: the length of theta, or its square?")
def norm_not_squared(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.linalg.norm(theta)


@map_loss.mistake("A Gaussian prior gives squares. Which prior would give absolute values?")
def absolute_values_of_theta(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(np.abs(theta))


@map_loss.mistake("For theta = [5, -5], which comes first: the square, or the sum?")
def square_of_the_sum_of_theta(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta) ** 2


@map_loss.mistake("By what are the squares in the exponents of both Gaussians divided?", name="1/2 forgotten")
def half_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta * np.sum((t - y) ** 2) + alpha * np.sum(theta**2)


@map_loss.mistake(
    "The prior is a Gaussian like the noise. By what are the squares in its exponent divided?",
    name="1/2 of the prior forgotten",
)
def half_of_the_prior_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha * np.sum(theta**2)


@map_loss.mistake("Does your loss change if the noise gets smaller, that is, beta larger?")
def beta_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return np.sum((t - y) ** 2) / 2 + alpha / 2 * np.sum(theta**2)


@map_loss.mistake("The minimum is where it should be, but the value is not: what happened to the factor beta?")
def divided_by_beta(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return np.sum((t - y) ** 2) / 2 + alpha / beta / 2 * np.sum(theta**2)


@map_loss.mistake("The posterior is a product of likelihood and prior. What does the logarithm make of a product?")
def product_of_the_terms(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) * alpha / 2 * np.sum(theta**2)


@map_loss.mistake("Which of your terms do not depend on theta? The exercise leaves them out.")
def constants_kept(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    factors = len(t) * np.log(beta / (2 * np.pi)) + len(theta) * np.log(alpha / (2 * np.pi))
    return map_loss(t, y, theta, alpha, beta) - factors / 2


@map_loss.mistake("The log-prior is a sum over the parameters. Where does your mean come from?")
def mean_of_the_parameters(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.mean(theta**2)


@map_loss.mistake("alpha is a precision, the inverse of a variance. Does it multiply or divide theta²?")
def alpha_taken_for_a_variance(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + np.sum(theta**2) / (2 * alpha)


@map_loss.mistake("beta is a precision, the inverse of a variance. Does it multiply or divide the squared errors?")
def beta_taken_for_a_variance(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return np.sum((t - y) ** 2) / (2 * beta) + alpha / 2 * np.sum(theta**2)


@map_loss.mistake("Which terms of the log-likelihood do not depend on theta? The exercise leaves them out.")
def constants_of_the_likelihood_kept(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return map_loss(t, y, theta, alpha, beta) - len(t) / 2 * np.log(beta / (2 * np.pi))


@map_loss.mistake("The prior is a product over all parameters. Does your loss change if the first one grows?")
def first_parameter_left_out(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta[1:] ** 2)


@map_loss.mistake("There is one prior, however many examples. How often do you add it?")
def prior_for_each_example(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + len(t) * alpha / 2 * np.sum(theta**2)


@map_loss.mistake("What is `0.5 // 2`? Which division keeps the decimals?")
def whole_division(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta // 2 * np.sum((t - y) ** 2) + alpha // 2 * np.sum(theta**2)


@map_loss.mistake("There are B targets and P parameters. Where does a `zip` of both end?")
def as_many_parameters_as_examples(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return sum(
        beta / 2 * (t_i - y_i) ** 2 + alpha / 2 * parameter**2 for t_i, y_i, parameter in zip(t, y, theta, strict=False)
    )


@map_loss.alternative
def dot(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    error = y - t
    return (beta * error @ error + alpha * theta @ theta) / 2


@map_loss.alternative
def norms(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> float:
    return float(beta * np.linalg.norm(t - y) ** 2 + alpha * np.linalg.norm(theta) ** 2) / 2


@map_loss.alternative
def loop(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> float:
    total = 0.0
    for t_i, y_i in zip(t, y, strict=True):
        total += beta * (t_i - y_i) ** 2 / 2
    for parameter in theta:
        total += alpha * parameter**2 / 2
    return total
