"""The figures of 4_language_model at their extremes."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots import language


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def test_ladder_draws_each_step_and_each_network() -> None:
    language.ladder([3.0, 2.0, 2.5], {"rnn": 1.9, "lstm": 1.8}, 4.33)
    plt.gcf().canvas.draw()
    assert [text.get_text() for text in plt.gca().get_legend().get_texts()] == [
        "ln V = 4.33",
        "n-grams",
        "rnn: 1.90",
        "lstm: 1.80",
    ]


def test_ladder_without_networks() -> None:
    language.ladder([3.0], {}, 4.33)
    plt.gcf().canvas.draw()


def test_truncated_times_shows_milliseconds() -> None:
    language.truncated_times({"kept": [0.001, 0.002], "detached": [0.001, 0.001]})
    plt.gcf().canvas.draw()
    assert [line.get_ydata().tolist() for line in plt.gca().lines] == [[1, 2], [1, 1]]


def test_coloured_text_scales_to_the_largest_weight_and_escapes() -> None:
    text = language.ColouredText("a<\n", [1.0, 4.0, 0.0], "&")
    np.testing.assert_allclose(text.shares(), [0.25, 1, 0])
    page = text.html()
    assert "rgba(0, 114, 178, 0.25)" in page
    assert "&lt;" in page
    assert "↵" in page
    assert "&amp;</b>" in page
    assert repr(text).startswith("ColouredText of 3 characters; the strongest: '<' at -2, 'a' at -3")


def test_coloured_text_without_any_weight_is_white() -> None:
    assert "rgba(0, 114, 178, 0.00)" in language.ColouredText("a", [0.0]).html()
    assert language.ColouredText("", []).shares().shape == (0,)


def test_coloured_text_of_another_length() -> None:
    with pytest.raises(ValueError, match="one weight for each of 2 characters"):
        language.ColouredText("ab", [1.0])
