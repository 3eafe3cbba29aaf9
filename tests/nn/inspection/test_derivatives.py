"""Closed-form derivatives against PyTorch's backward."""

import numpy as np
import pytest
import torch
import torch.nn.functional as TF
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

from tplib.nn import functional as F

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)


@few
@given(shapes, seeds, dtypes)
def test_derivatives_are_what_backward_multiplies_by(normal, shape, seed, dtype):
    x = normal(seed, *shape, dtype=dtype)
    cotangent = normal(seed + 1, *shape, dtype=dtype)
    for name in ("sigmoid", "tanh", "hardtanh", "relu", "leaky_relu", "elu"):
        t = torch.tensor(x, requires_grad=True)
        (torch.tanh if name == "tanh" else getattr(TF, name))(t).backward(torch.tensor(cotangent))
        local = getattr(F, f"{name}_grad")(x)
        assert local.dtype == dtype
        np.testing.assert_allclose(
            cotangent * local, t.grad.numpy(), rtol=1e-10, atol=1e-6 if dtype == np.float32 else 1e-14
        )


@few
@given(st.integers(1, 5), seeds)
def test_softmax_jacobian(normal, classes, seed):
    x = normal(seed, 3, classes) * 5
    expected = torch.stack([torch.autograd.functional.jacobian(lambda z: z.softmax(0), row) for row in torch.tensor(x)])
    np.testing.assert_allclose(F.softmax_jacobian(x), expected.numpy(), rtol=1e-10, atol=1e-14)
    assert F.softmax_jacobian(x[0]).shape == (classes, classes)


def test_a_jacobian_needs_an_axis():
    with pytest.raises(ValueError, match="softmax_jacobian: expected scores of shape"):
        F.softmax_jacobian(1.0)
