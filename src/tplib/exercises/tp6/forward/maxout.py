"""Maxout."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _maxout_case(draw: Draw) -> Arguments:
    B, D, H, pieces = draw.size(1, 3), draw.size(1, 3), draw.size(1, 3), draw.size(2, 3)
    return draw.array(B, D), draw.array(pieces, D, H), draw.array(pieces, H)


@exercise(
    points=2,
    at_home=True,
    lecture="004, Activation functions: Maxout",
    draw=_maxout_case,
    edges=(
        Case(
            (
                np.array([[1.0, 2.0], [-1.0, 0.5]]),
                np.array([[[1.0, -1.0], [0.0, 2.0]], [[-2.0, 1.0], [1.0, 0.5]]]),
                np.array([[0.5, -4.0], [3.0, 1.0]]),
            )
        ),
        Case((np.zeros((0, 2)), np.ones((3, 2, 4)), np.zeros((3, 4)))),
        Case((np.array([[2.0]]), np.array([[[-1.0]], [[0.5]], [[-2.0]]]), np.array([[0.0], [-5.0], [0.5]]))),
    ),
)
def maxout(x: Array, W: Array, b: Array) -> Array:
    """maxout(x)_h = max over the pieces p of (x W_p + b_p)_h.

    shapes: `x` is (B, D), `W` (pieces, D, H), `b` (pieces, H). The sums are (pieces, B, H), the result (B, H).
    worked: x = [[2]], pieces 3x + 1 and -x + 4: max(7, 2) = 7, so the result is [[7]]
    """
    return (x @ W + b[:, None, :]).max(axis=0)


@maxout.mistake("A unit has several pieces. Are they added up, or does the largest one win?")
def sum_of_the_pieces(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).sum(axis=0)


@maxout.mistake("Which axis is compared: the pieces of one unit, or the units of the layer?")
def maximum_over_the_units(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).max(axis=2).T


@maxout.mistake("Which piece wins depends on x. Can it be chosen before x is seen?")
def maximum_of_the_weights(x: Array, W: Array, b: Array) -> Array:
    return x @ W.max(axis=0) + b.max(axis=0)


@maxout.mistake("For x = 0 all your pieces tie. What should tell them apart?")
def no_bias(x: Array, W: Array, b: Array) -> Array:
    return (x @ W).max(axis=0)


@maxout.mistake("Each piece has its own bias. Is it added before or after the comparison?")
def bias_after_the_maximum(x: Array, W: Array, b: Array) -> Array:
    return (x @ W).max(axis=0) + b.max(axis=0)


@maxout.mistake(
    "`x @ W` is (pieces, B, H) and `b` is (pieces, H). Which axes does NumPy match, counting from the right?"
)
def bias_along_the_batch(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b).max(axis=0)


@maxout.mistake("Is 0 one of the pieces? What if all of them are negative?", name="ReLU of the sum")
def relu_of_the_sum(x: Array, W: Array, b: Array) -> Array:
    return np.maximum((x @ W + b[:, None, :]).max(axis=0), 0)


@maxout.alternative
def loop(x: Array, W: Array, b: Array) -> Array:
    best = x @ W[0] + b[0]
    for W_p, b_p in zip(W[1:], b[1:], strict=True):
        best = np.maximum(best, x @ W_p + b_p)
    return best


@maxout.alternative
def by_einsum(x: Array, W: Array, b: Array) -> Array:
    return np.max(np.einsum("bd,pdh->bph", x, W) + b, axis=1)


@maxout.alternative
def by_stack(x: Array, W: Array, b: Array) -> Array:
    return np.stack([x @ W_p + b_p for W_p, b_p in zip(W, b, strict=True)]).max(axis=0)
