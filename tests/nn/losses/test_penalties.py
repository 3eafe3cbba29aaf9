"""Penalties against the same sums written in PyTorch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.3, 1.0]), st.sampled_from([np.float32, np.float64]))
def test_elastic_net(same, normal, seed, ratio, dtype):
    arrays = [normal(seed, 3, 2, dtype=dtype), normal(seed + 1, 4, dtype=dtype), normal(seed + 2, 0, dtype=dtype)]
    arrays[0][0, 0] = 0

    def theirs(*ts):
        return sum(ratio * t.abs().sum() + (1 - ratio) * (t**2).sum() for t in ts)

    same(lambda *ws: F.elastic_net_penalty(ws, ratio), theirs, *arrays)


def test_l1_and_l2_by_hand():
    w, b = nn.Parameter([[3.0, -4.0]]), nn.Parameter([-1.0])
    l1, l2 = F.l1_penalty([w, b]), F.l2_penalty([w, b])
    assert (l1.item(), l2.item(), F.l2_penalty(w).item()) == (8.0, 26.0, 25.0)
    l1.backward()
    assert (w.grad.tolist(), b.grad.tolist()) == ([[1, -1]], [-1])
    w.grad = None
    l2.backward()
    assert w.grad.tolist() == [[6, -8]]


def test_the_l2_penalty_is_a_weight_decay_of_twice_lambda():
    rng = np.random.default_rng(0)
    x, start, strength = rng.normal(size=(8, 3)), rng.normal(size=(2, 3)), 0.05
    by_penalty, by_decay = nn.Parameter(start), nn.Parameter(start)
    one = nn.optim.SGD([by_penalty], lr=0.1)
    two = nn.optim.SGD([by_decay], lr=0.1, weight_decay=2 * strength)
    for _ in range(5):
        one.zero_grad()
        two.zero_grad()
        (F.linear(x, by_penalty).tanh().mean() + strength * F.l2_penalty(by_penalty)).backward()
        F.linear(x, by_decay).tanh().mean().backward()
        one.step()
        two.step()
    np.testing.assert_allclose(by_penalty.data, by_decay.data, rtol=1e-12)


def test_frozen_parameters_get_no_gradient():
    w, frozen = nn.Parameter([1.0]), nn.Parameter([2.0], requires_grad=False)
    F.l2_penalty([w, frozen]).backward()
    assert (w.grad.tolist(), frozen.grad) == ([2.0], None)


def test_mistakes_are_a_sentence():
    with pytest.raises(ValueError, match="expected l1_ratio between 0 and 1, got 2"):
        F.elastic_net_penalty([nn.Parameter([1.0])], 2)
    with pytest.raises(ValueError, match="there are no parameters"):
        F.l1_penalty([])


def test_the_oracle_is_pytorch():
    assert torch.tensor([-2.0]).abs().sum() == F.l1_penalty(nn.Parameter([-2.0])).item()
