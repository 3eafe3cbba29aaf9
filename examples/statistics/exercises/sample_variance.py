"""The variance of a sample."""

import statistics

import numpy as np

from tplib.graders.exercise import Case, exercises_of

exercise = exercises_of("Describe", "1_samples")


def inputs(draw):
    """An array of two to eight values."""
    return (draw.array(draw.size(2, 8), low=-9, high=9),)


@exercise(
    points=2,
    draw=inputs,
    edges=(Case((np.array([3.0, 3.0]),)),),
    forbidden=("numpy.var", "numpy.std", "statistics.variance"),
)
def sample_variance(values):
    """s^2 = ((x_1 - m)^2 + ... + (x_n - m)^2) / (n - 1), with the mean m

    shapes: an array of n > 1 numbers; the result is one number.
    worked: sample_variance([1, 3]) = ((1 - 2)^2 + (3 - 2)^2) / 1 = 2
    """
    return np.sum((values - np.mean(values)) ** 2) / (len(values) - 1)


@sample_variance.mistake("The mean comes from the same sample: how many deviations are still free?")
def divided_by_n(values):
    return np.mean((values - np.mean(values)) ** 2)


@sample_variance.mistake("The deviations from the mean: what do they sum to?")
def not_squared(values):
    return np.sum(values - np.mean(values)) / (len(values) - 1)


@sample_variance.mistake("Deviations from what: from 0?")
def around_zero(values):
    return np.sum(values**2) / (len(values) - 1)


@sample_variance.mistake("In which unit is a variance, if the values are metres?")
def standard_deviation(values):
    return np.sqrt(np.sum((values - np.mean(values)) ** 2) / (len(values) - 1))


@sample_variance.alternative
def of_the_squares(values):
    n = len(values)
    return (np.sum(values**2) - n * np.mean(values) ** 2) / (n - 1)


@sample_variance.oracle
def by_the_standard_library(values):
    return statistics.variance(values.tolist())
