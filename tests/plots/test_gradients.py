"""The figure of 3_backprop at its extremes."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots.gradients import step_errors


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def test_step_errors_draws_each_curve_and_leaves_out_zeros() -> None:
    steps = np.logspace(-12, 0, 5)
    step_errors(steps, {"central": steps**2, "one-sided": np.array([0, 0, 1e-3, 1e-2, 0.1])})
    plt.gcf().canvas.draw()
    (ax,) = plt.gcf().axes
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), steps**2)
    assert int(np.isnan(ax.lines[1].get_ydata()).sum()) == 2
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["central", "one-sided"]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_step_errors_survives_errors_that_are_all_zero() -> None:
    step_errors(np.logspace(-2, 0, 3), {"exact": np.zeros(3)})
    plt.gcf().canvas.draw()
