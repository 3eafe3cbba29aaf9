"""WEAT's p-value: how often another partition of the words has as large a difference of means."""

import warnings
from collections.abc import Callable, Iterator
from itertools import combinations
from math import erf, factorial, sqrt

import numpy as np

from tplib.exercises.tp9.embeddings.associating import association
from tplib.exercises.tp9.embeddings.common import Array, exercise, scaled, sets, vectors
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

NEAR = 1e-9
TRIES = 20  # draws for a case with a property that about every second one has


def _sets(draw: Draw) -> Arguments:
    n = draw.size(2, 4)
    m = draw.choice([m for m in (1, 2, 3) if m != n])
    return sets(draw, n, m, 2, 3)


def _equal_sizes(draw: Draw) -> Arguments:
    return sets(draw, 3, 3, 2, 2)


def _more_in_y(draw: Draw) -> Arguments:
    return sets(draw, 2, 5, 2, 1)


def _by_association(draw: Draw, highest_first: bool) -> Arguments:
    """The words with the highest associations in X, or in Y."""
    words, a, b = sets(draw, 6, 2, 2)
    order = np.argsort(association(words, a, b))
    order = order[::-1] if highest_first else order
    return words[order[:3]], words[order[3:]], a, b


def _extreme(draw: Draw) -> Arguments:
    """No other partition reaches the observed one: 1 of 20."""
    return _by_association(draw, highest_first=True)


def _least(draw: Draw) -> Arguments:
    """Every partition reaches it: p = 1."""
    return _by_association(draw, highest_first=False)


def _middle(draw: Draw) -> Arguments:
    """X holds the second, third and fourth of six: both tails are well filled."""
    words, a, b = sets(draw, 6, 2, 2)
    order = np.argsort(association(words, a, b))
    return words[order[[1, 4, 3]]], words[order[[0, 2, 5]]], a, b


def _ties(draw: Draw) -> Arguments:
    """Two kinds of words in several lengths: many partitions are alike but for rounding."""
    e = draw.size(3, 5)
    kinds, a, b = vectors(draw, 2, e), vectors(draw, 3, e), vectors(draw, 2, e)
    rows = scaled(draw, kinds[[0, 1, 0, 0, 1, 1, 0]])
    return rows[:3], rows[3:], a, -b


def _ties_that_rounding_hides(draw: Draw) -> Arguments:
    """Ties of which at least one is lost where means are compared to the last digit."""
    for _ in range(TRIES):
        arguments = _ties(draw)
        if compared_to_the_last_digit(*arguments) != weat_p_value(*arguments):
            break
    return arguments


def partitions(s: Array, t: Array) -> Iterator[float]:
    """The difference of means of each partition into sets of these sizes."""
    both, total = np.concatenate([s, t]), float(s.sum() + t.sum())
    for chosen in combinations(range(len(both)), len(s)):
        inside = float(both[list(chosen)].sum())
        yield inside / len(s) - (total - inside) / len(t)


P = Callable[[Array, Array], float]


def counted(how: P) -> Callable[[Array, Array, Array, Array], float]:
    """An answer that makes its number of the associations of X and of Y."""

    def answer(x: Array, y: Array, a: Array, b: Array) -> float:
        return float(how(association(x, a, b), association(y, a, b)))

    return answer


def reached(s: Array, t: Array) -> tuple[int, int]:
    """How many partitions reach the observed difference, and how many there are."""
    observed = s.mean() - t.mean()
    found = [value >= observed - NEAR for value in partitions(s, t)]
    return sum(found), len(found)


def _p(s: Array, t: Array) -> float:
    count, total = reached(s, t)
    return count / total


@exercise(
    points=3,
    lecture="001, schedule: TP9-Biais",
    concepts=(50,),
    draw=_sets,
    edges=(
        Drawn(_equal_sizes),
        Drawn(_more_in_y),
        Drawn(_more_in_y),
        Drawn(_extreme),
        Drawn(_least),
        Drawn(_middle),
        Drawn(_ties, "ties"),
        Drawn(_ties, "ties"),
        Drawn(_ties_that_rounding_hides, "ties"),
    ),
    aspects={
        "ties": "Right where all differences differ. Words of equal association are words of their own, and "
        "partitions that differ by less than 1e-9 are ties, which count."
    },
    forbidden=("tplib.bias.weat_p_value", "tplib.bias.weat", "scipy.stats.permutation_test"),
    draws=6,
)
def weat_p_value(x: Array, y: Array, a: Array, b: Array) -> float:
    """p = partitions whose difference of means reaches the observed one / all partitions into sets of these sizes

    shapes: `x` is (N, E), `y` is (M, E), `a` is (K, E), `b` is (L, E); the result is a number above 0, at most 1.
    worked: N = M = 2 gives 6 partitions; if only the observed one reaches the observed difference, p = 1/6
    """
    return counted(_p)(x, y, a, b)


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
    return counted(lambda s, t: 2 * _p(s, t))(x, y, a, b)


@weat_p_value.mistake("You doubled a one-sided p and cut it at 1. Which side was asked for?")
def doubled_and_cut_at_1(x: Array, y: Array, a: Array, b: Array) -> float:
    return counted(lambda s, t: min(1.0, 2 * _p(s, t)))(x, y, a, b)


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
    return counted(lambda s, t: 1 - _p(s, t))(x, y, a, b)


@weat_p_value.mistake("You return a number of partitions. Divide it by the number of all.")
def count_of_partitions(x: Array, y: Array, a: Array, b: Array) -> float:
    return counted(lambda s, t: reached(s, t)[0])(x, y, a, b)


@weat_p_value.mistake("A normal curve needs many words. Here all partitions can be counted: what do you find?")
def normal_approximation(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        error = np.concatenate([s, t]).std(ddof=1) * sqrt(1 / len(s) + 1 / len(t))
        return (1 - erf((s.mean() - t.mean()) / error / sqrt(2))) / 2

    return counted(p)(x, y, a, b)


@weat_p_value.mistake("Two equal differences can part in their last digit. What decides between them in your answer?")
def compared_to_the_last_digit(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        both, found = np.concatenate([s, t]), []
        for chosen in combinations(range(len(both)), len(s)):
            inside = np.isin(np.arange(len(both)), chosen)
            found.append(both[inside].mean() - both[~inside].mean() >= s.mean() - t.mean())
        return float(np.mean(found))

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


@weat_p_value.alternative
def by_sums_over_x(x: Array, y: Array, a: Array, b: Array) -> float:
    """The sum of all words is fixed: the difference of means grows with the sum over X."""
    both = np.concatenate([association(x, a, b), association(y, a, b)])
    sums = both[list(combinations(range(len(both)), len(x)))].sum(axis=1)
    return float((sums >= both[: len(x)].sum() - 1e-9).mean())


@weat_p_value.alternative
def by_orders(x: Array, y: Array, a: Array, b: Array) -> float:
    """Every partition comes up in equally many orders of the words."""
    from itertools import permutations

    both = np.concatenate([association(x, a, b), association(y, a, b)])
    orders = both[np.array(list(permutations(range(len(both)))))]
    differences = orders[:, : len(x)].mean(axis=1) - orders[:, len(x) :].mean(axis=1)
    return float(np.mean(differences > both[: len(x)].mean() - both[len(x) :].mean() - 1e-9))
