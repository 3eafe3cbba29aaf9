"""How much nearer a word is to one set of attributes than to another."""

import numpy as np

from tplib.exercises.tp9.embeddings.common import Array, cosines, exercise, scaled, sets
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _sets(draw: Draw) -> Arguments:
    """Attribute sets of unlike sizes: a mean and a sum part."""
    few, many = draw.size(1, 2), draw.size(3, 5)
    a, b = draw.choice(((few, many), (many, few)))
    return sets(draw, draw.size(1, 4), a, b)


def _one_word(draw: Draw) -> Arguments:
    return sets(draw, 1, 2, 3)


def _single_attributes(draw: Draw) -> Arguments:
    return sets(draw, 3, 1, 1)


def _lengths(draw: Draw) -> Arguments:
    """Long and short attributes: the mean of the cosines is not the cosine of the mean."""
    w, a, b = sets(draw, 3, 3, 2)
    return scaled(draw, w), scaled(draw, a), scaled(draw, b)


def _as_many(draw: Draw) -> Arguments:
    """As many words as attributes: an axis taken for another one does not show in the shape."""
    return sets(draw, 3, 3, 3)


@exercise(
    points=1,
    lecture="001, schedule: TP9-Biais",
    concepts=(50,),
    draw=_sets,
    edges=(
        Drawn(_one_word),
        Drawn(_single_attributes),
        Drawn(_lengths),
        Drawn(_as_many),
        Case((np.array([[2.0, 0.0], [1.0, 1.0]]), np.array([[3.0, 0.0]]), np.array([[0.0, 1.0], [-1.0, 0.0]]))),
    ),
    forbidden=("tplib.bias.association",),
)
def association(w: Array, a: Array, b: Array) -> Array:
    """s(w) = mean over A of cos(w, a) - mean over B of cos(w, b)

    shapes: `w` is (N, E), `a` is (K, E), `b` is (L, E); the result is (N,): one number for each row of w.
    worked: cosines 0.5 and 0.3 with A, 0.1 with B: s = 0.4 - 0.1 = 0.3
    """
    return cosines(w, a).mean(axis=1) - cosines(w, b).mean(axis=1)  # type: ignore[no-any-return]


@association.mistake("If B has ten words and A has two, which sum is larger? What makes the sets comparable?")
def sums(w: Array, a: Array, b: Array) -> Array:
    return cosines(w, a).sum(axis=1) - cosines(w, b).sum(axis=1)  # type: ignore[no-any-return]


@association.mistake("Is s positive for a word near A, or for a word near B?")
def b_minus_a(w: Array, a: Array, b: Array) -> Array:
    return association(w, b, a)  # type: ignore[no-any-return]


@association.mistake("Nearness to A says little alone: a word may be near to everything. What do you subtract?")
def a_alone(w: Array, a: Array, b: Array) -> Array:
    return cosines(w, a).mean(axis=1)  # type: ignore[no-any-return]


@association.mistake("Long vectors weigh more in your result. What takes the lengths out?")
def dot_products(w: Array, a: Array, b: Array) -> Array:
    return (w @ a.T).mean(axis=1) - (w @ b.T).mean(axis=1)  # type: ignore[no-any-return]


@association.mistake(
    "The cosine with a mean vector is not the mean of cosines: long attributes pull it. Which is asked?"
)
def cosine_with_the_mean(w: Array, a: Array, b: Array) -> Array:
    return (cosines(w, a.mean(axis=0, keepdims=True)) - cosines(w, b.mean(axis=0, keepdims=True)))[:, 0]  # type: ignore[no-any-return]


@association.mistake("How many numbers did you return? Each word of w has one of its own.")
def mean_over_the_words_too(w: Array, a: Array, b: Array) -> float:
    return float(cosines(w, a).mean() - cosines(w, b).mean())


@association.mistake("You take the mean over the words of w. Over what is it taken?")
def mean_over_the_words(w: Array, a: Array, b: Array) -> Array:
    return cosines(w, a).mean(axis=0) - cosines(w, b).mean(axis=0)  # type: ignore[no-any-return]


@association.mistake("You sum both means. When would a word have s = 0?")
def sum_of_the_means(w: Array, a: Array, b: Array) -> Array:
    return cosines(w, a).mean(axis=1) + cosines(w, b).mean(axis=1)  # type: ignore[no-any-return]


@association.mistake("Which sign has a word that is nearer to B?")
def absolute_difference(w: Array, a: Array, b: Array) -> Array:
    return np.abs(association(w, a, b))  # type: ignore[no-any-return]


@association.mistake("You look at the nearest attribute only. What of the others?")
def nearest_attributes(w: Array, a: Array, b: Array) -> Array:
    return cosines(w, a).max(axis=1) - cosines(w, b).max(axis=1)  # type: ignore[no-any-return]


@association.mistake("A quotient of two means is 1 for a word in the middle. What is asked, and what is it there?")
def quotient(w: Array, a: Array, b: Array) -> Array:
    return cosines(w, a).mean(axis=1) / cosines(w, b).mean(axis=1)  # type: ignore[no-any-return]


@association.mistake("A median leaves the outer words out of account. Which average does the formula have?")
def medians(w: Array, a: Array, b: Array) -> Array:
    return np.median(cosines(w, a), axis=1) - np.median(cosines(w, b), axis=1)  # type: ignore[no-any-return]


@association.mistake("One division by the number of all attributes is not two means. How many words has A?")
def divided_by_all_attributes(w: Array, a: Array, b: Array) -> Array:
    return (cosines(w, a).sum(axis=1) - cosines(w, b).sum(axis=1)) / (len(a) + len(b))  # type: ignore[no-any-return]


@association.mistake("A difference of distances is positive for a word near B. Which of the two is asked?")
def of_distances(w: Array, a: Array, b: Array) -> Array:
    def far(x: Array, y: Array) -> Array:
        return np.linalg.norm(x[:, None] - y[None], axis=-1).mean(axis=1)  # type: ignore[no-any-return]

    return far(w, a) - far(w, b)


@association.alternative
def word_by_word(w: Array, a: Array, b: Array) -> Array:
    def cos(u: Array, v: Array) -> float:
        return float(u @ v / np.sqrt((u @ u) * (v @ v)))

    return np.array([sum(cos(u, v) for v in a) / len(a) - sum(cos(u, v) for v in b) / len(b) for u in w])


@association.alternative
def by_mean_unit_vectors(w: Array, a: Array, b: Array) -> Array:
    def scaled_to_one(rows: Array) -> Array:
        return rows / np.sqrt((rows**2).sum(axis=1))[:, None]  # type: ignore[no-any-return]

    return scaled_to_one(w) @ (scaled_to_one(a).mean(axis=0) - scaled_to_one(b).mean(axis=0))
