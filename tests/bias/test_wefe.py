"""WEAT as WEFE computes it: equal effect sizes but for the deviation; and why its p-values are no oracle.

WEFE 1.0.1 wants an older NumPy than ours, so that it is no dependency of the tests. What it gave is written down. To
run it: `pip install --no-deps --target FOLDER wefe==1.0.1 gensim semantic_version plotly requests tqdm smart_open wrapt
urllib3 idna charset_normalizer certifi`, then `PYTHONPATH=FOLDER pytest -W default tests/bias/test_wefe.py`.
"""

import importlib.util
import math
from itertools import combinations

import numpy as np
import pytest

from tplib import data
from tplib.bias import association, lookup, weat_effect_size, weat_p_value

pytestmark = pytest.mark.skipif(
    not (data.is_cached("bias-words") and data.is_cached("weat-vectors")),
    reason="`tp data pull bias-words weat-vectors`",
)

# WEAT().run_query(..., return_effect_size=True, lost_vocabulary_threshold=0.5) for rows 1 to 10 of `bias-words`.
EFFECTS = (
    1.5549757534728188,
    1.6448022692935609,
    0.5884137172693733,
    1.2619473819403257,
    0.7336733877585827,
    1.9518473239720835,
    0.998107902328515,
    1.2846478914155455,
    1.354404237914638,
    -0.0459704303800021,
)


def sets(row: int) -> list[np.ndarray]:
    test, vectors = data.load("bias-words").tests[row - 1], data.load("weat-vectors")
    return [lookup(vectors, words).vectors for words in (test.x, test.y, test.a, test.b)]


@pytest.mark.parametrize("row", range(1, 11))
def test_effect_sizes_are_wefes_but_for_the_deviation(row: int) -> None:
    """It divides by the population's deviation, we by the sample's: ours is sqrt((n - 1) / n) times as much."""
    found = sets(row)
    n = len(found[0]) + len(found[1])
    assert weat_effect_size(*found) == pytest.approx(EFFECTS[row - 1] * math.sqrt((n - 1) / n), abs=1e-6)
    assert weat_effect_size(*found, ddof=0) == pytest.approx(EFFECTS[row - 1], abs=1e-6)


@pytest.mark.skipif(
    importlib.util.find_spec("wefe") is None, reason="WEFE is not installed: see the first lines of this file"
)
@pytest.mark.parametrize("row", range(1, 11))
def test_wefe_gives_what_is_written_down(row: int) -> None:
    from gensim.models import KeyedVectors
    from wefe.metrics import WEAT
    from wefe.query import Query
    from wefe.word_embedding_model import WordEmbeddingModel

    vectors, test = data.load("weat-vectors"), data.load("bias-words").tests[row - 1]
    stored = KeyedVectors(vectors.vectors.shape[1])
    stored.add_vectors(vectors.words, vectors.vectors)
    query = Query([list(test.x), list(test.y)], [list(test.a), list(test.b)])
    model = WordEmbeddingModel(stored, "weat-vectors")
    result = WEAT().run_query(query, model, return_effect_size=True, lost_vocabulary_threshold=0.5)
    assert result["effect_size"] == pytest.approx(EFFECTS[row - 1], abs=1e-6)


def test_its_two_sided_p_value_of_a_negative_effect_is_1() -> None:
    """Row 10: it asks whether |null| is above the *signed* observed number, which any |null| is if that is negative."""
    x, y, a, b = sets(10)
    both, k = np.concatenate([association(x, a, b), association(y, a, b)]), len(x)
    observed = both[:k].mean() - both[k:].mean()
    assert observed < 0
    inside = both[list(combinations(range(len(both)), k))].sum(axis=1)
    null = inside / k - (both.sum() - inside) / (len(both) - k)
    assert (np.abs(null) > observed).mean() == 1.0
    right = float((np.abs(null) >= abs(observed) - 1e-9).mean())
    assert float(weat_p_value(x, y, a, b, alternative="two-sided")) == pytest.approx(right) != 1.0


def test_words_drawn_with_replacement_are_hardly_ever_a_partition() -> None:
    """It draws as many words as there are *with replacement*: of 16, all are different once in nearly 900,000 draws."""
    assert math.factorial(16) / 16**16 == pytest.approx(1 / 881_658, rel=1e-3)
    rng = np.random.default_rng(0)
    assert max(len(set(rng.choice(16, size=16).tolist())) for _ in range(2000)) < 16
