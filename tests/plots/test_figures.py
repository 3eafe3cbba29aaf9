"""The figures of the notebooks at their extremes: answers that are missing, wrong, or of one class."""

from collections.abc import Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.contour import QuadContourSet

from tplib import plots


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def unwritten(x: np.ndarray) -> np.ndarray:
    raise NotImplementedError


def panels() -> list[Any]:
    plt.gcf().canvas.draw()  # a warning while drawing is an error in tests
    return [ax for ax in plt.gcf().axes if ax.get_visible()]


def legend(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_activations_draws_what_is_written_and_names_the_rest() -> None:
    plots.activations(
        {
            "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
            "unwritten": (unwritten, unwritten),
            "half": (np.abs, unwritten),
            "broken": (lambda x: x[1000], None),
            "shape": (np.sum, None),
        }
    )
    tanh, none, half, broken, shape = panels()
    np.testing.assert_allclose(tanh.lines[0].get_ydata(), np.tanh(np.linspace(-5, 5, 401)))
    assert legend(tanh) == ["function", "derivative"]
    assert legend(none) == ["function: not written yet", "derivative: not written yet"]
    assert [len(line.get_xdata()) for line in half.lines] == [401, 0]
    assert legend(half) == ["function", "derivative: not written yet"]
    assert legend(broken) == ["function: raises IndexError"]
    assert legend(shape) == ["function: raises ValueError"]
    assert {ax.get_xlim() for ax in panels()} == {(-5, 5)}


def test_activations_survives_infinite_values_and_an_answer_that_changes_its_input() -> None:
    def in_place(x: np.ndarray) -> np.ndarray:
        x[x < 0] = 0
        return x

    plots.activations({"inf": (lambda x: np.full_like(x, np.nan), lambda x: np.full_like(x, np.inf))})
    panels()
    plots.activations({"in place": (in_place, np.abs)})
    (ax,) = panels()
    assert ax.lines[1].get_ydata()[0] == 5


POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


@pytest.mark.parametrize(
    ("score", "lines"),
    [(lambda x: x[:, 0] - 0.5, 1), (lambda x: x[:, :1] - 0.5, 1), (lambda x: np.ones(len(x)), 0)],
    ids=["(N,)", "(N, 1)", "one class everywhere"],
)
def test_boundaries(score: Any, lines: int) -> None:
    plots.boundaries({"model": (score, POINTS)}, np.array([0, 1, 1, 0]), {"model": ("a", "b")})
    (ax,) = panels()
    assert sum(isinstance(c, QuadContourSet) and not c.filled for c in ax.collections) == lines
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("a", "b")


def test_scores_and_probabilities() -> None:
    plots.scores_and_probabilities(np.array([-1.0, 5.0]), np.array([0.1, 0.9]))
    left, right = panels()
    assert [patch.get_height() for patch in left.patches] == [-1.0, 5.0]
    assert [patch.get_height() for patch in right.patches] == [0.1, 0.9]


@pytest.mark.parametrize("n", [1, 10, 11])
def test_images_shows_each_with_its_title(n: int) -> None:
    x = np.linspace(0, 1, 64 * n).reshape(n, 64)
    plots.images(x, [str(i) for i in range(n)])
    (ax,) = panels()
    assert [text.get_text() for text in ax.texts] == [str(i) for i in range(n)]
    canvas = ax.images[0].get_array()
    for text, pixels in zip(ax.texts, x, strict=True):
        column, row = text.get_position()
        top, left = round(row + 1), round(column - 3.5)
        np.testing.assert_array_equal(canvas[top : top + 8, left : left + 8], pixels.reshape(8, 8))


@pytest.mark.parametrize("values", [[0.1], [0.1, 0.1], [0.0, 1.0]])
def test_accuracies_counts_all(values: list[float]) -> None:
    plots.accuracies(values, chance=0.1)
    (ax,) = panels()
    assert sum(bar.get_height() for bar in ax.patches) == len(values)


@pytest.mark.parametrize("J", [np.array([[0.25, -0.25], [-0.25, 0.25]]), np.zeros((1, 1))])
def test_jacobian_writes_each_entry(J: np.ndarray) -> None:
    plots.jacobian(J)
    assert [text.get_text() for text in panels()[0].texts] == [f"{value:.2f}" for value in J.ravel()]
