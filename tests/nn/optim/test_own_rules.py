"""Random optimisers of one's own, written as for PyTorch and run in both libraries: their state holds numbers under any
name, tensors, lists of both and entries for the whole optimiser; they are resumed, by file too, and cleared."""

import copy

import numpy as np
import pytest
import torch

from tplib import nn


def tensor(library, values):
    return nn.Tensor(values) if library is nn else torch.tensor(values)


def gradient(p):
    return p.grad if isinstance(p, torch.Tensor) else nn.Tensor(p.grad)


def own(library, counter, holds):
    """A rule with momentum, whose step counter and buffers have the given forms."""

    class Own(library.optim.Optimizer):
        def __init__(self, params, lr=0.1, rates=(0.9, 0.5)):
            super().__init__(params, {"lr": lr, "rates": rates})

        def __setstate__(self, state):
            super().__setstate__(state)
            for group in self.param_groups:
                group.setdefault("later", 0.5)

        @library.no_grad()
        def step(self):
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is None:
                        continue
                    g, state = gradient(p), self.state[p]
                    if len(state) == 0:
                        state[counter] = 0
                        state["m"] = [g * 0] if holds == "list" else g * 0
                        state["last"], state["scale"] = None, 1.0
                    state[counter] += 1
                    m = state["m"][0] if holds == "list" else state["m"]
                    m.mul_(group["rates"][0]).add_(g)
                    state["last"] = g.sum()
                    state["scale"] *= group["rates"][1] ** 0.1
                    p.add_(m, alpha=-group["lr"] * group.get("later", 1) * state["scale"] / state[counter])
            if holds == "global":
                self.state["all"]["steps"] = self.state["all"].get("steps", 0) + 1
            if holds == "group":
                for group in self.param_groups:
                    group["seen"] = group.get("seen", 0) + 1
                    group["lr"] *= 1 - 0.01 * group["seen"]
            if holds == "global":
                for group in self.param_groups:
                    group["lr"] *= 1 - 0.01 * self.state["all"]["steps"]

    return Own


def run(library, seed, tmp_path):
    rng = np.random.default_rng(seed)
    counter, holds = (
        ["step", "t", "count", "flag"][rng.integers(4)],
        ["tensor", "list", "global", "group"][rng.integers(4)],
    )
    rule = own(library, counter, holds)
    parameters = [library.nn.Parameter(tensor(library, rng.standard_normal(s))) for s in [(2, 3), (), (4,)]]
    optimizer, seen = (
        rule([{"params": parameters[:2]}, {"params": parameters[2:], "lr": 0.05, "rates": (0.5, 0.9)}]),
        [],
    )
    for _ in range(10):
        event = rng.choice(["step", "resume", "file", "clear", "skip", "copy"], p=[0.4, 0.15, 0.15, 0.1, 0.1, 0.1])
        seen.append(f"{len(optimizer.state)} kept")
        if event == "clear":
            optimizer.state.clear()
        elif event == "copy":
            parameters, optimizer = copy.deepcopy((parameters, optimizer))
        elif event in ("resume", "file"):
            kept = optimizer.state_dict()
            if event == "file":
                file = tmp_path / "kept"
                library.save(kept, file)
                kept = library.load(file)
            else:
                kept = copy.deepcopy(kept)
            optimizer = rule([{"params": parameters[:2]}, {"params": parameters[2:]}], lr=7.0)
            optimizer.load_state_dict(kept)
        optimizer.zero_grad()
        for p in parameters[event == "skip" :]:
            (p**2).sum().backward()
        optimizer.step()
        seen += [p.detach().numpy().copy() for p in parameters]
        for state in optimizer.state.values():
            seen += [f"{key}: {type(value).__name__}" for key, value in state.items()]
    return seen


@pytest.mark.parametrize("seed", range(30))
def test_own_rules(seed, tmp_path, monkeypatch):
    monkeypatch.setattr(nn, "nn", nn, raising=False)  # torch.nn.Parameter is nn.Parameter here
    ours, theirs = run(nn, seed, tmp_path), run(torch, seed, tmp_path)
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        if isinstance(other, str):
            assert mine == other
        else:
            np.testing.assert_allclose(mine, other, 1e-9, 1e-12)


@pytest.mark.parametrize(
    ("name", "options"), [("SGD", {}), ("SGD", {"momentum": 0.9}), ("Adam", {}), ("RMSprop", {"momentum": 0.5})]
)
def test_a_cleared_state_begins_anew(name, options):
    sizes, values = [], []
    for library in (nn, torch):
        p = nn.Parameter(np.array([1.0, -2.0])) if library is nn else torch.nn.Parameter(torch.tensor([1.0, -2.0]))
        optimizer, size = getattr(library.optim, name)([p], lr=0.1, **options), []
        for i in range(5):
            size.append(len(optimizer.state))
            if i == 3:
                optimizer.state.clear()
            optimizer.zero_grad()
            (p**3).sum().backward()
            optimizer.step()
        sizes.append(size)
        values.append(np.asarray(p.data))
    assert sizes[0] == sizes[1]
    np.testing.assert_allclose(values[0], values[1], 1e-5)


def test_a_state_shares_nothing_with_the_optimizer():
    p = nn.Parameter(np.ones(2))
    optimizer = own(nn, "t", "list")([p])
    (p**2).sum().backward()
    optimizer.step()
    kept = optimizer.state_dict()
    before = kept["state"][0]["m"][0].data.copy()
    optimizer.step()
    optimizer.load_state_dict(kept)
    optimizer.step()
    np.testing.assert_array_equal(kept["state"][0]["m"][0].data, before)


def test_a_rule_of_pytorchs_is_continued_on_tensors():
    theirs, mine = torch.nn.Parameter(torch.ones(2)), nn.Parameter(np.ones(2))
    optimizer, again = own(torch, "step", "tensor")([theirs]), own(nn, "step", "tensor")([mine])
    for _ in range(3):
        optimizer.zero_grad()
        (theirs**2).sum().backward()
        optimizer.step()
    mine.data[...] = theirs.detach().numpy()
    kept = optimizer.state_dict()
    for o in (again, optimizer):
        o.load_state_dict(kept)
    for o, p in ((optimizer, theirs), (again, mine)):
        o.zero_grad()
        (p**2).sum().backward()
        o.step()
    assert isinstance(again.state[mine]["m"], nn.Tensor)
    np.testing.assert_allclose(mine.data, theirs.detach().numpy(), 1e-6)


@pytest.mark.parametrize("name", ["lr", "momentum", "weight_decay", "dampening"])
def test_options_may_be_tensors_of_one_number(name):
    """Also with momentum, and in a group; PyTorch takes them too."""
    found = []
    for library in (nn, torch):
        p = nn.Parameter(np.array([1.0, -2.0])) if library is nn else torch.nn.Parameter(torch.tensor([1.0, -2.0]))
        half = nn.Tensor(0.5) if library is nn else torch.tensor(0.5)
        optimizer = library.optim.SGD([{"params": [p], "lr": 0.1, "momentum": 0.9, name: half}])
        for _ in range(3):
            optimizer.zero_grad()
            (p**2).sum().backward()
            optimizer.step()
        found.append(p.detach().numpy())
    np.testing.assert_allclose(found[0], found[1], 1e-5)
