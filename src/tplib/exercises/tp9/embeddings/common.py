"""The notebook that these exercises belong to, and vectors that several of them draw."""

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP9-Biais", "1_embeddings")

Array = np.ndarray


def vectors(draw: Draw, n: int, e: int) -> Array:
    """`n` vectors (n, e) of unlike lengths, none of them zero: a small counter-example has whole halves, plus 1/4."""
    rows = draw.array(n, e) + 0.25
    rows[:, 0] += np.arange(n) / 2  # no two point the same way where all that is drawn is 0
    return rows


def sets(draw: Draw, *sizes: int, e: int | None = None) -> Arguments:
    """Sets of vectors (size, E), E from 2 to 6."""
    rows = vectors(draw, sum(sizes), draw.size(2, 6) if e is None else e)
    return tuple(np.split(rows, np.cumsum(sizes)[:-1]))


def scaled(draw: Draw, rows: Array) -> Array:
    """The same directions, each in another length."""
    return rows * (draw.array(len(rows), 1, low=0.5, high=20) + 0.25)


def unit(rows: Array) -> Array:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)  # type: ignore[no-any-return]


def cosines(x: Array, y: Array) -> Array:
    return unit(x) @ unit(y).T
