"""The figures of 2_losses at their extremes."""

from collections.abc import Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib import plots


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def panels() -> list[Any]:
    plt.gcf().canvas.draw()  # a warning while drawing is an error in tests
    return plt.gcf().axes


@pytest.mark.parametrize("top", [None, 2.0])
def test_loss_curves_draws_each_loss_and_shows_zero(top: float | None) -> None:
    x = np.linspace(0.005, 0.995, 50)
    plots.loss_curves(x, {"y = 1": -np.log(x), "y = 0": -np.log(1 - x)}, "p", top)
    (ax,) = panels()
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), -np.log(1 - x))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["y = 1", "y = 0"]
    assert ax.get_xlim() == (0, 1)
    assert ax.get_ylim()[0] < 0


@pytest.mark.parametrize("at", [(0.5,), (-0.5, 0.0, 0.5)])
def test_gaussian_noise_puts_a_bell_on_the_curve_at_each_x(at: tuple[float, ...]) -> None:
    x = np.linspace(-1, 1, 20)
    plots.gaussian_noise(np.sin, x, np.sin(x), 4.0, at)
    (ax,) = panels()
    bells = [line for line in ax.lines if len(line.get_xdata()) == 129]
    assert len(bells) == len(at)
    for centre, bell in zip(at, bells, strict=True):
        highest = bell.get_xdata().argmax()
        assert bell.get_ydata()[highest] == pytest.approx(np.sin(centre))
        assert bell.get_xdata().min() == pytest.approx(centre, abs=0.01)


@pytest.mark.parametrize("beta", [1e-3, 4.0, 1e6])
def test_regressions_draws_one_standard_deviation_each_way(beta: float) -> None:
    x = np.linspace(-1, 1, 5)
    plots.regressions({"a": (np.sin, beta), "b": (np.zeros_like, beta)}, x, np.sin(x), truth=np.sin)
    left, right = panels()
    edges = right.collections[0].get_paths()[0].vertices[:, 1]
    assert (edges.min(), edges.max()) == pytest.approx((-(beta**-0.5), beta**-0.5))
    assert left.get_title() == "a"


def test_regressions_of_constant_targets() -> None:
    x = np.linspace(0, 1, 4)
    plots.regressions({"flat": (np.zeros_like, 1.0)}, x, np.zeros(4))
    assert len(panels()) == 1
