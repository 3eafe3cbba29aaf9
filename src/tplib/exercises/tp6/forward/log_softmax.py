"""Log-softmax."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.exercises.tp6.forward.softmax import EDGES, SOFTMAXES, STABILITY, rows_of_scores

Array = np.ndarray


def _softmax(scores: Array, axis: int | None = -1) -> Array:
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _unstable(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1, keepdims=True)


@exercise(
    points=2,
    at_home=True,
    lecture="000, SoftMax function: using the log-softmax",
    concepts=(10,),
    signature="log_softmax(scores)",
    draw=rows_of_scores,
    edges=EDGES,
    aspects=STABILITY,
    forbidden=(
        *SOFTMAXES,
        "torch.log_softmax",
        "torch.nn.functional.log_softmax",
        "torch.Tensor.log_softmax",
        "torch.special.log_softmax",
        "torch.nn.LogSoftmax",
        "torch.logsumexp",
        "torch.Tensor.logsumexp",
        "scipy.special.log_softmax",
        "scipy.special.logsumexp",
    ),
)
def log_softmax(scores: Array, axis: int | None = -1) -> Array:
    """log softmax(z)_k = z_k - m - log sum_j exp(z_j - m), with m the maximum of the row.

    shapes: `scores` is (..., K); the maximum and the logarithm of the sum are (..., 1), with `keepdims=True`.
    worked: log_softmax([0, ln 3]) = [0, ln 3] - ln 4 = [ln 0.25, ln 0.75]
    """
    shifted = scores - scores.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


@log_softmax.mistake(
    "A probability can be too small for a float: it becomes 0. What is its logarithm then? "
    "Can you take the logarithm on paper, before the exponential?"
)
def log_of_the_softmax(scores: Array) -> Array:
    return np.log(_softmax(scores))


@log_softmax.mistake(
    "What is `np.exp(1000)`? Which number could you subtract from a row without changing its log-softmax?"
)
def unstable(scores: Array) -> Array:
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))


@log_softmax.mistake(
    "What is `np.exp(1000)`? Which number could you subtract from a row without changing its log-softmax?"
)
def log_of_the_unstable_softmax(scores: Array) -> Array:
    return np.log(_unstable(scores))


@log_softmax.mistake("You subtracted the maximum in one place. Where else does the row appear?")
def maximum_half_removed(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return scores - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake("You subtracted the maximum once from the scores. How often is it in your result?")
def maximum_subtracted_twice(scores: Array) -> Array:
    return log_softmax(scores) - scores.max(axis=-1, keepdims=True)


@log_softmax.mistake("log(a / b) = log a - log b. Which sign has m in front of the logarithm?")
def maximum_added(scores: Array) -> Array:
    top = scores.max(axis=-1, keepdims=True)
    return scores + top - np.log(np.exp(scores - top).sum(axis=-1, keepdims=True))


@log_softmax.mistake("Scores of 0 and 5000 lie 2500 from their mean. Which number makes all exponents 0 or less?")
def mean_subtracted(scores: Array) -> Array:
    shifted = scores - scores.mean(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake(
    "What is left of a row whose scores are 2000 below those of another row? Whose maximum do you subtract?"
)
def maximum_of_the_whole_array(scores: Array) -> Array:
    shifted = scores - scores.max()
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake("Is the logarithm of a probability positive or negative?")
def negated(scores: Array) -> Array:
    return -log_softmax(scores)


@log_softmax.mistake("One row is one example. Along which axis are its scores?")
def wrong_axis(scores: Array) -> Array:
    return log_softmax(scores, axis=0)


@log_softmax.mistake("`axis=1` is the last axis of a table only. Which number stands for the last axis?")
def axis_1(scores: Array) -> Array:
    return log_softmax(scores, axis=1)


@log_softmax.mistake(
    "The sums of (B, K) have shape (B,). Does NumPy take from each row its own logarithm? What does `keepdims` do?"
)
def axes_not_kept(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1))


@log_softmax.mistake("You sum over the whole array. Over which numbers must the probabilities sum to 1?")
def sum_of_the_whole_array(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum())


@log_softmax.mistake("Which comes first: the sum of the exponentials, or the logarithm?")
def sum_of_the_logarithms(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - shifted.sum(axis=-1, keepdims=True)


@log_softmax.mistake("Exponentiate your result: does each row sum to 1, or to K?")
def mean_instead_of_sum(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).mean(axis=-1, keepdims=True))


@log_softmax.mistake("The natural logarithm undoes `np.exp`. Which one does `np.log10` undo?", name="log10")
def logarithm_of_base_10(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log10(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake("`np.log1p(u)` is log(1 + u). Is the 1 already in your sum?", name="log1p")
def logarithm_of_one_more(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log1p(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake("Over which numbers must the probabilities sum to 1: one row, or the whole array?")
def whole_array(scores: Array) -> Array:
    return log_softmax(scores, axis=None)


@log_softmax.mistake("Exponentiate your result: does each row sum to 1?")
def not_normalised(scores: Array) -> Array:
    return scores - scores.max(axis=-1, keepdims=True)


@log_softmax.mistake("What is the logarithm of a negative score? Where has the exponential gone?")
def log_of_the_scores(scores: Array) -> Array:
    return np.log(scores / scores.sum(axis=-1, keepdims=True))


@log_softmax.alternative
def max_plus_log(scores: Array) -> Array:
    top = scores.max(axis=-1, keepdims=True)
    return scores - (top + np.log(np.sum(np.exp(scores - top), axis=-1, keepdims=True)))


@log_softmax.alternative
def by_logaddexp(scores: Array) -> Array:
    return scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
