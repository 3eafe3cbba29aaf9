"""Word vectors without a direction: neutralise, equalise, project out. What is left is measured in `remainder`.

Source: Bolukbasi et al. (2016), section 6. All of it is made for vectors of length 1, and gives such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from tplib.bias.vectors import Array, matrix, unit
from tplib.errors import TplibError


def neutralize(words: Any, direction: Any, *, normalize: bool = True) -> Array:
    """Vectors (N, E) without their part along the direction: w - (w.g) g for a unit g, then scaled to length 1.

    normalize=False leaves the lengths that the projection gives, as some courses do.
    """
    return project_out(words, [direction], normalize=normalize)


def project_out(words: Any, directions: Any, *, normalize: bool = True) -> Array:
    """Vectors (N, E) without their part in the space of several directions (K, E), which need not be orthogonal."""
    space = matrix(directions, "directions")
    _, values, rows = np.linalg.svd(unit(space, "directions"), full_matrices=False)
    basis = rows[values > 1e-10 * values[0]]  # (rank, E), orthonormal
    vectors = matrix(words, "words")
    rest: Array = vectors - (vectors @ basis.T) @ basis
    if not normalize:
        return rest
    lengths = np.linalg.norm(rest, axis=1)
    if np.any(lengths <= 1e-10 * np.linalg.norm(vectors, axis=1)):
        raise TplibError("A word that lies wholly along the directions has nothing left without them.")
    return unit(rest)


def equalize(first: Any, second: Any, direction: Any) -> tuple[Array, Array]:
    """A pair of unit vectors (E,) that differs along the direction only: both are equally far from each neutral word.

    With mu the mean and nu its part off the direction: nu + z g and nu - z g with z = sqrt(1 - |nu| ** 2). Vectors are
    scaled to length 1 first: else 1 - |nu| ** 2 can be negative, and its absolute value, which hides that in
    published code, gives vectors of any length.
    """
    g = unit(np.asarray(direction, dtype=np.float64), "the direction")
    left, right = unit(np.asarray(first, dtype=np.float64)), unit(np.asarray(second, dtype=np.float64))
    mean = (left + right) / 2
    off = mean - (mean @ g) * g
    along = np.sqrt(max(0.0, 1.0 - float(off @ off)))
    sign = 1.0 if (left - right) @ g >= 0 else -1.0
    return off + sign * along * g, off - sign * along * g


def hard_debias(
    words: Sequence[str],
    vectors: Any,
    direction: Any,
    *,
    specific: Iterable[str] = (),
    pairs: Iterable[tuple[str, str]] = (),
) -> Array:
    """All vectors (V, E), in length 1: neutral where a word is not `specific`, and each of the `pairs` made equal.

    Which words speak of the direction by definition is a list that somebody wrote: grandmother, not nurse. A pair is
    equalised as it is written, in capitals and as a title, as in the authors' code; one that lacks a vector stays.
    """
    names = [str(word) for word in words]
    found = unit(matrix(vectors, "vectors"))
    if len(names) != len(found):
        raise TplibError(f"One vector a word is needed: {len(names):,} words, {len(found):,} vectors.")
    kept = set(specific)
    neutral = np.array([word not in kept for word in names])
    if neutral.any():
        found[neutral] = neutralize(found[neutral], direction)
    row = {word: i for i, word in enumerate(names)}
    for pair in pairs:
        for form in {tuple(how(word) for word in pair) for how in (str.lower, str.title, str.upper)}:
            if all(word in row for word in form):
                i, j = (row[word] for word in form)
                found[i], found[j] = equalize(found[i], found[j], direction)
    return found
