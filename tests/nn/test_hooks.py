"""Hooks of tensors and modules, against PyTorch."""

from contextlib import nullcontext

import numpy as np
import pytest
import torch

from tplib import nn


def both(run, normal):
    array = normal(0, 4, 3)
    oracle = torch.nn.Linear(3, 2).double()
    return (
        run(nn.Tensor(array, requires_grad=True), nn.from_torch(oracle)),
        run(torch.tensor(array, requires_grad=True), oracle),
    )


def as_arrays(values):
    return [np.asarray(v.data if isinstance(v, nn.Tensor) else v.detach().numpy()) for v in values]


def compare(pair):
    ours, theirs = map(as_arrays, pair)
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-10)


def test_a_hook_sees_the_whole_gradient_and_may_replace_it(normal):
    def run(x, layer):
        seen = []
        x.register_hook(lambda grad: seen.append(grad * 1))
        z = layer(x)
        z.register_hook(lambda grad: grad * 3)
        z.register_hook(lambda grad: seen.append(grad * 1))
        handle = z.register_hook(lambda grad: grad * 100)
        handle.remove()
        z.retain_grad()
        (z * z + z).sum().backward()
        return [*seen, nn.Tensor(x.grad) if isinstance(x, nn.Tensor) else x.grad]

    compare(both(run, normal))


def test_a_leaf_used_twice_gives_its_hook_one_sum(normal):
    def run(x, layer):
        seen = []
        x.register_hook(lambda grad: seen.append(grad * 1))
        (x * 2 + x * x).sum().backward()
        return seen

    compare(both(run, normal))


def test_forward_hooks(normal):
    def run(x, layer):
        seen = []
        layer.register_forward_pre_hook(lambda module, args: (args[0] * 2,))
        layer.register_forward_hook(lambda module, args, output: seen.append(output * 1))
        handle = layer.register_forward_hook(lambda module, args, output: output + 1)
        z = layer(x)
        handle.remove()
        return [*seen, z, layer(x)]

    compare(both(run, normal))


@pytest.mark.filterwarnings("ignore:Full backward hook is firing:UserWarning")
@pytest.mark.parametrize("needs", [True, False])
def test_backward_hooks(normal, needs):
    def run(x, layer):
        seen = []

        def hook(module, grad_input, grad_output):
            seen.extend(part * 1 for part in (*grad_input, *grad_output) if part is not None)
            return (grad_input[0] * 2,) if needs else None

        layer.register_full_backward_hook(hook)
        x = x if needs else x.detach()
        (layer(x) ** 2).sum().backward()
        grads = [layer.weight.grad] + ([x.grad] if needs else [])
        return [*seen, *(nn.Tensor(g) if isinstance(g, np.ndarray) else g for g in grads)]

    compare(both(run, normal))


def test_what_cannot_be_hooked():
    with pytest.raises(RuntimeError, match="requires no gradient"):
        nn.Tensor([1.0]).register_hook(print)
    with pytest.raises(TypeError, match="expected a function"):
        nn.Tensor([1.0], requires_grad=True).register_hook(3)
    x = nn.Tensor([1.0, 2.0], requires_grad=True)
    x.register_hook(lambda grad: grad[0])
    with pytest.raises(RuntimeError, match="expected a gradient of shape"):
        x.sum().backward()


def test_autograd_grad_runs_the_hooks_of_a_leaf():
    for create_graph in (False, True):
        found = []
        for new, grad in ((nn.Tensor, nn.autograd.grad), (torch.tensor, torch.autograd.grad)):
            x = new([1.0, 2.0], requires_grad=True)
            seen = []
            x.register_hook(seen.append)
            x.register_hook(lambda g: g * 10)
            y = x * x
            (gradient,) = grad((y + x).sum(), x, create_graph=create_graph)
            found.append((gradient.detach().numpy().tolist(), len(seen), x.grad))
        assert found[0] == found[1]


@pytest.mark.parametrize("when", ["removed after", "registered after", "removes itself", "one of two", "too many"])
def test_a_call_has_the_backward_hooks_of_its_time(when, normal):
    """As in PyTorch: they are taken when the module is called, and see each way back."""

    def run(x, layer):
        seen = []
        if when == "registered after":
            z = layer(x)
            layer.register_full_backward_hook(lambda *_: seen.append(x.sum()))
        else:
            handle = layer.register_full_backward_hook(lambda *_: seen.append(x.sum() + 1))
            if when == "removes itself":
                layer.register_full_backward_hook(lambda *_: handle.remove())
            if when == "one of two":
                layer.register_full_backward_hook(lambda *_: seen.append(x.sum() + 2))
            if when == "too many":
                layer.register_full_backward_hook(lambda module, inputs, outputs: (inputs[0], inputs[0]))
            z = layer(x)
            if when in ("removed after", "one of two"):
                handle.remove()
        for _ in range(2):
            try:
                z.sum().backward(retain_graph=True)
            except RuntimeError:
                seen.append(x.sum() * 0)
        return seen

    ours, theirs = both(run, normal)
    assert len(ours) == {"registered after": 0, "one of two": 4, "too many": 4}.get(when, 2)
    compare((ours, theirs))


CHANGES = {
    "times a number": lambda t, w: t.mul_(3),
    "divided": lambda t, w: t.div_(2),
    "plus itself": lambda t, w: t.add_(t),
    "plus a part of another": lambda t, w: t.add_(w[:1]),
    "set to zero": lambda t, w: t.zero_(),
    "written into": lambda t, w: t.__setitem__(0, t[0] * 2),
    "the whole it is part of": None,
}


@pytest.mark.parametrize("changed_before", [False, True])
@pytest.mark.parametrize("change", CHANGES)
def test_hooks_of_a_view_that_is_changed_in_place(change, changed_before, normal):
    """They see the gradient of the values that they were registered for, but for what the change sends back."""

    def run(x, layer):
        seen = []
        y = x * 2
        t = y[:1]
        if changed_before:
            t.mul_(2)
        p = t * 5
        t.register_hook(lambda grad: (seen.append(grad * 1), grad * 10)[1])
        y.mul_(3) if CHANGES[change] is None else CHANGES[change](t, x)
        (p.sum() + y.sum() + t.sum()).backward()
        return [*seen, nn.Tensor(x.grad) if isinstance(x, nn.Tensor) else x.grad]

    compare(both(run, normal))


@pytest.mark.parametrize("wanted", ["x", "w", "y", "both", "another"])
@pytest.mark.parametrize("outputs", ["one", "two", "a second that nothing wanted leads to", "the same twice"])
@pytest.mark.parametrize("create_graph", [False, True])
def test_gradients_of_some_inputs_run_the_hooks_on_their_ways(wanted, outputs, create_graph, normal):
    """Each hook once, with the sum of what comes from all outputs; nothing that lies elsewhere is told or kept."""

    def run(x, layer):
        autograd = nn.autograd if isinstance(x, nn.Tensor) else torch.autograd
        w, seen = layer.weight, []
        y = x * 2
        v = y.tanh() if create_graph else y * 3
        y.register_hook(lambda grad: (seen.append(grad * 1), grad * 2)[1])
        v.register_hook(lambda grad: seen.append(grad * 1))
        y.retain_grad()
        z = layer(v).sum()
        zs = {"one": [z], "two": [z, (v * y).sum()], "the same twice": [z, z]}.get(outputs, [z, (x * 7).sum()])
        z.register_hook(lambda grad: seen.append(grad * 1))
        ends = {"x": [x], "w": [w], "y": [y], "both": [x, w], "another": [x.sin()]}[wanted]
        found = autograd.grad(zs, ends, create_graph=create_graph, allow_unused=True)
        kept = [] if y.grad is None else [nn.Tensor(y.grad) if isinstance(x, nn.Tensor) else y.grad]
        return [grad.detach() for grad in [*seen, *kept, *found] if grad is not None]

    compare(both(run, normal))


@pytest.mark.parametrize("way", ["grad", "backward"])
def test_a_recorded_graph_that_is_not_retained_is_freed(way, normal):
    def run(x, layer):
        autograd = nn.autograd if isinstance(x, nn.Tensor) else torch.autograd
        z = (layer(x) ** 2).sum()
        if way == "grad":
            autograd.grad(z, x, create_graph=True, retain_graph=False)
        else:
            z.backward(create_graph=True, retain_graph=False)
            x.grad = None
        with pytest.raises(RuntimeError, match=r"second time|freed"):
            autograd.grad(z, x)
        with pytest.raises((RuntimeError, ValueError), match=r"inputs|empty"):
            autograd.grad(z, [])
        return []

    with (
        pytest.warns(UserWarning, match="create_graph") if way == "backward" else nullcontext()
    ):  # PyTorch's, of cycles
        compare(both(run, normal))


def test_a_hook_on_logsumexp_and_the_second_derivative(normal):
    def run(x, layer):
        autograd = nn.autograd if isinstance(x, nn.Tensor) else torch.autograd
        results = []
        for keepdim in (False, True):
            h = x.logsumexp(1, keepdim)
            h.register_hook(lambda grad: grad * 1.5)
            (first,) = autograd.grad((h * h).sum(), x, create_graph=True)
            results += [h.detach(), first.detach(), *autograd.grad((first * first).sum(), x)]
        return results

    compare(both(run, normal))
