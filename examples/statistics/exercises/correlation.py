"""Pearson's correlation."""

import numpy as np
from scipy import stats

from tplib.graders.exercise import Case, exercises_of

exercise = exercises_of("Describe", "1_samples")


def inputs(draw):
    """Two arrays of one length, of three to eight values."""
    n = draw.size(3, 8)
    return draw.array(n, low=-9, high=9), draw.array(n, low=-9, high=9)


UP, DOWN = np.array([1.0, 2.0, 4.0]), np.array([8.0, 6.0, 2.0])


@exercise(
    points=2,
    draw=inputs,
    edges=(Case((UP, DOWN)), Case((UP, UP))),
    forbidden=("numpy.corrcoef", "scipy.stats.pearsonr"),
)
def correlation(x, y):
    """r = sum of (x_i - mean of x)(y_i - mean of y), by the square root of the two sums of squares

    shapes: two arrays of n numbers, neither of them constant; the result is one number from -1 to 1.
    worked: correlation([1, 2, 4], [8, 6, 2]) = -1: the points lie on a falling line.
    """
    dx, dy = x - np.mean(x), y - np.mean(y)
    return np.sum(dx * dy) / np.sqrt(np.sum(dx**2) * np.sum(dy**2))


@correlation.mistake("If all x are in metres and you write them in centimetres: should r change?")
def covariance(x, y):
    return np.sum((x - np.mean(x)) * (y - np.mean(y))) / (len(x) - 1)


@correlation.mistake("If you add 100 to each x: should r change?")
def means_not_taken_off(x, y):
    return np.sum(x * y) / np.sqrt(np.sum(x**2) * np.sum(y**2))


@correlation.mistake("Can you see in r whether the line rises or falls?")
def without_the_sign(x, y):
    return np.abs(correlation(x, y))


@correlation.mistake("r squared is the share that is explained. And r itself?")
def squared(x, y):
    return correlation(x, y) ** 2


@correlation.alternative
def of_standard_scores(x, y):
    return np.mean((x - x.mean()) / x.std() * (y - y.mean()) / y.std())


@correlation.oracle
def by_scipy(x, y):
    return stats.pearsonr(x, y).statistic
