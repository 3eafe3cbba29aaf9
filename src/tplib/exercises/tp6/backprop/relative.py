"""relative_error: one number that says how far two gradients are apart."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    """Two arrays (shape), alike or not, whose entries keep away from 0."""
    B, D = draw.size(1, 3), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((D,), (B, D)))
    a = draw.array(*shape, low=0.5, high=3.0) * (1 - 2 * draw.integers(0, 2, *shape))
    return a, a * draw.array(*shape, low=-1.5, high=2.5)


def _pair(draw: Draw, *errors: float) -> Arguments:
    """Two arrays whose entries differ by these errors, a little more or less, relative to the entry."""
    a = draw.array(len(errors), low=0.5, high=3.0) * (1 - 2 * draw.integers(0, 2, len(errors)))
    return a, a * (1 - np.array(errors) * draw.array(len(errors), low=0.8, high=1.0))


def _zero_beside(draw: Draw, *others: float) -> Arguments:
    """An entry that is 0 in one array, or in both, beside others that differ by these errors."""
    a, b = _pair(draw, *others)
    zero, five = np.zeros(1), draw.array(1, low=0.5)
    return draw.choice(((np.append(zero, a), np.append(five, b)), (np.append(five, a), np.append(zero, b))))


def _zero_by_zero(draw: Draw, *others: float) -> Arguments:
    a, b = _pair(draw, *others)
    return np.append(a[:1], np.append([0.0], a[1:])), np.append(b[:1], np.append([0.0], b[1:]))


def _scaled(draw: Draw, *scales: float) -> Arguments:
    a, b = _pair(draw, 0.5, 0.2)
    scale = draw.choice(scales)
    return a * scale, b * scale


@exercise(
    points=1,
    at_home=True,
    lecture="004, Problem: how to compute gradients",
    concepts=(17,),
    draw=_draw,
    edges=(
        Drawn(lambda draw: _pair(draw, 0.0, 0.0)),
        Case((np.array([[-4.0, 1.0], [0.5, -0.25]]), np.array([[-5.0, 1.25], [0.5, -0.125]]))),
        Case((np.array([1e-3, 50.0]), np.array([2e-3, 51.0]))),
        Drawn(lambda draw: _pair(draw, 4e-7, 1e-7)),
        Drawn(lambda draw: _pair(draw, 4e-6, 0.0)),
        Drawn(lambda draw: _zero_beside(draw, 0.4)),
        Drawn(lambda draw: _zero_by_zero(draw, 0.6, 0.3), "zero"),
        Case((np.zeros(3), np.zeros(3)), "zero"),
        Drawn(lambda draw: _scaled(draw, 1e-9, 1e-12), "scale"),
        Drawn(lambda draw: _scaled(draw, 1e-30, 1e-100), "scale"),
        Drawn(lambda draw: _scaled(draw, 1e9, 1e30), "scale"),
    ),
    aspects={
        "zero": "Right where no gradient is 0. Two gradients that are both 0 have the relative error 0, not nan.",
        "scale": "Right for moderate numbers, but not for tiny or huge ones: 1e-9 against 2e-9 is an error of 0.5.",
    },
    rtol=1e-5,
    atol=1e-14,
)
def relative_error(a: Array, b: Array) -> Any:
    """the largest over all entries of |a - b| / max(|a|, |b|), where 0 / 0 counts as 0.

    shapes: a and b have one shape; `np.maximum` compares them entry by entry, and the result is one number.
    worked: a = [1, -4], b = [1, -5]: errors 0 / 1 and 1 / 5, so the relative error is 0.2.
    """
    size = np.maximum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(size == 0, 1, size))


@relative_error.mistake("An error of 0.001: is it small if the gradients are 1000? And if they are 0.002?")
def absolute_error(a: Array, b: Array) -> Any:
    return np.abs(a - b).max()


@relative_error.mistake("Does your number change if a and b change places? By which of the two should you divide?")
def relative_to_the_first_only(a: Array, b: Array) -> Any:
    return np.max(np.abs(a - b) / np.where(a == 0, 1, np.abs(a)))


@relative_error.mistake("Does your number change if a and b change places? By which of the two should you divide?")
def relative_to_the_second_only(a: Array, b: Array) -> Any:
    return np.max(np.abs(a - b) / np.where(b == 0, 1, np.abs(b)))


@relative_error.mistake("Some books divide by |a| + |b|. What does the formula above divide by?")
def relative_to_the_sum(a: Array, b: Array) -> Any:
    size = np.abs(a) + np.abs(b)
    return np.max(np.abs(a - b) / np.where(size == 0, 1, size))


@relative_error.mistake("One wrong entry among a thousand right ones: does a mean show it?")
def mean_instead_of_the_largest(a: Array, b: Array) -> Any:
    size = np.maximum(np.abs(a), np.abs(b))
    return np.mean(np.abs(a - b) / np.where(size == 0, 1, size))


@relative_error.mistake(
    "A small entry that is quite wrong, beside a large one that is right: does your number show it?"
)
def lengths_of_the_whole_arrays(a: Array, b: Array) -> Any:
    size = max(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(a - b) / size if size else 0.0


@relative_error.mistake(
    "Divide each entry's error by the size of that entry, then look for the largest. In which order do you?"
)
def largest_by_largest(a: Array, b: Array) -> Any:
    size = max(np.abs(a).max(), np.abs(b).max())
    return np.abs(a - b).max() / size if size else 0.0


@relative_error.mistake("If a is smaller than b everywhere, what does your function say?")
def sign_kept(a: Array, b: Array) -> Any:
    size = np.maximum(np.abs(a), np.abs(b))
    return np.max((a - b) / np.where(size == 0, 1, size))


@relative_error.mistake("A thousand errors are hard to read. Which one of them is asked for?")
def one_number_for_each_entry(a: Array, b: Array) -> Any:
    size = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(size == 0, 1, size)


@relative_error.mistake("Which is larger, -5 or -4? And which of them has the larger absolute value?")
def larger_number_instead_of_larger_size(a: Array, b: Array) -> Any:
    size = np.maximum(a, b)
    return np.max(np.abs(a - b) / np.where(size == 0, 1, size))


@relative_error.mistake("1e-9 against 2e-9 is an error of 0.5. What does a bound or a number below make of it?")
def bounded_below(a: Array, b: Array) -> Any:
    return np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-6))


@relative_error.mistake("What is 0 / 0 in NumPy? And the largest of it?", name="0 divided by 0")
def zero_by_zero(a: Array, b: Array) -> Any:
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))


@relative_error.mistake("|a| and |b| have a maximum and a minimum. Which one does the formula divide by?")
def relative_to_the_smaller(a: Array, b: Array) -> Any:
    size = np.minimum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(size == 0, 1, size))


@relative_error.mistake("Which is larger, -5 or 4? And which of them has the larger absolute value?")
def size_of_the_larger_number(a: Array, b: Array) -> Any:
    size = np.abs(np.maximum(a, b))
    return np.max(np.abs(a - b) / np.where(size == 0, 1, size))


@relative_error.mistake("Is the entry with the largest difference the one with the largest relative difference?")
def entry_of_the_largest_difference(a: Array, b: Array) -> Any:
    place = np.argmax(np.abs(a - b))
    size = max(abs(a.flat[place]), abs(b.flat[place]))
    return abs(a.flat[place] - b.flat[place]) / size if size else 0.0


@relative_error.mistake("The formula has absolute values. For an error of 0.1, what do squares give?")
def squares(a: Array, b: Array) -> Any:
    size = np.maximum(a**2, b**2)
    return np.max((a - b) ** 2 / np.where(size == 0, 1, size))


@relative_error.mistake("Only 0/0 counts as 0. How large is the error of 0 against 5?")
def zero_beside_another_number_left_out(a: Array, b: Array) -> Any:
    return relative_error(np.where(b == 0, 0, a), np.where(a == 0, 0, b))


@relative_error.mistake("A relative error of 1e-6 is small, but is it 0? What does `np.allclose` take for equal?")
def close_is_equal(a: Array, b: Array) -> Any:
    return 0.0 if np.allclose(a, b) else relative_error(a, b)


@relative_error.mistake("A good gradient has an error of 1e-9. What is left of it after `round`?")
def rounded(a: Array, b: Array) -> Any:
    return np.round(relative_error(a, b), 6)


@relative_error.mistake("a and b may have several axes. What does `a[0]` give for a matrix?")
def vectors_only(a: Array, b: Array) -> Any:
    worst: Any = 0
    for i in range(len(a)):
        size = max(abs(a[i]), abs(b[i]))
        if size > 0:
            worst = max(worst, abs(a[i] - b[i]) / size)
    return worst


@relative_error.mistake("One number is asked for. What does `axis=0` leave of a matrix?")
def one_number_for_each_column(a: Array, b: Array) -> Any:
    size = np.maximum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(size == 0, 1, size), axis=0)


@relative_error.alternative
def tiny_bound(a: Array, b: Array) -> Any:
    return (abs(a - b) / np.maximum(np.maximum(abs(a), abs(b)), np.finfo(float).tiny)).max()


@relative_error.alternative
def where(a: Array, b: Array) -> Any:
    distance = np.abs(a - b)
    ratio = np.divide(distance, np.fmax(np.abs(a), np.abs(b)), out=np.zeros_like(distance), where=distance > 0)
    return float(np.amax(ratio))


@relative_error.alternative
def loop(a: Array, b: Array) -> float:
    largest = 0.0
    for p, q in zip(a.flat, b.flat, strict=True):
        if p != q:
            largest = max(largest, abs(p - q) / max(abs(p), abs(q)))
    return float(largest)
