"""The pictures of bias: what they show against the measures, and published numbers under the explorers."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib import bias, data
from tplib.bias import LeftOut
from tplib.plots import bias_words
from tplib.plots.explore import bias_axis, thresholds, word_lists

needs_words = pytest.mark.skipif(
    not all(map(data.is_cached, ("bias-words", "weat-vectors", "word2vec"))),
    reason="`tp data pull bias-words weat-vectors word2vec`",
)
needs_compas = pytest.mark.skipif(not data.is_cached("compas"), reason="`tp data pull compas`")


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def test_words_stand_at_their_values_the_least_on_top() -> None:
    ax = bias_words.words_on_axis(["b", "a", "c"], np.array([0.1, -0.3, 0.2]), ends=("she", "he"))
    (dots,) = ax.collections[1:]
    np.testing.assert_allclose(dots.get_offsets()[:, 0], [0.2, 0.1, -0.3])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["c", "b", "a"]
    assert ax.get_xlim()[0] == -ax.get_xlim()[1]


def test_a_word_at_0_leaves_a_picture() -> None:
    low, high = bias_words.words_on_axis(["a"], np.array([0.0]), ends=("she", "he")).get_xlim()
    assert low < 0 < high


def test_effects_below_the_level_are_filled() -> None:
    rng = np.random.default_rng(0)
    table = {word: rng.normal(size=4) for word in "abcdefgh"}
    whole = bias.weat(table, ["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"], rounds=20)
    results = [LeftOut("X", "a", -0.2, 0.2), LeftOut("B", "g", 0.4, 0.01)]
    ax = bias_words.left_out(results, whole)
    filled, hollow = (dots.get_offsets().tolist() for dots in ax.collections)
    assert filled == [[1.0, 0.4]]
    assert hollow == [[0.0, -0.2]]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a (X)", "g (B)"]


@needs_words
def test_what_is_taken_out_is_gone_along_its_own_axis_only() -> None:
    words, before = bias_axis.cosines_with_axis(bias_axis.TEN, "jobs", None)
    vectors = data.load("word2vec")
    expected = bias.projection([vectors[word] for word in words], bias.bias_direction(vectors, bias_axis.TEN))
    np.testing.assert_allclose(before, expected, atol=1e-12)
    assert data.load("bias-words").pairs == bias_axis.TEN
    _, own = bias_axis.cosines_with_axis(bias_axis.TEN, "jobs", bias_axis.TEN)
    np.testing.assert_allclose(own, 0, atol=1e-12)
    mother = bias_axis.AXES["mother - father"]
    left = np.abs(bias_axis.cosines_with_axis(mother, "jobs", bias_axis.SHE_HE)[1]).mean()
    whole = np.abs(bias_axis.cosines_with_axis(mother, "jobs", None)[1]).mean()
    assert 0.3 * whole < left < 0.6 * whole


@needs_words
def test_every_word_of_the_explorer_has_a_vector() -> None:
    vectors = data.load("word2vec")
    assert not [word for group in bias_axis.WORDS.values() for word in group.split() if word not in vectors]


@needs_words
def test_effects_spread_as_words_go_and_career_keeps_its_sign() -> None:
    career, arts = (word_lists.spread_of_effects(test, "XYAB") for test in (6, 7))
    assert career.shape == (7, 100)
    np.testing.assert_allclose(career[0], 1.890, atol=1e-3)
    np.testing.assert_allclose(arts[0], 0.966, atol=1e-3)
    assert (career > 0).all()
    assert arts[6].min() < 0
    widths = np.ptp(arts, axis=1)
    assert widths[0] < 1e-9 < widths[1] < widths[6]


@needs_compas
def test_rates_at_the_usual_threshold_are_propublicas() -> None:
    rates = thresholds.rates_at(5, 5)
    assert rates["false_positive_rate"]["black"] == pytest.approx(0.4485, abs=5e-5)
    assert rates["false_positive_rate"]["white"] == pytest.approx(0.2345, abs=5e-5)
    nobody = thresholds.rates_at(11, 11)
    assert nobody["selection_rate"] == {"black": 0.0, "white": 0.0}
    assert np.isnan(nobody["precision"]["black"])
    everybody = thresholds.rates_at(1, 1)
    assert everybody["true_positive_rate"] == {"black": 1.0, "white": 1.0}


@needs_compas
def test_two_thresholds_make_the_odds_about_equal_and_part_the_precisions() -> None:
    """What the notebook lets one find."""
    gaps = {}
    for black in thresholds.CUTS:
        rates = thresholds.rates_at(black, 5)
        both = (abs(rates[rate]["black"] - rates[rate]["white"]) for rate in thresholds.RATES[1:3])
        gaps[black] = max(both)
    best = min(range(2, 10), key=gaps.__getitem__)
    assert best == 7
    assert gaps[best] < 0.02
    precision = thresholds.rates_at(best, 5)["precision"]
    assert precision["black"] - precision["white"] > 0.08
