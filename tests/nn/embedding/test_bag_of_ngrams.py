"""The averaged n-gram classifier and the hashes of its n-grams."""

import numpy as np
import pytest

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.embedding.bag_of_ngrams import MIX, bag_texts, hash_ngrams, hash_word


def test_hash_is_fnv_1a():
    # Published test vectors of the 32-bit FNV-1a.
    assert hash_word("") == 0x811C9DC5
    assert hash_word("a") == 0xE40C292C
    assert hash_word("foobar") == 0xBF9CF968


def test_ngrams_join_the_hashes_of_their_words():
    words = ["not", "très", "bad"]
    a, b, c = map(hash_word, words)
    pairs = [(a * MIX + b) % 2**64, (b * MIX + c) % 2**64]
    triple = (((a * MIX + b) * MIX) + c) % 2**64
    assert hash_ngrams(words, 3, 1000).tolist() == [x % 1000 for x in (a, b, c, *pairs, triple)]
    assert hash_ngrams(words, 1, 7).tolist() == [x % 7 for x in (a, b, c)]
    assert hash_ngrams(["alone"], 3).shape == (1,)
    assert hash_ngrams([]).shape == (0,)


def test_bags():
    ids, offsets = bag_texts([["a", "b"], [], ["c"]], 2, 50)
    assert offsets.tolist() == [0, 3, 3]
    assert ids.tolist() == [*hash_ngrams(["a", "b"], 2, 50), *hash_ngrams(["c"], 2, 50)]
    assert [part.shape for part in bag_texts([])] == [(0,), (0,)]


def test_scores_are_a_linear_layer_of_the_mean_vector():
    model = nn.BagOfNgrams(50, 3, 2, rng=np.random.default_rng(0), dtype=np.float64)
    ids, offsets = bag_texts([["a", "b"], ["c"]], 2, 50)
    state = model.state_dict()
    vectors = state["embedding.weight"]
    means = np.stack([vectors[ids[:3]].mean(0), vectors[ids[3]]])
    np.testing.assert_allclose(model(ids, offsets).data, means @ state["linear.weight"].T + state["linear.bias"])


@pytest.mark.parametrize("sparse", [False, True])
def test_bigrams_tell_what_words_alone_cannot(sparse):
    # The same words in both classes: only their order differs.
    texts = [["good", "not", "bad"], ["bad", "not", "good"]] * 20
    labels = np.array([0, 1] * 20)
    accuracy = {}
    for ngrams in (1, 2):
        model = nn.BagOfNgrams(1000, 8, 2, sparse, rng=np.random.default_rng(0))
        ids, offsets = bag_texts(texts, ngrams, 1000)
        optimiser = nn.optim.SGD(model.parameters(), lr=1.0)
        for _ in range(30):
            optimiser.zero_grad()
            F.cross_entropy(model(ids, offsets), labels).backward()
            assert isinstance(model.embedding.weight.grad, nn.SparseRows) == sparse
            optimiser.step()
        accuracy[ngrams] = (model(ids, offsets).data.argmax(1) == labels).mean()
    assert accuracy == {1: 0.5, 2: 1.0}


def test_mistakes_are_a_sentence():
    with pytest.raises(ValueError, match="hash_ngrams: expected ngrams and buckets of at least 1, got 0 and 10"):
        hash_ngrams(["a"], 0, 10)
