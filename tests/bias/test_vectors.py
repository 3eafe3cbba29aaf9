"""Words looked up and compared: scikit-learn's cosines, SciPy's ranks."""

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.metrics.pairwise import cosine_similarity as sklearn_cosine

from tplib import data
from tplib.bias import cosine_similarity, lookup, word_similarity
from tplib.errors import TplibError

TABLE = {word: np.random.default_rng(i).normal(size=4).astype(np.float32) for i, word in enumerate("abcdef")}


def test_cosines_are_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(3, 5)), rng.normal(size=(2, 5))
    np.testing.assert_allclose(cosine_similarity(x, y), sklearn_cosine(x, y), atol=1e-12)
    assert cosine_similarity(x[0], y).shape == (1, 2)
    with pytest.raises(TplibError, match="must be vectors"):
        cosine_similarity(np.zeros((0, 5)), y)


def test_lookup_keeps_the_order_and_tells_what_is_missing() -> None:
    found = lookup(TABLE, ["c", "z", "a"])
    assert (found.words, found.missing) == (("c", "a"), ("z",))
    assert found.vectors.dtype == np.float64
    np.testing.assert_array_equal(found.vectors, [TABLE["c"], TABLE["a"]])
    assert lookup(TABLE, "a").words == ("a",)  # one word is no list of letters
    with pytest.raises(TplibError, match="the list is empty"):
        lookup(TABLE, [])


def test_word_similarity_is_a_rank_correlation_over_known_pairs() -> None:
    pairs = [("a", "b", 3.0), ("c", "d", 1.0), ("e", "z", 9.0), ("e", "f", 2.0), ("a", "f", 7.0)]
    known = [pair for pair in pairs if pair[1] != "z"]
    cosines = [sklearn_cosine([TABLE[first]], [TABLE[second]])[0, 0] for first, second, _ in known]
    rho, used, lost = word_similarity(TABLE, pairs)
    assert (used, lost) == (4, 1)
    assert rho == pytest.approx(float(spearmanr(cosines, [3, 1, 2, 7]).statistic))
    with pytest.raises(TplibError, match="needs 3 pairs"):
        word_similarity(TABLE, pairs[:2])


@pytest.mark.skipif(
    not (data.is_cached("bias-words") and data.is_cached("word2vec")), reason="`tp data pull bias-words word2vec`"
)
def test_vectors_of_word2vec_rank_pairs_as_people_do() -> None:
    rho, used, lost = word_similarity(data.load("word2vec"), data.load("bias-words").similar)
    assert used + lost == 353
    assert used > 250
    assert 0.6 < rho < 0.8  # about 0.69 is published for all pairs
