"""Words without their part along a direction."""

import numpy as np

from tplib.exercises.tp9.embeddings.common import Array, exercise, scaled, unit, vectors
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _words(draw: Draw) -> Arguments:
    """A direction of any length but 1."""
    e = draw.size(3, 6)
    return vectors(draw, draw.size(2, 4), e), draw.choice((2.0, 0.5, 3.0)) * vectors(draw, 1, e)[0]


def _unit_direction(draw: Draw) -> Arguments:
    words, direction = _words(draw)
    return words, unit(direction)


def _one_word(draw: Draw) -> Arguments:
    words, direction = _words(draw)
    return words[:1], direction


def _lengths(draw: Draw) -> Arguments:
    words, direction = _words(draw)
    return scaled(draw, words), direction


def _square(draw: Draw) -> Arguments:
    e = draw.size(3, 4)
    return vectors(draw, e, e), 2 * vectors(draw, 1, e)[0]


def _both_sides(draw: Draw) -> Arguments:
    """A word on each side of the direction."""
    words, direction = _words(draw)
    return np.concatenate([words[:1] + direction, words[1:2] - 2 * direction]), direction


@exercise(
    points=1,
    lecture="001, schedule: TP9-Biais",
    concepts=(50,),
    draw=_words,
    edges=(
        Drawn(_unit_direction),
        Drawn(_one_word),
        Drawn(_lengths),
        Drawn(_square),
        Drawn(_both_sides),
        Case((np.array([[3.0, 4.0], [-1.0, 1.0]]), np.array([0.0, 2.0]))),
    ),
    forbidden=("tplib.bias.neutralize", "tplib.bias.project_out", "tplib.bias.hard_debias"),
)
def neutralize(words: Array, direction: Array) -> Array:
    """w - (w . g) / (g . g) g, then divided by its length

    shapes: `words` is (N, E), `direction` is (E,); the result is (N, E), each row of length 1.
    worked: w = [3, 4] and g = [0, 2]: w . g = 8, g . g = 4, so w - 2 g = [3, 0], and divided by 3 it is [1, 0]
    """
    return unit(_rest(words, direction))


def _rest(words: Array, direction: Array, below: float | None = None) -> Array:
    share = words @ direction / (direction @ direction if below is None else below)
    return words - share[:, None] * direction  # type: ignore[no-any-return]


@neutralize.mistake("Try a direction of length 2: is your result at a right angle to it?")
def divided_by_the_length_once(words: Array, direction: Array) -> Array:
    return unit(_rest(words, direction, float(np.linalg.norm(direction))))


@neutralize.mistake("Your formula holds for a direction of length 1. Which length may this one have?")
def direction_taken_as_unit(words: Array, direction: Array) -> Array:
    return unit(_rest(words, direction, 1.0))


@neutralize.mistake("What is the length of a word after you took a part of it away?")
def not_scaled(words: Array, direction: Array) -> Array:
    return _rest(words, direction)


@neutralize.mistake("You scale before the projection. What is the length after it?")
def scaled_before_only(words: Array, direction: Array) -> Array:
    return _rest(unit(words), direction)


@neutralize.mistake("You kept the part along the direction. Which part is wanted?")
def part_along_kept(words: Array, direction: Array) -> Array:
    return unit(words - _rest(words, direction))


@neutralize.mistake("You took the part along the direction away twice. On which side are the words now?")
def reflected(words: Array, direction: Array) -> Array:
    return unit(2 * _rest(words, direction) - words)


@neutralize.mistake("Sign: is the part along the direction taken away, or added once more?")
def part_added(words: Array, direction: Array) -> Array:
    return unit(2 * words - _rest(words, direction))


@neutralize.mistake(
    "A direction is no difference of two words: w - g moves all words by the same step. What is w . g for?"
)
def direction_subtracted(words: Array, direction: Array) -> Array:
    return unit(words - direction)


@neutralize.mistake("Each row has a length of its own. Along which axis did you take it?")
def lengths_of_the_columns(words: Array, direction: Array) -> Array:
    rest = _rest(words, direction)
    with np.errstate(all="ignore"):
        return rest / np.linalg.norm(rest, axis=0)  # type: ignore[no-any-return]


@neutralize.mistake("np.linalg.norm of a whole matrix is one number. Has each of your words length 1?")
def one_length_for_all(words: Array, direction: Array) -> Array:
    rest = _rest(words, direction)
    return rest / np.linalg.norm(rest)  # type: ignore[no-any-return]


@neutralize.mistake("A word on the other side has a negative part along g. What does its absolute value do?")
def absolute_part(words: Array, direction: Array) -> Array:
    share = np.abs(words @ direction) / (direction @ direction)
    return unit(words - share[:, None] * direction)


@neutralize.mistake("Every word has its own part along g. You take the mean of them from all.")
def mean_part_for_all(words: Array, direction: Array) -> Array:
    return unit(words - (words @ direction).mean() / (direction @ direction) * direction)


@neutralize.alternative
def by_a_projection_matrix(words: Array, direction: Array) -> Array:
    keep = np.eye(len(direction)) - np.outer(direction, direction) / np.sum(direction**2)
    rest = words @ keep
    return rest / np.sqrt((rest**2).sum(axis=1, keepdims=True))  # type: ignore[no-any-return]


@neutralize.alternative
def word_by_word(words: Array, direction: Array) -> Array:
    g = direction / np.linalg.norm(direction)
    out = []
    for w in words:
        rest = w - w.dot(g) * g
        out.append(rest / np.linalg.norm(rest))
    return np.stack(out)
