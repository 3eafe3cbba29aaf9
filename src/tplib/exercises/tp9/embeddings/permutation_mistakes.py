"""Mistakes in WEAT's p-value: which partitions are made, which of them count, and by what the count is divided."""

import warnings
from itertools import combinations
from math import erf, factorial, sqrt

import numpy as np

from tplib.exercises.tp9.embeddings.associating import association
from tplib.exercises.tp9.embeddings.common import Array
from tplib.exercises.tp9.embeddings.permutation import NEAR, counted, partitions, reached, share, weat_p_value


@weat_p_value.mistake("The observed partition is one of all: does it reach itself? Then p cannot be 0.")
def strictly_larger(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        observed = s.mean() - t.mean()
        return float(np.mean([value > observed + NEAR for value in partitions(s, t)]))

    return counted(p)(x, y, a, b)


@weat_p_value.mistake("The 1 is added where partitions are drawn. Is the observed one missing among all of them?")
def one_added(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        count, total = reached(s, t)
        return (1 + count) / (1 + total)

    return counted(p)(x, y, a, b)


@weat_p_value.mistake("You leave the observed partition out, above and below. Is it not one that chance can give?")
def observed_one_left_out(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        count, total = reached(s, t)
        return (count - 1) / (total - 1)

    return counted(p)(x, y, a, b)


@weat_p_value.mistake("The question was whether X is nearer to A. Does a large difference the other way answer it?")
def two_sided(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        observed = abs(s.mean() - t.mean())
        return float(np.mean([abs(value) >= observed - NEAR for value in partitions(s, t)]))

    return counted(p)(x, y, a, b)


@weat_p_value.mistake("You doubled a one-sided p. Which side was asked for, and can your p exceed 1?")
def doubled(x: Array, y: Array, a: Array, b: Array) -> float:
    return counted(lambda s, t: 2 * share(s, t))(x, y, a, b)


@weat_p_value.mistake("You doubled a one-sided p and cut it at 1. Which side was asked for?")
def doubled_and_cut_at_1(x: Array, y: Array, a: Array, b: Array) -> float:
    return counted(lambda s, t: min(1.0, 2 * share(s, t)))(x, y, a, b)


@weat_p_value.mistake("You exchange words of A and B. Which words could have been in the other set by chance?")
def attributes_exchanged(x: Array, y: Array, a: Array, b: Array) -> float:
    both = np.concatenate([a, b])
    observed, found = association(x, a, b).mean() - association(y, a, b).mean(), []
    for chosen in combinations(range(len(both)), len(a)):
        inside = np.isin(np.arange(len(both)), chosen)
        first, second = both[inside], both[~inside]
        value = association(x, first, second).mean() - association(y, first, second).mean()
        found.append(value >= observed - NEAR)
    return float(np.mean(found))


@weat_p_value.mistake("You shuffle inside each set. Does a mean change when its words change places?")
def shuffled_inside_the_sets(x: Array, y: Array, a: Array, b: Array) -> float:
    return 1.0


@weat_p_value.mistake("You cut all words into halves. How many words has X?")
def halves(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        both = np.concatenate([s, t])
        middle = len(both) // 2
        return float(np.mean([v >= s.mean() - t.mean() - NEAR for v in partitions(both[:middle], both[middle:])]))

    return counted(p)(x, y, a, b)


@weat_p_value.mistake("You count sets above the line and orders below it. How many sets of N words are there?")
def divided_by_the_orders(x: Array, y: Array, a: Array, b: Array) -> float:
    return counted(lambda s, t: reached(s, t)[0] / factorial(len(s) + len(t)))(x, y, a, b)


@weat_p_value.mistake("You count the partitions below the observed one. Which are evidence against chance?")
def the_other_tail(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        observed = s.mean() - t.mean()
        return float(np.mean([value <= observed + NEAR for value in partitions(s, t)]))

    return counted(p)(x, y, a, b)


@weat_p_value.mistake("A small p speaks against chance. What does yours do when the effect is largest?")
def one_minus_p(x: Array, y: Array, a: Array, b: Array) -> float:
    return counted(lambda s, t: 1 - share(s, t))(x, y, a, b)


@weat_p_value.mistake("You return a number of partitions. Divide it by the number of all.")
def count_of_partitions(x: Array, y: Array, a: Array, b: Array) -> float:
    return counted(lambda s, t: reached(s, t)[0])(x, y, a, b)


@weat_p_value.mistake("A normal curve needs many words. Here all partitions can be counted: what do you find?")
def normal_approximation(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        error = np.concatenate([s, t]).std(ddof=1) * sqrt(1 / len(s) + 1 / len(t))
        return (1 - erf((s.mean() - t.mean()) / error / sqrt(2))) / 2

    return counted(p)(x, y, a, b)


@weat_p_value.mistake(
    "Two words with the same association are two words. How many are left for the other set in yours?"
)
def equal_values_lost(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        values, found = [float(v) for v in np.concatenate([s, t])], []
        for chosen in combinations(values, len(s)):
            rest = [value for value in values if value not in chosen]
            found.append(np.mean(chosen) - np.mean(rest) >= s.mean() - t.mean() - NEAR)
        return float(np.mean(found))

    with warnings.catch_warnings(action="ignore"):  # nothing may be left
        return counted(p)(x, y, a, b)


@weat_p_value.mistake("Differences that are near are not yet ties. By how much may ties differ in the text?")
def near_differences_taken_for_ties(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        return float(np.mean([value >= s.mean() - t.mean() - 1e-2 for value in partitions(s, t)]))

    return counted(p)(x, y, a, b)


@weat_p_value.mistake(
    "Every sum is rounded, in its own order. Does the observed partition always reach itself in yours?"
)
def observed_one_lost_by_rounding(x: Array, y: Array, a: Array, b: Array) -> float:
    """Its difference is computed in two ways, which part in the last digit, and nothing is allowed for that."""

    def p(s: Array, t: Array) -> float:
        return float(np.mean([value >= s.mean() - t.mean() for value in partitions(s, t)]))

    return counted(p)(x, y, a, b)


@weat_p_value.mistake(
    "You asked for larger ones: whether the observed partition counts hangs on how its sum is rounded. Should it count?"
)
def strictly_larger_but_for_rounding(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        return float(np.mean([value > s.mean() - t.mean() for value in partitions(s, t)]))

    return counted(p)(x, y, a, b)


@weat_p_value.mistake(
    "`np.isclose` calls two numbers equal that differ by a hundred-thousandth of themselves. What does the text say?"
)
def near_by_isclose(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        observed = s.mean() - t.mean()
        return float(np.mean([value > observed or np.isclose(value, observed) for value in partitions(s, t)]))

    return counted(p)(x, y, a, b)
