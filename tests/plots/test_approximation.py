"""The figures on universal approximation at their extremes."""

from collections.abc import Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots.approximation import approximations, errors_by_width


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def panels() -> list[Any]:
    plt.gcf().canvas.draw()  # a warning while drawing is an error in tests
    return plt.gcf().axes


@pytest.mark.parametrize("shape", [(9,), (9, 1)])
def test_approximations_draws_each_output_over_the_target(shape: tuple[int, ...]) -> None:
    x = np.linspace(-1, 1, 9).reshape(shape)
    approximations(x, x**2, {"one": x, "two": 0 * x})
    one, two = panels()
    for ax, output in ((one, x), (two, 0 * x)):
        np.testing.assert_array_equal(ax.lines[0].get_ydata(), np.ravel(x**2))
        np.testing.assert_array_equal(ax.lines[1].get_ydata(), np.ravel(output))
    assert two.get_title() == "two"


def test_errors_by_width_shows_single_trainings_and_their_median() -> None:
    errors_by_width({"by hand": {4: 0.8, 256: 1e-3}, "trained": {4: [0.5, 0.7, 0.6]}, "improved": {4: 0.1}})
    (ax,) = panels()
    assert [line.get_ydata().tolist() for line in ax.lines] == [[0.8, 1e-3], [0.6], [0.5, 0.7, 0.6], [0.1]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["by hand", "trained", "improved"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["4", "256"]


@pytest.mark.parametrize("error", [1e-12, 1e6, float("nan")])
def test_errors_by_width_survives_odd_errors(error: float) -> None:
    errors_by_width({"one": {1: error, 2: 1.0}})
    assert len(panels()) == 1
