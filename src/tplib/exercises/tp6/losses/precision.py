"""Regression with Gaussian noise: the most likely precision."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, some_exact, targets_and_predictions
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


@exercise(
    points=1,
    at_home=True,
    lecture="002, Regression break: Questions, the loss function (estimate of beta)",
    concepts=(27,),
    draw=targets_and_predictions,
    edges=(
        Case((np.array([1.0, 3.0, -1.0]), np.array([2.0, 1.5, -1.25]))),
        Case((np.array([0.5]), np.array([2.5]))),
        Case((np.array([2.0, 3.0, 4.0]), np.array([1.0, 2.5, 3.25]))),
        Drawn(some_exact),
    ),
    forbidden=("sklearn.metrics.mean_squared_error", "torch.nn.functional.mse_loss", "tplib.nn.functional.mse_loss"),
)
def estimate_beta(t: Array, y: Array) -> Array:
    """N / (2 beta) - 1/2 sum of (t_i - y_i)² = 0, so 1 / beta is the mean of (t_i - y_i)².

    shapes: `t` and `y` are (B,); the result is a number above 0.
    worked: t = [1, 4], y = [2, 2]: mean squared error ((-1)² + 2²) / 2 = 2.5, so beta = 0.4
    """
    return 1 / np.mean((t - y) ** 2)


@estimate_beta.mistake("Your result grows with the errors. Should the precision?")
def variance_instead_of_precision(t: Array, y: Array) -> Array:
    return np.mean((t - y) ** 2)


@estimate_beta.mistake(
    "The noise has the variance 1 / beta. What do you get if you set that equal to the mean squared error?"
)
def standard_deviation_instead_of_precision(t: Array, y: Array) -> Array:
    return np.sqrt(np.mean((t - y) ** 2))


@estimate_beta.mistake("The variance is 1 / beta. Where does your square root come from?")
def inverse_of_the_standard_deviation(t: Array, y: Array) -> Array:
    return 1 / np.sqrt(np.mean((t - y) ** 2))


@estimate_beta.mistake(
    "Does your precision halve when the same examples come twice? What has to be divided by their number?"
)
def sum_of_squares(t: Array, y: Array) -> Array:
    return 1 / np.sum((t - y) ** 2)


@estimate_beta.mistake("Set the derivative of the log-likelihood to 0: is there an n - 1 in it?", name="n - 1")
def n_1(t: Array, y: Array) -> Array:
    return (len(t) - 1) / np.sum((t - y) ** 2)


@estimate_beta.mistake("`np.var` subtracts the mean error first. Is a model that is always wrong by 5 precise?")
def mean_error_removed(t: Array, y: Array) -> Array:
    return 1 / np.var(t - y)


@estimate_beta.mistake("Does your result change if the predictions get better?")
def predictions_not_used(t: Array, y: Array) -> Array:
    return 1 / np.var(t)


@estimate_beta.mistake(
    "Which comes first: the mean of the squared errors, or the inverse? One error near 0 decides in yours."
)
def mean_of_the_inverses(t: Array, y: Array) -> Array:
    return np.mean(1 / (t - y) ** 2)


@estimate_beta.mistake("Which power of the error stands in the Gaussian density?")
def absolute_errors(t: Array, y: Array) -> Array:
    return 1 / np.mean(np.abs(t - y))


@estimate_beta.mistake("Errors of 5 and -5 cancel in your formula. Which comes first: the square, or the mean?")
def square_of_the_mean(t: Array, y: Array) -> Array:
    return 1 / np.mean(t - y) ** 2


@estimate_beta.mistake("Both terms of the log-likelihood hold a factor 1/2. Did you keep both in the derivative?")
def factor_2(t: Array, y: Array) -> Array:
    return 2 / np.mean((t - y) ** 2)


@estimate_beta.mistake(
    "Only one term of the log-likelihood keeps its 1/2 in yours. Did you derive both?", name="factor 1/2"
)
def factor_half(t: Array, y: Array) -> Array:
    return 1 / (2 * np.mean((t - y) ** 2))


@estimate_beta.mistake("Python reads `1 / s / n` from the left. Does your precision rise with the number of examples?")
def divided_by_the_number_too(t: Array, y: Array) -> Array:
    return 1 / np.sum((t - y) ** 2) / len(t)


@estimate_beta.mistake("Set the derivative of the log-likelihood to 0: is there an n - 2 in it?", name="n - 2")
def n_2(t: Array, y: Array) -> Array:
    return (len(t) - 2) / np.sum((t - y) ** 2)


@estimate_beta.mistake(
    "`np.var` subtracts the mean error first, and `ddof=1` divides by n - 1. Are they in the log-likelihood?",
    name="unbiased variance without the mean error",
)
def sample_variance(t: Array, y: Array) -> Array:
    return 1 / np.var(t - y, ddof=1)


@estimate_beta.mistake("Which comes first: the square of each error, or the mean? An absolute value is no square.")
def square_of_the_mean_absolute_error(t: Array, y: Array) -> Array:
    return 1 / np.mean(np.abs(t - y)) ** 2


@estimate_beta.mistake(
    "An exact prediction is an example like any other. Does it make the noise look larger or smaller?"
)
def exact_predictions_not_counted(t: Array, y: Array) -> Array:
    error = (t - y)[t != y]
    return len(error) / np.sum(error**2)


@estimate_beta.alternative
def number_over_sum(t: Array, y: Array) -> Array:
    error = y - t
    return len(t) / (error @ error)


@estimate_beta.alternative
def loop(t: Array, y: Array) -> float:
    total = 0.0
    for t_i, y_i in zip(t, y, strict=True):
        total += (t_i - y_i) * (t_i - y_i)
    return len(t) / total


@estimate_beta.alternative
def by_the_deviation(t: Array, y: Array) -> float:
    return float(np.linalg.norm((t - y) / np.sqrt(t.size))) ** -2
