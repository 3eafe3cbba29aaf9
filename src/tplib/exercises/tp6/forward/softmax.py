"""Softmax."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray

SLIDE = np.array([1.3, 5.1, 2.2, 0.7, 1.1])  # the scores on the slide, lecture 000
SQUARE = np.array([[0.0, 1.0, 3.0], [2.0, -1.0, 0.5], [1.0, 1.5, -2.0]])
CUBE = np.linspace(-2, 3, 12).reshape(2, 3, 2) ** 2
LARGE = np.array([[1000.0, 1001.0], [-1000.0, -999.0], [0.0, 1000.0]])
STABILITY = {"stability": "Right for moderate scores, but not for large ones."}
SOFTMAXES = (
    "torch.softmax",
    "torch.nn.functional.softmax",
    "torch.Tensor.softmax",
    "torch.special.softmax",
    "torch.nn.Softmax",
    "scipy.special.softmax",
)


def rows_of_scores(draw: Draw) -> Arguments:
    """A vector of scores, a table, or an array of three axes."""
    A, B, K = draw.size(1, 2), draw.size(1, 4), draw.size(1, 5)
    shape: tuple[int, ...] = draw.choice(((B, K), (K,), (A, B, K)))
    return (draw.array(*shape),)


def _equal_scores(draw: Draw) -> Arguments:
    return (np.repeat(draw.array(3, 1), 4, axis=1),)


def _far_apart(draw: Draw) -> Arguments:
    """Large scores: alike in a row, in other rows on other levels, and too far apart for any shift but the maximum."""
    a = float(draw.array(1, low=2000.0, high=5000.0)[0])
    return (draw.array(4, 3) + np.array([[a, a, a], [-a, -a, -a], [a, -a, 0.0], [0.0, 30.0, 60.0]]),)


def _of_shape(*shape: int) -> Drawn:
    return Drawn(lambda draw: (draw.array(*shape),))


SHAPES = ((4,), (3, 2), (3, 4), (2, 4, 3), (3, 2, 2), (2, 3, 4), (2, 2, 3, 2))
EDGES = (
    *(Case((scores,)) for scores in (SLIDE, SQUARE, CUBE)),
    *(_of_shape(*shape) for shape in SHAPES),
    Drawn(_equal_scores),
    Case((LARGE,), "stability"),
    Drawn(_far_apart, "stability"),
)


@exercise(
    points=2,
    lecture="000, Output transformation function: SoftMax",
    concepts=(10,),
    signature="softmax(scores)",
    draw=rows_of_scores,
    edges=EDGES,
    aspects=STABILITY,
    forbidden=SOFTMAXES,
)
def softmax(scores: Array, axis: int | None = -1) -> Array:
    """softmax(z)_k = exp(z_k) / sum_j exp(z_j), and subtracting the row's maximum from z changes nothing.

    shapes: `scores` is (..., K); the maximum and the sum are (..., 1), with `keepdims=True`.
    worked: softmax([0, ln 3]) = [1, 3] / 4 = [0.25, 0.75]
    """
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


@softmax.mistake("Over which numbers must the result sum to 1: one row, or the whole array?")
def whole_array(scores: Array) -> Array:
    return softmax(scores, axis=None)


@softmax.mistake("You divide by the sum of the whole array. Over which numbers must the result sum to 1?")
def sum_of_the_whole_array(scores: Array) -> Array:
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum()


@softmax.mistake("One row is one example. Along which axis are its scores?")
def wrong_axis(scores: Array) -> Array:
    return softmax(scores, axis=0)


@softmax.mistake("`axis=1` is the last axis of a table only. Which number stands for the last axis whatever the shape?")
def axis_1(scores: Array) -> Array:
    return softmax(scores, axis=1)


@softmax.mistake(
    "The sums of (B, K) have shape (B,). Does NumPy divide each row by its own sum? What does `keepdims` do?"
)
def axes_not_kept(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1)


@softmax.mistake(
    "`keepdims` stands in the maximum. The sums of (B, K) have shape (B,): does NumPy divide each row by its own sum?"
)
def axes_of_the_sum_not_kept(scores: Array) -> Array:
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1)


@softmax.mistake("One vector of scores (K,) gives one vector of probabilities. Where does an axis come in?")
def axis_added(scores: Array) -> Array:
    return softmax(np.atleast_2d(scores))


@softmax.mistake("What is `np.exp(1000)`? Which number could you subtract from a row without changing its softmax?")
def unstable(scores: Array) -> Array:
    exps = np.exp(scores)
    return exps / exps.sum(axis=-1, keepdims=True)


@softmax.mistake("Scores of 0 and 5000 lie 2500 from their mean. Which number makes all exponents 0 or less?")
def mean_subtracted(scores: Array) -> Array:
    exps = np.exp(scores - scores.mean(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "What is left of a row whose scores are 2000 below those of another row? Whose maximum do you subtract?"
)
def maximum_of_the_whole_array(scores: Array) -> Array:
    exps = np.exp(scores - scores.max())
    return exps / exps.sum(axis=-1, keepdims=True)


@softmax.mistake("You subtracted the maximum above the line. Where else do the scores appear?")
def maximum_above_the_line_only(scores: Array) -> Array:
    return np.exp(scores - scores.max(axis=-1, keepdims=True)) / np.exp(scores).sum(axis=-1, keepdims=True)


@softmax.mistake("Which class gets the largest probability: the one with the largest score, or the smallest?")
def sign_of_the_scores(scores: Array) -> Array:
    return softmax(-scores)


@softmax.mistake("What happens to a negative score in your formula?")
def no_exponential(scores: Array) -> Array:
    return scores / scores.sum(axis=-1, keepdims=True)


@softmax.mistake("Softmax is not the sigmoid. Which function is applied to each score?")
def sigmoid_of_each_score(scores: Array) -> Array:
    s = 1 / (1 + np.exp(-scores))
    return s / s.sum(axis=-1, keepdims=True)


@softmax.mistake("A class with a smaller score keeps some probability. Does yours give it 0?")
def largest_score_only(scores: Array) -> Array:
    return (scores == scores.max(axis=-1, keepdims=True)).astype(scores.dtype)


@softmax.mistake("The exponentials are positive. What makes each row sum to 1?")
def not_normalised(scores: Array) -> Array:
    return np.exp(scores)


@softmax.alternative
def row_by_row(scores: Array) -> Array:
    rows = scores.reshape(-1, scores.shape[-1])
    out = np.empty_like(rows)
    for i, row in enumerate(rows):
        exps = np.exp(row - max(row))
        out[i] = exps / sum(exps)
    return out.reshape(scores.shape)


@softmax.alternative
def by_logaddexp(scores: Array) -> Array:
    return np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))


@softmax.alternative
def by_differences(scores: Array) -> Array:
    return 1 / np.exp(scores[..., None, :] - scores[..., :, None]).sum(axis=-1)
