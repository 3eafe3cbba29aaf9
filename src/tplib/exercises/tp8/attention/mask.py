"""causal_mask: who may read whom when no one may see what comes later."""

import numpy as np

from tplib.exercises.tp8.attention.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case


def _length(draw: Draw) -> Arguments:
    return (draw.size(2, 8),)


@exercise(
    points=1,
    draws=4,
    lecture="003, Take home message (the Transformer); Language Modeling and RNNs",
    concepts=(44,),
    draw=_length,
    edges=tuple(Case((T,)) for T in (1, 2, 5)),
)
def causal_mask(T: int) -> Array:
    """mask[i, j] = (j <= i): place i reads itself and all places before it

    shapes: (T, T) of truth values; row i is for the query i, column j for the key j
    worked: T = 3: [[True, False, False], [True, True, False], [True, True, True]]
    """
    return np.tril(np.ones((T, T), dtype=bool))


@causal_mask.alternative
def by_comparison(T: int) -> Array:
    places = np.arange(T)
    return places[:, None] >= places


@causal_mask.alternative
def row_by_row(T: int) -> Array:
    return np.array([[j <= i for j in range(T)] for i in range(T)])


@causal_mask.mistake("Row 0 belongs to the first place. May it read the last one?")
def future_instead_of_past(T: int) -> Array:
    return np.triu(np.ones((T, T), dtype=bool))


@causal_mask.mistake("May a place read itself? Look at the diagonal.")
def own_place_hidden(T: int) -> Array:
    return np.tril(np.ones((T, T), dtype=bool), -1)


@causal_mask.mistake("Which places may the first row read in yours? Is one of them still to come?")
def one_place_ahead(T: int) -> Array:
    return np.tril(np.ones((T, T), dtype=bool), 1)


@causal_mask.mistake("Does True mean `may read` or `is hidden` here?")
def true_where_hidden(T: int) -> Array:
    return ~np.tril(np.ones((T, T), dtype=bool))


@causal_mask.mistake("May the first place read the last one?")
def nothing_hidden(T: int) -> Array:
    return np.ones((T, T), dtype=bool)


@causal_mask.mistake("Each place reads only itself in yours. What of the places before it?")
def own_place_only(T: int) -> Array:
    return np.eye(T, dtype=bool)


@causal_mask.mistake("0 and minus infinity are to be added to scores. Which kind of entries does the text ask for?")
def numbers_to_add(T: int) -> Array:
    return np.where(np.tril(np.ones((T, T), dtype=bool)), 0.0, -np.inf)


@causal_mask.mistake("`np.tril(np.ones(...))` holds 1.0 and 0.0. Which kind of entries does the text ask for?")
def ones_and_zeros(T: int) -> Array:
    return np.tril(np.ones((T, T)))


@causal_mask.mistake("One row for each query. How many rows has yours?")
def one_row_only(T: int) -> Array:
    return np.ones(T, dtype=bool)
