"""Mistakes in StereoSet's scores: over what is averaged, what a tie is, which comparisons count."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import numpy as np

from tplib.exercises.tp9.language_models.triples import Array, Scores, by_term, stereotype_score, together


def _means(found: dict[str, tuple[float, float]]) -> tuple[float, float]:
    return float(np.mean([lm for lm, _ in found.values()])), float(np.mean([ss for _, ss in found.values()]))


def _pro(how: Callable[[Array, Array], Array]) -> Callable[..., Scores]:
    return lambda s, a, u, terms: together(*_means(by_term(s, a, u, terms, pro=how)))


def _sense(how: Callable[[Array, Array, Array], Array]) -> Callable[..., Scores]:
    return lambda s, a, u, terms: together(*_means(by_term(s, a, u, terms, sense=how)))


@stereotype_score.mistake("A term with many items and one with few: does each count alike in your mean?")
def mean_over_all_items(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return together(50 * float((1.0 * (s > u) + (a > u)).mean()), 100 * float((s > a).mean()))


@stereotype_score.mistake("Both sentences are equally likely. Does the model prefer the stereotype?")
def tie_counts_as_stereotype(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _pro(lambda s, a: 1.0 * (s >= a))(s, a, u, terms)


@stereotype_score.mistake("A tie is worth a half in other measures. What does this text say of it?")
def tie_counts_one_half(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _pro(lambda s, a: (s > a) + 0.5 * (s == a))(s, a, u, terms)


@stereotype_score.mistake("An item with a tie is an item. Is it below your line?")
def ties_left_out(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    def share(s: Array, a: Array) -> Array:
        kept = s != a
        return 1.0 * (s > a)[kept] if kept.any() else np.zeros(1)

    return _pro(share)(s, a, u, terms)


@stereotype_score.mistake("A sentence as likely as the unrelated one is not more likely. Do you count it?")
def tie_with_the_unrelated_counts(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _sense(lambda s, a, u: (1.0 * (s >= u) + (a >= u)) / 2)(s, a, u, terms)


@stereotype_score.mistake("Every tie counts as preferred in yours. What does the text say of ties?")
def all_ties_count(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    found = by_term(
        s, a, u, terms, pro=lambda s, a: 1.0 * (s >= a), sense=lambda s, a, u: (1.0 * (s >= u) + (a >= u)) / 2
    )
    return together(*_means(found))


@stereotype_score.mistake("Two sentences of an item make sense. With how many do you compare the unrelated one?")
def stereotype_alone_against_unrelated(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _sense(lambda s, a, u: 1.0 * (s > u))(s, a, u, terms)


@stereotype_score.mistake("Two sentences of an item make sense. With which do you compare the unrelated one?")
def antistereotype_alone_against_unrelated(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _sense(lambda s, a, u: 1.0 * (a > u))(s, a, u, terms)


@stereotype_score.mistake("Is one sensible sentence above the unrelated one enough? There are two comparisons.")
def one_of_both_is_enough(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _sense(lambda s, a, u: 1.0 * (np.maximum(s, a) > u))(s, a, u, terms)


@stereotype_score.mistake("`True + True` of two arrays of truth values is True. How many comparisons are that?")
def truth_values_added(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _sense(lambda s, a, u: 0.5 * ((s > u) + (a > u)))(s, a, u, terms)


@stereotype_score.mistake("Must both sensible sentences be above the unrelated one? There are two comparisons.")
def both_are_needed(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _sense(lambda s, a, u: 1.0 * (np.minimum(s, a) > u))(s, a, u, terms)


@stereotype_score.mistake("There are two comparisons an item. By how many do you divide?")
def lm_up_to_200(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _sense(lambda s, a, u: 1.0 * (s > u) + (a > u))(s, a, u, terms)


@stereotype_score.mistake("Of which two sentences is ss? Which of them is counted?")
def share_of_antistereotypes(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    return _pro(lambda s, a: 1.0 * (a > s))(s, a, u, terms)


@stereotype_score.mistake("What is icat of a model with ss = 90, and of one with ss = 10?")
def icat_without_min(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    lm, ss = _means(by_term(s, a, u, terms))
    return {"lm": lm, "ss": ss, "icat": lm * ss / 50}


@stereotype_score.mistake("What is icat of an ideal model, with lm = 100 and ss = 50?")
def icat_divided_by_100(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    lm, ss = _means(by_term(s, a, u, terms))
    return {"lm": lm, "ss": ss, "icat": lm * min(ss, 100 - ss) / 100}


@stereotype_score.mistake("icat is largest at ss = 50. Where is yours?")
def icat_with_the_distance_from_50(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    lm, ss = _means(by_term(s, a, u, terms))
    return {"lm": lm, "ss": ss, "icat": lm * abs(ss - 50) / 50}


@stereotype_score.mistake("icat is larger for a balanced model. Which of ss and 100 - ss do you take?")
def icat_with_max(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    lm, ss = _means(by_term(s, a, u, terms))
    return {"lm": lm, "ss": ss, "icat": lm * max(ss, 100 - ss) / 50}


@stereotype_score.mistake("Is icat made of the two means, or is it a mean of each term's icat?")
def icat_of_each_term_averaged(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    found = by_term(s, a, u, terms)
    lm, ss = _means(found)
    return {"lm": lm, "ss": ss, "icat": float(np.mean([together(*pair)["icat"] for pair in found.values()]))}


@stereotype_score.mistake("Percent or shares: what is 1/2 in your scores?")
def shares_for_percent(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    lm, ss = (value / 100 for value in _means(by_term(s, a, u, terms)))
    return {"lm": lm, "ss": ss, "icat": lm * min(ss, 1 - ss) / 0.5}


@stereotype_score.mistake("Percent or shares: does your icat fit to lm and ss?")
def shares_with_an_icat_of_percent(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    lm, ss = (value / 100 for value in _means(by_term(s, a, u, terms)))
    return {"lm": lm, "ss": ss, "icat": lm * min(ss, 100 - ss) / 50}


@stereotype_score.mistake("The items of a term need not stand side by side. How often does a term come in yours?")
def neighbours_taken_for_terms(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    runs = [str(i) for i, (_, run) in enumerate(groupby(terms)) for _ in run]
    return together(*_means(by_term(s, a, u, runs)))


@stereotype_score.mistake("A term with two items weighs as much as one with twenty. Do you weigh by items?")
def terms_weighed_by_items_in_ss(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    lm, _ = _means(by_term(s, a, u, terms))
    return together(lm, 100 * float((s > a).mean()))


@stereotype_score.mistake("Is ss averaged over terms, and lm too?")
def terms_weighed_by_items_in_lm(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    _, ss = _means(by_term(s, a, u, terms))
    return together(50 * float((1.0 * (s > u) + (a > u)).mean()), ss)


@stereotype_score.mistake("Do you count items, or compare the mean likelihoods of the terms?")
def mean_likelihoods_compared(s: Array, a: Array, u: Array, terms: list[str]) -> Scores:
    def one(condition: bool) -> Array:
        return np.array([float(condition)])

    found = by_term(
        s,
        a,
        u,
        terms,
        pro=lambda s, a: one(s.mean() > a.mean()),
        sense=lambda s, a, u: (one(s.mean() > u.mean()) + one(a.mean() > u.mean())) / 2,
    )
    return together(*_means(found))
