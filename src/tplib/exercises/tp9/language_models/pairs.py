"""How often a model prefers the first sentence of a pair, counted in two ways."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp9.language_models.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Sentences = list[Array]
Shares = dict[str, float]


def _sentences(draw: Draw, lengths: list[int]) -> Sentences:
    return [draw.array(n, low=-9, high=-0.1) for n in lengths]


def _usual(draw: Draw) -> Arguments:
    n = draw.size(1, 6)
    return tuple(_sentences(draw, [draw.size(1, 5) for _ in range(n)]) for _ in range(2))


def _ways_differ(draw: Draw) -> Arguments:
    """Longer sentences with likelier tokens: the sum prefers the one, the mean the other."""
    n = draw.size(2, 5)
    short = [draw.array(2, low=-4, high=-3) for _ in range(n)]
    long = [draw.array(5, low=-2.4, high=-1.7) for _ in range(n)]
    more = _sentences(draw, [3] * 3), _sentences(draw, [3] * 3)
    return draw.choice((([*short, *more[0]], [*long, *more[1]]), ([*long, *more[0]], [*short, *more[1]])))


def _ties(draw: Draw) -> Arguments:
    """Equal sums with unlike means, equal means with unlike sums, and the same numbers in another order."""
    step = -0.5 * draw.size(1, 6)
    tied = [
        (np.array([2 * step, 4 * step]), np.array([6 * step])),
        (np.array([step, step]), np.array([step, step, step, step])),
        (np.array([step, 2 * step, step]), np.array([2 * step, step, step])),
    ]
    kept = [pair if draw.choice((True, False)) else pair[::-1] for pair in tied[draw.choice((0, 1)) :]]
    kept += list(zip(_sentences(draw, [2, 3, 1]), _sentences(draw, [3, 1, 2]), strict=True))
    return [one for one, _ in kept], [other for _, other in kept]


@exercise(
    points=2,
    concepts=(52,),
    draw=_usual,
    edges=(
        Drawn(_ways_differ),
        Drawn(_ways_differ),
        Drawn(_ties),
        Drawn(_ties),
        Drawn(_ties),
        Drawn(lambda draw: (_sentences(draw, [1]), _sentences(draw, [draw.size(2, 4)]))),
        Case(([np.array([-1.0, -2.0])], [np.array([-2.0, -1.0])])),
    ),
    forbidden=("tplib.bias.pairwise_preference",),
)
def pairwise_preference(stereotype: Sentences, antistereotype: Sentences) -> Shares:
    """share = (pairs with a larger value on the side of the stereotype + 1/2 * ties) / pairs: once with the sum of the
    log-likelihoods of a sentence's tokens, once with their mean.

    shapes: two lists of N arrays, whose lengths differ; the result is {"sum": ..., "mean": ...}, shares from 0 to 1.
    worked: [-3, -3] against [-2, -2, -2, -2]: the sum prefers the first (-6 > -8), the mean the second (-3 < -2)
    """
    ways: dict[str, Callable[[Array], float]] = {"sum": np.sum, "mean": np.mean}
    return {name: share(how, stereotype, antistereotype) for name, how in ways.items()}


WAYS: dict[str, Callable[[Array], float]] = {"sum": np.sum, "mean": np.mean}


def share(how: Callable[[Array], float], p: Sentences, q: Sentences, tie: float = 0.5) -> float:
    values = [(how(one), how(other)) for one, other in zip(p, q, strict=True)]
    return float(sum(a > b for a, b in values) + tie * sum(a == b for a, b in values)) / len(values)


@pairwise_preference.alternative
def by_signs(stereotype: Sentences, antistereotype: Sentences) -> Shares:
    out = {}
    for name, how in (("mean", lambda x: sum(x) / len(x)), ("sum", sum)):
        signs = [np.sign(how(a) - how(b)) for a, b in zip(stereotype, antistereotype, strict=True)]
        out[name] = float(np.mean((np.array(signs) + 1) / 2))
    return out


@pairwise_preference.alternative
def by_counting(stereotype: Sentences, antistereotype: Sentences) -> Shares:
    result = {"sum": 0.0, "mean": 0.0}
    for p, q in zip(stereotype, antistereotype, strict=True):
        for name, a, b in (("sum", p.sum(), q.sum()), ("mean", p.sum() / p.size, q.sum() / q.size)):
            if a > b:
                result[name] += 1 / len(stereotype)
            elif a == b:
                result[name] += 0.5 / len(stereotype)
    return result
