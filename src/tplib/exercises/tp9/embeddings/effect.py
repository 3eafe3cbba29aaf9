"""WEAT's effect size: the difference of mean associations in units of their deviation."""

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp9.embeddings.associating import association
from tplib.exercises.tp9.embeddings.common import Array, exercise, scaled, sets
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _sets(draw: Draw) -> Arguments:
    n = draw.size(2, 5)
    m = draw.choice([m for m in (2, 3, 4, 6) if m != n])
    return sets(draw, n, m, draw.size(1, 2), draw.size(3, 4))


def _equal_sizes(draw: Draw) -> Arguments:
    n = draw.size(2, 5)
    return sets(draw, n, n, 3, 3)


def _lengths(draw: Draw) -> Arguments:
    return tuple(scaled(draw, rows) for rows in sets(draw, 3, 4, 3, 2))


def _towards_b(draw: Draw) -> Arguments:
    """X is nearer to B, so that the effect is negative."""
    x, y, a, b = sets(draw, 3, 4, 2, 3)
    negative = association(x, a, b).mean() < association(y, a, b).mean()
    return (x, y, a, b) if negative else (x, y, b, a)


def _one_word(draw: Draw) -> Arguments:
    return draw.choice((sets(draw, 1, 3, 2, 2), sets(draw, 2, 1, 1, 3)))


Effect = Callable[[Array, Array], float]


def between(how: Effect) -> Callable[[Array, Array, Array, Array], float]:
    """An answer that makes its number of the associations of X and of Y."""

    def answer(x: Array, y: Array, a: Array, b: Array) -> float:
        with np.errstate(all="ignore"):
            return float(how(association(x, a, b), association(y, a, b)))

    return answer


def _d(s: Array, t: Array) -> float:
    return float((s.mean() - t.mean()) / np.concatenate([s, t]).std(ddof=1))


@exercise(
    points=2,
    lecture="001, schedule: TP9-Biais",
    concepts=(50,),
    draw=_sets,
    edges=(Drawn(_equal_sizes), Drawn(_lengths), Drawn(_towards_b), Drawn(_towards_b), Drawn(_one_word)),
    forbidden=("tplib.bias.weat_effect_size", "tplib.bias.weat", "tplib.bias.seat_effect_size"),
)
def weat_effect_size(x: Array, y: Array, a: Array, b: Array) -> float:
    """d = (mean of s over X - mean of s over Y) / standard deviation of s over X and Y together, with n - 1 below

    shapes: `x` is (N, E), `y` is (M, E), `a` is (K, E), `b` is (L, E); the result is one number.
    worked: s = 0.3, 0.1 in X and 0.0, -0.2 in Y: means 0.2 and -0.1, deviation 0.208 (squares over 3): d = 1.44
    """
    return between(_d)(x, y, a, b)


@weat_effect_size.mistake("Two conventions: n or n - 1 below the squares. Which does the text ask for?")
def population_deviation(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: (s.mean() - t.mean()) / np.concatenate([s, t]).std())(x, y, a, b)


def _pooled(s: Array, t: Array) -> float:
    return float(((s - s.mean()) ** 2).sum() + ((t - t.mean()) ** 2).sum()) / (len(s) + len(t) - 2)


@weat_effect_size.mistake("You wrote Cohen's d, whose deviation is taken inside each set. Over which words is WEAT's?")
def pooled_deviation(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: (s.mean() - t.mean()) / np.sqrt(_pooled(s, t)))(x, y, a, b)


@weat_effect_size.mistake(
    "You pool two variances, as Cohen's d does; a set of one word has none. Over which words is WEAT's?"
)
def pooled_from_two_variances(x: Array, y: Array, a: Array, b: Array) -> float:
    def effect(s: Array, t: Array) -> float:
        if min(len(s), len(t)) < 2:
            return float("nan")
        return float((s.mean() - t.mean()) / np.sqrt(_pooled(s, t)))

    return between(effect)(x, y, a, b)


@weat_effect_size.mistake("You pool two variances, and a bracket closes too late: what is divided by n + m - 2?")
def pooled_with_a_misplaced_bracket(x: Array, y: Array, a: Array, b: Array) -> float:
    def effect(s: Array, t: Array) -> float:
        n, m = len(s), len(t)
        spread = (n - 1) * s.var(ddof=1) + (m - 1) * t.var(ddof=1) / (n + m - 2)
        return float((s.mean() - t.mean()) / np.sqrt(spread))

    return between(effect)(x, y, a, b)


@weat_effect_size.mistake("The words of Y vary too. Whose deviation stands below the line?")
def deviation_of_x_alone(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: (s.mean() - t.mean()) / s.std(ddof=1) if len(s) > 1 else np.nan)(x, y, a, b)


@weat_effect_size.mistake("You average two deviations. Put all words into one list first: what is its deviation?")
def mean_of_two_deviations(x: Array, y: Array, a: Array, b: Array) -> float:
    def effect(s: Array, t: Array) -> float:
        if min(len(s), len(t)) < 2:
            return float("nan")
        return float((s.mean() - t.mean()) / ((s.std(ddof=1) + t.std(ddof=1)) / 2))

    return between(effect)(x, y, a, b)


@weat_effect_size.mistake(
    "You average two deviations, with n below. Put all words into one list: what is its deviation?"
)
def mean_of_two_population_deviations(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: (s.mean() - t.mean()) / ((s.std() + t.std()) / 2))(x, y, a, b)


@weat_effect_size.mistake("You divide by a variance. Which unit has the result then?")
def divided_by_the_variance(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: (s.mean() - t.mean()) / np.concatenate([s, t]).var(ddof=1))(x, y, a, b)


@weat_effect_size.mistake("A difference of means is not yet an effect size. What is its unit?")
def not_divided(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: s.mean() - t.mean())(x, y, a, b)


@weat_effect_size.mistake("Which sets have associations, and which are they associated with?")
def targets_and_attributes_exchanged(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(_d)(a, b, x, y) if min(len(a) + len(b), len(x) + len(y)) > 2 else float("nan")


@weat_effect_size.mistake("Is the effect of X on A the same as that of X on B? What tells your result apart?")
def without_the_sign(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: abs(_d(s, t)))(x, y, a, b)


@weat_effect_size.mistake("Is d positive when X is nearer to A, or when Y is?")
def y_minus_x(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: _d(t, s))(x, y, a, b)


@weat_effect_size.mistake("If X has more words than Y, its sum is larger. What did the formula ask for?")
def sums(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: (s.sum() - t.sum()) / np.concatenate([s, t]).std(ddof=1))(x, y, a, b)


@weat_effect_size.mistake("A standard error shrinks as words are added. Does a standard deviation?")
def standard_error(x: Array, y: Array, a: Array, b: Array) -> float:
    return between(lambda s, t: _d(s, t) * np.sqrt(len(s) + len(t)))(x, y, a, b)


@weat_effect_size.mistake("Lengths of vectors change your result. What does s consist of?")
def dot_products(x: Array, y: Array, a: Array, b: Array) -> float:
    s, t = (rows @ (a.mean(axis=0) - b.mean(axis=0)) for rows in (x, y))
    return _d(s, t)


@weat_effect_size.alternative
def by_the_formula(x: Array, y: Array, a: Array, b: Array) -> float:
    s = [float(value) for value in association(x, a, b)]
    t = [float(value) for value in association(y, a, b)]
    both = s + t
    middle = sum(both) / len(both)
    variance = sum((value - middle) ** 2 for value in both) / (len(both) - 1)
    return float((sum(s) / len(s) - sum(t) / len(t)) / variance**0.5)


@weat_effect_size.alternative
def by_the_statistics_module(x: Array, y: Array, a: Array, b: Array) -> float:
    import statistics

    s, t = association(x, a, b).tolist(), association(y, a, b).tolist()
    return (statistics.fmean(s) - statistics.fmean(t)) / statistics.stdev(s + t)
