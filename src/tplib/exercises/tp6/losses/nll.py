"""Negative log-likelihood of the right classes."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, library
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    B, K = draw.size(1, 4), draw.size(2, 4)
    weights = draw.integers(1, 5, B, K)
    return np.log(weights / weights.sum(axis=1, keepdims=True)), draw.integers(0, K, B)


@exercise(
    points=1,
    at_home=True,
    lecture="003, Loss for Multi-class Classification",
    draw=_draw,
    edges=(
        Case((np.log([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75], [0.125, 0.25, 0.625]]), np.array([1, 2, 0]))),
        Case((np.log([[0.2, 0.3, 0.4, 0.1]]), np.array([3]))),
        Case((np.array([[-1000.0, 0.0], [0.0, -1000.0]]), np.array([0, 0])), "stability"),
    ),
    aspects={"stability": "Right for moderate log-probabilities, but not where a probability is tiny."},
    forbidden=library("nll_loss", "NLLLoss"),
)
def nll_loss(log_p: Array, y: Array) -> Array:
    """L = - mean over the examples i of log_p[i, y_i].

    shapes: `log_p` is (B, K), `y` (B,): one entry per row, (B,), and minus their mean is a number.
    worked: log_p = [[ln 0.25, ln 0.75], [ln 0.5, ln 0.5]], y = [1, 0]: L = -(ln 0.75 + ln 0.5) / 2 = 0.490
    """
    return -log_p[np.arange(len(y)), y].mean()


@nll_loss.mistake("Is the logarithm of a probability positive or negative? And a loss?")
def sign_forgotten(log_p: Array, y: Array) -> Array:
    return log_p[np.arange(len(y)), y].mean()


@nll_loss.mistake("`log_p` holds logarithms already. What is the logarithm of a negative number?")
def logarithm_twice(log_p: Array, y: Array) -> Array:
    return -np.log(log_p[np.arange(len(y)), y]).mean()


@nll_loss.mistake("`log_p` holds the logarithms that you need. What does the exponential undo?")
def probability_instead_of_its_logarithm(log_p: Array, y: Array) -> Array:
    return -np.exp(log_p)[np.arange(len(y)), y].mean()


@nll_loss.mistake("What is the shape of `log_p[:, y]`? Row i needs the class y[i] only. How do you index pairs?")
def every_row_with_every_class(log_p: Array, y: Array) -> Array:
    return -log_p[:, y].mean()


@nll_loss.mistake("By how many numbers does your mean divide: B, or B times K?")
def mean_over_the_classes_too(log_p: Array, y: Array) -> Array:
    return -(np.eye(log_p.shape[1])[y] * log_p).mean()


@nll_loss.mistake("Does your loss change if you change y? Only the right class of each row counts.")
def all_classes(log_p: Array, y: Array) -> Array:
    return -log_p.sum(axis=1).mean()


@nll_loss.mistake("You take the class that the model prefers. Which one should count?")
def most_probable_class(log_p: Array, y: Array) -> Array:
    return -log_p.max(axis=1).mean()


@nll_loss.mistake("Which index of `log_p` is the example, and which the class?")
def rows_and_columns_exchanged(log_p: Array, y: Array) -> Array:
    return -log_p[y, np.arange(len(y))].mean()


@nll_loss.mistake("`log_p[y]` takes rows, but y holds classes. On which axis of `log_p` are the classes?")
def whole_rows(log_p: Array, y: Array) -> Array:
    return -log_p[y].mean()


@nll_loss.mistake("Your result has one number per example. Which one number is the loss of the batch?")
def mean_forgotten(log_p: Array, y: Array) -> Array:
    return -log_p[np.arange(len(y)), y]


@nll_loss.mistake("What is `np.exp(-1000)`, and the logarithm of that? You have the logarithm already.")
def logarithm_of_an_exponential(log_p: Array, y: Array) -> Array:
    p = np.exp(log_p)
    return -np.log(p[np.arange(len(y)), y]).mean()


@nll_loss.alternative
def loop(log_p: Array, y: Array) -> float:
    total = 0.0
    for row, k in zip(log_p, y, strict=True):
        total -= row[k]
    return total / len(y)


@nll_loss.alternative
def one_hot(log_p: Array, y: Array) -> Array:
    one_hot = np.eye(log_p.shape[1])[y]
    return -(one_hot * log_p).sum(axis=1).mean()


@nll_loss.alternative
def take_along_axis(log_p: Array, y: Array) -> Array:
    return np.mean(-np.take_along_axis(log_p, y[:, None], axis=1))


@nll_loss.alternative
def by_mask(log_p: Array, y: Array) -> Array:
    return -np.sum(log_p[np.arange(log_p.shape[1]) == y[:, None]]) / len(log_p)
