"""relative_error: one number that says how far two gradients are apart."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    """Two arrays (shape), alike or not, whose entries keep away from 0."""
    B, D = draw.size(1, 3), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((D,), (B, D)))
    a = draw.array(*shape, low=0.5, high=3.0) * (1 - 2 * draw.integers(0, 2, *shape))
    return a, a * draw.array(*shape, low=-1.5, high=2.5)


@exercise(
    points=1,
    at_home=True,
    lecture="004, Problem: how to compute gradients",
    draw=_draw,
    edges=(
        Case((np.array([1.0, -2.0, 0.5]), np.array([1.0, -2.0, 0.5]))),
        Case((np.array([[-4.0, 1.0], [0.5, -0.25]]), np.array([[-5.0, 1.25], [0.5, -0.125]]))),
        Case((np.array([1e-3, 50.0]), np.array([2e-3, 51.0]))),
        Case((np.array([0.0, 2.0]), np.array([0.0, 4.0])), "zero"),
        Case((np.zeros(3), np.zeros(3)), "zero"),
    ),
    aspects={"zero": "Right where no gradient is 0. Two gradients that are both 0 have the relative error 0, not nan."},
    rtol=1e-5,
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


@relative_error.mistake("What is 0 / 0 in NumPy? And the largest of it?", name="0 divided by 0")
def zero_by_zero(a: Array, b: Array) -> Any:
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))


@relative_error.alternative
def lower_bound(a: Array, b: Array) -> Any:
    return (abs(a - b) / np.maximum(np.maximum(abs(a), abs(b)), 1e-8)).max()


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
