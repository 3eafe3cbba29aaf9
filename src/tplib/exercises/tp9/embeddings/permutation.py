"""WEAT's p-value: how often another partition of the words has as large a difference of means."""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np

from tplib.exercises.tp9.embeddings.associating import association
from tplib.exercises.tp9.embeddings.common import Array, exercise, scaled, sets, unit, vectors
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


def _twice(draw: Draw) -> Arguments:
    """A word stands twice in X, and its association with it."""
    x, y, a, b = sets(draw, 3, 3, 2, 2)
    x[1] = x[0]
    return x, y, a, b


def _ties_that_rounding_hides(draw: Draw) -> Arguments:
    """Ties of which some are lost where means are compared to the last digit, and where sums over X are."""
    for _ in range(3 * TRIES):
        arguments = _ties(draw)
        right = weat_p_value(*arguments)
        if right not in (compared_to_the_last_digit(*arguments), counted(sums_compared)(*arguments)):
            break
    return arguments


def sums_compared(s: Array, t: Array) -> float:
    """A wrong p: sums over X are compared to the last digit."""
    both, n = [float(value) for value in (*s, *t)], len(s)
    sums = [sum(chosen) for chosen in combinations(both, n)]
    return sum(value >= sum(both[:n]) for value in sums) / len(sums)


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


def share(s: Array, t: Array) -> float:
    count, total = reached(s, t)
    return count / total


def _near(change: float) -> Drawn:
    """A word of Y stands so near to one of X that to exchange them makes the difference smaller by `change`.

    That is far above rounding: it is no tie, however small beside the difference.
    """

    def case(draw: Draw) -> Arguments:
        for _ in range(TRIES):
            x, y, a, b = sets(draw, 3, 3, 2, 2)
            away = np.linalg.norm(x[0]) * (unit(b).mean(axis=0) - unit(a).mean(axis=0))
            s = association(x, a, b)
            per_step = (s[0] - association(x[:1] + 1e-3 * away, a, b)[0]) / 1e-3
            step = change / per_step * 3 / 2 if per_step > 0 else 1.0
            y[0] = x[0] + step * away
            if step < 0.01 and abs(s.mean() - association(y, a, b).mean()) > 0.1:
                break
        return x, y, a, b

    return Drawn(case)


def _rounded(sign: int) -> Drawn:
    """The difference of the observed partition, computed in two ways, comes out smaller (-1) or larger the second time.

    No partition ties with it: whoever allows nothing for rounding gets p wrong by this one alone.
    """

    def case(draw: Draw) -> Arguments:
        for _ in range(5 * TRIES):  # every seventh one comes out larger
            x, y, a, b = sets(draw, 3, 4, 2, 2)
            s, t = association(x, a, b), association(y, a, b)
            if (next(partitions(s, t)) - (s.mean() - t.mean())) * sign > 0:
                break
        return x, y, a, b

    return Drawn(case)


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
        _near(1e-3),
        _near(1e-7),
        _rounded(-1),
        _rounded(1),
        Drawn(_ties, "ties"),
        Drawn(_ties, "ties"),
        Drawn(_ties_that_rounding_hides, "ties"),
        Drawn(_twice, "ties"),
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
    return counted(share)(x, y, a, b)


@weat_p_value.mistake("Two equal differences can part in their last digit. What decides between them in your answer?")
def compared_to_the_last_digit(x: Array, y: Array, a: Array, b: Array) -> float:
    def p(s: Array, t: Array) -> float:
        both, found = np.concatenate([s, t]), []
        for chosen in combinations(range(len(both)), len(s)):
            inside = np.isin(np.arange(len(both)), chosen)
            found.append(both[inside].mean() - both[~inside].mean() >= s.mean() - t.mean())
        return float(np.mean(found))

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
