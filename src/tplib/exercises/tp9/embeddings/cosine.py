"""The cosine of the angle between each vector of one set and each of another."""

import numpy as np

from tplib.exercises.tp9.embeddings.common import Array, cosines, exercise, scaled, sets, unit, vectors
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _sets(draw: Draw) -> Arguments:
    n = draw.size(1, 4)
    return sets(draw, n, draw.choice([m for m in (2, 3, 5) if m != n]))


def _alone(draw: Draw) -> Arguments:
    return sets(draw, 1, 1)


def _lengths(draw: Draw) -> Arguments:
    x, y = sets(draw, 3, 2)
    return scaled(draw, x), scaled(draw, y)


def _with_themselves(draw: Draw) -> Arguments:
    x = vectors(draw, draw.size(2, 4), draw.size(2, 5))
    return x, 2 * x


def _square(draw: Draw) -> Arguments:
    """As many vectors as numbers in each."""
    n = draw.size(2, 4)
    return sets(draw, n, n, e=n)


@exercise(
    points=1,
    lecture="001, schedule: TP9-Biais",
    concepts=(50,),
    draw=_sets,
    edges=(
        Drawn(_alone),
        Drawn(_lengths),
        Drawn(_with_themselves),
        Drawn(_square),
        Case((np.array([[1.0, 0.0], [-3.0, 0.0]]), np.array([[0.0, 2.0], [5.0, 0.0], [1.0, 1.0]]))),
    ),
    forbidden=(
        "tplib.bias.cosine_similarity",
        "sklearn.metrics.pairwise.cosine_similarity",
        "scipy.spatial.distance.cosine",
        "scipy.spatial.distance.cdist",
        "torch.nn.functional.cosine_similarity",
    ),
)
def cosine_similarity(x: Array, y: Array) -> Array:
    """cos(u, v) = (u . v) / (|u| |v|), for each row u of x and each row v of y

    shapes: `x` is (N, E) and `y` is (M, E); the result is (N, M): a row for each row of x, a column for each of y.
    worked: u = [1, 0] and v = [1, 1]: u . v = 1 and |u| |v| = 1.414, so the cosine is 0.707
    """
    return cosines(x, y)


@cosine_similarity.mistake("Does your result change when a vector is twice as long? Does the angle?")
def dot_products(x: Array, y: Array) -> Array:
    return x @ y.T


@cosine_similarity.mistake("Two vectors make an angle. Whose length did you divide by?")
def one_length_only(x: Array, y: Array) -> Array:
    return unit(x) @ y.T


@cosine_similarity.mistake("You divide by the lengths of y alone. What if x is twice as long?")
def the_other_length_only(x: Array, y: Array) -> Array:
    return x @ unit(y).T


@cosine_similarity.mistake("Distances are 0 for equal vectors. What is the cosine of an angle of 0?")
def distances(x: Array, y: Array) -> Array:
    return np.linalg.norm(x[:, None] - y[None], axis=-1)  # type: ignore[no-any-return]


@cosine_similarity.mistake("1 - cos is a distance. What is asked of equal vectors, 0 or 1?")
def cosine_distances(x: Array, y: Array) -> Array:
    return 1 - cosines(x, y)


@cosine_similarity.mistake("Each row has a length of its own. Along which axis did you take yours?")
def lengths_of_the_columns(x: Array, y: Array) -> Array:
    return (x / np.linalg.norm(x, axis=0)) @ (y / np.linalg.norm(y, axis=0)).T  # type: ignore[no-any-return]


@cosine_similarity.mistake("Lengths of shape (N,) divide the columns. What makes a column of them: `keepdims=...`?")
def lengths_not_in_a_column(x: Array, y: Array) -> Array:
    return (x / np.linalg.norm(x, axis=1)) @ (y / np.linalg.norm(y, axis=1)).T  # type: ignore[no-any-return]


@cosine_similarity.mistake("np.linalg.norm of a whole matrix is one number. How many lengths do you need?")
def one_length_for_all_rows(x: Array, y: Array) -> Array:
    return x @ y.T / (np.linalg.norm(x) * np.linalg.norm(y))  # type: ignore[no-any-return]


@cosine_similarity.mistake("A length is a root. Did you take it?")
def squared_lengths(x: Array, y: Array) -> Array:
    return x @ y.T / np.outer((x**2).sum(axis=1), (y**2).sum(axis=1))  # type: ignore[no-any-return]


@cosine_similarity.mistake("What is the cosine of two vectors that point in opposite directions?")
def without_the_sign(x: Array, y: Array) -> Array:
    return np.abs(cosines(x, y))  # type: ignore[no-any-return]


@cosine_similarity.mistake("A row for each vector of x, a column for each of y: which way round is yours?")
def rows_and_columns_exchanged(x: Array, y: Array) -> Array:
    return cosines(y, x)


@cosine_similarity.mistake("You compare x with itself. Where does y come in?")
def x_with_itself(x: Array, y: Array) -> Array:
    return cosines(x, x)


@cosine_similarity.mistake(
    "You compare the first row with the first, the second with the second. How many pairs are there?"
)
def row_by_row(x: Array, y: Array) -> Array:
    return np.array([u @ v for u, v in zip(unit(x), unit(y), strict=False)])


@cosine_similarity.mistake("You return angles. What is asked is their cosine.")
def angles(x: Array, y: Array) -> Array:
    return np.arccos(np.clip(cosines(x, y), -1, 1))  # type: ignore[no-any-return]


@cosine_similarity.alternative
def by_loops(x: Array, y: Array) -> Array:
    return np.array([[u.dot(v) / (np.sqrt(u.dot(u)) * np.sqrt(v.dot(v))) for v in y] for u in x])


@cosine_similarity.alternative
def by_einsum(x: Array, y: Array) -> Array:
    lengths = np.sqrt((x**2).sum(1))[:, None] * np.sqrt((y**2).sum(1))[None, :]
    return np.einsum("ne,me->nm", x, y) / lengths  # type: ignore[no-any-return]
