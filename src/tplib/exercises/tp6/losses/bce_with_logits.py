"""Binary cross-entropy of scores."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, labels, library
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    B = draw.size(1, 5)
    return draw.array(B), labels(draw, B)


def _unequal_classes(draw: Draw) -> Arguments:
    return draw.array(4), np.array([1.0, 0.0, 0.0, 0.0])


def _large(draw: Draw) -> Arguments:
    """Wrong predictions whose probability rounds to 0 or 1: some below 100, some too large for an exponential."""
    return draw.array(4, low=75.0, high=95.0) * [1, -1, 10, -10], np.array([0.0, 1.0, 0.0, 1.0])


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _softplus(z: Array) -> Array:
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _bce(p: Array, y: Array) -> Array:
    return -np.mean(y * np.maximum(np.log(p), -100) + (1 - y) * np.maximum(np.log(1 - p), -100))


@exercise(
    points=2,
    at_home=True,
    lecture="000, With PyTorch: BCEWithLogitsLoss combines a sigmoid layer and the BCELoss",
    concepts=(11,),
    draw=_draw,
    edges=(
        Case((np.array([2.0, -1.0, 0.5, -3.0]), np.array([1.0, 1.0, 0.0, 0.0]))),
        Case((np.array([-1.5]), np.array([1.0]))),
        Drawn(_unequal_classes),
        Case((np.array([1000.0, 0.0]), np.array([0.0, 1.0])), "stability"),
        Case((np.array([-1000.0, 0.0]), np.array([1.0, 1.0])), "stability"),
        Case((np.array([1000.0, -1000.0, 0.0]), np.array([1.0, 0.0, 1.0])), "stability"),
        Case((np.array([1000.0, -1000.0, 0.0]), np.array([0.0, 1.0, 1.0])), "stability"),
        Drawn(_large, "stability"),
    ),
    aspects={"stability": "Right for moderate scores, but not for large ones."},
    forbidden=(
        *library("binary_cross_entropy_with_logits", "BCEWithLogitsLoss"),
        *library("binary_cross_entropy", "BCELoss"),
        *library("softplus", "Softplus"),
        *library("logsigmoid", "LogSigmoid"),
        "sklearn.metrics.log_loss",
    ),
)
def bce_with_logits(z: Array, y: Array) -> Array:
    """L = mean of [max(z, 0) - y z + log(1 + exp(-|z|))].

    shapes: `z` and `y` are (B,): one loss per example, (B,), and their mean is a number.
    worked: z = [0, -ln 3], y = [1, 0]: L = (ln 2 + ln(1 + 1/3)) / 2 = (0.693 + 0.288) / 2 = 0.490
    """
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))


@bce_with_logits.mistake(
    "For z = 1000 and y = 0 the loss is 1000. Yours stops at 100: the probability was rounded to 1 before. "
    "Can you do without it?"
)
def through_the_sigmoid(z: Array, y: Array) -> Array:
    return _bce(_sigmoid(z), y)


@bce_with_logits.mistake(
    "The sigmoid of -1000 is 0 in floats. What is its logarithm? Can you do without the probability?"
)
def logarithm_of_0(z: Array, y: Array) -> Array:
    p = _sigmoid(z)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_with_logits.mistake(
    "What is `np.exp(1000)`? Which exponential is never larger than 1: that of z, or that of -|z|?"
)
def overflow(z: Array, y: Array) -> Array:
    return np.mean(np.log(1 + np.exp(z)) - y * z)


@bce_with_logits.mistake(
    "For z = -1000 the exponential of -z is infinite. Which one is never larger than 1: that of -z, or that of -|z|?"
)
def overflow_for_negative_scores(z: Array, y: Array) -> Array:
    return np.mean(z + np.log(1 + np.exp(-z)) - y * z)


@bce_with_logits.mistake(
    "What is `np.exp(1000)`? `np.logaddexp(0, a)` is log(1 + exp(a)) without an overflow. How does it manage?"
)
def overflow_on_one_side(z: Array, y: Array) -> Array:
    return np.mean(np.log(1 + np.exp((1 - 2 * y) * z)))


@bce_with_logits.mistake(
    "The cut at -100 belongs to `bce`. For z = 1000 and y = 0 the loss is 1000: what does yours say?",
    name="cut at 100",
)
def cut_at_100(z: Array, y: Array) -> Array:
    return np.mean(np.minimum(np.logaddexp(0, z) - y * z, 100))


@bce_with_logits.mistake("For z = 5 and y = 0 the loss is a little more than 5. Which term of the formula gives the 5?")
def maximum_forgotten(z: Array, y: Array) -> Array:
    return np.mean(np.log1p(np.exp(-np.abs(z))) - y * z)


@bce_with_logits.mistake("Each score has its own max(z, 0). Which function compares number by number?")
def one_maximum_for_the_batch(z: Array, y: Array) -> Array:
    return np.mean(max(z.max(), 0) + np.log1p(np.exp(-np.abs(z))) - y * z)


@bce_with_logits.mistake("Which exponential is never larger than 1? Look at the sign before |z|.")
def minus_before_the_absolute_value_forgotten(z: Array, y: Array) -> Array:
    return np.mean(np.maximum(z, 0) + np.log1p(np.exp(np.abs(z))) - y * z)


@bce_with_logits.mistake("One example of class 1, three of class 0: do all four count the same in your mean?")
def mean_of_the_means_of_the_classes(z: Array, y: Array) -> Array:
    losses = np.logaddexp(0, z) - y * z
    return np.mean([losses[y == k].mean() for k in (0, 1) if (y == k).any()])


@bce_with_logits.mistake("A score can be negative. What is its logarithm?")
def scores_taken_for_probabilities(z: Array, y: Array) -> Array:
    return _bce(z, y)


@bce_with_logits.mistake("Your probabilities never leave the range from 0.5 to 0.73. How many sigmoids are there?")
def sigmoid_twice(z: Array, y: Array) -> Array:
    return _bce(_sigmoid(_sigmoid(z)), y)


@bce_with_logits.mistake(
    "log(1 + exp(-y z)) is for labels -1 and 1. What does it give for y = 0, whatever the score?",
    name="rule for labels -1 and 1",
)
def rule_for_labels_1_and_1(z: Array, y: Array) -> Array:
    return np.logaddexp(0, -y * z).mean()


@bce_with_logits.mistake("If y = 1, should a higher score raise or lower the loss? Look at the sign of y z.")
def score_added(z: Array, y: Array) -> Array:
    return np.mean(np.logaddexp(0, z) + y * z)


@bce_with_logits.mistake("Does your loss change if you change y?")
def label_forgotten(z: Array, y: Array) -> Array:
    return np.mean(np.logaddexp(0, z))


@bce_with_logits.mistake("A high score speaks for class 1. For y = 1 and z = 5, should the loss be large or small?")
def classes_exchanged(z: Array, y: Array) -> Array:
    return np.mean(np.logaddexp(0, z) - (1 - y) * z)


@bce_with_logits.mistake("Your result has one number per example. Which one number is the loss of the batch?")
def mean_forgotten(z: Array, y: Array) -> Array:
    return np.logaddexp(0, z) - y * z


@bce_with_logits.mistake("Can a loss be negative? Compare the sign of each term with the formula.")
def sign_forgotten(z: Array, y: Array) -> Array:
    return np.mean(y * z - np.logaddexp(0, z))


@bce_with_logits.alternative
def by_logaddexp(z: Array, y: Array) -> Array:
    return np.mean(np.logaddexp(0, z) - y * z)


@bce_with_logits.alternative
def by_class(z: Array, y: Array) -> Array:
    return np.where(y == 1, _softplus(-z), _softplus(z)).mean()


@bce_with_logits.alternative
def by_sign(z: Array, y: Array) -> Array:
    return np.logaddexp(0, (1 - 2 * y) * z).sum() / len(z)


@bce_with_logits.alternative
def log_sigmoid(z: Array, y: Array) -> Array:
    log_p, log_not_p = -_softplus(-z), -_softplus(z)
    return -(y * log_p + (1 - y) * log_not_p).mean()
