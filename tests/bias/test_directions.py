"""Directions, neutral and equal words: laws of geometry, scikit-learn's PCA, and published numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from tplib import data
from tplib.bias import (
    bias_direction,
    cosine_similarity,
    direct_bias,
    equalize,
    hard_debias,
    indirect_bias,
    neutralize,
    project_out,
    projection,
    ripa,
)
from tplib.errors import TplibError

PAIRS = [("she", "he"), ("woman", "man"), ("mother", "father")]


def vectors(seed: int = 0, size: int = 6) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    along = rng.normal(size=size)
    return {
        word: rng.normal(size=size) + side * 2 * along
        for pair in PAIRS
        for word, side in zip(pair, (-1, 1), strict=True)
    }


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def test_pca_of_pairs_about_their_middles_is_scikit_learns() -> None:
    words = vectors()
    rows = []
    for female, male in PAIRS:
        middle = (unit(words[female]) + unit(words[male])) / 2
        rows += [unit(words[female]) - middle, unit(words[male]) - middle]
    fitted = PCA().fit(np.array(rows))  # the rows' mean is 0 already
    found = bias_direction(words, PAIRS)
    assert abs(found.vector @ fitted.components_[0]) == pytest.approx(1)
    np.testing.assert_allclose(found.explained[:3], fitted.explained_variance_ratio_[:3], atol=1e-12)


@pytest.mark.parametrize("method", ["pca", "difference"])
def test_the_direction_is_unit_points_to_the_second_words_and_turns_with_the_pairs(method: str) -> None:
    words = vectors(1)
    found = bias_direction(words, PAIRS, method=method)  # type: ignore[arg-type]
    turned = bias_direction(words, [pair[::-1] for pair in PAIRS], method=method)  # type: ignore[arg-type]
    assert np.linalg.norm(found.vector) == pytest.approx(1)
    assert projection([words["he"]], found)[0] > 0 > projection([words["she"]], found)[0]
    np.testing.assert_allclose(turned.vector, -found.vector, atol=1e-12)


def test_one_pair_gives_the_difference_and_pairs_without_vectors_are_told() -> None:
    words = vectors(2)
    found = bias_direction(words, [("she", "he"), ("girl", "boy")])
    np.testing.assert_allclose(found.vector, unit(unit(words["he"]) - unit(words["she"])), atol=1e-12)
    assert found.missing == (("girl", "boy"),)
    assert "without girl-boy" in repr(found)
    with pytest.raises(TplibError, match="No pair has vectors"):
        bias_direction(words, [("girl", "boy")])
    with pytest.raises(TplibError, match="method must be"):
        bias_direction(words, PAIRS, method="svd")  # type: ignore[arg-type]


def test_direct_bias_has_absolute_values_and_a_strictness() -> None:
    g = [1.0, 0.0]
    words = [[3.0, 4.0], [-3.0, 4.0], [0.0, 1.0], [2.0, 0.0]]
    assert direct_bias(words, g) == pytest.approx((0.6 + 0.6 + 0 + 1) / 4)
    assert direct_bias(words, g, strictness=2) == pytest.approx((0.36 + 0.36 + 0 + 1) / 4)


def test_indirect_bias_is_1_where_only_the_direction_joins_two_words_and_0_where_it_does_not() -> None:
    g = [1.0, 0.0, 0.0]
    assert indirect_bias([1.0, 1.0, 0.0], [1.0, 0.0, 1.0], g) == pytest.approx(1)
    assert indirect_bias([0.0, 1.0, 1.0], [0.0, 1.0, 0.0], g) == pytest.approx(0)
    assert np.isnan(indirect_bias([0.0, 1.0, 0.0], [0.0, 0.0, 1.0], g))
    with pytest.raises(TplibError, match="wholly along the direction"):
        indirect_bias([2.0, 0.0, 0.0], [1.0, 1.0, 0.0], g)


def test_ripa_counts_the_lengths_of_words_but_not_that_of_the_difference() -> None:
    words = np.array([[1.0, 2.0], [2.0, 4.0]])
    np.testing.assert_allclose(ripa(words, [0.0, 0.0], [5.0, 0.0]), [1.0, 2.0])
    np.testing.assert_allclose(ripa(words, [0.0, 0.0], [1.0, 0.0]), [1.0, 2.0])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.floats(0.1, 20))
def test_neutral_words_have_no_part_along_the_direction_whatever_its_length(seed: int, length: float) -> None:
    rng = np.random.default_rng(seed)
    words, g = rng.normal(size=(4, 5)), length * unit(rng.normal(size=5))
    found = neutralize(words, g)
    np.testing.assert_allclose(found @ g, 0, atol=1e-12 * length)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1)
    np.testing.assert_allclose(neutralize(found, g), found, atol=1e-12)
    plain = neutralize(words, g, normalize=False)
    np.testing.assert_allclose(plain, words - np.outer(words @ unit(g), unit(g)), atol=1e-12)


def test_projecting_out_is_the_residual_of_least_squares_even_where_directions_repeat() -> None:
    rng = np.random.default_rng(0)
    words, space = rng.normal(size=(3, 6)), rng.normal(size=(2, 6))
    space = np.vstack([space, space[0] + space[1]])
    solution = np.linalg.lstsq(space.T, words.T, rcond=None)[0]
    np.testing.assert_allclose(project_out(words, space, normalize=False), words - (space.T @ solution).T, atol=1e-12)
    with pytest.raises(TplibError, match="nothing left without them"):
        project_out(space[:1], space)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_an_equalised_pair_is_mirrored_and_equally_far_from_each_neutral_word(seed: int) -> None:
    rng = np.random.default_rng(seed)
    g, first, second, other = rng.normal(size=(4, 5))
    x, y = equalize(7 * first, second, g)
    np.testing.assert_allclose([np.linalg.norm(x), np.linalg.norm(y)], 1)
    assert x @ unit(g) == pytest.approx(-(y @ unit(g)))
    assert (x - y) @ g * ((unit(first) - unit(second)) @ g) >= 0  # each stays on its side
    along = (x - y) @ unit(g)
    np.testing.assert_allclose(x - y, along * unit(g), atol=1e-12)  # they differ along g only
    neutral = neutralize([other], g)
    np.testing.assert_allclose(*cosine_similarity(neutral, [x, y]).T, atol=1e-12)


def test_hard_debias_leaves_specific_words_and_equalises_each_spelling() -> None:
    rng = np.random.default_rng(3)
    names = ["nurse", "queen", "she", "he", "She", "He", "SHE"]
    table, g = rng.normal(size=(7, 5)), unit(rng.normal(size=5))
    found = hard_debias(names, table, g, specific=["queen", "she", "he", "She", "He", "SHE"], pairs=[("she", "he")])
    row = dict(zip(names, found, strict=True))
    assert row["nurse"] @ g == pytest.approx(0)
    np.testing.assert_allclose(row["queen"], unit(table[1]))
    np.testing.assert_allclose(row["SHE"], unit(table[6]))  # HE has no vector
    for female, male in (("she", "he"), ("She", "He")):
        assert row[female] @ row["nurse"] == pytest.approx(row[male] @ row["nurse"])
    with pytest.raises(TplibError, match="One vector a word is needed: 2 words, 7 vectors"):
        hard_debias(names[:2], table, g)


@pytest.mark.skipif(
    not (data.is_cached("bias-words") and data.is_cached("word2vec")), reason="`tp data pull bias-words word2vec`"
)
def test_published_numbers_of_bolukbasi() -> None:
    lists, words = data.load("bias-words"), data.load("word2vec")
    g = bias_direction(words, lists.pairs)
    difference = bias_direction(words, [("she", "he")], method="difference")
    assert g.explained[0] == pytest.approx(0.605, abs=5e-4)
    assert g.vector @ difference.vector == pytest.approx(0.945, abs=5e-4)
    professions = [words[word] for word in lists.professions if word in words]
    assert len(professions) == 320
    assert direct_bias(professions, g) == pytest.approx(0.0805, abs=5e-5)
    # Indirect bias, in per cent: extremes of softball and of football.
    shares = {
        word: round(100 * indirect_bias(words[word], words[sport], g))
        for sport, near in (
            ("softball", ("pitcher", "bookkeeper", "receptionist", "registered_nurse")),
            ("football", ("footballer", "businessman", "pundit", "maestro")),
        )
        for word in near
    }
    assert shares == {
        "pitcher": -1,
        "bookkeeper": 20,
        "receptionist": 67,
        "registered_nurse": 29,
        "footballer": 2,
        "businessman": 17,  # 31 in the paper
        "pundit": 10,
        "maestro": 42,
    }
