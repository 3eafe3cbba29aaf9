"""Dropout: what it keeps, what it multiplies by, and where it draws from."""

import copy

import numpy as np
import pytest

from tplib import nn
from tplib.nn import functional as F


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 1.0])
def test_dropout_scales_what_it_keeps(dtype, p):
    x = nn.Tensor(np.ones((100, 100), dtype), requires_grad=True)
    layer = nn.Dropout(p, rng=np.random.default_rng(0))
    y = layer(x)
    assert y.dtype == dtype
    kept = y.data != 0
    np.testing.assert_allclose(kept.mean(), 1 - p, atol=0.02)
    np.testing.assert_allclose(y.data[kept], 1 / (1 - p) if p < 1 else 0, rtol=1e-6)
    y.backward(np.ones((100, 100)))
    np.testing.assert_array_equal(x.grad, y.data)  # the mask that the layer kept
    np.testing.assert_array_equal(layer.eval()(x).data, x.data)


def test_dropout_draws_from_its_generator():
    x = np.ones(50)
    first = F.dropout(x, 0.5, rng=np.random.default_rng(1)).data
    np.testing.assert_array_equal(first, F.dropout(x, 0.5, rng=np.random.default_rng(1)).data)
    layer = nn.Dropout(0.5, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(layer(x).data, first)
    assert not np.array_equal(layer(x).data, first)  # a new mask at each call


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_scaled_dropout_is_dropout_times_the_kept_share(dtype, p):
    x = nn.Tensor(np.arange(1, 10001, dtype=dtype).reshape(100, 100), requires_grad=True)
    inverted, scaled = (layer(p, rng=np.random.default_rng(0)) for layer in (nn.Dropout, nn.ScaledDropout))
    y = scaled(x)
    assert y.dtype == dtype
    np.testing.assert_allclose(y.data, (1 - p) * inverted(x).data, rtol=1e-6)
    y.backward(np.ones((100, 100)))
    np.testing.assert_array_equal(x.grad, y.data != 0)
    at_test = scaled.eval()(x)
    assert at_test.dtype == dtype
    np.testing.assert_allclose(at_test.data, (1 - p) * x.data, rtol=1e-6)
    with pytest.raises(ValueError, match="scaled_dropout: expected a probability"):
        F.scaled_dropout(x, 2)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: nn.Dropout(1.5), "Dropout: expected a probability p between 0 and 1, got 1.5"),
        (lambda: F.dropout(np.ones(2), -1), "dropout: expected a probability"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


def test_copies_of_a_network_drop_different_values():
    model = nn.Sequential(nn.Dropout(0.5), nn.Linear(100, 100), nn.Dropout(0.5))
    copies = [copy.deepcopy(model) for _ in range(2)]
    x = np.ones((1, 100), np.float32)
    masks = [layer(x).data for m in (model, *copies) for layer in (m[0], m[2])]
    assert len({mask.tobytes() for mask in masks}) == len(masks)


def test_a_copy_draws_the_same_again_and_leaves_the_first_alone():
    def masks(copied):
        layer = nn.Dropout(0.5, rng=np.random.default_rng(0))
        double = copy.deepcopy(layer) if copied else layer
        return layer(np.ones(50)).data, double(np.ones(50)).data

    np.testing.assert_array_equal(masks(True), masks(True))
    np.testing.assert_array_equal(masks(True)[0], masks(False)[0])


def test_layers_of_one_generator_share_it_in_the_copy():
    rng = np.random.default_rng(0)
    double = copy.deepcopy(nn.Sequential(nn.Dropout(0.5, rng=rng), nn.Dropout(0.5, rng=rng)))
    assert double[0].rng is double[1].rng is not rng
