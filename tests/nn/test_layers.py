"""Layers against PyTorch, with their weights copied over."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)


@few
@given(
    st.lists(st.integers(0, 3), max_size=3),
    st.integers(0, 5),
    st.integers(0, 5),
    seeds,
    st.sampled_from([np.float32, np.float64]),
    st.sampled_from(["C", "F", "step"]),
    st.booleans(),
)
def test_linear(same, normal, batch, inputs, outputs, seed, dtype, layout, biased):
    parts = [normal(seed, *batch, inputs, dtype=dtype, layout=layout), normal(seed + 1, outputs, inputs, dtype=dtype)]
    if biased:
        parts.append(normal(seed + 2, outputs, dtype=dtype))
    same(F.linear, torch.nn.functional.linear, *parts, seed=seed)


def test_linear_starts_as_pytorchs():
    layer = nn.Linear(100, 200, rng=np.random.default_rng(0))
    assert layer.weight.shape == (200, 100)
    assert layer.bias.shape == (200,)
    assert layer.weight.dtype == np.float32
    for parameter in layer.parameters():
        assert np.abs(parameter.data).max() <= 0.1
        np.testing.assert_allclose(parameter.data.std(), 0.1 / np.sqrt(3), rtol=0.1)
    again = nn.Linear(100, 200, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(layer.weight.data, again.weight.data)
    assert nn.Linear(2, 3, bias=False).bias is None
    assert nn.Linear(2, 3, dtype=np.float64).weight.dtype == np.float64
    assert nn.Linear(0, 3)(np.ones((2, 0))).shape == (2, 3)


ACTIVATIONS = [
    (nn.ReLU(), torch.nn.ReLU()),
    (nn.Sigmoid(), torch.nn.Sigmoid()),
    (nn.Tanh(), torch.nn.Tanh()),
    (nn.Hardtanh(-0.5, 2.0), torch.nn.Hardtanh(-0.5, 2.0)),
    (nn.LeakyReLU(0.2), torch.nn.LeakyReLU(0.2)),
    (nn.ELU(0.7), torch.nn.ELU(0.7)),
    (nn.GELU("tanh"), torch.nn.GELU("tanh")),
    (nn.Softplus(2.0, 1.0), torch.nn.Softplus(2.0, 1.0)),
    (nn.Softmax(dim=-1), torch.nn.Softmax(dim=-1)),
    (nn.LogSoftmax(dim=0), torch.nn.LogSoftmax(dim=0)),
    (nn.Flatten(0), torch.nn.Flatten(0)),
    (nn.Maxout(2), lambda x: x.reshape(3, 2, 2).max(2).values),
]


@pytest.mark.parametrize(("ours", "theirs"), ACTIVATIONS, ids=lambda module: type(module).__name__)
def test_activation_modules(same, normal, ours, theirs):
    same(ours, theirs, normal(0, 3, 4))


def test_sequential():
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    assert len(net) == 3
    assert isinstance(net[1], nn.ReLU)
    assert [type(m).__name__ for m in net] == ["Linear", "ReLU", "Linear"]
    assert list(net[:2].state_dict()) == ["0.weight", "0.bias"]
    assert list(nn.Sequential({"first": net[0]}).state_dict()) == ["first.weight", "first.bias"]
    assert len(net.append(nn.Sigmoid())) == 4
    assert nn.Sequential()(np.ones(2)).tolist() == [1, 1]
    with pytest.raises(TypeError, match="Sequential: expected modules, got int at position 1"):
        nn.Sequential(nn.ReLU(), 3)


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


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            lambda: nn.Linear(3, 2)(np.ones((4, 5))),
            r"linear: expected input \(..., in\) and weight \(out, in\), got \(4, 5\)",
        ),
        (lambda: F.linear(np.ones((4, 3)), np.ones((2, 3)), np.ones(3)), r"linear: expected a bias of shape \(2,\)"),
        (lambda: nn.Dropout(1.5), "Dropout: expected a probability p between 0 and 1, got 1.5"),
        (lambda: F.dropout(np.ones(2), -1), "dropout: expected a probability"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


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
