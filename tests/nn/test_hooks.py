"""Hooks of tensors and modules, against PyTorch."""

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
