"""The figures of 4_descent at their extremes."""

from collections.abc import Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots import descent


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def panels() -> list[Any]:
    plt.gcf().canvas.draw()  # a warning while drawing is an error in tests
    return [ax for ax in plt.gcf().axes if ax.axison]


@pytest.mark.parametrize("end", [0.0, 1e300, np.inf, np.nan])
def test_descents_draws_each_path_however_far_it_goes(end: float) -> None:
    paths = {f"path {i}": np.array([[1.0, -1.0], [0.5, end]]) for i in range(4)}
    descent.descents(lambda points: (points**2).sum(axis=-1), paths)
    drawn = panels()
    assert [ax.get_title() for ax in drawn] == list(paths)
    assert drawn[0].get_xlim() == (-5, 5)


@pytest.mark.parametrize("log", ["", "y", "xy"])
def test_training_curves_draws_what_it_is_given(log: str) -> None:
    x, y = np.arange(1.0, 5.0), np.array([2.0, 1.0, 1e-6, np.nan])
    descent.training_curves(
        {"a": {"one": (x, y), "two": (x, 2 * y)}, "b": {"one": (x, y)}}, ("epoch", "seconds"), log=log
    )
    left, right = panels()
    np.testing.assert_array_equal(left.lines[1].get_ydata(), 2 * y)
    assert (left.get_xlabel(), right.get_xlabel()) == ("epoch", "seconds")


@pytest.mark.parametrize("last", [0.1, 1e300, np.inf, np.nan])
def test_loss_gallery_draws_both_losses(last: float) -> None:
    losses = np.array([2.0, 1.0, last])
    descent.loss_gallery({f"{i}": (losses, 1.1 * losses[:2]) for i in range(5)})
    assert all(len(ax.lines) == 2 for ax in panels())
