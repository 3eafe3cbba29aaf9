"""Negative log-likelihood of the right classes."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, library
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    B, K = draw.size(1, 4), draw.size(2, 4)
    weights = draw.integers(1, 5, B, K)
    return np.log(weights / weights.sum(axis=1, keepdims=True)), draw.integers(0, K, B)


def _unequal_classes(draw: Draw) -> Arguments:
    weights, often = draw.integers(1, 9, 5, 3), int(draw.integers(0, 3, 1)[0])
    y = np.array([often, (often + 1) % 3, often, (often + 2) % 3, often])
    return np.log(weights / weights.sum(axis=1, keepdims=True)), y


@exercise(
    points=1,
    at_home=True,
    lecture="003, Loss for Multi-class Classification",
    concepts=(11,),
    draw=_draw,
    edges=(
        Case((np.log([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75], [0.125, 0.25, 0.625]]), np.array([1, 2, 0]))),
        Case((np.log([[0.2, 0.3, 0.4, 0.1]]), np.array([3]))),
        Drawn(_unequal_classes),
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


@nll_loss.mistake("By how many numbers does your mean divide: by the examples, B, or by the classes, K?")
def divided_by_the_number_of_classes(log_p: Array, y: Array) -> Array:
    return -log_p[np.arange(len(y)), y].sum() / log_p.shape[1]


@nll_loss.mistake("The first class has the number 0. Which column does `y - 1` take for it?")
def classes_counted_from_1(log_p: Array, y: Array) -> Array:
    return -log_p[np.arange(len(y)), y - 1].mean()


@nll_loss.mistake("What does your loss say of the examples of class 0? 0 is a class like any other.")
def class_0_left_out(log_p: Array, y: Array) -> Array:
    return -log_p[np.arange(len(y)), y][y > 0].sum() / max(np.count_nonzero(y), 1)


@nll_loss.mistake("Three examples of one class, one of another: do all count the same in your mean?")
def mean_of_the_means_of_the_classes(log_p: Array, y: Array) -> Array:
    return -np.mean([log_p[y == k, k].mean() for k in np.unique(y)])


@nll_loss.mistake("How many of the B examples does your loop visit? Change the last row: does your loss change?")
def last_example_left_out(log_p: Array, y: Array) -> Array:
    return -log_p[np.arange(len(y) - 1), y[:-1]].sum() / len(y)


@nll_loss.mistake("What should a right class of probability 0 cost: 1, or far more? What does the logarithm do?")
def one_minus_the_probability(log_p: Array, y: Array) -> Array:
    return np.mean(1 - np.exp(log_p[np.arange(len(y)), y]))


@nll_loss.mistake("log(1 - p) belongs to the binary formula. Which class alone counts here?")
def wrong_classes_counted_too(log_p: Array, y: Array) -> Array:
    one_hot = np.eye(log_p.shape[1])[y]
    return -np.sum(one_hot * log_p + (1 - one_hot) * np.log1p(-np.exp(log_p))) / len(y)


@nll_loss.mistake("Your losses are whole numbers. Of which type is the array that holds them?")
def losses_cut_to_whole_numbers(log_p: Array, y: Array) -> Array:
    return (-log_p[np.arange(len(y)), y]).astype(np.int64).mean()


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
