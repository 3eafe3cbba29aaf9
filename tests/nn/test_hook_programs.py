"""Random networks with hooks of all kinds in both libraries: what the hooks see, and all gradients, are the same."""

import numpy as np
import pytest
import torch

from tplib import nn

LIBRARIES = {
    nn: (nn, nn.autograd.grad, lambda values, needs: nn.Tensor(values.copy(), needs)),
    torch: (torch.nn, torch.autograd.grad, lambda values, needs: torch.tensor(values, requires_grad=needs)),
}


def network(library):
    """Blocks with one input and one output, and a module with one or two inputs and two outputs."""

    class Block(library.Module):
        def __init__(self, activation):
            super().__init__()
            self.linear, self.activation = library.Linear(3, 3), activation

        def forward(self, x):
            return self.activation(self.linear(x)) + x

    class Two(library.Module):
        def __init__(self):
            super().__init__()
            self.linear, self.other = library.Linear(3, 3), library.Linear(3, 3)

        def forward(self, x, y=None):
            h = self.linear(x)
            return (h, self.other(x)) if y is None else (h + y, self.other(x) * y)

    first, second = Block(library.Tanh()), Block(library.Sigmoid())
    blocks = library.Sequential(first, library.Sequential(second, first))
    return library.ModuleDict({"blocks": blocks, "two": Two()}).double()


def value_of(x):
    return None if x is None else np.array(x.tolist())


def run(library, seed):
    """All that the hooks saw, by hook, and the gradients."""
    rng = np.random.default_rng(seed)
    parts, grad, tensor = LIBRARIES[library]
    net, seen = network(parts), {}
    values = np.random.default_rng(seed + 1)
    with library.no_grad():
        for _, parameter in sorted(net.named_parameters()):
            new = values.normal(size=tuple(parameter.shape)) * 0.5
            parameter.copy_(new if library is nn else torch.tensor(new))
    # Inside of "two" PyTorch calls hooks also where nothing came back, with None.
    modules = [module for name, module in net.named_modules() if name and not name.startswith("two.")]

    def note(i, *tensors):
        seen.setdefault(i, []).extend(value_of(x) for x in tensors)

    for i in range(rng.integers(1, 5)):
        module, kind = modules[rng.integers(len(modules))], rng.integers(5)
        if kind == 0:
            module.register_full_backward_hook(lambda m, gi, go, i=i: note(i, *gi, *go))
        elif kind == 1:
            module.register_full_backward_hook(
                lambda m, gi, go, i=i: (note(i, *gi, *go), tuple(None if g is None else g * 0.5 for g in gi))[1]
            )
        elif kind == 2:
            module.register_forward_pre_hook(lambda m, args: (args[0] * 1.5, *args[1:]))
        elif kind == 3:
            module.register_forward_hook(lambda m, args, out: (out[0] * 2, out[1]) if isinstance(out, tuple) else -out)
        else:
            module.register_full_backward_hook(lambda m, gi, go, i=i: note(i, np.ones(len(gi)), np.ones(len(go))))
    x = tensor(rng.normal(size=(2, 3)), bool(rng.integers(2)))
    y = tensor(rng.normal(size=(2, 3)), bool(rng.integers(2)))
    h = net["blocks"](x)
    if rng.integers(2):
        h.register_hook(lambda g: (note("tensor", g), g * 3)[1])
    both = [lambda: net["two"](h), lambda: net["two"](h, y), lambda: net["two"](y, h)][rng.integers(3)]()
    choice = rng.integers(4)
    if choice < 2:
        z = both[choice]
    else:
        z = both[0] * both[1]
        both[0].register_hook(lambda g: (note("output", g), g * 2)[1])
    leaves = [*net.parameters(), *(t for t in (x, y) if t.requires_grad)]
    way, loss = rng.integers(4), (z * z).sum()
    found = []
    if way == 0:
        loss.backward()
    elif way == 1:
        loss.backward(retain_graph=True)
        loss.backward()
    elif way == 2:  # first of some leaves only, then of all
        some = [leaf for leaf in leaves if rng.integers(2)] or leaves[:1]
        found = grad(loss, some, allow_unused=True, retain_graph=True)
        loss.backward()
    else:
        found = grad(loss, leaves, allow_unused=True, create_graph=True)
        sum((g * g).sum() for g in found if g is not None).backward()
    return seen, [value_of(g) for g in found], [value_of(leaf.grad) for leaf in leaves]


def compare(ours, theirs):
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert (mine is None) == (other is None)
        if other is not None:
            np.testing.assert_allclose(mine, other, rtol=1e-8, atol=1e-9)


@pytest.mark.filterwarnings("ignore:Full backward hook is firing:UserWarning")
@pytest.mark.filterwarnings("ignore:Using backward:UserWarning")
@pytest.mark.parametrize("seed", range(150))
def test_random_networks_with_hooks(seed):
    (ours, found, grads), (seen, expected, gradients) = run(nn, seed), run(torch, seed)
    assert ours.keys() == seen.keys()
    for name, values in seen.items():
        compare(ours[name], values)
    compare(found, expected)
    compare(grads, gradients)


@pytest.mark.filterwarnings("ignore:Full backward hook is firing:UserWarning")
@pytest.mark.parametrize("needs", [(True, True), (True, False), (False, True), (False, False)])
@pytest.mark.parametrize("output", [0, 1])
@pytest.mark.parametrize("answer", ["nothing", "twice", "none for each"])
def test_a_module_with_two_inputs_of_which_one_output_is_used(answer, output, needs):
    def of(library):
        parts, _, tensor = LIBRARIES[library]
        module, seen = network(parts)["two"], []

        def hook(module, grad_input, grad_output):
            seen.extend(value_of(g) is not None for g in (*grad_input, *grad_output))
            if answer == "nothing" or not any(needs):
                return None
            return tuple(g * 2 if answer == "twice" else None for g in grad_input)

        module.register_full_backward_hook(hook)
        x, y = (tensor(np.ones((2, 3)), need) for need in needs)
        module(x, y)[output].sum().backward()
        return seen, [leaf.grad is None for leaf in (x, y, *module.parameters())]

    assert of(nn) == of(torch)
