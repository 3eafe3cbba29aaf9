"""Initialisers: the distributions that PyTorch documents, drawn from the given generator."""

import math

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import init

SHAPE = (300, 200)


def drawn(fill, *args, shape=SHAPE, **options):
    tensor = nn.Parameter(np.empty(shape))
    assert fill(tensor, *args, generator=np.random.default_rng(0), **options) is tensor
    return tensor.data


@pytest.mark.parametrize(
    ("ours", "options"),
    [
        ("uniform_", {"a": -2.0, "b": 3.0}),
        ("normal_", {"mean": 1.0, "std": 0.5}),
        ("xavier_uniform_", {}),
        ("xavier_uniform_", {"gain": 2.0}),
        ("xavier_normal_", {"gain": 2.0}),
        ("kaiming_uniform_", {"nonlinearity": "relu"}),
        ("kaiming_uniform_", {"a": math.sqrt(5)}),
        ("kaiming_normal_", {"mode": "fan_out", "nonlinearity": "tanh"}),
        ("kaiming_normal_", {}),
    ],
)
@pytest.mark.parametrize("shape", [SHAPE, (40, 30, 7, 7)])
def test_moments_are_pytorchs(ours, options, shape):
    values = drawn(getattr(init, ours), shape=shape, **options)
    expected = getattr(torch.nn.init, ours)(
        torch.empty(shape).double(), generator=torch.Generator().manual_seed(0), **options
    ).numpy()
    np.testing.assert_allclose(values.std(), expected.std(), rtol=0.02)
    np.testing.assert_allclose(values.mean(), expected.mean(), atol=0.02)
    if "uniform" in ours:
        np.testing.assert_allclose([values.min(), values.max()], [expected.min(), expected.max()], rtol=0.01)
    else:
        assert np.abs(values - values.mean()).max() > 3.5 * values.std()


@pytest.mark.parametrize("shape", [(20, 8), (8, 20), (6, 3, 2, 2), (5, 5), (1, 4)])
def test_orthogonal(shape):
    values = drawn(init.orthogonal_, shape=shape, gain=2.0).reshape(shape[0], -1)
    gram = values @ values.T if values.shape[0] <= values.shape[1] else values.T @ values
    np.testing.assert_allclose(gram, 4 * np.eye(len(gram)), atol=1e-12)


def test_orthogonal_favours_no_direction():
    # The trace of a uniformly drawn orthogonal matrix has mean 0 and variance 1.
    rng = np.random.default_rng(0)
    traces = [np.trace(init.orthogonal_(np.empty((3, 3)), generator=rng)) for _ in range(2000)]
    assert abs(np.mean(traces)) < 0.1
    assert 0.85 < np.var(traces) < 1.15


@pytest.mark.parametrize("options", [{}, {"mean": 1.0, "std": 0.5, "a": 0.8, "b": 3.0}, {"a": 1.5, "b": 4.0}])
def test_truncated_normal(options):
    values = drawn(init.trunc_normal_, **options)
    expected = torch.nn.init.trunc_normal_(
        torch.empty(SHAPE).double(), generator=torch.Generator().manual_seed(0), **options
    ).numpy()
    assert options.get("a", -2.0) <= values.min() <= values.max() <= options.get("b", 2.0)
    np.testing.assert_allclose(values.mean(), expected.mean(), atol=0.02)
    np.testing.assert_allclose(values.std(), expected.std(), rtol=0.02)
    np.testing.assert_allclose(np.quantile(values, [0.1, 0.9]), np.quantile(expected, [0.1, 0.9]), atol=0.02)


def test_eye():
    assert init.eye_(np.empty((2, 3))).tolist() == torch.nn.init.eye_(torch.empty(2, 3)).tolist()


def test_glorots_bound():
    bound = math.sqrt(6 / 500)
    values = drawn(init.xavier_uniform_)
    assert bound * 0.999 < np.abs(values).max() <= bound


@pytest.mark.parametrize(
    "name", ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu", "conv2d", "conv_transpose1d"]
)
def test_gains(name):
    assert init.calculate_gain(name) == torch.nn.init.calculate_gain(name)
    assert init.calculate_gain("leaky_relu", 0.3) == torch.nn.init.calculate_gain("leaky_relu", 0.3)


def test_constants_arrays_and_dtypes():
    tensor = nn.Parameter(np.ones((2, 3), np.float32))
    assert not init.zeros_(tensor).data.any()
    assert init.ones_(tensor).data.all()
    assert (init.constant_(tensor, 3).data == 3).all()
    assert init.normal_(tensor).dtype == np.float32
    assert init.zeros_(np.ones(2)).tolist() == [0, 0]


def test_the_generator_decides():
    np.testing.assert_array_equal(drawn(init.normal_), drawn(init.normal_))
    assert not np.array_equal(init.normal_(np.empty(5)), init.normal_(np.empty(5)))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: init.xavier_uniform_(np.ones(3)), r"xavier_uniform_: expected a weight of shape \(out, in, ...\)"),
        (lambda: init.kaiming_normal_(np.ones((2, 2)), mode="in"), 'expected mode "fan_in" or "fan_out"'),
        (lambda: init.calculate_gain("gelu?"), "unknown nonlinearity"),
        (lambda: init.orthogonal_(np.ones(3)), r"orthogonal_: expected a weight of shape \(out, in, ...\), got \(3,\)"),
        (lambda: init.trunc_normal_(np.ones(3), a=1, b=0), "trunc_normal_: expected std above 0 and a below b"),
        (lambda: init.eye_(np.ones(3)), "eye_: expected a matrix"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
