"""The figures of rates by group, undefined rates included."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots import fairness


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def test_a_panel_for_each_rate_and_a_point_for_each_group() -> None:
    groups = {"women": (0.2, 0.1, 0.4), "men": (1.0, 0.8, 1.0), "few": (np.nan, 0.0, 1.0)}
    fairness.rate_panels({"selected": groups, "false positives": groups})
    plt.gcf().canvas.draw()
    axes = plt.gcf().axes
    assert [ax.get_title() for ax in axes] == ["selected", "false positives"]
    assert [label.get_text() for label in axes[0].get_xticklabels()] == ["women", "men", "few"]
    assert [line.get_ydata()[0] for line in axes[0].lines[::3]] == pytest.approx([0.2, 1.0, np.nan], nan_ok=True)


def test_a_curve_for_each_group() -> None:
    x = np.linspace(0, 1, 5)
    ax = fairness.group_curves({"a": (x, x), "b": (x, np.full(5, np.nan))}, "threshold", "share", diagonal=True)
    plt.gcf().canvas.draw()
    assert len(ax.lines) == 3
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b"]
