"""Optimisers against torch.optim: 20 steps over drawn options give the same parameters."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import optim

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
rates = st.sampled_from([0.001, 0.05, 0.3])
decays = st.sampled_from([0.0, 0.0, 0.1])
momenta = st.sampled_from([0.0, 0.5, 0.9])


def compare(ours, theirs, options, seed, dtype, two_groups=False):
    """Same start, same gradients (some missing), 20 steps; the second half with a changed learning rate."""
    rng = np.random.default_rng(seed)
    starts = [rng.normal(size=shape).astype(dtype) for shape in [(3, 4), (4,), (), (0, 2)]]
    xs = [nn.Parameter(start) for start in starts]
    ts = [torch.nn.Parameter(torch.tensor(start)) for start in starts]

    def groups(ps):
        return [{"params": ps[:2]}, {"params": ps[2:], "lr": 0.01}] if two_groups else ps

    a, b = ours(groups(xs), **options), theirs(groups(ts), **options)
    for step in range(20):
        for i, (x, t) in enumerate(zip(xs, ts, strict=True)):
            if i == 1 and step % 3 == 0:
                x.grad = t.grad = None
                continue
            grad = rng.normal(size=x.shape).astype(dtype)
            x.grad, t.grad = grad.copy(), torch.tensor(grad)
            given_gradient = x.grad
        a.step()
        b.step()
        np.testing.assert_array_equal(given_gradient, grad)  # a step leaves the gradients alone
        if step == 10:
            a.param_groups[0]["lr"] = b.param_groups[0]["lr"] = options.get("lr", 0.01) / 2
    tolerance = 2e-5 if dtype == np.float32 else 1e-10
    for x, t in zip(xs, ts, strict=True):
        assert x.dtype == dtype
        np.testing.assert_allclose(x.data, t.detach().numpy(), rtol=tolerance, atol=tolerance / 2)


@few
@given(seeds, dtypes, rates, momenta, st.sampled_from([0.0, 0.3]), decays, st.booleans(), st.booleans(), st.booleans())
def test_sgd(seed, dtype, lr, momentum, dampening, weight_decay, nesterov, maximize, two_groups):
    nesterov = nesterov and momentum > 0
    options = {
        "lr": lr,
        "momentum": momentum,
        "dampening": 0.0 if nesterov else dampening,
        "weight_decay": weight_decay,
        "nesterov": nesterov,
        "maximize": maximize,
    }
    compare(optim.SGD, torch.optim.SGD, options, seed, dtype, two_groups)


@few
@given(seeds, dtypes, rates, decays, decays, st.sampled_from([0.0, 0.5]), st.booleans())
def test_adagrad(seed, dtype, lr, lr_decay, weight_decay, start, maximize):
    options = {
        "lr": lr,
        "lr_decay": lr_decay,
        "weight_decay": weight_decay,
        "initial_accumulator_value": start,
        "maximize": maximize,
    }
    compare(optim.Adagrad, torch.optim.Adagrad, options, seed, dtype)


@few
@given(seeds, dtypes, rates, st.sampled_from([0.5, 0.99]), decays, momenta, st.booleans(), st.booleans())
def test_rmsprop(seed, dtype, lr, alpha, weight_decay, momentum, centered, maximize):
    options = {
        "lr": lr,
        "alpha": alpha,
        "weight_decay": weight_decay,
        "momentum": momentum,
        "centered": centered,
        "eps": 1e-3 if centered else 1e-8,  # at the first steps the centred variance is a difference of near equals
        "maximize": maximize,
    }
    compare(optim.RMSprop, torch.optim.RMSprop, options, seed, dtype)


@few
@given(seeds, dtypes, rates, st.sampled_from([(0.9, 0.999), (0.0, 0.5)]), decays, st.booleans(), st.booleans())
def test_adam(seed, dtype, lr, betas, weight_decay, amsgrad, maximize):
    options = {"lr": lr, "betas": betas, "weight_decay": weight_decay, "amsgrad": amsgrad, "maximize": maximize}
    compare(optim.Adam, torch.optim.Adam, options, seed, dtype)


@few
@given(seeds, dtypes, rates, decays, st.booleans(), st.booleans())
def test_adamw(seed, dtype, lr, weight_decay, amsgrad, maximize):
    options = {"lr": lr, "weight_decay": weight_decay, "amsgrad": amsgrad, "maximize": maximize}
    compare(optim.AdamW, torch.optim.AdamW, options, seed, dtype)


@pytest.mark.parametrize("amsgrad", [False, True])
@pytest.mark.parametrize("layout", ["C", "F", "step"])
def test_adam_in_several_blocks(monkeypatch, normal, layout, amsgrad):
    monkeypatch.setattr(optim.large_arrays, "BLOCK", 16)
    monkeypatch.setattr(optim.adam, "BLOCK", 16)
    x, t = nn.Parameter(np.zeros((7, 11))), torch.nn.Parameter(torch.tensor(normal(0, 7, 11)))
    x.data = normal(0, 7, 11, layout=layout)
    if layout != "C":
        t.data = torch.tensor(x.data)
    a, b = optim.Adam([x], lr=0.1, amsgrad=amsgrad), torch.optim.Adam([t], lr=0.1, amsgrad=amsgrad)
    for step in range(5):
        x.grad, t.grad = normal(step, 7, 11, layout=layout), torch.tensor(normal(step, 7, 11, layout=layout))
        a.step()
        b.step()
    np.testing.assert_allclose(x.data, t.detach().numpy(), rtol=1e-10)


@pytest.mark.parametrize("name", ["SGD", "Adam"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("arrange", [np.ascontiguousarray, np.asfortranarray, lambda a: np.repeat(a, 2, 0)[::2]])
def test_large_parameters_change_as_pytorchs_do_in_any_layout(monkeypatch, normal, name, dtype, arrange):
    monkeypatch.setattr("tplib.nn.optim.large_arrays.LARGE", 100)
    start = normal(0, 30, 20).astype(dtype)
    x, t = nn.Parameter(start), torch.nn.Parameter(torch.tensor(start))
    x.data = arrange(start)
    a, b = getattr(optim, name)([x], lr=0.1), getattr(torch.optim, name)([t], lr=0.1)
    for step in range(3):
        grad = normal(step + 1, 30, 20).astype(dtype)
        x.grad, t.grad = arrange(grad), torch.tensor(grad)
        a.step()
        b.step()
        np.testing.assert_array_equal(x.grad, grad)
    tolerance = 1e-5 if dtype == np.float32 else 1e-10
    np.testing.assert_allclose(x.data, t.detach().numpy(), rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", ["SGD", "Adagrad"])
@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
def test_row_sparse_gradients_give_the_dense_update(name, weight_decay):
    rng = np.random.default_rng(0)
    table = rng.normal(size=(6, 3))
    ids = np.array([1, 4, 1])
    results = []
    for sparse in (False, True):
        layer = nn.Embedding(6, 3, sparse=sparse, _weight=table.copy())
        optimiser = getattr(optim, name)(layer.parameters(), lr=0.1, weight_decay=weight_decay)
        for _ in range(3):
            optimiser.zero_grad()
            (layer(ids) ** 2).sum().backward()
            optimiser.step()
        results.append(layer.weight.data)
    np.testing.assert_allclose(results[0], results[1], rtol=1e-12)


def test_adam_refuses_row_sparse_gradients():
    layer = nn.Embedding(6, 3, sparse=True)
    layer(np.array([1])).sum().backward()
    with pytest.raises(RuntimeError, match="Adam: cannot use the row-sparse gradient of an embedding; take SGD"):
        optim.Adam(layer.parameters()).step()


@pytest.mark.parametrize("name", ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW"])
def test_defaults_are_pytorchs(name):
    ours = getattr(optim, name)([nn.Parameter(np.ones(2))]).param_groups[0]
    theirs = getattr(torch.optim, name)([torch.nn.Parameter(torch.ones(2))]).param_groups[0]
    assert {key: theirs[key] for key in ours if key != "params"} == {k: v for k, v in ours.items() if k != "params"}


@pytest.mark.parametrize("name", ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW"])
def test_it_trains(name):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(64, 2)).astype(np.float32)
    labels = (x[:, 0] * x[:, 1] > 0).astype(int)  # XOR of the signs
    net = nn.Sequential(nn.Linear(2, 16, rng=rng), nn.Tanh(), nn.Linear(16, 2, rng=rng))
    optimiser = getattr(optim, name)(net.parameters(), lr=0.5 if name == "SGD" else 0.05)
    losses = []
    for _ in range(200):
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(net(x), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]
    assert net[0].weight.dtype == np.float32


def test_zero_grad():
    p = nn.Parameter(np.ones(2))
    p.grad = np.ones(2)
    optim.SGD([p]).zero_grad()
    assert p.grad is None


@pytest.mark.parametrize(
    ("wrong", "kind", "sentence"),
    [
        (lambda p: optim.SGD([]), ValueError, "SGD: there are no parameters to optimise"),
        (lambda p: optim.SGD(p), TypeError, "SGD: expected an iterable of parameters, got one tensor"),
        (lambda p: optim.Adam([np.ones(2)]), TypeError, "Adam: expected leaf tensors"),
        (lambda p: optim.Adam([p * 2]), TypeError, "Adam: expected leaf tensors"),
        (lambda p: optim.Adam([p, p]), ValueError, "Adam: a parameter appears twice"),
        (lambda p: optim.Adagrad([p], lr=-1), ValueError, "Adagrad: lr must not be negative"),
        (lambda p: optim.Adam([p], betas=(1.0, 0.9)), ValueError, "Adam: expected betas"),
        (lambda p: optim.RMSprop([p], alpha=2), ValueError, "RMSprop: expected alpha"),
        (lambda p: optim.SGD([p], nesterov=True), ValueError, "SGD: nesterov needs a momentum"),
    ],
)
def test_mistakes_are_a_sentence(wrong, kind, sentence):
    with pytest.raises(kind, match=sentence):
        wrong(nn.Parameter(np.ones(2)))


def test_a_closure_computes_the_loss_of_the_step():
    found = []
    for new, sgd, no_grad in ((nn.Tensor, optim.SGD, nn.no_grad), (torch.tensor, torch.optim.SGD, torch.no_grad)):
        x = new([1.0, 2.0], requires_grad=True)
        optimizer = sgd([x], lr=0.1)

        def closure(x=x, optimizer=optimizer):
            optimizer.zero_grad()
            loss = (x * x).sum()
            loss.backward()
            return loss

        with no_grad():  # the closure records all the same
            losses = [optimizer.step(closure).item() for _ in range(3)]
        found.append((losses, x.tolist()))
        assert optimizer.step() is None
    np.testing.assert_allclose(found[0][0], found[1][0])
    np.testing.assert_allclose(found[0][1], found[1][1])


def test_zero_grad_to_zero_is_in_place():
    for new, layer, sgd in ((nn.Tensor, nn.Linear, optim.SGD), (torch.tensor, torch.nn.Linear, torch.optim.SGD)):
        model = layer(2, 1)
        for clear in (model.zero_grad, sgd(model.parameters(), lr=0.1).zero_grad):
            model(new(np.ones((1, 2), np.float32))).sum().backward()
            kept = model.weight.grad
            assert kept.tolist() == [[1.0, 1.0]]
            clear(set_to_none=False)
            assert kept.tolist() == [[0.0, 0.0]]
            assert model.weight.grad is kept


def test_zero_grad_forgets_or_makes_zeros():
    for new, sgd in ((nn.Linear, optim.SGD), (torch.nn.Linear, torch.optim.SGD)):
        model = new(2, 1)
        for clear in (model.zero_grad, sgd(model.parameters(), lr=0.1).zero_grad):
            clear(set_to_none=False)
            assert all(p.grad is None for p in model.parameters())  # what is not there stays so
            model(np.ones((1, 2), np.float32) if new is nn.Linear else torch.ones(1, 2)).sum().backward()
            clear(set_to_none=False)
            assert [p.grad.tolist() for p in model.parameters()] == [[[0.0, 0.0]], [0.0]]
            clear(set_to_none=True)
            assert all(p.grad is None for p in model.parameters())


@pytest.mark.parametrize("option", ["lr", "eps", "weight_decay", "momentum", "lr_decay"])
@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad"])
def test_an_option_that_is_no_number_is_refused(name, option):
    x, t = nn.Parameter(np.ones(1)), torch.nn.Parameter(torch.ones(1))
    try:
        getattr(torch.optim, name)([t], **{option: float("nan")})
    except TypeError:
        return  # has no such option
    except ValueError:
        pass
    with pytest.raises(ValueError, match=f"{option} must not be negative or NaN"):
        getattr(optim, name)([x], **{option: float("nan")})


def own_rule(library):
    """A rule in PyTorch's manner: the defaults as a dict, and a step of its own."""

    class Plain(library.optim.Optimizer):
        def __init__(self, params, lr=0.1):
            super().__init__(params, {"lr": lr})

        @library.no_grad()
        def step(self):
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is None:
                        continue
                    state = self.state[p]
                    state["count"] = state.get("count", 0) + 1
                    p.add_(p.grad, alpha=-group["lr"] / state["count"])

    return Plain


def test_a_rule_of_your_own():
    values = []
    for library, new in ((nn, nn.Tensor), (torch, torch.tensor)):
        p, q = new([1.0, 2.0], requires_grad=True), new(3.0, requires_grad=True)
        rule = own_rule(library)([{"params": [p], "lr": 0.5}, {"params": [q]}])
        for _ in range(3):
            rule.zero_grad()
            ((p * p).sum() * q).backward()
            rule.step()
        state = rule.state_dict()
        values.append((p.tolist(), q.tolist(), state["state"], state["param_groups"], repr(rule)))
    np.testing.assert_allclose(values[0][0], values[1][0], rtol=1e-6)
    assert values[0][2:4] == values[1][2:4]
    assert values[0][4].split() == values[1][4].split()
