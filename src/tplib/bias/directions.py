"""A direction of bias in word vectors, and how far words lie along it.

Source: Bolukbasi, Chang, Zou, Saligrama & Kalai (2016). Their text and their code differ: the code, and we, take the
principal component of the vectors of each pair *about the middle of the pair*. Differences centred once more are
another thing. A direction is a choice: other pairs of words give another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from tplib.bias.vectors import Array, lookup, matrix, unit
from tplib.errors import TplibError


@dataclass(frozen=True)
class Direction:
    """A unit `vector` (E,) that points from the first words of the pairs to the second.

    explained: the share of each principal component, largest first; () for a mean difference.
    missing: the pairs of which a word has no vector.
    """

    vector: Array
    explained: tuple[float, ...]
    missing: tuple[tuple[str, str], ...]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.vector, dtype=dtype)

    def __repr__(self) -> str:
        share = f", {self.explained[0]:.0%} of the variance" if self.explained else ""
        lost = f", without {', '.join('-'.join(pair) for pair in self.missing)}" if self.missing else ""
        return f"Direction({len(self.vector)} numbers{share}{lost})"


def bias_direction(
    vectors: Any, pairs: Iterable[tuple[str, str]], *, method: Literal["pca", "difference"] = "pca"
) -> Direction:
    """The direction of pairs such as ("she", "he"): it points from the first words to the second.

    "difference": the mean of the differences of unit vectors. "pca": the first principal component of all 2 n unit
    vectors, each less the middle of its pair. A component has no sign: the mean difference gives it one.
    """
    if method not in ("pca", "difference"):
        raise TplibError(f"method must be 'pca' or 'difference', but is {method!r}.")
    listed = [(str(first), str(second)) for first, second in pairs]
    whole = [pair for pair in listed if all(word in vectors for word in pair)]
    missing = tuple(pair for pair in listed if pair not in whole)
    if not whole:
        raise TplibError("No pair has vectors for both of its words.")
    first, second = (unit(lookup(vectors, [pair[i] for pair in whole]).vectors) for i in (0, 1))
    difference = (second - first).mean(axis=0)
    if method == "difference":
        return Direction(unit(difference, "the mean difference"), (), missing)
    half = (second - first) / 2  # each pair about its middle: minus half and plus half
    _, values, components = np.linalg.svd(np.concatenate([-half, half]), full_matrices=False)
    component = components[0] * (1.0 if components[0] @ difference >= 0 else -1.0)
    shares = values**2 / (values**2).sum()
    return Direction(unit(component), tuple(float(share) for share in shares), missing)


def projection(words: Any, direction: Any) -> Array:
    """The cosine (N,) of each row of `words` (N, E) with a direction: positive towards the pairs' second words."""
    found: Array = unit(matrix(words, "words")) @ unit(np.asarray(direction, dtype=np.float64), "the direction")
    return found


def direct_bias(neutral: Any, direction: Any, *, strictness: float = 1.0) -> float:
    """DirectBias: the mean of |cos(w, g)| ** strictness over words that should be neutral. Source: section 5.2.

    The absolute value is part of it: words on both sides must not cancel.
    """
    if strictness < 0:
        raise TplibError(f"strictness must not be negative, but is {strictness}.")
    return float(np.mean(np.abs(projection(neutral, direction)) ** strictness))


def indirect_bias(w: Any, v: Any, direction: Any) -> float:
    """The share of the similarity of two words that comes from the direction: beta(w, v) of section 5.3.

    (w.v - cos(w', v')) / w.v, with unit w and v, and w' and v' without their part along g. nan if w.v is 0.
    """
    g = unit(np.asarray(direction, dtype=np.float64), "the direction")
    left, right = unit(np.asarray(w, dtype=np.float64)), unit(np.asarray(v, dtype=np.float64))
    similar = float(left @ right)
    if similar == 0:
        return float("nan")
    rest = [vector - (vector @ g) * g for vector in (left, right)]
    lengths = [np.linalg.norm(vector) for vector in rest]
    if min(lengths) < 1e-12:
        raise TplibError("A word that lies wholly along the direction has nothing left without it.")
    return (similar - float(rest[0] @ rest[1]) / float(lengths[0] * lengths[1])) / similar


def ripa(words: Any, first: Any, second: Any) -> Array:
    """Relational inner product association (N,): w . (second - first) / |second - first|, of vectors as they are.

    Source: Ethayarajh, Duvenaud & Hirst (2019). The words are *not* scaled to length 1: that frequent words have long
    vectors is part of the measure. Positive towards `second`.
    """
    along = unit(np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64), "second - first")
    found: Array = matrix(words, "words") @ along
    return found
