"""What debiasing hides: after a direction is removed, words still stand where they stood among the others.

Source: Gonen & Goldberg (2019), "Lipstick on a pig". Each measure takes the bias from the vectors *before*: the
question is whether what was there can be found again. That it is no bug to compare with the original projection is
the point: with the projection after, which is 0, nothing would be found.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.bias.vectors import Array, matrix, unit
from tplib.errors import TplibError

BLOCK = 1000  # rows of similarities at a time


def neighbour_share(vectors: Any, bias: Any, rows: Any = None, *, k: int = 100) -> Array:
    """For each word, the share of its `k` nearest neighbours (by cosine, without itself) with a bias above 0.

    vectors: (V, E) of all words. bias: (V,) their projections before. rows: of which words; all by default.
    """
    found = unit(matrix(vectors, "vectors")).astype(np.float32)
    signs = np.asarray(bias, dtype=np.float64) > 0
    if signs.shape != (len(found),):
        raise TplibError(f"One bias a vector is needed: {len(found):,} vectors, bias of shape {signs.shape}.")
    if not 1 <= k < len(found):
        raise TplibError(f"k must be from 1 to {len(found) - 1:,}, the number of other words, but is {k}.")
    asked = np.arange(len(found)) if rows is None else np.asarray(rows, dtype=np.int64)
    shares = np.empty(len(asked))
    for start in range(0, len(asked), BLOCK):
        part = asked[start : start + BLOCK]
        similar = found[part] @ found.T  # (block, V)
        similar[np.arange(len(part)), part] = -2.0  # no word is its own neighbour
        nearest = np.argpartition(-similar, k - 1, axis=1)[:, :k]
        shares[start : start + BLOCK] = signs[nearest].mean(axis=1)
    return shares


def most_biased(bias: Any, count: int) -> tuple[Array, Array]:
    """The rows of the `count` least and of the `count` greatest biases."""
    values = np.asarray(bias, dtype=np.float64)
    if not 1 <= count <= len(values) // 2:
        raise TplibError(f"count must be from 1 to {len(values) // 2:,}, half of the words, but is {count}.")
    order = np.argsort(values, kind="stable")
    return order[:count], order[-count:]


def cluster_accuracy(first: Any, second: Any, *, seed: int = 0) -> float:
    """How well two clusters of k-means, which know no labels, are two sets of words: 0.5 (not at all) to 1."""
    from sklearn.cluster import KMeans

    x, y = _together(first, second)
    cluster = KMeans(2, n_init=10, random_state=seed).fit_predict(x)
    right = float((cluster == y).mean())
    return max(right, 1 - right)  # which cluster is called 0 means nothing


def classifier_accuracy(first: Any, second: Any, *, train: int, gamma: float | str = "scale", seed: int = 0) -> float:
    """How well a support vector machine (RBF), trained on `train` words of each set, knows the others by their vectors.

    The result hangs on gamma, which the paper does not state.
    """
    from sklearn.svm import SVC

    x, y = _together(first, second)
    rng = np.random.default_rng(seed)
    parts = [rng.permutation(np.flatnonzero(y == label)) for label in (0, 1)]
    if not 1 <= train < min(map(len, parts)):
        raise TplibError(f"train must leave words of each set for the test, but is {train}.")
    known, unknown = (np.concatenate([part[rows] for part in parts]) for rows in (slice(train), slice(train, None)))
    machine = SVC(kernel="rbf", gamma=gamma).fit(x[known], y[known])
    return float(machine.score(x[unknown], y[unknown]))


def _together(first: Any, second: Any) -> tuple[Array, Array]:
    sets = [unit(matrix(words, "words")) for words in (first, second)]
    return np.concatenate(sets), np.repeat([0, 1], [len(words) for words in sets])
