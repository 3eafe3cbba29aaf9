"""Sequential and Flatten."""

from collections import OrderedDict

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
    heads["c"] = nn.Linear(1, 1)
    heads.clear()
    assert list(heads.parameters()) == []
    with pytest.raises(KeyError, match="name of a method"):
        heads["values"] = nn.Linear(1, 1)


def test_identity():
    x = np.ones((2, 3))
    assert nn.Identity(5, anything=True)(x).tolist() == x.tolist()
    assert nn.Identity().state_dict() == {}


EDITS = {
    "set": lambda m, new: m.__setitem__(1, new()),
    "set the last": lambda m, new: m.__setitem__(-1, new()),
    "delete": lambda m, new: m.__delitem__(0),
    "delete a slice": lambda m, new: m.__delitem__(slice(0, 2)),
    "insert": lambda m, new: m.insert(1, new()),
    "pop": lambda m, new: m.pop(1),
    "extend": lambda m, new: m.extend([new(), new()]),
    "add": lambda m, new: m + type(m)(*([[new()]] if "List" in type(m).__name__ else [new()])),
    "+=": lambda m, new: m.__iadd__(type(m)(*([[new()]] if "List" in type(m).__name__ else [new()]))),
    "slice": lambda m, new: m[1:],
    "append": lambda m, new: m.append(new()),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("kind", ["Sequential", "ModuleList", "Sequential by names"])
def test_edits_of_a_list_of_modules(edit, kind):
    if edit == "insert" and kind == "Sequential by names":
        pytest.skip("a KeyError in PyTorch, which looks for numbers")
    keys = []
    for library in (nn, torch.nn):
        parts = [library.Linear(1, 1), library.ReLU(), library.Linear(1, 1)]
        named = dict(zip("abc", parts, strict=True))
        if library is torch.nn:
            named = OrderedDict(named)
        modules = {
            "Sequential": lambda library=library, parts=parts: library.Sequential(*parts),
            "ModuleList": lambda library=library, parts=parts: library.ModuleList(parts),
            "Sequential by names": lambda library=library, named=named: library.Sequential(named),
        }[kind]()
        result = EDITS[edit](modules, lambda library=library: library.Linear(1, 1, bias=False))
        keys.append([list(m.state_dict()) for m in (modules, result) if hasattr(m, "state_dict")])
    assert keys[0][0] == keys[1][0]
    if edit != "insert":  # PyTorch's ModuleList gives nothing back
        assert keys[0] == keys[1]


def test_parts_by_name():
    for library in (nn, torch.nn):
        net = library.Sequential(library.Linear(2, 3), library.Sequential(library.BatchNorm1d(3)))
        assert net.get_submodule("1.0") is net[1][0]
        assert net.get_submodule("") is net
        assert net.get_parameter("1.0.weight") is net[1][0].weight
        assert net.get_buffer("1.0.running_mean") is net[1][0].running_mean
        net[1].same = net[0]
        assert net.get_parameter("1.same.weight") is net[0].weight
        del net[1].same
        for wrong in (lambda net=net: net.get_submodule("2"), lambda net=net: net.get_parameter("1.0")):
            with pytest.raises(AttributeError):
                wrong()
        assert list(net.parameters(recurse=False)) == []
        assert [name for name, _ in net[0].named_parameters(prefix="x", recurse=False)] == ["x.weight", "x.bias"]
        assert len(list(net[1].buffers(recurse=False))) == 0
        assert list(net[0].state_dict(prefix="x.")) == ["x.weight", "x.bias"]
        with pytest.raises(TypeError, match="xpected"):
            net.load_state_dict([1])
