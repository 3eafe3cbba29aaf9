"""The activations as modules against PyTorch."""

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
