"""StereoSet's three scores, from the log-likelihoods of three sentences of each item."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp9.language_models.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
Scores = dict[str, float]
TERMS = ("mother", "sister", "grandfather")


def _items(draw: Draw, terms: list[str]) -> Arguments:
    """Likelihoods of these items, whose terms come in a drawn order; the unrelated sentence is often the least."""
    keys = draw.array(len(terms)).tolist()
    mixed = [term for _, term in sorted(zip(keys, terms, strict=True), key=lambda pair: pair[0])]
    n = len(mixed)
    return draw.array(n, low=-30, high=-10), draw.array(n, low=-30, high=-10), draw.array(n, low=-36, high=-14), mixed


def _usual(draw: Draw) -> Arguments:
    return _items(draw, [term for term in TERMS[: draw.size(1, 3)] for _ in range(draw.size(1, 5))])


def _unlike(draw: Draw) -> Arguments:
    """Terms with many and with few items, whose shares differ."""
    s, a, u, terms = _items(draw, [TERMS[0]] * draw.size(5, 8) + [TERMS[1]] * 2 + [TERMS[2]])
    for i, term in enumerate(terms):
        low, high = sorted((s[i], a[i]))
        many = term == TERMS[0]
        s[i], a[i] = (high, low) if many else (low, high)
        u[i] = low - 1 if many else (low + high) / 2
    first = terms.index(TERMS[0])
    s[first], a[first] = a[first], s[first]
    return s, a, u, terms


def _ties(draw: Draw) -> Arguments:
    """Equal likelihoods of stereotype and anti-stereotype, and of each with the unrelated sentence."""
    s, a, u, terms = _items(draw, [TERMS[0]] * 4 + [TERMS[1]] * 3)
    for term in TERMS[:2]:  # a tie, a stereotype preferred, one not, and one preferred: each view of ties has its share
        tied, *others = [i for i, other in enumerate(terms) if other == term]
        a[tied] = s[tied]
        for k, i in enumerate(others):
            low, high = sorted((s[i], a[i]))
            s[i], a[i] = (low, high) if k % 2 else (high, low)
    u[4] = draw.choice((s[4], a[4]))
    return s, a, u, terms


def _leaning(towards: str) -> Drawn:
    """More than half, or less than half, of the stereotypes preferred in every term."""

    def case(draw: Draw) -> Arguments:
        s, a, u, terms = _items(draw, [TERMS[0]] * 3 + [TERMS[1]] * draw.size(3, 5))
        lean = {term: [i for i, other in enumerate(terms) if other == term][1:] for term in set(terms)}
        for i in [i for rows in lean.values() for i in rows]:
            low, high = sorted((s[i], a[i]))
            s[i], a[i] = (high, low) if towards == "stereotype" else (low, high)
        return s, a, u, terms

    return Drawn(case)


def _opposite(draw: Draw) -> Arguments:
    """One term leans to the stereotype, the other away from it: the mean hides both."""
    s, a, u, terms = _items(draw, [TERMS[0]] * 3 + [TERMS[1]] * 3)
    for i, term in enumerate(terms):
        low, high = sorted((s[i], a[i]))
        s[i], a[i] = (high, low) if term == TERMS[0] else (low, high)
        u[i] = low - 1 if i % 2 else (low + high) / 2
    return s, a, u, terms


@exercise(
    points=2,
    concepts=(52,),
    draw=_usual,
    edges=(
        Drawn(_unlike),
        Drawn(_unlike),
        Drawn(_ties),
        Drawn(_ties),
        _leaning("stereotype"),
        _leaning("anti-stereotype"),
        Drawn(_opposite),
        Drawn(lambda draw: _items(draw, [TERMS[0]])),
    ),
    forbidden=("tplib.bias.stereoset_scores",),
)
def stereotype_score(stereotype: Array, antistereotype: Array, unrelated: Array, terms: list[str]) -> Scores:
    """of each term: ss = % of items with stereotype > antistereotype; lm = % of the 2 comparisons an item with
    stereotype > unrelated and antistereotype > unrelated. Then the mean over terms; icat = lm * min(ss, 100 - ss) / 50.

    shapes: three arrays (N,) and a list of N terms; the result is {"lm": ..., "ss": ..., "icat": ...}, in percent.
    worked: term "a" with 2 of 4 stereotypes, term "b" with 1 of 1: ss = (50 + 100) / 2 = 75, not 3 of 5 = 60
    """
    of_terms = list(by_term(stereotype, antistereotype, unrelated, terms).values())
    return together(float(np.mean([lm for lm, _ in of_terms])), float(np.mean([ss for _, ss in of_terms])))


def by_term(
    s: Array,
    a: Array,
    u: Array,
    terms: list[str],
    pro: Callable[[Array, Array], Array] = lambda s, a: 1.0 * (s > a),
    sense: Callable[[Array, Array, Array], Array] = lambda s, a, u: ((s > u) * 1.0 + (a > u)) / 2,
) -> dict[str, tuple[float, float]]:
    """lm and ss of each term, in percent."""
    names = np.array(terms)
    result = {}
    for name in sorted(set(terms)):
        of = s[names == name], a[names == name], u[names == name]
        result[name] = 100 * float(sense(*of).mean()), 100 * float(pro(*of[:2]).mean())
    return result


def together(lm: float, ss: float) -> Scores:
    return {"lm": lm, "ss": ss, "icat": lm * min(ss, 100 - ss) / 50}


@stereotype_score.alternative
def by_counting(stereotype: Array, antistereotype: Array, unrelated: Array, terms: list[str]) -> Scores:
    counts: dict[str, list[int]] = {}
    for s, a, u, term in zip(stereotype, antistereotype, unrelated, terms, strict=True):
        row = counts.setdefault(term, [0, 0, 0])
        row[0] += s > a
        row[1] += int(s > u) + int(a > u)
        row[2] += 1
    ss = sum(100 * pro / n for pro, _, n in counts.values()) / len(counts)
    lm = sum(100 * sense / (2 * n) for _, sense, n in counts.values()) / len(counts)
    return {"lm": lm, "ss": ss, "icat": lm * min(ss, 100 - ss) / 50}


@stereotype_score.alternative
def by_weights(stereotype: Array, antistereotype: Array, unrelated: Array, terms: list[str]) -> Scores:
    """Each item weighs one over the number of its term's items."""
    weight = np.array([1 / terms.count(term) for term in terms]) / len(set(terms))
    ss = 100 * np.sum(weight * (stereotype > antistereotype))
    lm = 50 * np.sum(weight * ((stereotype > unrelated).astype(int) + (antistereotype > unrelated)))
    return {"ss": ss, "lm": lm, "icat": lm * (50 - abs(ss - 50)) / 50}
