"""Cosines: options that are NumPy's numbers keep the dtype."""

import numpy as np
import pytest
import torch

from tplib import nn


@pytest.mark.parametrize("eps", [np.float64(0.7), np.int64(2), 0.7, 1e-8])
def test_cosine_similarity_keeps_float32(eps):
    values = np.random.default_rng(0).normal(size=(2, 3, 4)).astype(np.float32) * 0.2
    ours = nn.functional.cosine_similarity(nn.Tensor(values[0]), nn.Tensor(values[1]), eps=eps)
    theirs = torch.nn.functional.cosine_similarity(*map(torch.tensor, values), eps=float(eps))
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours.data, theirs.numpy(), rtol=1e-5)
