"""The activations as modules against PyTorch."""

import numpy as np
import pytest
import torch

from tplib import nn

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
    (nn.Maxout(2), lambda x: x.reshape(3, 2, 2).max(2).values),
]


@pytest.mark.parametrize(("ours", "theirs"), ACTIVATIONS, ids=lambda module: type(module).__name__)
def test_activation_modules(same, normal, ours, theirs):
    same(ours, theirs, normal(0, 3, 4))


IN_PLACE = ["ReLU", "LeakyReLU", "ELU", "SiLU", "Hardtanh"]


@pytest.mark.parametrize("name", IN_PLACE)
@pytest.mark.parametrize("how", ["computed", "a leaf", "read before"])
def test_in_place_as_in_pytorch(normal, name, how):
    array, found = normal(0, 2, 3), []
    for library, new in ((nn, nn.Tensor), (torch.nn, torch.tensor)):
        module, x = getattr(library, name)(inplace=True), new(array, requires_grad=True)
        y = x if how == "a leaf" else x * 2
        other = (y * y if how == "read before" else x).sum()
        try:
            z = module(y)
            assert z is y
            (z.sum() + other).backward()
            found.append((repr(module), z.tolist(), x.grad.tolist()))
        except RuntimeError:
            found.append("refused")
    if "refused" in found:
        assert found == ["refused", "refused"]
        return
    assert found[0][0] == found[1][0]
    for ours, theirs in zip(found[0][1:], found[1][1:], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_dropout_in_place():
    x = nn.Tensor(np.ones(100))
    z = nn.Dropout(0.5, inplace=True, rng=np.random.default_rng(0))(x)
    assert z is x
    assert set(x.tolist()) == {0.0, 2.0}
