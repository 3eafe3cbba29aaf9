"""An optimiser's state: ours to ours and PyTorch's to ours, in the middle of a training."""

import json

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import optim

RULES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("Adagrad", {"lr_decay": 0.1}),
    ("RMSprop", {}),
    ("RMSprop", {"momentum": 0.5, "centered": True, "eps": 1e-3}),
    ("Adam", {"amsgrad": True}),
    ("AdamW", {"betas": (0.8, 0.9)}),
]
SHAPES = [(3, 2), (), (4,)]


def start(seed=0):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in SHAPES]


def steps(number, pairs, seed):
    """Several optimisers take the same steps: `pairs` of an optimiser and its parameters."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        grads = [rng.normal(size=shape) for shape in SHAPES]
        for optimiser, params in pairs:
            for p, grad in zip(params, grads, strict=True):
                p.grad = torch.tensor(grad) if isinstance(p, torch.Tensor) else grad.copy()
            optimiser.step()


@pytest.mark.parametrize(("name", "options"), RULES)
def test_a_state_from_pytorch_continues_as_there(name, options):
    theirs = [torch.nn.Parameter(torch.tensor(a)) for a in start()]
    ours = [nn.Parameter(a) for a in start()]
    b, a = getattr(torch.optim, name)(theirs, **options), getattr(optim, name)(ours, **options)
    steps(7, [(b, theirs)], seed=1)
    state = b.state_dict()
    state["param_groups"][0]["lr"] = b.param_groups[0]["lr"] = 0.05
    a.load_state_dict(state)
    for p, t in zip(ours, theirs, strict=True):
        p.data = t.detach().numpy().copy()
    steps(5, [(a, ours), (b, theirs)], seed=2)
    for p, t in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(p.data, t.detach().numpy(), rtol=1e-10, atol=1e-12)
    mine, other = a.state_dict(), b.state_dict()
    for number, kept in other["state"].items():
        for key, value in kept.items():
            if value is not None:
                np.testing.assert_allclose(np.squeeze(mine["state"][number][key]), np.squeeze(value), rtol=1e-10)
    assert mine["param_groups"][0]["params"] == other["param_groups"][0]["params"]


@pytest.mark.parametrize(("name", "options"), RULES)
def test_a_round_trip_keeps_every_bit(name, options):
    one, two = [nn.Parameter(a) for a in start()], [nn.Parameter(a) for a in start(1)]
    a, b = getattr(optim, name)(one, **options), getattr(optim, name)(two, lr=7)
    steps(6, [(a, one)], seed=1)
    state = a.state_dict()
    steps(3, [(a, one)], seed=2)  # a state is a copy: this leaves it alone
    again = [nn.Parameter(p) for p in start()]
    c = getattr(optim, name)(again, **options)
    steps(6, [(c, again)], seed=1)
    for p, q in zip(two, again, strict=True):
        p.data = q.data.copy()
    b.load_state_dict(state)
    steps(3, [(b, two)], seed=2)
    for p, q in zip(one, two, strict=True):
        np.testing.assert_array_equal(p.data, q.data)
    json.dumps(state["param_groups"])  # options are plain numbers


def test_groups_and_late_parameters():
    p, q = nn.Parameter(np.ones(2)), nn.Parameter(np.ones(3))
    optimiser = optim.SGD([p], lr=0.5, momentum=0.1)
    optimiser.add_param_group({"params": q, "lr": 0.1})
    assert [g["lr"] for g in optimiser.param_groups] == [0.5, 0.1]
    assert [g["params"] for g in optimiser.state_dict()["param_groups"]] == [[0], [1]]
    with pytest.raises(ValueError, match="SGD: a parameter appears twice"):
        optimiser.add_param_group({"params": [p]})


def test_mistakes_are_a_sentence():
    optimiser = optim.Adam([nn.Parameter(np.ones(2))])
    other = optim.Adam([nn.Parameter(np.ones(2)), nn.Parameter(np.ones(2))])
    with pytest.raises(ValueError, match=r"Adam: expected parameter groups of sizes \[1\], got \[2\]"):
        optimiser.load_state_dict(other.state_dict())
    wrong = optim.Adam([p := nn.Parameter(np.ones(3))])
    p.grad = np.ones(3)
    wrong.step()
    with pytest.raises(ValueError, match=r"Adam: expected exp_avg of shape \(2,\), got \(3,\)"):
        optimiser.load_state_dict(wrong.state_dict())
