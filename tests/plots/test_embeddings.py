"""The map of words and the figures of 1_word2vec: closed forms, and what the pretrained vectors say."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib import data
from tplib.plots import embeddings


def test_the_words_of_a_pair_lie_at_its_ends_and_a_detour_does_not_count() -> None:
    rng = np.random.default_rng(0)
    first, second, other = rng.normal(size=(3, 5))
    way = second - first
    aside = other - (other @ way) / (way @ way) * way  # at a right angle to the line
    points = np.stack([first, second, (first + second) / 2, first + 3 * way, second + 7 * aside])
    np.testing.assert_allclose(embeddings.between(points, first, second), [-1, 1, 0, 5, 1], atol=1e-12)
    np.testing.assert_allclose(embeddings.between(points, second, first), [1, -1, 0, -5, -1], atol=1e-12)
    with pytest.raises(ValueError, match="two different vectors"):
        embeddings.between(points, first, first)


def test_the_loss_of_one_cell_has_its_minimum_where_the_line_stands() -> None:
    embeddings.one_cell(30, 12.5)
    curve, line = plt.gca().lines
    x, loss = curve.get_data()
    assert x[np.argmin(loss)] == pytest.approx(np.log(30 / 12.5), abs=0.03)
    assert line.get_xdata()[0] == pytest.approx(np.log(2.4))
    assert loss[120] == pytest.approx(42.5 * np.log(2))
    plt.close("all")


def test_scores_against_counts_draws_every_pair_and_the_line_of_equals() -> None:
    pmi, counts = np.array([-2.0, 0.5, 1.0]), np.array([100, 1, 10])
    embeddings.scores_against_counts(pmi, pmi / 2, counts)
    ax = plt.gcf().axes[0]
    np.testing.assert_allclose(np.sort(ax.collections[0].get_offsets()[:, 0]), pmi)
    np.testing.assert_array_equal(*ax.lines[0].get_data())
    plt.close("all")


@pytest.mark.skipif(not data.is_cached("word2vec"), reason="the vectors are not pulled: `tp data pull word2vec`")
def test_the_map_knows_women_and_large_animals() -> None:
    from tplib.plots.explore.embeddings import PAIRS, WORDS, draw_embeddings, explore_embeddings

    vectors = data.load("word2vec")
    assert all(word in vectors for word in [*" ".join(WORDS.values()).split(), *sum(PAIRS.values(), ())])
    names = ("queen", "king", "mother", "father")
    places = embeddings.between(np.stack([vectors[name] for name in names]), vectors["he"], vectors["she"])
    x = dict(zip(names, places, strict=True))
    assert x["queen"] > 0 > x["king"]
    assert x["mother"] > x["father"]
    _, words = draw_embeddings(PAIRS["small - big"], PAIRS["he - she"], "people")
    assert words.startswith("Of these 15 words, ")
    explorer = explore_embeddings()
    explorer.set(group="animals", up=PAIRS["bad - good"])
    assert "nearest to good" in explorer.words
