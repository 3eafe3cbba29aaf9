"""Binary cross-entropy of probabilities."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, labels, library
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    B = draw.size(1, 5)
    return draw.integers(1, 20, B) / 20, labels(draw, B)


def _tiny(draw: Draw) -> Arguments:
    """What happened had a probability of 1e-50 or less, which has a finite logarithm below -100."""
    return np.array([10.0 ** -int(n) for n in draw.integers(50, 300, 2)] + [0.5]), np.array([1.0, 1.0, 0.0])


def _log(p: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(p), -100)


@exercise(
    points=1,
    lecture="003, Loss for Binary Classification",
    concepts=(11,),
    draw=_draw,
    edges=(
        Case((np.array([0.9, 0.2, 0.6, 0.3]), np.array([1.0, 1.0, 0.0, 0.0]))),
        Case((np.array([0.25]), np.array([1.0]))),
        Case((np.array([0.0, 1.0, 0.5]), np.array([0.0, 1.0, 1.0])), "logarithm below -100"),
        Case((np.array([0.0, 1.0, 0.5]), np.array([1.0, 0.0, 1.0])), "logarithm below -100"),
        Drawn(_tiny, "logarithm below -100"),
    ),
    aspects={"logarithm below -100": "Right for moderate probabilities, but not where a logarithm is cut off at -100."},
    forbidden=(*library("binary_cross_entropy", "BCELoss"), "sklearn.metrics.log_loss"),
)
def bce(p: Array, y: Array) -> Array:
    """L = - mean of [y log p + (1 - y) log(1 - p)], with each logarithm cut off at -100.

    shapes: `p` and `y` are (B,): one loss per example, (B,), and their mean is a number.
    worked: p = [0.5, 0.8], y = [1, 0]: L = -(ln 0.5 + ln 0.2) / 2 = (0.693 + 1.609) / 2 = 1.151
    """
    return -np.mean(y * _log(p) + (1 - y) * _log(1 - p))


@bce.mistake("Is the logarithm of a probability positive or negative? And a loss?")
def sign_forgotten(p: Array, y: Array) -> Array:
    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce.mistake(
    "What does a bad prediction cost in your code: y = 0 and p = 0.9? Two terms, one minus in front of both: "
    "does it reach both?",
    name="the slide's y - 1",
)
def the_slide_s_y_1(p: Array, y: Array) -> Array:
    return -np.mean(y * np.log(p) + (y - 1) * np.log(1 - p))


@bce.mistake("What does an example with y = 0 cost in your code, whatever p is?")
def class_0_forgotten(p: Array, y: Array) -> Array:
    return -np.mean(y * np.log(p))


@bce.mistake("p is the probability of class 1. For y = 1 and p = 0.9, should the loss be large or small?")
def classes_exchanged(p: Array, y: Array) -> Array:
    return -np.mean((1 - y) * np.log(p) + y * np.log(1 - p))


@bce.mistake("Of p and y, one is 0 or 1 and has no useful logarithm. Of which do you take it?")
def arguments_exchanged(p: Array, y: Array) -> Array:
    return -np.mean(p * np.log(y) + (1 - p) * np.log(1 - y))


@bce.mistake("Your result has one number per example. Which one number is the loss of the batch?")
def mean_forgotten(p: Array, y: Array) -> Array:
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce.mistake("What does your loss give for y = 1 and p = 0? A confident mistake should cost far more than that.")
def squared_error(p: Array, y: Array) -> Array:
    return np.mean((p - y) ** 2)


@bce.mistake("Our logarithms are natural. What is log e in your code?")
def logarithm_in_base_2(p: Array, y: Array) -> Array:
    return -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p))


@bce.mistake("What is `np.log(0)`, and what is 0 times that? Which function keeps a number at -100 or above?")
def logarithm_of_0(p: Array, y: Array) -> Array:
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce.mistake("A model gives probability 0 to what happened. Does this cost nothing, or very much?")
def logarithm_of_0_not_counted(p: Array, y: Array) -> Array:
    return -np.mean(np.nan_to_num(y * np.log(p) + (1 - y) * np.log(1 - p), neginf=0.0))


@bce.mistake("Your logarithms are all -100. Which keeps a number at -100 or above: `np.maximum` or `np.minimum`?")
def minimum_instead_of_maximum(p: Array, y: Array) -> Array:
    return -np.mean(y * np.minimum(np.log(p), -100) + (1 - y) * np.minimum(np.log(1 - p), -100))


@bce.mistake("You replace the logarithm of 0. What is that of 1e-60, and what should it be?")
def only_the_logarithm_of_0_cut(p: Array, y: Array) -> Array:
    log_p, log_not_p = np.log(p), np.log(1 - p)
    log_p[np.isinf(log_p)] = -100
    log_not_p[np.isinf(log_not_p)] = -100
    return -np.mean(y * log_p + (1 - y) * log_not_p)


@bce.mistake("What is 0 times `-inf`? Cut the logarithm off before you multiply.")
def product_cut_instead_of_the_logarithm(p: Array, y: Array) -> Array:
    return -np.mean(np.maximum(y * np.log(p), -100) + np.maximum((1 - y) * np.log(1 - p), -100))


@bce.alternative
def by_where(p: Array, y: Array) -> Array:
    right = np.where(y == 1, p, 1 - p)
    return np.minimum(-np.log(right), 100).mean()


@bce.alternative
def loop(p: Array, y: Array) -> float:
    total = 0.0
    for p_i, y_i in zip(p, y, strict=True):
        right = p_i if y_i == 1 else 1 - p_i
        total += 100.0 if right == 0 else min(-np.log(right), 100.0)
    return total / len(p)


@bce.alternative
def by_class(p: Array, y: Array) -> Array:
    ones, zeros = np.log(p[y == 1]), np.log1p(-p[y == 0])
    return -(np.maximum(ones, -100).sum() + np.maximum(zeros, -100).sum()) / p.size
