"""positional_encoding: a place in a text as a vector of sines and cosines."""

from functools import partial

import numpy as np

from tplib.exercises.tp8.attention.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _sized(draw: Draw, T: tuple[int, int], d: tuple[int, int]) -> Arguments:
    return draw.size(*T), draw.size(*d)


def _frequencies(d: int, base: float = 10000.0) -> Array:
    """One for each pair of columns, the last of which may be a single one: (ceil(d / 2),)."""
    return np.asarray(base ** (-np.arange(0, d, 2) / d))


def _interleaved(even: Array, odd: Array, d: int) -> Array:
    table = np.empty((len(even), d))
    table[:, 0::2], table[:, 1::2] = even, odd[:, : d // 2]
    return table


@exercise(
    points=2,
    at_home=True,
    draws=4,
    lecture="003, Take home message (the Transformer)",
    concepts=(44,),
    draw=partial(_sized, T=(2, 6), d=(4, 9)),
    edges=(
        *(Case(sizes) for sizes in ((1, 4), (7, 1), (5, 2), (4, 3), (2, 7))),
        Drawn(partial(_sized, T=(20, 60), d=(8, 16))),
    ),
)
def positional_encoding(T: int, d: int) -> Array:
    """Column 2i holds sin(t w_i), column 2i + 1 holds cos(t w_i), with w_i = 10000^(-2i / d), for t = 0 ... T - 1

    shapes: (T, d); there are ceil(d / 2) sines and floor(d / 2) cosines
    worked: d = 4: w = [1, 0.01]; row t = 1 is [sin 1, cos 1, sin 0.01, cos 0.01] = [0.8415, 0.5403, 0.0100, 1.0000]
    """
    angles = np.arange(T)[:, None] * _frequencies(d)  # (T, ceil(d / 2))
    table = np.empty((T, d))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles[:, : d // 2])
    return table


@positional_encoding.alternative
def number_by_number(T: int, d: int) -> Array:
    def entry(t: int, column: int) -> float:
        angle = t / 10000 ** ((column - column % 2) / d)
        return float(np.cos(angle) if column % 2 else np.sin(angle))

    return np.array([[entry(t, column) for column in range(d)] for t in range(T)])


@positional_encoding.alternative
def shifted_sine(T: int, d: int) -> Array:
    """A cosine is a sine a quarter of a turn later."""
    columns = np.arange(d)
    angles = np.outer(np.arange(T), np.exp(-np.log(10000) * (columns // 2 * 2) / d))
    return np.sin(angles + np.pi / 2 * (columns % 2))


def _angles(T: int, d: int, base: float = 10000.0, first: int = 0) -> Array:
    return (np.arange(T) + first)[:, None] * _frequencies(d, base)


@positional_encoding.mistake("The first place is t = 0. Which is yours?", name="places from 1")
def places_from_1(T: int, d: int) -> Array:
    angles = _angles(T, d, first=1)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake("Which number is raised to the power 2i / d?", name="base 1000")
def base_1000(T: int, d: int) -> Array:
    angles = _angles(T, d, base=1000.0)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake("Sine and cosine take turns. Where do your cosines stand?")
def sines_first_then_cosines(T: int, d: int) -> Array:
    angles = _angles(T, d)
    return np.hstack([np.sin(angles), np.cos(angles)[:, : d // 2]])


@positional_encoding.mistake("What is the first column of the first row: sin 0 or cos 0?")
def sine_and_cosine_exchanged(T: int, d: int) -> Array:
    angles = _angles(T, d)
    return _interleaved(np.cos(angles), np.sin(angles), d)


@positional_encoding.mistake(
    "A sine and the cosine beside it share one frequency. Which exponent has your column 1: 0 or 1 / d?"
)
def a_frequency_for_each_column(T: int, d: int) -> Array:
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(d) / d)
    return _interleaved(np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2]), d)


@positional_encoding.mistake("The exponent of the column 2i is 2i / d. Is it i / d in yours, or 2i / d?")
def half_the_exponent(T: int, d: int) -> Array:
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange((d + 1) // 2) / d)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake("2i is the number of the column itself. Do you double it once more?")
def twice_the_exponent(T: int, d: int) -> Array:
    angles = np.arange(T)[:, None] * 10000.0 ** (-2 * np.arange(0, d, 2) / d)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake(
    "2i is the number of the even column. Which columns share a frequency, and which number has it?"
)
def number_of_the_column_doubled(T: int, d: int) -> Array:
    angles = np.arange(T)[:, None] * 10000.0 ** (-2 * np.arange(d) / d)
    return _interleaved(np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2]), d)


@positional_encoding.mistake("All columns turn equally fast in yours. Is there `//` where 2i is divided by d?")
def one_frequency_for_all(T: int, d: int) -> Array:
    angles = np.repeat(np.arange(T)[:, None], (d + 1) // 2, axis=1)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake("What is -2i // d for i = 1? Which division does the exponent ask for?")
def exponent_rounded_down(T: int, d: int) -> Array:
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(0, d, 2) // d)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake("By which number is the exponent divided: the number of columns, or of places?")
def exponent_over_the_number_of_places(T: int, d: int) -> Array:
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(0, d, 2) / T)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake("Do the waves become longer or shorter from left to right? Is t divided or multiplied?")
def frequencies_that_grow(T: int, d: int) -> Array:
    angles = np.arange(T)[:, None] / _frequencies(d)
    return _interleaved(np.sin(angles), np.cos(angles), d)


@positional_encoding.mistake("Every place needs two numbers of each frequency. Where are the cosines?")
def no_cosine(T: int, d: int) -> Array:
    angles = _angles(T, d)
    return _interleaved(np.sin(angles), np.sin(angles), d)


@positional_encoding.mistake(
    "With an odd d the last column is a sine without its cosine. How many cosines do you make?"
)
def fails_at_odd_sizes(T: int, d: int) -> Array:
    angles = _angles(T, d)
    table = np.empty((T, d))
    table[:, 0::2], table[:, 1::2] = np.sin(angles), np.cos(angles)
    return table


@positional_encoding.mistake("With an odd d the last column is a sine. What stands there in yours?")
def last_odd_column_left_empty(T: int, d: int) -> Array:
    table = positional_encoding(T, d)
    if d % 2:
        table[:, -1] = 0
    return table  # type: ignore[no-any-return]


@positional_encoding.mistake("d columns, also where d is odd. How many does your table have?")
def last_odd_column_missing(T: int, d: int) -> Array:
    return positional_encoding(T, d)[:, : d - d % 2]  # type: ignore[no-any-return]


@positional_encoding.mistake("One row for each place. Is your table (T, d) or (d, T)?")
def columns_for_places(T: int, d: int) -> Array:
    return positional_encoding(T, d).T  # type: ignore[no-any-return]


@positional_encoding.mistake("The number of frequencies is about d / 2. By which number is the exponent divided?")
def exponent_over_half_of_d(T: int, d: int) -> Array:
    half = (d + 1) // 2
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(half) / max(half - 1, 1))
    return _interleaved(np.sin(angles), np.cos(angles), d)
