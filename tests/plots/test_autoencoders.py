"""The figures and the explorer of 3_autoencoders: geometry against hand-made arrays, and their extremes."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib import plots
from tplib.plots import autoencoders
from tplib.plots.explore import latent


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def test_tiles_keep_every_image_in_its_place() -> None:
    images = np.arange(6)[:, None] * np.ones(9) + np.arange(9) / 10
    picture = autoencoders.tiles(images, columns=3)
    assert picture.shape == (6, 9)
    for i in range(6):
        top, left = i // 3 * 3, i % 3 * 3
        np.testing.assert_array_equal(picture[top : top + 3, left : left + 3].ravel(), images[i])


@pytest.mark.parametrize(("shape", "columns"), [((4, 8), 2), ((5, 9), 2)])
def test_tiles_of_another_form(shape: tuple[int, int], columns: int) -> None:
    with pytest.raises(ValueError, match="expected square images in rows of 2"):
        autoencoders.tiles(np.zeros(shape), columns)


def test_codes_of_the_grid_lie_as_they_are_plotted() -> None:
    codes = autoencoders.codes_of_grid(3, 2.0)
    np.testing.assert_array_equal(codes[0], [-2, 2])  # top left
    np.testing.assert_array_equal(codes[2], [2, 2])  # top right
    np.testing.assert_array_equal(codes[4], [0, 0])
    np.testing.assert_array_equal(codes[-1], [2, -2])


def test_mean_and_interval_is_students_t() -> None:
    mean, half = autoencoders.mean_and_interval([1.0, 2.0, 3.0, 4.0, 5.0])
    assert mean == 3
    assert half == pytest.approx(2.776 * np.sqrt(2.5 / 5), abs=1e-3)


def test_figures_draw_what_they_are_given() -> None:
    rng = np.random.default_rng(0)
    autoencoders.image_rows({"one": rng.random((4, 9)), "two": rng.random((4, 9))})
    assert [ax.get_ylabel() for ax in plt.gcf().axes] == ["one", "two"]
    autoencoders.latent_space(rng.random((9, 4)), rng.normal(size=(20, 2)), rng.integers(0, 3, 20))
    autoencoders.by_labels([50, 200], {"a": rng.random((2, 5)), "b": rng.random((2, 5))})
    assert [text.get_text() for text in plt.gca().get_legend().get_texts()] == ["a", "b"]
    autoencoders.divergences({"beta = 1": np.array([0.5, 2.0, 1.0])})
    assert [bar.get_height() for bar in plt.gca().patches] == [2.0, 1.0, 0.5]
    for number in plt.get_fignums():
        plt.figure(number).canvas.draw()


def test_the_explorer_names_the_nearest_image_and_draws_what_is_decoded() -> None:
    codes, labels = np.array([[1.0, 1.0], [-2.0, 0.5]]), np.array([4, 7])

    def decode(z: np.ndarray) -> np.ndarray:
        return np.repeat(z[:, :1] + 0.5, 4, axis=1)  # half grey at z1 = 0, beyond 1 at z1 = 3

    explorer = plots.explore_latent(decode, codes, labels)
    assert "(0, 0): the nearest code of a real image is 1.41 away and its digit is 4" in explorer.words
    assert "100 % are grey" in explorer.words
    explorer.set(z1=-2.0, z2=0.5)
    assert "0.00 away and its digit is 7" in explorer.words
    explorer.set(z1=3.0)
    right = explorer.figure.axes[1]
    np.testing.assert_array_equal(right.images[0].get_array(), np.ones((2, 2)))


def test_the_explorers_own_decoder_tells_digits_apart() -> None:
    decode, codes, labels = latent.trained_on_digits()
    images = decode(codes[:50])
    assert images.shape == (50, 64)
    assert 0 <= images.min() <= images.max() <= 1
    centres = np.stack([codes[labels == k].mean(axis=0) for k in range(10)])
    nearest = np.linalg.norm(codes[:, None] - centres, axis=2).argmin(axis=1)
    assert np.mean(nearest == labels) > 0.5  # chance is 0.1
