"""Module: registration, names, modes, state that travels to PyTorch and back."""

import copy
import pickle
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn


class Net(nn.Module):
    """Two layers, a parameter of its own, a saved and an unsaved buffer."""

    def __init__(self, rng=None):
        super().__init__()
        self.scale = nn.Parameter(np.full(3, 2.0))
        self.body = nn.Sequential(nn.Linear(4, 5, rng=rng), nn.Tanh(), nn.Linear(5, 3, bias=False, rng=rng))
        self.register_buffer("seen", np.array(0))
        self.register_buffer("scratch", np.zeros(2), persistent=False)

    def forward(self, x):
        return self.body(x) * self.scale


class TorchNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.full((3,), 2.0))
        self.body = torch.nn.Sequential(torch.nn.Linear(4, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3, bias=False))
        self.register_buffer("seen", torch.tensor(0))
        self.register_buffer("scratch", torch.zeros(2), persistent=False)

    def forward(self, x):
        return self.body(x) * self.scale


def test_names_are_pytorchs():
    ours, theirs = Net(), TorchNet()
    assert list(ours.state_dict()) == list(theirs.state_dict())
    assert [name for name, _ in ours.named_parameters()] == [name for name, _ in theirs.named_parameters()]
    assert [name for name, _ in ours.named_buffers()] == [name for name, _ in theirs.named_buffers()]
    assert [name for name, _ in ours.named_modules()] == [name for name, _ in theirs.named_modules()]
    assert [name for name, _ in ours.named_children()] == [name for name, _ in theirs.named_children()]
    assert [p.shape for p in ours.parameters()] == [tuple(p.shape) for p in theirs.parameters()]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_state_from_pytorch_gives_equal_outputs_and_gradients(normal, dtype):
    theirs = TorchNet().to(torch.float32 if dtype == np.float32 else torch.float64)
    ours = Net()
    ours.load_state_dict({key: value.numpy() for key, value in theirs.state_dict().items()})
    x, cotangent = normal(0, 6, 4, dtype=dtype), normal(1, 6, 3, dtype=dtype)
    out, expected = ours(x), theirs(torch.tensor(x))
    out.backward(cotangent)
    expected.backward(torch.tensor(cotangent))
    tolerance = 1e-5 if dtype == np.float32 else 1e-10
    np.testing.assert_allclose(out.data, expected.detach().numpy(), rtol=tolerance, atol=tolerance / 10)
    assert out.dtype == dtype
    for (name, p), (_, t) in zip(ours.named_parameters(), theirs.named_parameters(), strict=True):
        np.testing.assert_allclose(p.grad, t.grad.numpy(), rtol=tolerance, atol=tolerance, err_msg=name)
        assert p.grad.dtype == dtype


def test_state_to_pytorch():
    ours, theirs = Net(np.random.default_rng(0)), TorchNet()
    theirs.load_state_dict({key: torch.tensor(value) for key, value in ours.state_dict().items()})
    x = np.ones((2, 4), np.float32)
    np.testing.assert_allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(0, 2**32 - 1))
def test_a_state_round_trip_keeps_every_bit(widths, seed):
    def build():
        return nn.Sequential(*(nn.Linear(n, m) for n, m in pairwise(widths)))

    theirs = torch.nn.Sequential(*(torch.nn.Linear(n, m) for n, m in pairwise(widths)))
    ours = build()
    ours.load_state_dict(theirs.state_dict())  # tensors serve as arrays
    again = build()
    assert again.load_state_dict(ours.state_dict()) == ([], [])
    for key, value in theirs.state_dict().items():
        np.testing.assert_array_equal(again.state_dict()[key], value.numpy())


def test_a_state_dict_is_a_copy():
    layer = nn.Linear(2, 2)
    before = layer.state_dict()
    with nn.no_grad():
        layer.weight += 1
    assert not np.array_equal(before["weight"], layer.weight.data)


def test_a_wrong_state_loads_nothing_and_says_everything():
    net = Net()
    before = net.state_dict()
    state = {key: value + 1 for key, value in before.items() if key != "seen"} | {"extra": np.ones(1)}
    state["body.0.weight"] = np.ones((5, 3))
    with pytest.raises(RuntimeError) as error:
        net.load_state_dict(state)
    for part in ("body.0.weight has shape (5, 3), expected (5, 4)", "seen is missing", "extra is not a key"):
        assert part in str(error.value)
    for key, value in net.state_dict().items():
        np.testing.assert_array_equal(value, before[key])


def test_a_lenient_load_tells_what_it_did_without():
    net = Net()
    result = net.load_state_dict({"scale": np.zeros(3), "extra": np.ones(1)}, strict=False)
    assert result.missing_keys == ["seen", "body.0.weight", "body.0.bias", "body.2.weight"]
    assert result.unexpected_keys == ["extra"]
    assert not net.scale.data.any()


def test_a_shared_parameter_is_listed_once_and_saved_under_both_names():
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = nn.Linear(3, 3, bias=False), nn.Linear(3, 3, bias=False)
            self.b.weight = self.a.weight

    net = Tied()
    assert [name for name, _ in net.named_parameters()] == ["a.weight"]
    assert list(net.state_dict()) == ["a.weight", "b.weight"]


def test_train_eval_zero_grad_and_dtype():
    net = Net()
    assert net.eval() is net
    assert not any(module.training for module in net.modules())
    assert all(module.training for module in net.train().modules())
    net(np.ones((1, 4))).sum().backward()
    assert all(p.grad is not None for p in net.parameters())
    net.zero_grad()
    assert all(p.grad is None for p in net.parameters())
    assert {p.dtype for p in net.double().parameters()} == {np.dtype(np.float64)}
    assert net(np.ones((1, 4), np.float32)).dtype == np.float64
    assert {p.dtype for p in net.float().parameters()} == {np.dtype(np.float32)}
    assert net.seen.dtype.kind == "i"
    net.requires_grad_(False)
    assert not net(np.ones((1, 4))).requires_grad


def test_attributes_move_between_kinds():
    net = Net()
    net.seen = np.array(3)  # stays a buffer
    assert net.state_dict()["seen"] == 3
    net.scale = None  # stays a parameter's name
    assert "scale" not in net.state_dict()
    del net.body
    assert list(net.parameters()) == []
    with pytest.raises(AttributeError, match="Net has no attribute 'body'"):
        net.body  # noqa: B018
    with pytest.raises(TypeError, match="'scale' is a parameter"):
        net.scale = np.ones(3)


def test_apply_reaches_every_module():
    names = []
    Net().apply(lambda module: names.append(type(module).__name__))
    assert names == ["Linear", "Tanh", "Linear", "Sequential", "Net"]


def test_mistakes_are_a_sentence():
    class Hasty(nn.Module):
        def __init__(self):
            self.layer = nn.Linear(2, 2)

    with pytest.raises(AttributeError, match=r"Hasty: call super\(\).__init__\(\) before setting 'layer'"):
        Hasty()
    with pytest.raises(NotImplementedError, match=r"Module defines no forward\(\)"):
        nn.Module()(1)


def test_repr_is_pytorchs():
    ours = nn.Sequential(nn.Linear(4, 3), nn.Sequential(nn.ReLU(), nn.Dropout(0.1)), nn.Flatten(), nn.Softmax(dim=1))
    theirs = torch.nn.Sequential(
        torch.nn.Linear(4, 3),
        torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Dropout(0.1)),
        torch.nn.Flatten(),
        torch.nn.Softmax(dim=1),
    )
    assert repr(ours) == repr(theirs).replace(", inplace=False", "")


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))])
def test_copies_are_independent(duplicate):
    net = Net()
    net(np.ones((1, 4))).sum().backward()
    twin = duplicate(net)
    for a, b in zip(net.parameters(), twin.parameters(), strict=True):
        np.testing.assert_array_equal(a.data, b.data)
        assert not np.shares_memory(a.data, b.data)
        assert isinstance(b, nn.Parameter)
    assert list(twin.state_dict()) == list(net.state_dict())


NONSENSE = {
    "a dot in a module's name": lambda m, p, x: m.add_module("a.b", None),
    "an empty name": lambda m, p, x: m.add_module("", None),
    "a dot in a buffer's name": lambda m, p, x: m.register_buffer("a.b", None),
    "a dot in a parameter's name": lambda m, p, x: m.register_parameter("a.b", None),
    "a name that is taken": lambda m, p, x: m.register_buffer("training", x),
    "a method's name": lambda m, p, x: m.add_module("forward", None),
    "a number as a module": lambda m, p, x: m.add_module("a", 5),
    "a tensor as a parameter": lambda m, p, x: m.register_parameter("a", x),
    "a number as a buffer": lambda m, p, x: m.register_buffer("a", 5),
    "a number over a buffer": lambda m, p, x: (m.register_buffer("a", x), setattr(m, "a", 5)),
    "a number over a module": lambda m, p, x: (m.add_module("a", None), setattr(m, "a", 5)),
    "a word as a mode": lambda m, p, x: m.train("yes"),
    "integers as a dtype": lambda m, p, x: m.to(int if isinstance(m, nn.Module) else torch.int64),
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_what_is_no_part_of_a_module_is_refused(kind):
    errors = KeyError, TypeError, ValueError
    with pytest.raises(errors):
        NONSENSE[kind](torch.nn.Module(), torch.nn.Parameter(torch.ones(1)), torch.ones(1))
    module = nn.Module()
    with pytest.raises(errors):
        NONSENSE[kind](module, nn.Parameter(np.ones(1)), nn.Tensor(np.ones(1)))
    assert module.training is True


def test_parts_may_be_registered_again():
    for new, tensor in ((nn.Module, nn.Tensor), (torch.nn.Module, torch.tensor)):
        module = new()
        for _ in range(2):
            module.register_buffer("a", tensor([1.0]))
            module.add_module("b", new())
            module.register_parameter("c", None)
        module.a, module.b = tensor([2.0]), new()
        assert list(module.state_dict()) == ["a"]


def test_a_shared_child_is_given_once_and_its_state_under_both_names():
    def of(library):
        module = library.Module()
        module.a, module.b, module.c = library.Linear(1, 1), library.Tanh(), library.Linear(1, 2)
        module.d, module.none = module.a, None
        calls = []
        module.apply(lambda part: calls.append(type(part).__name__))
        return (
            [name for name, _ in module.named_children()],
            len(list(module.children())),
            calls,
            list(module.state_dict()),
        )

    assert of(nn) == of(torch.nn)
