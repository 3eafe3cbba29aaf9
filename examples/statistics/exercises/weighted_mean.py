"""The mean of values that count differently."""

import numpy as np

from tplib.graders.exercise import Case, exercises_of

exercise = exercises_of("Describe", "1_samples")


def inputs(draw):
    """Two arrays of one length: values, and weights above 0."""
    n = draw.size(1, 6)
    return draw.array(n, low=-9, high=9), draw.array(n, low=0.5, high=4)


@exercise(points=2, draw=inputs, edges=(Case((np.array([1.0, 4.0]), np.array([3.0, 0.0]))),))
def weighted_mean(values, weights):
    """weighted mean = (w_1 x_1 + ... + w_n x_n) / (w_1 + ... + w_n)

    shapes: two arrays of n numbers; the result is one number.
    worked: weighted_mean([2, 8], [1, 3]) = (2 + 24) / 4 = 6.5
    """
    return np.sum(weights * values) / np.sum(weights)


@weighted_mean.mistake("By how many do you divide: by the number of values, or by their weights together?")
def divided_by_n(values, weights):
    return np.sum(weights * values) / len(values)


@weighted_mean.mistake("What becomes of the weights if you double all of them? And of the mean?")
def not_divided(values, weights):
    return np.sum(weights * values)


@weighted_mean.mistake("Where do the weights come in?")
def plain_mean(values, weights):
    return np.mean(values)


@weighted_mean.alternative
def by_dot_product(values, weights):
    return values @ weights / weights.sum()


@weighted_mean.oracle
def by_numpy(values, weights):
    return np.average(values, weights=weights)
