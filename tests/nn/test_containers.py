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


def test_a_module_list_registers_its_modules():
    layers, oracle = nn.ModuleList(nn.Linear(2, 2) for _ in range(2)), torch.nn.ModuleList()
    layers.append(nn.Linear(2, 3))
    layers.insert(0, nn.Linear(5, 2))
    for module in layers:
        oracle.append(nn.to_torch(module))
    assert list(layers.state_dict()) == list(oracle.state_dict())
    assert len(layers) == 4
    assert layers[-1].weight.shape == (3, 2)
    assert [layer.in_features for layer in layers[1:3]] == [2, 2]
    first = layers[0]
    assert layers.pop(0) is first
    assert first not in layers
    layers[0] = nn.Linear(7, 2)
    del layers[1]
    assert [layer.in_features for layer in layers] == [7, 2]
    assert list(layers.state_dict()) == ["0.weight", "0.bias", "1.weight", "1.bias"]
    with pytest.raises(TypeError, match="expected a module"):
        layers.append(3)


def test_a_module_dict_registers_its_modules():
    heads = nn.ModuleDict({"a": nn.Linear(2, 1)})
    heads["b"] = nn.Linear(2, 3)
    assert list(heads.state_dict()) == ["a.weight", "a.bias", "b.weight", "b.bias"]
    assert list(heads) == list(heads.keys()) == ["a", "b"]
    assert "a" in heads
    assert heads["b"].out_features == 3
    del heads["a"]
    assert heads.pop("b").out_features == 3
    assert len(heads) == 0
    with pytest.raises(KeyError, match="name of a method"):
        heads["values"] = nn.Linear(1, 1)


def test_identity():
    x = np.ones((2, 3))
    assert nn.Identity(5, anything=True)(x).tolist() == x.tolist()
    assert nn.Identity().state_dict() == {}
