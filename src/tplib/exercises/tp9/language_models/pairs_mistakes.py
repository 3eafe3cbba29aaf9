"""Mistakes in the share of preferred sentences: ties, the two ways, and what is counted."""

from __future__ import annotations

import numpy as np

from tplib.exercises.tp9.language_models.pairs import WAYS, Sentences, Shares, pairwise_preference, share


@pairwise_preference.mistake("Neither sentence of a tied pair is preferred. Which side gets your tie?")
def tie_counts_as_stereotype(p: Sentences, q: Sentences) -> Shares:
    return {name: share(how, p, q, tie=1) for name, how in WAYS.items()}


@pairwise_preference.mistake("Exchange the two lists: your share should become 1 minus itself. With a tie, does it?")
def tie_counts_as_antistereotype(p: Sentences, q: Sentences) -> Shares:
    return {name: share(how, p, q, tie=0) for name, how in WAYS.items()}


@pairwise_preference.mistake("How many pairs are there? Does a tied one stay below your line?")
def ties_left_out(p: Sentences, q: Sentences) -> Shares:
    result = {}
    for name, how in WAYS.items():
        kept = [(a, b) for a, b in zip(p, q, strict=True) if how(a) != how(b)]
        result[name] = share(how, [a for a, _ in kept], [b for _, b in kept]) if kept else 0.5
    return result


@pairwise_preference.mistake("Which of the two ways adds up, and which divides by the number of tokens?")
def sum_and_mean_exchanged(p: Sentences, q: Sentences) -> Shares:
    found = pairwise_preference(p, q)
    return {"sum": found["mean"], "mean": found["sum"]}


@pairwise_preference.mistake("Are log-likelihoods better when they are larger or when they are smaller?")
def less_likely_preferred(p: Sentences, q: Sentences) -> Shares:
    return {name: 1 - value for name, value in pairwise_preference(p, q).items()}


@pairwise_preference.mistake("Did you count both ways? Both numbers come from sums.")
def sums_in_both(p: Sentences, q: Sentences) -> Shares:
    return dict.fromkeys(WAYS, share(np.sum, p, q))


@pairwise_preference.mistake("Did you count both ways? Both numbers come from means.")
def means_in_both(p: Sentences, q: Sentences) -> Shares:
    return dict.fromkeys(WAYS, share(np.mean, p, q))


@pairwise_preference.mistake("A share, or percent: what is your number if half of the pairs are preferred?")
def percent(p: Sentences, q: Sentences) -> Shares:
    return {name: 100 * value for name, value in pairwise_preference(p, q).items()}


@pairwise_preference.mistake("You count preferred pairs. Of how many?")
def counts_not_shares(p: Sentences, q: Sentences) -> Shares:
    return {name: len(p) * value for name, value in pairwise_preference(p, q).items()}


@pairwise_preference.mistake("How large a difference is does not matter here, only its sign. What do you average?")
def mean_difference(p: Sentences, q: Sentences) -> Shares:
    return {name: float(np.mean([how(a) - how(b) for a, b in zip(p, q, strict=True)])) for name, how in WAYS.items()}


@pairwise_preference.mistake("An absolute difference does not tell which sentence is preferred. What is counted?")
def absolute_difference(p: Sentences, q: Sentences) -> Shares:
    return {
        name: float(np.mean([abs(how(a) - how(b)) for a, b in zip(p, q, strict=True)])) for name, how in WAYS.items()
    }


@pairwise_preference.mistake("Is the mean of probabilities above for the same sentence as the mean of logarithms?")
def mean_of_probabilities(p: Sentences, q: Sentences) -> Shares:
    return {"sum": share(np.sum, p, q), "mean": share(lambda x: float(np.exp(x).mean()), p, q)}


@pairwise_preference.mistake("Sentences of a pair differ in length. Which tokens do you leave out?")
def cut_to_the_shorter(p: Sentences, q: Sentences) -> Shares:
    sizes = [min(len(a), len(b)) for a, b in zip(p, q, strict=True)]
    return pairwise_preference(  # type: ignore[no-any-return]
        [a[:n] for a, n in zip(p, sizes, strict=True)], [b[:n] for b, n in zip(q, sizes, strict=True)]
    )


@pairwise_preference.mistake("Which tokens of a sentence are in your sum?")
def first_token_left_out(p: Sentences, q: Sentences) -> Shares:
    def rest(sentences: Sentences) -> Sentences:
        return [values[1:] if len(values) > 1 else values for values in sentences]

    return pairwise_preference(rest(p), rest(q))  # type: ignore[no-any-return]


@pairwise_preference.mistake("The first sentence of a pair is compared with which one? Do you compare all with all?")
def all_with_all(p: Sentences, q: Sentences) -> Shares:
    pairs = [(a, b) for a in p for b in q]
    return pairwise_preference([a for a, _ in pairs], [b for _, b in pairs])  # type: ignore[no-any-return]


@pairwise_preference.mistake("Do you compare pair by pair, or two totals?")
def totals_compared(p: Sentences, q: Sentences) -> Shares:
    first, second = np.concatenate(p), np.concatenate(q)
    return {name: share(how, [first], [second]) for name, how in WAYS.items()}
