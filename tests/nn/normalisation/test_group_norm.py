"""Group normalisation, vectors of length 1 and cosines against PyTorch."""

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

T = torch.nn.functional


@pytest.mark.parametrize("groups", [1, 2, 6])
@pytest.mark.parametrize("shape", [(4, 6), (2, 6, 5), (2, 6, 3, 4)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_group_norm(same, normal, groups, shape, dtype):
    if len(shape) == 2 and groups == 6:
        return  # one value a group
    x, w, b = normal(0, *shape, dtype=dtype), normal(1, 6, dtype=dtype), normal(2, 6, dtype=dtype)
    same(lambda *a: F.group_norm(a[0], groups, *a[1:]), lambda *a: T.group_norm(a[0], groups, *a[1:]), x, w, b)
    same(lambda x: F.group_norm(x, groups, eps=0.1), lambda x: T.group_norm(x, groups, eps=0.1), x)


def test_the_module(normal):
    oracle = torch.nn.GroupNorm(2, 6).double()
    net = nn.from_torch(oracle)
    assert repr(net) == repr(oracle)
    x = normal(0, 2, 6, 3)
    np.testing.assert_allclose(net(x).data, oracle(torch.tensor(x)).detach().numpy(), rtol=1e-10)
    assert nn.GroupNorm(2, 6, affine=False).weight is None
    with pytest.raises(ValueError, match="cannot be cut into"):
        nn.GroupNorm(4, 6)
    with pytest.raises(ValueError, match="divisible by 4 groups"):
        F.group_norm(x, 4)


@pytest.mark.parametrize("p", [1, 2, 3.0, float("inf")])
@pytest.mark.parametrize("dim", [0, 1, -1])
def test_normalize(same, normal, p, dim):
    same(lambda x: F.normalize(x, p, dim), lambda x: T.normalize(x, p, dim), normal(0, 3, 4))


def test_normalize_and_cosine_of_zeros(same):
    zeros = np.zeros((2, 3))
    same(lambda x: F.normalize(x), lambda x: T.normalize(x), zeros)
    assert F.cosine_similarity(zeros, np.ones((2, 3))).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("a", "b", "dim"), [((3, 4), (3, 4), 1), ((3, 4), (4,), -1), ((2, 1, 4), (3, 4), 2), ((4,), (4,), 0)]
)
def test_cosine_similarity(same, normal, a, b, dim):
    same(
        lambda x, y: F.cosine_similarity(x, y, dim),
        lambda x, y: T.cosine_similarity(x, y, dim),
        normal(0, *a),
        normal(1, *b),
    )
