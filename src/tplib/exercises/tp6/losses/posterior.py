"""Regression with Gaussian noise and a Gaussian prior: the negative log-posterior of the parameters."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, targets_and_predictions
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    theta = draw.array(draw.size(1, 4))
    alpha, beta = draw.choice(((0.5, 4.0), (3.0, 0.25), (0.1, 2.0), (2.0, 5.0)))
    return (*targets_and_predictions(draw), np.where(theta == 0, 1.0, theta), alpha, beta)


def _map_loss(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta**2)


def _map_loss_dot(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    error = y - t
    return (beta * error @ error + alpha * theta @ theta) / 2


def _map_loss_norms(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> float:
    return float(beta * np.linalg.norm(t - y) ** 2 + alpha * np.linalg.norm(theta) ** 2) / 2


def _map_loss_loop(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> float:
    total = 0.0
    for t_i, y_i in zip(t, y, strict=True):
        total += beta * (t_i - y_i) ** 2 / 2
    for parameter in theta:
        total += alpha * parameter**2 / 2
    return total


def _map_loss_prior_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2)


def _map_loss_data_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return alpha / 2 * np.sum(theta**2)


def _map_loss_sign_of_the_prior(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) - alpha / 2 * np.sum(theta**2)


def _map_loss_log_posterior(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return -_map_loss(t, y, theta, alpha, beta)


def _map_loss_alpha_and_beta_exchanged(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return alpha / 2 * np.sum((t - y) ** 2) + beta / 2 * np.sum(theta**2)


def _map_loss_mean_of_the_errors(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.mean((t - y) ** 2) + alpha / 2 * np.sum(theta**2)


def _map_loss_means(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.mean((t - y) ** 2) + alpha / 2 * np.mean(theta**2)


def _map_loss_variances(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return np.sum((t - y) ** 2) / (2 * beta) + np.sum(theta**2) / (2 * alpha)


def _map_loss_norm_not_squared(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.linalg.norm(theta)


def _map_loss_absolute_values(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(np.abs(theta))


def _map_loss_sum_squared(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta) ** 2


def _map_loss_half_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta * np.sum((t - y) ** 2) + alpha * np.sum(theta**2)


def _map_loss_half_of_the_prior_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) + alpha * np.sum(theta**2)


def _map_loss_beta_forgotten(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return np.sum((t - y) ** 2) / 2 + alpha / 2 * np.sum(theta**2)


def _map_loss_divided_by_beta(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return np.sum((t - y) ** 2) / 2 + alpha / beta / 2 * np.sum(theta**2)


def _map_loss_product(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    return beta / 2 * np.sum((t - y) ** 2) * alpha / 2 * np.sum(theta**2)


def _map_loss_constants_kept(t: Array, y: Array, theta: Array, alpha: float, beta: float) -> Array:
    factors = len(t) * np.log(beta / (2 * np.pi)) + len(theta) * np.log(alpha / (2 * np.pi))
    return _map_loss(t, y, theta, alpha, beta) - factors / 2


map_loss = exercise(
    name="map_loss",
    points=2,
    at_home=True,
    lecture="002, Regression break: Questions, prior on parameters; Regularization l2 or gaussian prior",
    signature="map_loss(t, y, theta, alpha, beta)",
    draw=_draw,
    edges=(
        Case((np.array([1.0, 3.0, -1.0]), np.array([2.0, 1.5, -1.25]), np.array([0.5, -2.0]), 0.5, 4.0)),
        Case((np.array([0.5]), np.array([2.5]), np.array([1.0, 2.0, -0.5, 0.25]), 3.0, 0.25)),
    ),
    reference=_map_loss,
    misconceptions=(
        Misconception(
            "prior forgotten",
            _map_loss_prior_forgotten,
            "Does your loss change if theta grows while the predictions stay? Where is the prior?",
        ),
        Misconception(
            "data forgotten",
            _map_loss_data_forgotten,
            "Does your loss change if the predictions get worse? Where is the likelihood?",
        ),
        Misconception(
            "sign of the prior",
            _map_loss_sign_of_the_prior,
            "The prior finds large parameters unlikely. Do they raise or lower your loss?",
        ),
        Misconception(
            "log-posterior",
            _map_loss_log_posterior,
            "Should the best theta have the largest or the smallest loss?",
        ),
        Misconception(
            "alpha and beta exchanged",
            _map_loss_alpha_and_beta_exchanged,
            "Which of alpha and beta belongs to the noise, and which to the prior?",
        ),
        Misconception(
            "mean of the errors",
            _map_loss_mean_of_the_errors,
            "Ten times as many data should weigh ten times as much against the prior. Do they, with a mean?",
        ),
        Misconception(
            "means instead of sums",
            _map_loss_means,
            "The log-likelihood is a sum over the examples, the log-prior a sum over the parameters. "
            "Where do your means come from?",
        ),
        Misconception(
            "precisions taken for variances",
            _map_loss_variances,
            "alpha and beta are precisions, the inverses of variances. Do they multiply or divide?",
        ),
        Misconception(
            "norm not squared",
            _map_loss_norm_not_squared,
            "What stands in the exponent of a Gaussian: the length of theta, or its square?",
        ),
        Misconception(
            "absolute values of theta",
            _map_loss_absolute_values,
            "A Gaussian prior gives squares. Which prior would give absolute values?",
        ),
        Misconception(
            "square of the sum of theta",
            _map_loss_sum_squared,
            "For theta = [5, -5], which comes first: the square, or the sum?",
        ),
        Misconception(
            "1/2 forgotten",
            _map_loss_half_forgotten,
            "By what are the squares in the exponents of both Gaussians divided?",
        ),
        Misconception(
            "1/2 of the prior forgotten",
            _map_loss_half_of_the_prior_forgotten,
            "The prior is a Gaussian like the noise. By what are the squares in its exponent divided?",
        ),
        Misconception(
            "beta forgotten",
            _map_loss_beta_forgotten,
            "Does your loss change if the noise gets smaller, that is, beta larger?",
        ),
        Misconception(
            "divided by beta",
            _map_loss_divided_by_beta,
            "The minimum is where it should be, but the value is not: what happened to the factor beta?",
        ),
        Misconception(
            "product of the terms",
            _map_loss_product,
            "The posterior is a product of likelihood and prior. What does the logarithm make of a product?",
        ),
        Misconception(
            "constants kept",
            _map_loss_constants_kept,
            "Which of your terms do not depend on theta? The exercise leaves them out.",
        ),
    ),
    alternatives=(_map_loss_dot, _map_loss_norms, _map_loss_loop),
    formula="L = beta/2 · sum of (t_i - y_i)² + alpha/2 · sum of theta_j².",
    shapes="`t` and `y` are (B,), `theta` is (P,), all parameters in one vector; the result is a number.",
    worked="t = [1], y = [3], theta = [1, 2], alpha = 0.1, beta = 1: L = 4 / 2 + 0.1 · 5 / 2 = 2.25",
)
