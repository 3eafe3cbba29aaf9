"""The figures about batches at their extremes: empty texts, one row, one run."""

from collections.abc import Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots import batches as figures


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def panel() -> Any:
    plt.gcf().canvas.draw()  # a warning while drawing is an error in tests
    (ax,) = plt.gcf().axes
    return ax


def test_padded_hatches_what_is_no_text() -> None:
    figures.padded(np.array([[5, 0], [0, 0]]), np.array([2, 0]))
    ax = panel()
    assert [text.get_text() for text in ax.texts] == ["5", "0", "0", "0"]
    assert [bool(cell.get_hatch()) for cell in ax.patches] == [False, False, True, True]


def test_padding_shares_are_percent() -> None:
    figures.padding_shares([8, 16], {"shuffled": [0.4, 0.5], "sorted": [0.0, 0.1]}, whole=0.65)
    whole, shuffled, _ = panel().lines
    assert set(whole.get_ydata()) == {65}
    np.testing.assert_allclose(shuffled.get_xydata(), [[8, 40], [16, 50]])


def test_descents_start_the_axis_at_zero() -> None:
    figures.descents({"slow": [0.7, 0.6], "fast": [0.7, 0.1]})
    ax = panel()
    assert ax.get_ylim()[0] == 0
    assert len(ax.lines) == 2


def test_intervals_reach_as_far_as_they_say() -> None:
    figures.intervals({"baseline": (0.8, 0.02)})
    ax = panel()
    bar = ax.containers[0].lines[2][0].get_segments()[0]
    np.testing.assert_allclose(bar[:, 0], [78, 82])
    assert ax.texts[0].get_text() == "80.0 ± 2.0"


def test_learning_joins_the_means() -> None:
    figures.learning([10, 100], {"bag": np.array([[0.5, 0.7], [0.8, 0.8]])})
    means = panel().containers[0].lines[0].get_xydata()
    np.testing.assert_allclose(means, [[10, 60], [100, 80]])
