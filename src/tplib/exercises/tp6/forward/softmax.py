"""Softmax."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray

SLIDE = np.array([1.3, 5.1, 2.2, 0.7, 1.1])  # the scores on the slide, lecture 000
SQUARE = np.array([[0.0, 1.0, 3.0], [2.0, -1.0, 0.5], [1.0, 1.5, -2.0]])
CUBE = np.linspace(-2, 3, 12).reshape(2, 3, 2) ** 2
LARGE = np.array([[1000.0, 1001.0], [-1000.0, -999.0], [0.0, 1000.0]])
EDGES = (Case((np.zeros((0, 3)),)), Case((SLIDE,)), Case((SQUARE,)), Case((CUBE,)), Case((LARGE,), "stability"))
STABILITY = {"stability": "Right for moderate scores, but not for large ones."}


def rows_of_scores(draw: Draw) -> Arguments:
    return (draw.array(draw.size(1, 4), draw.size(1, 5)),)


def _softmax(scores: Array, axis: int | None = -1) -> Array:
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _softmax_axes_not_kept(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1)


def _softmax_unstable(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1, keepdims=True)


def _softmax_row_by_row(scores: Array) -> Array:
    rows = scores.reshape(-1, scores.shape[-1])
    out = np.empty_like(rows)
    for i, row in enumerate(rows):
        exps = np.exp(row - max(row))
        out[i] = exps / sum(exps)
    return out.reshape(scores.shape)


def _softmax_whole_array(scores: Array) -> Array:
    return _softmax(scores, axis=None)


def _softmax_wrong_axis(scores: Array) -> Array:
    return _softmax(scores, axis=0)


def _softmax_axis_1(scores: Array) -> Array:
    return _softmax(scores, axis=1)


def _softmax_no_exponential(scores: Array) -> Array:
    return scores / scores.sum(axis=-1, keepdims=True)


def _softmax_not_normalised(scores: Array) -> Array:
    return np.exp(scores)


def _softmax_by_logaddexp(scores: Array) -> Array:
    return np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))


def _softmax_by_differences(scores: Array) -> Array:
    return 1 / np.exp(scores[..., None, :] - scores[..., :, None]).sum(axis=-1)


softmax = exercise(
    name="softmax",
    points=2,
    lecture="000, Output transformation function: SoftMax",
    signature="softmax(scores)",
    draw=rows_of_scores,
    edges=EDGES,
    aspects=STABILITY,
    reference=_softmax,
    misconceptions=(
        Misconception(
            "whole array",
            _softmax_whole_array,
            "Over which numbers must the result sum to 1: one row, or the whole array?",
        ),
        Misconception(
            "wrong axis",
            _softmax_wrong_axis,
            "One row is one example. Along which axis are its scores?",
        ),
        Misconception(
            "axis 1",
            _softmax_axis_1,
            "`axis=1` is the last axis of a table only. Which number stands for the last axis whatever the shape?",
        ),
        Misconception(
            "axes not kept",
            _softmax_axes_not_kept,
            "The sums of (B, K) have shape (B,). Does NumPy divide each row by its own sum? What does `keepdims` do?",
        ),
        Misconception(
            "unstable",
            _softmax_unstable,
            "What is `np.exp(1000)`? Which number could you subtract from a row without changing its softmax?",
        ),
        Misconception(
            "no exponential",
            _softmax_no_exponential,
            "What happens to a negative score in your formula?",
        ),
        Misconception(
            "not normalised",
            _softmax_not_normalised,
            "The exponentials are positive. What makes each row sum to 1?",
        ),
    ),
    alternatives=(
        _softmax_row_by_row,
        _softmax_by_logaddexp,
        _softmax_by_differences,
    ),
    forbidden=(
        "torch.softmax",
        "torch.nn.functional.softmax",
        "torch.Tensor.softmax",
        "torch.special.softmax",
        "torch.nn.Softmax",
        "scipy.special.softmax",
    ),
    formula="softmax(z)_k = exp(z_k) / sum_j exp(z_j), and subtracting the row's maximum from z changes nothing.",
    shapes="`scores` is (..., K); the maximum and the sum are (..., 1), with `keepdims=True`.",
    worked="softmax([0, ln 3]) = [1, 3] / 4 = [0.25, 0.75]",
)
