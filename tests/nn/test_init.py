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


def test_glorots_bound():
    bound = math.sqrt(6 / 500)
    values = drawn(init.xavier_uniform_)
    assert bound * 0.999 < np.abs(values).max() <= bound


@pytest.mark.parametrize("name", ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu", "conv2d"])
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
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
