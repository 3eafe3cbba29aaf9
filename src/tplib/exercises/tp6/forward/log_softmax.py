"""Log-softmax."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.exercises.tp6.forward.softmax import EDGES, STABILITY, rows_of_scores
from tplib.graders.exercise import Misconception

Array = np.ndarray


def _softmax(scores: Array, axis: int | None = -1) -> Array:
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _unstable(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1, keepdims=True)


def _log_softmax(scores: Array, axis: int | None = -1) -> Array:
    shifted = scores - scores.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def _log_softmax_maximum_half_removed(scores: Array) -> Array:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return scores - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _log_softmax_max_plus_log(scores: Array) -> Array:
    top = scores.max(axis=-1, keepdims=True)
    return scores - (top + np.log(np.sum(np.exp(scores - top), axis=-1, keepdims=True)))


def _log_softmax_log_of_the_softmax(scores: Array) -> Array:
    return np.log(_softmax(scores))


def _log_softmax_unstable(scores: Array) -> Array:
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))


def _log_softmax_log_of_the_unstable_softmax(scores: Array) -> Array:
    return np.log(_unstable(scores))


def _log_softmax_negated(scores: Array) -> Array:
    return -_log_softmax(scores)


def _log_softmax_wrong_axis(scores: Array) -> Array:
    return _log_softmax(scores, axis=0)


def _log_softmax_whole_array(scores: Array) -> Array:
    return _log_softmax(scores, axis=None)


def _log_softmax_not_normalised(scores: Array) -> Array:
    return scores - scores.max(axis=-1, keepdims=True)


def _log_softmax_log_of_the_scores(scores: Array) -> Array:
    return np.log(scores / scores.sum(axis=-1, keepdims=True))


def _log_softmax_by_logaddexp(scores: Array) -> Array:
    return scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)


log_softmax = exercise(
    name="log_softmax",
    points=2,
    at_home=True,
    lecture="000, SoftMax function: using the log-softmax",
    signature="log_softmax(scores)",
    draw=rows_of_scores,
    edges=EDGES,
    aspects=STABILITY,
    reference=_log_softmax,
    misconceptions=(
        Misconception(
            "log of the softmax",
            _log_softmax_log_of_the_softmax,
            "A probability can be too small for a float: it becomes 0. What is its logarithm then? "
            "Can you take the logarithm on paper, before the exponential?",
        ),
        Misconception(
            "unstable",
            _log_softmax_unstable,
            "What is `np.exp(1000)`? Which number could you subtract from a row without changing its log-softmax?",
        ),
        Misconception(
            "log of the unstable softmax",
            _log_softmax_log_of_the_unstable_softmax,
            "What is `np.exp(1000)`? Which number could you subtract from a row without changing its log-softmax?",
        ),
        Misconception(
            "maximum half removed",
            _log_softmax_maximum_half_removed,
            "You subtracted the maximum in one place. Where else does the row appear?",
        ),
        Misconception(
            "negated",
            _log_softmax_negated,
            "Is the logarithm of a probability positive or negative?",
        ),
        Misconception(
            "wrong axis",
            _log_softmax_wrong_axis,
            "One row is one example. Along which axis are its scores?",
        ),
        Misconception(
            "whole array",
            _log_softmax_whole_array,
            "Over which numbers must the probabilities sum to 1: one row, or the whole array?",
        ),
        Misconception(
            "not normalised",
            _log_softmax_not_normalised,
            "Exponentiate your result: does each row sum to 1?",
        ),
        Misconception(
            "log of the scores",
            _log_softmax_log_of_the_scores,
            "What is the logarithm of a negative score? Where has the exponential gone?",
        ),
    ),
    alternatives=(
        _log_softmax_max_plus_log,
        _log_softmax_by_logaddexp,
    ),
    forbidden=(
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
    formula="log softmax(z)_k = z_k - m - log sum_j exp(z_j - m), with m the maximum of the row.",
    shapes="`scores` is (..., K); the maximum and the logarithm of the sum are (..., 1), with `keepdims=True`.",
    worked="log_softmax([0, ln 3]) = [0, ln 3] - ln 4 = [ln 0.25, ln 0.75]",
)
