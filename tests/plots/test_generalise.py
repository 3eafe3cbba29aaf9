"""The figures of 5_generalise at their extremes."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots import generalise


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def test_overfitting_names_the_best_epoch() -> None:
    generalise.overfitting(
        {"a": {"train": [2.0, 1.0, 0.5], "validation": [2.0, 1.5, 1.8]}, "b": {"train": [1.0], "validation": [1.0]}}
    )
    plt.gcf().canvas.draw()
    assert [ax.get_title() for ax in plt.gcf().axes] == ["a\nbest: epoch 2", "b\nbest: epoch 1"]


def test_by_layer_draws_each_network_even_a_dead_one() -> None:
    generalise.by_layer({"lives": [1.0, 0.5], "dead": [0.0, 0.0], "short": [1.0]}, "std")
    plt.gcf().canvas.draw()
    assert [len(line.get_xdata()) for line in plt.gca().lines] == [2, 2, 1]


def test_weights_says_how_many_are_small() -> None:
    generalise.weights({"half": np.array([[0.0, 1.0]]), "none left": np.zeros((2, 2))}, small=0.1)
    plt.gcf().canvas.draw()
    assert [ax.get_title().splitlines()[1] for ax in plt.gcf().axes] == ["|w| < 0.1: 50%", "|w| < 0.1: 100%"]


def test_depths_draws_the_lecture_and_each_measurement() -> None:
    rows = np.array([[90.0, 1.0], [95.0, 40.0]])
    generalise.depths({"ours": rows}, [88.0, 96.5])
    plt.gcf().canvas.draw()
    left, right = plt.gcf().axes
    assert left.get_ylim() == (0, 100)
    assert right.get_ylim()[0] == 85
    assert [text.get_text() for text in plt.gcf().legends[0].get_texts()] == ["lecture 002", "ours"]


def test_live_accuracies_keeps_and_tells_all_of_them() -> None:
    live = generalise.LiveAccuracies(2, ["a", "b"], "race")
    live.figure().canvas.draw()  # before the first epoch
    live.add_all([0.5, 0.25])
    live.add_all([0.75, 0.5])
    figure = live.figure()
    figure.canvas.draw()
    assert [line.get_ydata().tolist() for line in figure.axes[0].lines] == [[50, 75], [25, 50]]
    assert live._words() == "race after 2 epochs: a 75.0 %, b 50.0 %."
