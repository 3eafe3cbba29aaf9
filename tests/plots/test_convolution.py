"""The figures of 1_convolution at their extremes, and what its explorers compute, against PyTorch."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tplib import plots
from tplib.plots import convolution
from tplib.plots.explore import field, kernel


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_the_map_is_pytorchs(stride: int, padding: int) -> None:
    image, weights = np.random.default_rng(0).normal(size=(12, 12)), kernel.KERNELS["level edge"]
    given = torch.from_numpy(image)[None, None], torch.from_numpy(weights.copy())[None, None]
    expected = F.conv2d(*given, stride=stride, padding=padding)[0, 0]
    np.testing.assert_allclose(kernel.feature_map(image, weights, stride, padding), expected, atol=1e-12)


@pytest.mark.parametrize("layers", [[], [(3, 1)], [(3, 2), (2, 3), (5, 1)], [(2, 3), (1, 2), (4, 2)]])
def test_paths_are_the_gradients_of_weights_of_1(layers: list[tuple[int, int]]) -> None:
    ways = field.paths(layers)
    x = torch.ones(1, 1, len(ways), dtype=torch.float64, requires_grad=True)
    z = x
    for k, s in layers:
        z = F.conv1d(z, torch.ones(1, 1, k, dtype=torch.float64), stride=s)
    z.sum().backward()
    assert z.shape[2] == 1
    assert x.grad is not None
    np.testing.assert_array_equal(ways, x.grad[0, 0])
    np.testing.assert_array_equal(field.cone(layers)[0], np.flatnonzero(ways))
    assert field.middles(layers)[-1][0] == (len(ways) - 1) / 2


def test_the_explorers_say_what_they_show() -> None:
    explorer = plots.explore_kernel()
    explorer.set(image="a slope", kernel="upright edge", way=0)
    assert "add up to 0.545, place (0, 0)" in explorer.words  # 3 rows, 2 steps of 1/11
    explorer.set(kernel="level edge")
    assert "add up to 0, place (0, 0)" in explorer.words
    stack = plots.explore_field()
    stack.set(k1=3, s1=2, k2=3, s2=1, k3=1, s3=1)
    assert "1 + 2 · 1 + 2 · 2 = 7." in stack.words
    stack.set(k1=1, s1=3, k2=2)
    assert "2 of them fall into the gaps" in stack.words


def test_figures_at_their_extremes() -> None:
    convolution.maps([np.zeros((3, 3))] * 3, ["a", "b", "c"], grey=1, columns=2)
    convolution.matrix(np.zeros((1, 2)), "nothing")
    convolution.measured_fields({"one": np.array([1.0])}, {"one": 1})
    convolution.shifted_accuracies([0], {"net": np.array([[0.5]])})
    for number in plt.get_fignums():
        plt.figure(number).canvas.draw()
    assert len(plt.get_fignums()) == 4


def test_a_measured_field_stands_beside_its_formula() -> None:
    convolution.measured_fields({"a": np.array([1.0, 2.0, 1.0]), "b": np.ones(5)}, {"a": 3, "b": 5})
    first, _ = plt.gcf().axes
    assert [bar.get_height() for bar in first.patches] == [0.5, 1.0, 0.5]  # type: ignore[attr-defined]
    assert [line.get_xdata()[0] for line in first.lines] == [-1.5, 1.5]  # type: ignore[index]
