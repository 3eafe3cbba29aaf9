"""Cross-entropy of scores."""

import numpy as np

from tplib.exercises.tp6.losses.common import (
    LOG_SOFTMAX,
    classes_of_unequal_size,
    exercise,
    library,
    scores_and_classes,
)
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray

SQUARE = np.array([[0.0, 1.0, 3.0], [2.0, -1.0, 0.5], [1.0, 1.5, -2.0]])
FAR_APART = np.array([[1000.0, 1001.0], [-1000.0, -999.0], [0.0, 0.0]])
LARGE = np.array([[1000.0, 1001.0, 999.0], [1.0, 2.0, 3.0]])
HUGE = np.array([[1e6, 1e6 + 1, 1e6 - 2.5], [-1e6, -1e6, 0.5 - 1e6]])
HOPELESS = np.array([[0.0, 1000.0, 0.0], [1.0, 2.0, 3.0]])


def _large(draw: Draw) -> Arguments:
    """Scores up to 1000 of both signs, rows far from each other."""
    return draw.array(4, 3, low=-1.0, high=1.0) * [[1000.0], [5.0], [200.0], [30.0]], draw.integers(0, 3, 4)


def _far_behind(draw: Draw) -> Arguments:
    """The right class is 712 to 740 behind: its probability is a number still, the exponential of the lead is not."""
    return np.array([[712.0 + float(draw.array(1, low=0.0, high=28.0)[0]), 0.0]]), np.array([1])


EDGES = (
    Case((SQUARE, np.array([1, 0, 2]))),
    Case((np.array([[1.0, 2.0, 0.5, -1.0]]), np.array([3]))),
    Drawn(classes_of_unequal_size),
    Case((FAR_APART, np.array([0, 1, 1])), "stability"),
    Case((LARGE, np.array([0, 2])), "stability"),
    Case((HUGE, np.array([0, 2])), "stability"),
    Case((HOPELESS, np.array([0, 2])), "stability"),
    Case((HOPELESS, np.array([1, 0])), "stability"),
    Drawn(_far_behind, "stability"),
    Drawn(_large, "stability"),
)


def _softmax(scores: Array, axis: int | None = 1) -> Array:
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _log_softmax(scores: Array, axis: int | None = 1) -> Array:
    shifted = scores - scores.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


@exercise(
    points=2,
    lecture="004, Loss: softmax loss (logistic regression)",
    concepts=(11,),
    draw=scores_and_classes,
    edges=EDGES,
    aspects={"stability": "Right for moderate scores, but not for large ones."},
    forbidden=(
        *library("cross_entropy", "CrossEntropyLoss"),
        *library("nll_loss", "NLLLoss"),
        *LOG_SOFTMAX,
        "tplib.nn.functional.log_softmax",
        "torch.logsumexp",
        "torch.Tensor.logsumexp",
        "scipy.special.log_softmax",
        "scipy.special.logsumexp",
        "sklearn.metrics.log_loss",
    ),
)
def cross_entropy(scores: Array, y: Array) -> Array:
    """L = mean over i of [m + log sum_j exp(s_ij - m) - s_iy], with m the maximum of row i, y its class.

    shapes: `scores` is (B, K), `y` (B,): the maximum is (B, 1) with `keepdims=True`, the losses are (B,).
    worked: scores = [[0, ln 3]], y = [1]: softmax [0.25, 0.75], L = -ln 0.75 = ln 4 - ln 3 = 0.288
    """
    return -_log_softmax(scores)[np.arange(len(y)), y].mean()


@cross_entropy.mistake(
    "A probability can be too small for a float: it becomes 0. What is its logarithm then? "
    "Can you take the logarithm on paper, before the exponential?"
)
def log_of_the_softmax(scores: Array, y: Array) -> Array:
    return -np.log(_softmax(scores)[np.arange(len(y)), y]).mean()


@cross_entropy.mistake(
    "What is `np.exp(1000)`? Which number could you subtract from a row without changing its softmax?"
)
def unstable(scores: Array, y: Array) -> Array:
    exps = np.exp(scores)
    p = exps / exps.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()


@cross_entropy.mistake("What is `np.exp(1000)`? Which number could you subtract from a row without changing its loss?")
def overflow(scores: Array, y: Array) -> Array:
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])


@cross_entropy.mistake("One row is at 1000, another at -1000. What is left of the second one after your subtraction?")
def maximum_of_the_whole_array(scores: Array, y: Array) -> Array:
    shifted = scores - scores.max()
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y])


@cross_entropy.mistake(
    "For scores 0 and 1000 and y = 0 the loss is 1000. Yours cannot exceed -log of the number that you add."
)
def small_number_added(scores: Array, y: Array) -> Array:
    return -np.log(_softmax(scores)[np.arange(len(y)), y] + 1e-12).mean()


@cross_entropy.mistake(
    "You subtract the score of the right class. If another is 1000 ahead of it, what is the exponential of the lead?"
)
def right_score_subtracted_instead_of_the_maximum(scores: Array, y: Array) -> Array:
    lead = scores - scores[np.arange(len(y)), y][:, None]
    return np.mean(np.log(np.exp(lead).sum(axis=1)))


@cross_entropy.mistake("Which one keeps all exponentials at 1 or below: the minimum of the row, or its maximum?")
def minimum_subtracted_instead_of_the_maximum(scores: Array, y: Array) -> Array:
    shifted = scores - scores.min(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y])


@cross_entropy.mistake(
    "A cut at -100 belongs to `bce`. For scores 0 and 1000 and y = 0 the loss is 1000: what is yours?"
)
def cut_at_100(scores: Array, y: Array) -> Array:
    return -np.maximum(_log_softmax(scores)[np.arange(len(y)), y], -100).mean()


@cross_entropy.mistake("What you subtract in the exponents, m, comes back outside. Where is it in your line?")
def maximum_not_added_again(scores: Array, y: Array) -> Array:
    m = scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores - m).sum(axis=1)) - scores[np.arange(len(y)), y])


@cross_entropy.mistake(
    "You subtract the maxima of the columns. Does a row keep its softmax if each score loses another number?"
)
def maxima_of_the_columns(scores: Array, y: Array) -> Array:
    shifted = scores - scores.max(axis=0)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y])


@cross_entropy.mistake("Equal scores of K classes should cost log K. Inside the logarithm: is it a sum or a mean?")
def mean_inside_the_logarithm(scores: Array, y: Array) -> Array:
    return -_log_softmax(scores)[np.arange(len(y)), y].mean() - np.log(scores.shape[1])


@cross_entropy.mistake("Our logarithms are natural. What is log e in your code?")
def logarithm_in_base_10(scores: Array, y: Array) -> Array:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.mean(np.log10(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y])


@cross_entropy.mistake("Add 100 to all scores of a row: the probabilities stay. Does your loss?")
def softmax_forgotten(scores: Array, y: Array) -> Array:
    return -scores[np.arange(len(y)), y].mean()


@cross_entropy.mistake("What is the logarithm of a negative score? What turns scores into probabilities?")
def logarithm_of_the_scores(scores: Array, y: Array) -> Array:
    return -np.log(scores[np.arange(len(y)), y]).mean()


@cross_entropy.mistake(
    "For a perfect prediction the loss should come near 0. Does yours? How many times do you take the softmax?"
)
def softmax_twice(scores: Array, y: Array) -> Array:
    return -_log_softmax(_softmax(scores))[np.arange(len(y)), y].mean()


@cross_entropy.mistake("What does your loss give for a right class of probability 0, and what should it give?")
def logarithm_forgotten(scores: Array, y: Array) -> Array:
    return -_softmax(scores)[np.arange(len(y)), y].mean()


@cross_entropy.mistake("One row is one example. Along which axis do its probabilities sum to 1?")
def wrong_axis(scores: Array, y: Array) -> Array:
    return -_log_softmax(scores, axis=0)[np.arange(len(y)), y].mean()


@cross_entropy.mistake("Over which numbers must the probabilities sum to 1: one row, or the whole array?")
def whole_array(scores: Array, y: Array) -> Array:
    return -_log_softmax(scores, axis=None)[np.arange(len(y)), y].mean()


@cross_entropy.mistake("Is the logarithm of a probability positive or negative? And a loss?")
def sign_forgotten(scores: Array, y: Array) -> Array:
    return _log_softmax(scores)[np.arange(len(y)), y].mean()


@cross_entropy.mistake("What is the shape of `log_p[:, y]`? Row i needs the class y[i] only. How do you index pairs?")
def every_row_with_every_class(scores: Array, y: Array) -> Array:
    return -_log_softmax(scores)[:, y].mean()


@cross_entropy.mistake("By how many numbers does your mean divide: B, or B times K?")
def mean_over_the_classes_too(scores: Array, y: Array) -> Array:
    return -(np.eye(scores.shape[1])[y] * _log_softmax(scores)).mean()


@cross_entropy.mistake("Which comes first: the logarithm of each probability, or the mean over the batch?")
def logarithm_of_the_mean(scores: Array, y: Array) -> Array:
    return -np.log(_softmax(scores)[np.arange(len(y)), y].mean())


@cross_entropy.mistake("Your result has one number per example. Which one number is the loss of the batch?")
def mean_forgotten(scores: Array, y: Array) -> Array:
    return -_log_softmax(scores)[np.arange(len(y)), y]


@cross_entropy.alternative
def by_logaddexp(scores: Array, y: Array) -> Array:
    return np.mean(np.logaddexp.reduce(scores, axis=1) - scores[np.arange(len(y)), y])


@cross_entropy.alternative
def one_hot(scores: Array, y: Array) -> Array:
    one_hot = np.eye(scores.shape[1])[y]
    return -(one_hot * _log_softmax(scores)).sum() / len(scores)


@cross_entropy.alternative
def loop(scores: Array, y: Array) -> float:
    total = 0.0
    for row, k in zip(scores, y, strict=True):
        top = max(row)
        total += top + np.log(sum(np.exp(row - top))) - row[k]
    return total / len(y)


@cross_entropy.alternative
def by_differences(scores: Array, y: Array) -> Array:
    ahead = scores - scores[np.arange(len(y)), y][:, None]
    return np.logaddexp.reduce(ahead, axis=1).mean()
