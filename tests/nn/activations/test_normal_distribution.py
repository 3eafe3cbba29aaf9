"""The normal distribution function of float32 against SciPy's in float64, and GELU's error against PyTorch's."""

import numpy as np
import pytest
import torch
from scipy.special import ndtr

from tplib import nn
from tplib.nn.activations.normal_distribution import share_below, times_slope

X = np.concatenate([np.linspace(-12, 12, 40_001), 10.0 ** np.linspace(-30, 0, 500)]).astype(np.float32)


def units(z, truth):
    """The error in units in the last place of float32."""
    return np.abs(z - truth) / np.spacing(np.abs(truth).astype(np.float32))


@pytest.mark.parametrize(("low", "high", "most"), [(-12, -5, 80), (-5, -2, 16), (-2, 1, 10), (1, 12, 4)])
def test_the_share_below_is_right_to_a_few_units(low, high, most):
    x = X[(low <= X) & (high >= X)]
    assert units(share_below(x), ndtr(x.astype(np.float64))).max() <= most


def test_gelu_is_never_further_off_than_pytorchs():
    wide = X.astype(np.float64)
    truth, slope = wide * ndtr(wide), ndtr(wide) + wide * np.exp(-wide * wide / 2) / np.sqrt(2 * np.pi)
    x, t = nn.Tensor(X, requires_grad=True), torch.tensor(X, requires_grad=True)
    ours, theirs = nn.functional.gelu(x), torch.nn.functional.gelu(t)
    ours.sum().backward()
    theirs.sum().backward()
    assert np.abs(ours.data - truth).max() <= np.abs(theirs.detach().numpy() - truth).max()
    assert np.abs(x.grad - slope).max() <= np.abs(t.grad.numpy() - slope).max()


def test_special_values_and_layouts():
    values = np.array([np.inf, -np.inf, np.nan, 0.0, -0.0, 1e30, -1e30], np.float32)
    np.testing.assert_allclose(share_below(values), [1, 0, np.nan, 0.5, 0.5, 1, 0], rtol=1.2e-7)
    x = np.asfortranarray(X[:600].reshape(20, 30))
    for z in (share_below(x[:, ::2]), share_below(x.T[::2].T)):
        np.testing.assert_allclose(z, ndtr(x[:, ::2].astype(np.float64)), rtol=1e-5)
    assert share_below(np.float32(1.0).reshape(())).shape == ()
    assert share_below(np.zeros((0, 3), np.float32)).shape == (0, 3)
    assert times_slope(x, x, share_below(x)).shape == (20, 30)
