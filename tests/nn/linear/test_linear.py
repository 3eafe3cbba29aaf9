"""The affine map against PyTorch, and how its weights start."""

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


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            lambda: nn.Linear(3, 2)(np.ones((4, 5))),
            r"linear: expected input \(..., in\) and weight \(out, in\), got \(4, 5\)",
        ),
        (lambda: F.linear(np.ones((4, 3)), np.ones((2, 3)), np.ones(3)), r"linear: expected a bias of shape \(2,\)"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
