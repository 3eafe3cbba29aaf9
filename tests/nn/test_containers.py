"""Sequential and Flatten."""

import numpy as np
import pytest
import torch

from tplib import nn


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


def test_flatten(same, normal):
    same(nn.Flatten(0), torch.nn.Flatten(0), normal(0, 3, 4))
    same(nn.Flatten(), torch.nn.Flatten(), normal(0, 3, 4, 2))
    same(nn.Flatten(1, 2), torch.nn.Flatten(1, 2), normal(0, 3, 4, 2, 2))
