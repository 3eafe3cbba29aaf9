"""Mistakes in SEAT: which sentences are made, what is a member of a set, and by what is divided."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp9.language_models.sentences import (
    Array,
    Encode,
    Words,
    association,
    cosines,
    effect,
    seat_effect_size,
    vectors_of,
)


def _with(how: Callable[[Array, Array], Any]) -> Callable[..., Any]:
    """An answer that makes its number in another way from the associations of x and of y."""

    def answer(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> Any:
        X, Y, A, B = vectors_of(encode, (x, y, a, b), templates)
        return how(association(X, A, B), association(Y, A, B))

    return answer


@seat_effect_size.mistake("Which deviation is it: that of all numbers there are, or that of a sample (n - 1)?")
def deviation_with_n(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return float(_with(lambda p, q: effect(p, q, ddof=0))(encode, x, y, a, b, templates))


@seat_effect_size.mistake("Cohen's d divides by the deviation within the sets. Of which numbers is this deviation?")
def pooled_deviation(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    def pooled(p: Array, q: Array) -> float:
        n, m = len(p), len(q)
        within = ((n - 1) * p.var(ddof=1) + (m - 1) * q.var(ddof=1)) / max(n + m - 2, 1)
        return float((p.mean() - q.mean()) / np.sqrt(within))

    return float(_with(pooled)(encode, x, y, a, b, templates))


@seat_effect_size.mistake("A mean of two variances is a deviation within the sets. Of which numbers is this one?")
def mean_of_the_two_variances(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return float(
        _with(lambda p, q: (p.mean() - q.mean()) / np.sqrt((p.var() + q.var()) / 2))(encode, x, y, a, b, templates)
    )


@seat_effect_size.mistake("The deviation is that of s over x and y together. Over which sentences is yours?")
def deviation_of_x_alone(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return float(_with(lambda p, q: (p.mean() - q.mean()) / p.std(ddof=1))(encode, x, y, a, b, templates))


@seat_effect_size.mistake("A difference of means is not yet an effect size. By what is it divided?")
def not_divided(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return float(_with(lambda p, q: p.mean() - q.mean())(encode, x, y, a, b, templates))


@seat_effect_size.mistake("The lists differ in length. Does a sum compare them, or a mean?")
def sums_for_means(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return float(
        _with(lambda p, q: (p.sum() - q.sum()) / np.concatenate([p, q]).std(ddof=1))(encode, x, y, a, b, templates)
    )


@seat_effect_size.mistake("A sign says which of x and y stands nearer to a. Does yours?")
def sign_lost(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return abs(seat_effect_size(encode, x, y, a, b, templates))  # type: ignore[no-any-return]


@seat_effect_size.mistake(
    "Which of the two lists of attributes comes with a minus?", name="x and y, or a and b, exchanged"
)
def exchanged(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return -seat_effect_size(encode, x, y, a, b, templates)  # type: ignore[no-any-return]


@seat_effect_size.mistake("What are targets and what are attributes? Of which lists do you compute s?")
def targets_and_attributes_exchanged(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return seat_effect_size(encode, a, b, x, y, templates)  # type: ignore[no-any-return]


@seat_effect_size.mistake("Two sentences of one word are two members of the set. What do you average, and when?")
def one_vector_a_word(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    X, Y, A, B = (
        v.reshape(-1, len(templates), v.shape[1]).mean(axis=1) for v in vectors_of(encode, (x, y, a, b), templates)
    )
    return effect(association(X, A, B), association(Y, A, B))


@seat_effect_size.mistake("Do you compute one effect size of all sentences, or one of each template?")
def effect_sizes_of_templates_averaged(
    encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words
) -> float:
    return float(np.mean([seat_effect_size(encode, x, y, a, b, [template]) for template in templates]))


@seat_effect_size.mistake("How many templates are there? Which of them fill your sentences?")
def first_template_alone(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return seat_effect_size(encode, x, y, a, b, templates[:1])  # type: ignore[no-any-return]


@seat_effect_size.mistake("Which template stands last? Where do you collect the sentences?")
def last_template_alone(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return seat_effect_size(encode, x, y, a, b, templates[-1:])  # type: ignore[no-any-return]


@seat_effect_size.mistake("Words of x and y stand in sentences. Do those of a and b?")
def attributes_as_bare_words(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    X, Y = vectors_of(encode, (x, y), templates)
    A, B = encode(a), encode(b)
    return effect(association(X, A, B), association(Y, A, B))


@seat_effect_size.mistake("Words of a and b stand in sentences. Do those of x and y?")
def targets_as_bare_words(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    A, B = vectors_of(encode, (a, b), templates)
    X, Y = encode(x), encode(y)
    return effect(association(X, A, B), association(Y, A, B))


@seat_effect_size.mistake("An encoder of sentences reads sentences. What did you give it?", name="no templates")
def no_templates(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    return seat_effect_size(encode, x, y, a, b, ["{}"])  # type: ignore[no-any-return]


@seat_effect_size.mistake("Each word goes into each template. How many sentences does zip make?")
def one_template_a_word(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    X, Y, A, B = (
        encode([template.replace("{}", word) for word, template in zip(words, templates, strict=False)])
        for words in (x, y, a, b)
    )
    return effect(association(X, A, B), association(Y, A, B))


@seat_effect_size.mistake("Is the cosine of a vector and a ten times longer one larger? Is yours?")
def dot_products_for_cosines(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    X, Y, A, B = vectors_of(encode, (x, y, a, b), templates)

    def s(w: Array) -> Array:
        return (w @ A.T).mean(axis=1) - (w @ B.T).mean(axis=1)  # type: ignore[no-any-return]

    return effect(s(X), s(Y))


@seat_effect_size.mistake("The cosine with a mean vector is not the mean of cosines. Which does the formula ask for?")
def cosine_with_the_mean_vector(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    X, Y, A, B = vectors_of(encode, (x, y, a, b), templates)
    A, B = A.mean(axis=0, keepdims=True), B.mean(axis=0, keepdims=True)
    return effect(association(X, A, B), association(Y, A, B))


@seat_effect_size.mistake("You sum cosines with a and with b. With lists of unlike length, who weighs more?")
def cosines_summed(encode: Encode, x: Words, y: Words, a: Words, b: Words, templates: Words) -> float:
    X, Y, A, B = vectors_of(encode, (x, y, a, b), templates)

    def s(w: Array) -> Array:
        return cosines(w, A).sum(axis=1) - cosines(w, B).sum(axis=1)  # type: ignore[no-any-return]

    return effect(s(X), s(Y))
