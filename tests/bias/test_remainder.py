"""What is left after debiasing: sets that are told apart, or not, by construction; and Gonen & Goldberg's numbers."""

import numpy as np
import pytest

from tplib import data
from tplib.bias import (
    bias_direction,
    classifier_accuracy,
    cluster_accuracy,
    hard_debias,
    most_biased,
    neighbour_share,
    project_out,
    projection,
)
from tplib.errors import TplibError


def test_shares_of_neighbours_by_a_sort_of_all_cosines() -> None:
    rng = np.random.default_rng(0)
    vectors, bias = rng.normal(size=(40, 5)), rng.normal(size=40)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    expected = []
    for i in range(40):
        others = sorted((j for j in range(40) if j != i), key=lambda j: -(unit[i] @ unit[j]))
        expected.append(np.mean([bias[j] > 0 for j in others[:7]]))
    np.testing.assert_allclose(neighbour_share(vectors, bias, k=7), expected)
    np.testing.assert_allclose(neighbour_share(vectors, bias, [3, 11], k=7), [expected[3], expected[11]])


def test_most_biased_are_the_ends_of_the_order() -> None:
    low, high = most_biased([0.3, -1.0, 2.0, 0.0, -0.5], 2)
    assert (low.tolist(), high.tolist()) == ([1, 4], [0, 2])


def test_two_sets_are_found_again_though_the_direction_is_gone() -> None:
    """Two sets that differ in two directions of which one is removed: its projection is 0, the sets still differ."""
    rng = np.random.default_rng(1)
    centre = np.zeros(20)
    centre[:2] = 4.0
    first, second = rng.normal(size=(60, 20)) - centre, rng.normal(size=(60, 20)) + centre
    removed = np.eye(20)[0]
    first, second = project_out(first, [removed]), project_out(second, [removed])
    np.testing.assert_allclose(projection(first, removed), 0, atol=1e-12)
    assert cluster_accuracy(first, second) > 0.95
    assert classifier_accuracy(first, second, train=30) > 0.95


def test_sets_that_do_not_differ_are_not_told_apart() -> None:
    rng = np.random.default_rng(2)
    first, second = rng.normal(size=(2, 200, 20))
    assert 0.5 <= cluster_accuracy(first, second) < 0.62
    assert 0.35 < classifier_accuracy(first, second, train=100) < 0.65


def test_faults_are_sentences() -> None:
    with pytest.raises(TplibError, match="k must be from 1 to 2"):
        neighbour_share(np.eye(3), [1, 2, 3], k=3)
    with pytest.raises(TplibError, match="One bias a vector"):
        neighbour_share(np.eye(3), [1, 2], k=1)
    with pytest.raises(TplibError, match="count must be from 1 to 1, half of the words"):
        most_biased([1.0, 2.0, 3.0], 2)
    with pytest.raises(TplibError, match="train must leave words"):
        classifier_accuracy(np.eye(3), np.eye(3), train=3)


@pytest.mark.slow
@pytest.mark.skipif(
    not (data.is_cached("bias-words") and data.is_cached("word2vec")), reason="`tp data pull bias-words word2vec`"
)
def test_published_numbers_of_gonen_and_goldberg() -> None:
    lists, words = data.load("bias-words"), data.load("word2vec")
    g = bias_direction(words, lists.pairs)
    she_he = bias_direction(words, [("she", "he")], method="difference")
    before = words.vectors.astype(np.float64)
    after = hard_debias(words.words, before, g, specific=lists.specific, pairs=lists.equalize)
    kept = [i for i, word in enumerate(words.words) if word.islower() and word not in set(lists.specific)]
    assert len(kept) == 26_153
    bias = projection(before[kept], she_he)
    found = {
        name: float(np.corrcoef(bias, neighbour_share(vectors[kept], bias))[0, 1])
        for name, vectors in (("before", before), ("after", after))
    }
    assert found["before"] == pytest.approx(0.741, abs=1e-3)
    assert found["after"] == pytest.approx(0.686, abs=1e-3)
    low, high = most_biased(bias, 500)
    of_before, of_after = before[kept], after[kept]
    assert cluster_accuracy(of_before[low], of_before[high]) == pytest.approx(0.999, abs=2e-3)
    assert cluster_accuracy(of_after[low], of_after[high]) == pytest.approx(0.92, abs=0.03)  # 0.925 in the paper
