"""Exercises of TP6-TrainFFNN/1_forward: units, layers, activations and their derivatives, softmax."""

from functools import partial

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Exercise, Misconception

_Exercise = partial(Exercise, assignment="TP6-TrainFFNN", notebook="1_forward")


def _scores(draw: Draw) -> Arguments:
    return (draw.array(draw.size(1, 4), draw.size(1, 5)),)


def _softmax(scores: np.ndarray) -> np.ndarray:
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def _softmax_whole_array(scores: np.ndarray) -> np.ndarray:
    exps = np.exp(scores - scores.max())
    return exps / exps.sum()


def _softmax_columns(scores: np.ndarray) -> np.ndarray:
    exps = np.exp(scores - scores.max(axis=0))
    return exps / exps.sum(axis=0)


def _softmax_unstable(scores: np.ndarray) -> np.ndarray:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1, keepdims=True)


def _softmax_no_exp(scores: np.ndarray) -> np.ndarray:
    return scores / scores.sum(axis=-1, keepdims=True)


def _softmax_by_log(scores: np.ndarray) -> np.ndarray:
    log_total = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return np.exp(scores - log_total)


softmax = _Exercise(
    name="softmax",
    points=2,
    lecture="000, Output transformation function: SoftMax",
    signature="softmax(scores)",
    draw=_scores,
    edges=(
        Case((np.zeros((0, 3)),)),
        Case((np.array([1.3, 5.1, 2.2, 0.7, 1.1]),)),
        Case((np.array([[1000.0, 1001.0], [-1000.0, -999.0]]),), "stability"),
    ),
    aspects={"stability": "Right for moderate scores, but large ones overflow."},
    reference=_softmax,
    misconceptions=(
        Misconception(
            "whole array",
            _softmax_whole_array,
            "Over which numbers must the result sum to 1: one row, or the whole array?",
        ),
        Misconception("wrong axis", _softmax_columns, "One row is one example. Along which axis are its scores?"),
        Misconception(
            "unstable",
            _softmax_unstable,
            "What is `np.exp(1000)`? Which number could you subtract from a row without changing its softmax?",
        ),
        Misconception("no exponential", _softmax_no_exp, "What happens to a negative score in your formula?"),
    ),
    alternatives=(_softmax_by_log,),
    forbidden=("torch.softmax", "torch.nn.functional.softmax", "torch.Tensor.softmax", "scipy.special.softmax"),
    formula="softmax(z)_k = exp(z_k) / sum_j exp(z_j), and subtracting the row's maximum from z changes nothing.",
    shapes="`scores` is (..., K); the maximum and the sum are (..., 1), with `keepdims=True`.",
    worked="softmax([0, ln 3]) = [1, 3] / 4 = [0.25, 0.75]",
)

EXERCISES = (softmax,)
