"""Maxout."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _maxout_layer(draw: Draw) -> Arguments:
    B, D, H, pieces = draw.size(1, 3), draw.size(1, 3), draw.size(1, 3), draw.size(2, 4)
    return draw.array(B, D), draw.array(pieces, D, H), draw.array(pieces, H)


def _sizes(B: int, D: int, H: int, pieces: int) -> Drawn:
    return Drawn(lambda draw: (draw.array(B, D), draw.array(pieces, D, H), draw.array(pieces, H)))


def _all_negative(draw: Draw) -> Arguments:
    return draw.array(2, 2, low=0.5), -draw.array(3, 2, 2, low=0.5), -draw.array(3, 2, low=0.5)


@exercise(
    points=2,
    at_home=True,
    lecture="004, Activation functions: Maxout",
    concepts=(7,),
    draw=_maxout_layer,
    edges=(
        Case(
            (
                np.array([[1.0, 2.0], [-1.0, 0.5]]),
                np.array([[[1.0, -1.0], [0.0, 2.0]], [[-2.0, 1.0], [1.0, 0.5]]]),
                np.array([[0.5, -4.0], [3.0, 1.0]]),
            )
        ),
        Case((np.array([[2.0]]), np.array([[[-1.0]], [[0.5]], [[-2.0]]]), np.array([[0.0], [-5.0], [0.5]]))),
        *(_sizes(*sizes) for sizes in ((2, 3, 2, 2), (4, 2, 3, 4), (3, 2, 4, 3), (5, 1, 2, 3))),
        Drawn(_all_negative),
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


@maxout.mistake("A unit has several pieces. Is their mean asked for, or the largest one?")
def mean_of_the_pieces(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).mean(axis=0)


@maxout.mistake("Which piece wins: the largest or the smallest?")
def smallest_piece(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).min(axis=0)


@maxout.mistake("Which is larger, -3 or 1? Is the sign of a sum to be left out?")
def largest_absolute_value(x: Array, W: Array, b: Array) -> Array:
    z = x @ W + b[:, None, :]
    return np.take_along_axis(z, np.abs(z).argmax(axis=0)[None], axis=0)[0]


@maxout.mistake("Is the value of the largest piece asked for, or its number?")
def number_of_the_piece(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).argmax(axis=0)


@maxout.mistake("How many pieces does a unit have? `W` says it, and it is not always two.")
def two_pieces_only(x: Array, W: Array, b: Array) -> Array:
    return np.maximum(x @ W[0] + b[0], x @ W[1] + b[1])


@maxout.mistake("Where does your loop over the pieces end? Is the last one compared?")
def last_piece_forgotten(x: Array, W: Array, b: Array) -> Array:
    return (x @ W[:-1] + b[:-1, None, :]).max(axis=0)


@maxout.mistake("Which axis is compared: the pieces of one unit, or the units of the layer?")
def maximum_over_the_units(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).max(axis=-1)


@maxout.mistake("Which axis is compared: the pieces of one unit, or the examples of the batch?")
def maximum_over_the_batch(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).max(axis=1)


@maxout.mistake(
    "Each unit of each example has its own largest piece. How many numbers does `max` leave without `axis`?"
)
def one_maximum_for_all(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, None, :]).max()


@maxout.mistake("Which piece wins may differ from unit to unit and from example to example. Is yours chosen once?")
def one_piece_for_all(x: Array, W: Array, b: Array) -> Array:
    z = x @ W + b[:, None, :]
    return z[z.sum(axis=(1, 2)).argmax()]


@maxout.mistake("Which piece wins depends on x. Can it be chosen before x is seen?")
def maximum_of_the_weights(x: Array, W: Array, b: Array) -> Array:
    return x @ W.max(axis=0) + b.max(axis=0)


@maxout.mistake("For x = 0 all your pieces tie. What should tell them apart?")
def no_bias(x: Array, W: Array, b: Array) -> Array:
    return (x @ W).max(axis=0)


@maxout.mistake("Each piece has its own bias. Which one does your second piece use?")
def first_bias_for_all_pieces(x: Array, W: Array, b: Array) -> Array:
    return (x @ W).max(axis=0) + b[0]


@maxout.mistake("Each piece has its own bias. Is it added before or after the comparison?")
def bias_after_the_maximum(x: Array, W: Array, b: Array) -> Array:
    return (x @ W).max(axis=0) + b.max(axis=0)


@maxout.mistake(
    "`x @ W` is (pieces, B, H) and `b` is (pieces, H). Which axes does NumPy match, counting from the right?"
)
def bias_along_the_batch(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b).max(axis=0)


@maxout.mistake("`x @ W` is (pieces, B, H). Where must `b` get an axis of length 1: in the middle or at the end?")
def bias_as_a_column(x: Array, W: Array, b: Array) -> Array:
    return (x @ W + b[:, :, None]).max(axis=0)


@maxout.mistake("`reshape` keeps the order of the numbers. Does it bring the axis D in front of the pieces?")
def reshaped_instead_of_transposed(x: Array, W: Array, b: Array) -> Array:
    pieces, D, H = W.shape
    z = x @ W.reshape(D, pieces * H) + b.reshape(-1)
    return z.reshape(-1, pieces, H).max(axis=1)


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
