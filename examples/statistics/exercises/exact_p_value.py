"""An exact permutation test of two groups."""

from itertools import combinations

import numpy as np
from scipy import stats

from tplib.graders.exercise import Case, exercises_of

exercise = exercises_of("Describe", "1_samples", private=True)


def inputs(draw):
    """Two lists of two to four numbers from 0 to 2: many differences are equal, as in real data."""
    return (
        [int(value) for value in draw.integers(0, 3, draw.size(2, 4))],
        [int(value) for value in draw.integers(0, 3, draw.size(2, 4))],
    )


def differences(treated, control):
    """The difference of the means for each way to choose the treated among all."""
    pool = treated + control
    for chosen in combinations(range(len(pool)), len(treated)):
        inside = [pool[i] for i in chosen]
        outside = [pool[i] for i in range(len(pool)) if i not in chosen]
        yield np.mean(inside) - np.mean(outside)


@exercise(points=3, draw=inputs, edges=(Case(([3, 3], [3, 3])), Case(([5, 6, 7], [1, 2, 3]))))
def exact_p_value(treated, control):
    """The share of all choices of the treated whose difference of means is at least the one that was seen

    shapes: two lists of numbers; the result is a number above 0, at most 1.
    worked: exact_p_value([3, 4], [1, 2]) = 1 / 6: only one of the six choices gives as much.
    """
    seen = np.mean(treated) - np.mean(control)
    close = 1e-9  # two sums of the same numbers may differ in their last digit
    found = [difference > seen - close for difference in differences(treated, control)]  # pragma: no mutate
    return np.mean(found)


@exact_p_value.mistake("Is what was seen one of the choices that give at least as much?")
def strictly_more(treated, control):
    seen = np.mean(treated) - np.mean(control)
    return np.mean([difference > seen + 1e-9 for difference in differences(treated, control)])


@exact_p_value.mistake("In which direction does the text ask?")
def two_sided(treated, control):
    seen = abs(np.mean(treated) - np.mean(control))
    return np.mean([abs(difference) >= seen - 1e-9 for difference in differences(treated, control)])


@exact_p_value.mistake("A small p-value means that chance rarely gives as much. What does yours count?")
def at_most(treated, control):
    seen = np.mean(treated) - np.mean(control)
    return np.mean([difference <= seen + 1e-9 for difference in differences(treated, control)])


@exact_p_value.alternative
def by_sums(treated, control):
    pool = np.array(treated + control)
    sums = np.array([sum(chosen) for chosen in combinations(pool, len(treated))])
    return np.mean(sums >= sum(treated))


@exact_p_value.oracle
def by_scipy(treated, control):
    def difference(a, b):
        return np.mean(a) - np.mean(b)

    return stats.permutation_test((treated, control), difference, n_resamples=np.inf, alternative="greater").pvalue
