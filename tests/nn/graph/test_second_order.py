"""Derivatives of derivatives: `create_graph` against PyTorch, and gradients of gradients against differences."""

import numpy as np
import pytest
import torch

from tplib import nn

T = torch.nn.functional

# Functions of positive and negative values, of shape (2, 3, 4), the same in both libraries.
UNARY = {
    "exp": lambda x: x.exp(),
    "log": lambda x: (x * x + 1).log(),
    "sqrt": lambda x: (x * x + 1).sqrt(),
    "abs": lambda x: x.abs() * x,
    "sin and cos": lambda x: x.sin() * x.cos(),
    "powers": lambda x: x**3 + (x * x + 1) ** -1.5 + 2**x,
    "clamp": lambda x: x.clamp(-0.5, 0.5) * x,
    "sigmoid": lambda x: x.sigmoid(),
    "tanh": lambda x: x.tanh(),
    "relu": lambda x: x.relu() ** 2,
    "softmax": lambda x: x.softmax(-1),
    "log-softmax": lambda x: x.log_softmax(1),
    "arithmetic": lambda x: (x + 1) * x / (x * x + 2) - x,
    "broadcast": lambda x: x * x.sum(0) + x.mean((1, 2), keepdim=True) * x,
    "product of matrices": lambda x: x @ x.transpose(1, 2) @ x,
    "vectors": lambda x: x.reshape(2, 12) @ x.reshape(24)[:12] + x.reshape(24)[:12] @ x.reshape(12, 2),
    "reshape and permute": lambda x: x.reshape(6, 4).T * x.permute(2, 0, 1).reshape(4, 6),
    "index": lambda x: x[:, [0, 0, 2]] * x[0, 1] * x[..., 1:2],
    "mask": lambda x: x[x > 0] ** 2,
    "largest": lambda x: x.max(1).values ** 2 * x.max() * x.amax((0, 2))[0],
    "smallest": lambda x: x.min(2, keepdim=True).values * x * x.min(),
    "variance": lambda x: x.var(1) * x.var() * x.std(0).sum(),
    "norm": lambda x: x.norm() * x.norm(dim=1) + x.norm(1, dim=1),
    "cumulated": lambda x: x.cumsum(1) ** 2,
    "expand": lambda x: (x[:, :1].expand(2, 5, 4) ** 2)[:, 1:],
    "masked": lambda x: x.masked_fill(x > 0.5, 2.0) ** 3,
    "unsqueeze": lambda x: x.unsqueeze(1) ** 2 * x.squeeze(0),
}


def twice(x, f, library, weights):
    """A scalar of the gradients of f's squares, and its own gradient."""
    z = f(x)
    (first,) = (nn.autograd if library is nn else torch.autograd).grad((z * weights(z)).sum(), x, create_graph=True)
    (second,) = (nn.autograd if library is nn else torch.autograd).grad((first * weights(first)).sum(), x)
    return first, second


def both(f, g, array):
    def weigh(tensor):
        values = np.random.default_rng(7).normal(size=tuple(tensor.shape))
        return values if isinstance(tensor, nn.Tensor) else torch.tensor(values)

    ours = twice(nn.Tensor(array, requires_grad=True), f, nn, weigh)
    theirs = twice(torch.tensor(array, requires_grad=True), g, torch, weigh)
    for what, mine, other in zip(("first", "second"), ours, theirs, strict=True):
        np.testing.assert_allclose(mine.data, other.detach().numpy(), rtol=1e-9, atol=1e-9, err_msg=what)


@pytest.mark.parametrize("name", UNARY)
def test_second_derivatives_of_the_tensors_methods(normal, name):
    both(UNARY[name], UNARY[name], normal(0, 2, 3, 4))


def fill_rows(library):
    def f(x):
        z = x * 1
        z[0] = x[1] ** 2
        z[:, 1] *= x[:, 0]
        z.mul_(2.0)
        empty = library.Tensor(np.zeros((2, 3, 4))) if library is nn else torch.zeros(2, 3, 4, dtype=torch.float64)
        empty[1] = x[0] ** 3
        return z * empty + empty

    return f


def test_second_derivatives_through_changes_in_place(normal):
    both(fill_rows(nn), fill_rows(torch), normal(0, 2, 3, 4))


# The derivative of the first gradient is 0, and the gradient says all the same that it depends on x.
PIECEWISE = {
    "abs": lambda F, x: x.abs(),
    "relu": lambda F, x: x.relu(),
    "leaky_relu": lambda F, x: F.leaky_relu(x),
    "hardtanh": lambda F, x: F.hardtanh(x),
    "l1_loss": lambda F, x: F.l1_loss(x, x * 2),
    "norm": lambda F, x: x.norm(1),
    "max_pool1d": lambda F, x: F.max_pool1d(x, 2),
    "avg_pool1d": lambda F, x: F.avg_pool1d(x, 2),
    "adaptive_max_pool1d": lambda F, x: F.adaptive_max_pool1d(x, 2),
    "nll_loss": lambda F, x: F.nll_loss(x, x.detach().argmax(1)),
    "clamp": lambda F, x: x.clamp(-0.5, 0.5),
    "sum": lambda F, x: x.sum(),
}


@pytest.mark.parametrize("name", PIECEWISE)
def test_a_constant_slope_depends_on_its_input_where_it_does_in_pytorch(normal, name):
    array, found = normal(0, 2, 3, 4), []
    for library, x, F in (
        (nn.autograd, nn.Tensor(array, requires_grad=True), nn.functional),
        (torch.autograd, torch.tensor(array, requires_grad=True), T),
    ):
        z = PIECEWISE[name](F, x)
        (first,) = library.grad((z * z.detach()).sum(), x, create_graph=True)
        if first.requires_grad:
            first.sum().backward()
        found.append((first.requires_grad, None if x.grad is None else (x.grad + 0).tolist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("exponent", [3.0, 2.0, 4.0, -1.0, -2.0, -3.0, 1.0, 2.5])
@pytest.mark.parametrize("power", [lambda b, y: b**y, lambda b, y: b.pow(y), lambda b, y: (b**y).mean() ** (1 / y)])
def test_a_learnt_exponent_that_is_one_number(power, exponent):
    """Small whole exponents are computed as products; a recorded gradient depends on the exponent all the same."""
    found = []
    for new, grad in ((nn.Tensor, nn.autograd.grad), (torch.tensor, torch.autograd.grad)):
        b = new(np.array([2.0, 3.0, 0.5]), requires_grad=True)
        y = new(np.array(exponent), requires_grad=True)
        first = grad(power(b, y).sum(), [b, y], create_graph=True)
        second = grad((first[0] * first[0]).sum() + first[1], [b, y])
        found.append([np.asarray(g.detach()) for g in (*first, *second)])
    for ours, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10)


def test_elu_at_its_kink():
    found = []
    for new, elu, grad in (
        (nn.Tensor, nn.functional.elu, nn.autograd.grad),
        (torch.tensor, T.elu, torch.autograd.grad),
    ):
        x = new(np.array([0.0, -1.0, 2.0]), requires_grad=True)
        (first,) = grad(elu(x, 1.5).sum(), [x], create_graph=True)
        found.append([np.asarray(first.detach()), np.asarray(grad(first.sum(), [x])[0])])
    np.testing.assert_allclose(*found, rtol=1e-12)
