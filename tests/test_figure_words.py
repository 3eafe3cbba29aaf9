"""What is said of a figure, against what was put into it."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("agg")
from matplotlib.figure import Figure

from tplib.figure_words import LONGEST, figure_words


def figure(panels: int = 1):
    whole = Figure()
    axes = whole.subplots(1, panels)
    return whole, axes


def test_a_line_with_its_ends_and_its_extremes_between():
    whole, ax = figure()
    ax.plot([0, 1, 2, 3], [5.0, 1.0, 9.0, 4.0], label="loss")
    ax.set(title="training", xlabel="epoch", ylabel="nats", yscale="log")
    words = figure_words(whole)
    assert words.startswith("“training”. x: epoch; y: nats (log scale). loss: from 5 at 0 to 4 at 3")
    assert words.endswith(", lowest 1 at 1, highest 9 at 2.")


def test_what_has_no_number_is_left_out_of_a_line():
    whole, ax = figure()
    ax.plot([0, 1, 2], [np.nan, 3.0, 4.0], label="late")
    ax.plot([0, 1], [np.nan, np.nan], label="never")
    assert "late: from 3 at 1 to 4 at 2" in figure_words(whole)
    assert "never" not in figure_words(whole)


def test_levels_points_bars_and_names_on_an_axis():
    whole, (left, right) = figure(2)
    left.axhline(0.5, label="chance")
    left.axvline(2.0)
    left.scatter([1, 2, 4], [3, 5, 4], label="runs")
    right.barh(["small", "large"], [1.5, 7], label="size")
    words = figure_words(whole)
    assert words.startswith("2 panels. ")
    assert "chance: level at 0.5" in words
    assert "a line: upright at 2" in words
    assert "3 points “runs”, x from 1 to 4, y from 3 to 5" in words
    assert "y: small, large. size: 1.5, 7." in words


def test_error_bars_are_one_line_under_their_own_name():
    whole, ax = figure()
    ax.errorbar([1, 2], [3, 4], yerr=[1, 1], label="mean of five", capsize=3)
    assert figure_words(whole).count("3 at 1") == 1
    assert "mean of five: from 3 at 1 to 4 at 2" in figure_words(whole)


def test_many_bars_are_counted():
    whole, ax = figure()
    ax.hist(np.repeat([0.5, 1.5], [3, 40]), bins=np.arange(0, 31))
    assert "30 bars, the longest 40 at 1.5" in figure_words(whole)


def test_pictures_by_their_titles_and_maps_by_their_size():
    whole, axes = figure(2)
    for ax, name in zip(axes, ("a 7", "a 1"), strict=True):
        ax.imshow(np.zeros((8, 8)), cmap="gray")
        ax.set_title(name)
        ax.axis("off")
    assert figure_words(whole) == "2 pictures: a 7; a 1."
    whole, ax = figure()
    whole.colorbar(ax.imshow([[0.0, -2.0, 0.5]]), ax=ax)
    assert "a map of 1 rows and 3 columns, values from -2 to 0.5" in figure_words(whole)
    assert "panels" not in figure_words(whole)


def test_whatever_else_is_in_it_there_are_words():
    assert figure_words(Figure()) == "A figure without anything in it."
    whole = Figure()
    whole.add_subplot(projection="3d").scatter([1], [2], [3])
    assert figure_words(whole)
    whole, ax = figure()
    ax.pie([1, 2])
    assert figure_words(whole)
    whole, ax = figure()
    ax.plot(np.array(["2020-01", "2021-01"], dtype="datetime64"), [1, 2])
    assert figure_words(whole)


@pytest.mark.parametrize("lines", [40, 400])
def test_it_ends(lines):
    whole, ax = figure()
    for k in range(lines):
        ax.plot([0, 1], [k, k + 1], label=f"line {k}")
    assert len(figure_words(whole)) <= LONGEST + 4
