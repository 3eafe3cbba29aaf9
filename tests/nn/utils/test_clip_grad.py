"""Gradient clipping against torch.nn.utils."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn.utils import clip_grad_norm_, clip_grad_value_


def pair(seed, dtype=np.float64, scale=1.0):
    """Parameters of both libraries with equal gradients; the second has none."""
    rng = np.random.default_rng(seed)
    ours = [nn.Parameter(np.zeros(shape, dtype)) for shape in [(3, 2), (4,), (), (0, 3)]]
    theirs = [torch.nn.Parameter(torch.tensor(p.data)) for p in ours]
    for i, (p, t) in enumerate(zip(ours, theirs, strict=True)):
        if i != 1:
            p.grad = np.asarray(scale * rng.normal(size=p.shape), dtype)
            t.grad = torch.tensor(p.grad)
    return ours, theirs


def assert_equal_gradients(ours, theirs, tolerance=1e-10):
    for p, t in zip(ours, theirs, strict=True):
        if t.grad is None:
            assert p.grad is None
        else:
            np.testing.assert_allclose(p.grad, t.grad.numpy(), rtol=tolerance)
            assert p.grad.dtype == p.dtype


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.1, 1.0, 100.0]),
    st.sampled_from([1.0, 2.0, 3.0, float("inf")]),
    st.sampled_from([np.float32, np.float64]),
)
def test_norm(seed, max_norm, norm_type, dtype):
    ours, theirs = pair(seed, dtype)
    if norm_type == float("inf"):
        del theirs[-1]  # PyTorch refuses the largest of no values
    tolerance = 1e-5 if dtype == np.float32 else 1e-10
    total = clip_grad_norm_(ours, max_norm, norm_type)
    np.testing.assert_allclose(
        total, torch.nn.utils.clip_grad_norm_(theirs, max_norm, norm_type).item(), rtol=tolerance
    )
    assert_equal_gradients(ours[: len(theirs)], theirs, tolerance)


@pytest.mark.parametrize("bad", [np.inf, np.nan])
def test_a_norm_that_is_not_finite(bad):
    ours, theirs = pair(0)
    ours[0].grad[0, 0] = bad
    theirs[0].grad[0, 0] = float(bad)
    with pytest.raises(RuntimeError, match="clip_grad_norm_: the norm of the gradients is"):
        clip_grad_norm_(ours, 1.0, error_if_nonfinite=True)
    with np.errstate(invalid="ignore"):
        clip_grad_norm_(ours, 1.0)
    torch.nn.utils.clip_grad_norm_(theirs, 1.0)
    assert_equal_gradients(ours, theirs)


def test_value():
    ours, theirs = pair(0)
    clip_grad_value_(ours, 0.3)
    torch.nn.utils.clip_grad_value_(theirs, 0.3)
    assert_equal_gradients(ours, theirs)


def test_one_tensor_and_no_gradient():
    p = nn.Parameter(np.ones(4))
    assert clip_grad_norm_(p, 1.0) == 0.0
    p.grad = np.full(4, 3.0)
    assert clip_grad_norm_(p, 1.0) == 6.0
    np.testing.assert_allclose(np.linalg.norm(p.grad), 1.0, rtol=1e-6)


def test_row_sparse_gradients_count_as_dense_ones():
    norms, grads = [], []
    for sparse in (False, True):
        layer = nn.Embedding(5, 2, sparse=sparse, _weight=np.arange(10.0).reshape(5, 2))
        (layer(np.array([3, 1, 3])) ** 2).sum().backward()
        norms.append(clip_grad_norm_(layer.parameters(), 2.0))
        grads.append(np.asarray(layer.weight.grad))
    assert norms[0] == pytest.approx(norms[1])
    np.testing.assert_allclose(grads[0], grads[1])


def test_the_norm_is_a_number_with_item():
    ours, theirs = pair(0)
    norm, expected = clip_grad_norm_(ours, 0.5), torch.nn.utils.clip_grad_norm_(theirs, 0.5)
    assert isinstance(norm, float)
    np.testing.assert_allclose(norm.item(), expected.item())
    assert isinstance(clip_grad_norm_([], 1.0), float)


@pytest.mark.parametrize(("max_norm", "norm_type"), [(np.nan, 2.0), (0.5, "inf"), (np.inf, 2.0), (0.0, 2.0)])
def test_odd_limits_and_orders(max_norm, norm_type):
    ours, theirs = (parameters[:3] for parameters in pair(0))  # but the empty one
    norm = clip_grad_norm_(ours, max_norm, norm_type)
    np.testing.assert_allclose(norm, torch.nn.utils.clip_grad_norm_(theirs, max_norm, float(norm_type)))
    for p, t in zip(ours, theirs, strict=True):
        if t.grad is not None:
            np.testing.assert_allclose(p.grad, t.grad.numpy())
