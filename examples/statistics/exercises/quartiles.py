"""Median and quartiles by halves of the ordered sample."""

import statistics

from tplib.graders.exercise import Case, exercises_of

exercise = exercises_of("Describe", "1_samples")


def inputs(draw):
    """A list of two to nine whole numbers."""
    return ([int(value) for value in draw.integers(-9, 10, draw.size(2, 9))],)


def middle(ordered):
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@exercise(points=2, draw=inputs, edges=(Case(([4, 1, 3, 2],)), Case(([5, 4, 1, 3, 2],)), Case(([7, 7],))))
def quartiles(values):
    """(median of the lower half, median, median of the upper half); the middle value of an odd number is in no half

    shapes: a list of n > 1 numbers, in any order; the result is a tuple of three numbers.
    worked: quartiles([4, 1, 3, 2, 5]) = (1.5, 3, 4.5): the halves are [1, 2] and [4, 5].
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return middle(ordered[:half]), middle(ordered), middle(ordered[len(ordered) - half :])


@quartiles.mistake("Are the values in order?")
def not_ordered(values):
    half = len(values) // 2
    return middle(values[:half]), middle(values), middle(values[len(values) - half :])


@quartiles.mistake("With an odd number of values: is the middle one in a half?")
def middle_in_both_halves(values):
    ordered = sorted(values)
    half = (len(ordered) + 1) // 2
    return middle(ordered[:half]), middle(ordered), middle(ordered[len(ordered) - half :])


@quartiles.mistake("With an even number of values, two are in the middle. Which of them is the median?")
def upper_of_the_two(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    parts = ordered[:half], ordered, ordered[len(ordered) - half :]
    return tuple(part[len(part) // 2] for part in parts)


@quartiles.alternative
def by_the_standard_library(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return statistics.median(ordered[:half]), statistics.median(ordered), statistics.median(ordered[-half:])
