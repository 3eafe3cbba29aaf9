"""The figures about texts at their extremes: empty classes, one text, one run, words without names."""

from collections.abc import Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots import text as figures


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def panel() -> Any:
    plt.gcf().canvas.draw()  # a warning while drawing is an error in tests
    (ax,) = plt.gcf().axes
    return ax


def legend(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_lengths_counts_every_text_also_the_longest() -> None:
    figures.lengths({"short": [1, 2, 3, 500], "none": []})
    ax = panel()
    assert set(legend(ax)) == {"short", "none"}
    highest = max(y for patch in ax.patches for _, y in patch.get_xy())
    assert highest == pytest.approx(75)
    last = [y for patch in ax.patches for x, y in patch.get_xy() if x >= 60]
    assert max(last) == pytest.approx(25)


def test_shares_fill_each_bar() -> None:
    figures.shares({"train": np.array([0.25, 0.75]), "test": np.array([1.0, 0.0])}, ["negative", "positive"])
    ax = panel()
    assert [bar.get_width() for bar in ax.patches] == [25, 100, 75, 0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["train", "test"]
    assert legend(ax) == ["negative", "positive"]


@pytest.mark.parametrize("cleaned", [None, np.array([[0.7], [0.7]])])
def test_leakage_joins_the_means(cleaned: np.ndarray | None) -> None:
    figures.leakage([0, 1], np.array([[0.6, 0.8], [0.9, 0.9]]), np.array([[0.7, 0.7], [0.7, 0.7]]), cleaned)
    ax = panel()
    assert len(legend(ax)) == (2 if cleaned is None else 3)
    means = ax.containers[0].lines[0].get_xydata()
    np.testing.assert_allclose(means, [[0, 70], [100, 90]])


def test_frequencies_sorts_and_ranks() -> None:
    figures.frequencies({"a": [1, 5, 2], "one word": [3]})
    ax = panel()
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[1, 5], [2, 2], [3, 1]])
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


@pytest.mark.parametrize(
    ("words", "labels"), [((), ["0", "1", "2"]), (("<pad>", "l'", "été"), ["<pad>  0", "l'  1", "été  2"])]
)
def test_one_hot_rows_names_tokens_and_columns(words: tuple[str, ...], labels: list[str]) -> None:
    figures.one_hot_rows(["été"], np.array([[0, 0, 1]]), words)
    ax = panel()
    assert [label.get_text() for label in ax.get_xticklabels()] == labels
    assert [label.get_text() for label in ax.get_yticklabels()] == ["été"]
    np.testing.assert_array_equal(ax.images[0].get_array(), [[0, 0, 1]])


def test_collisions_shows_what_is_counted_beside_what_is_expected() -> None:
    figures.collisions([2, 4], np.array([1.0, 0.5]), np.array([0.9, 0.6]))
    expected, counted = panel().lines
    np.testing.assert_allclose(expected.get_ydata(), [90, 60])
    np.testing.assert_allclose(counted.get_ydata(), [100, 50])


def test_accuracy_by_buckets_has_a_level_to_compare_with() -> None:
    figures.accuracy_by_buckets([16, 64], np.array([0.5, 0.7]), reference=0.75)
    curve, level = panel().lines
    np.testing.assert_allclose(curve.get_ydata(), [50, 70])
    assert set(level.get_ydata()) == {75}
