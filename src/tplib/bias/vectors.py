"""Words and their vectors: looked up with a report of what is missing, and compared by their angle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.errors import TplibError

Array = np.ndarray


@dataclass(frozen=True)
class Found:
    """The words of a list that have a vector, their `vectors` (N, E) float64, and the words that are `missing`."""

    words: tuple[str, ...]
    vectors: Array
    missing: tuple[str, ...]


def lookup(vectors: Mapping[str, Any] | Any, words: Iterable[str], name: str = "words") -> Found:
    """The vectors of a list of words, in its order; missing ones are told, never replaced by zeros.

    vectors: word vectors of `tplib.data`, or anything with `in` and `[word]`. TplibError if no word has a vector.
    """
    listed = (words,) if isinstance(words, str) else tuple(words)
    present = tuple(word for word in listed if word in vectors)
    missing = tuple(word for word in listed if word not in vectors)
    if not present:
        raise TplibError(f"None of the {name} has a vector: {', '.join(listed[:5]) or 'the list is empty'}.")
    return Found(present, np.stack([np.asarray(vectors[word], dtype=np.float64) for word in present]), missing)


def matrix(values: Any, name: str) -> Array:
    """One row a word, (N, E) float64; a single vector is one row."""
    array = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if array.ndim != 2 or not array.size:
        raise TplibError(f"{name} must be vectors, one a row, shape (N, E), but has shape {np.shape(values)}.")
    return array


def unit(values: Any, name: str = "vectors") -> Array:
    """Vectors (..., E) divided by their lengths; TplibError for a vector of zeros, which has no direction."""
    array = np.asarray(values, dtype=np.float64)
    lengths = np.linalg.norm(array, axis=-1, keepdims=True)
    if not np.all(lengths > 0):
        raise TplibError(f"{name}: a vector of zeros has no direction, so no angle with another one.")
    scaled: Array = array / lengths
    return scaled


def cosine_similarity(x: Any, y: Any) -> Array:
    """The cosine of the angle between each row of `x` (N, E) and each of `y` (M, E): (N, M), as in scikit-learn."""
    similar: Array = unit(matrix(x, "x"), "x") @ unit(matrix(y, "y"), "y").T
    return similar


def word_similarity(vectors: Any, pairs: Iterable[tuple[str, str, float]]) -> tuple[float, int, int]:
    """How well cosines rank pairs of words as people do: Spearman's correlation, pairs used, pairs with a missing word.

    The quality of vectors beside their bias: an operation that removes a bias may harm it. Source: Finkelstein et al.
    (2002) for WordSim-353. TplibError if fewer than 3 pairs are left.
    """
    from scipy.stats import spearmanr

    listed = list(pairs)
    known = [(first, second, judged) for first, second, judged in listed if first in vectors and second in vectors]
    if len(known) < 3:
        raise TplibError(f"A correlation needs 3 pairs whose words have vectors; there are {len(known)}.")
    left, right = (unit(np.stack([np.asarray(vectors[pair[i]], dtype=np.float64) for pair in known])) for i in (0, 1))
    cosines = (left * right).sum(axis=1)
    rho = float(spearmanr(cosines, [judged for *_, judged in known]).statistic)
    return rho, len(known), len(listed) - len(known)
