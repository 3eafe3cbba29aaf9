"""Small programs as people write them, run in both libraries: the same numbers, or an error in both."""

import copy
import warnings

import numpy as np
import pytest
import torch

from tplib import nn

OURS = {
    "nn": nn,
    "F": nn.functional,
    "optim": nn.optim,
    "grad": nn.autograd.grad,
    "t": lambda values, learns=True: nn.Tensor(np.array(values, float), requires_grad=learns),
    "labels": np.array,
}
THEIRS = {
    "nn": torch.nn,
    "F": torch.nn.functional,
    "optim": torch.optim,
    "grad": torch.autograd.grad,
    "t": lambda values, learns=True: torch.tensor(values, dtype=torch.float64, requires_grad=learns),
    "labels": torch.tensor,
}


class Library:
    def __init__(self, parts):
        vars(self).update(parts)


def array(value):
    if isinstance(value, torch.Tensor):
        return value.detach().numpy()
    return np.asarray(value.data if isinstance(value, nn.Tensor) else value)


def same(program, **tolerance):
    ours = program(Library(OURS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch's, of a schedule that steps first
        theirs = program(Library(THEIRS))
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(array(mine), array(other), **{"rtol": 1e-6, "atol": 1e-9} | tolerance)


@pytest.mark.parametrize("times", [(4, 1), (1, 1), (2, 1, 1), (3, 2)])
def test_repeat_is_a_copy(times):
    def program(lib):
        x = lib.t([[1.0, 2.0, 3.0]], False)
        y = x.repeat(*times)
        x += 1
        y[0] = 7.0
        return x, y

    same(program)


def test_the_largest_of_a_number_is_a_number_of_its_own():
    def program(lib):
        x = lib.t(2.0, False)
        y = x.max(0)[0]
        y += 1
        return x, y

    same(program)


def test_one_index_keeps_the_axis():
    same(lambda lib: [lib.t([[1.0, 2.0], [3.0, 4.0]]).index_select(1, lib.labels(1))])


def test_a_copied_network_begins_without_gradients():
    def program(lib):
        net = lib.nn.Linear(1, 1)
        net(lib.t([[1.0]], False).float()).sum().backward()
        again = copy.deepcopy(net)
        assert again.weight.grad is None
        again(lib.t([[1.0]], False).float()).sum().backward()
        return again.weight.grad, again.bias.grad

    same(program)


def both_orders(loss, *inputs):
    """The first gradient without and with create_graph, and the gradient of its square."""

    def program(lib):
        tensors = [lib.t(values) for values in inputs]
        plain = lib.grad(loss(lib, *tensors), tensors)
        recorded = lib.grad(loss(lib, *tensors), tensors, create_graph=True)
        second = lib.grad(sum((g**2).sum() for g in recorded), tensors, allow_unused=True)
        return [*plain, *recorded, *(g for g in second if g is not None)]

    return program


def test_gradients_are_the_same_with_create_graph():
    same(both_orders(lambda lib, x: (lib.F.kl_div(x, lib.t([0.0, 0.5], False), reduction="sum")) ** 2, [-1.0, -2.0]))
    target = [1.0, 0.0]
    same(
        both_orders(
            lambda lib, x, var: lib.F.gaussian_nll_loss(x, lib.t(target, False), var, eps=0.1).sum(),
            [1.0, 2.0],
            [0.05, 0.5],
        )
    )


@pytest.mark.parametrize("smoothing", [0.0, 0.5])
def test_nothing_comes_from_a_batch_that_is_all_ignored(smoothing):
    def program(lib):
        x = lib.t([[1.0, 2.0], [3.0, 1.0]])
        options = {"ignore_index": 1, "label_smoothing": smoothing}
        loss = lib.F.cross_entropy(x, lib.labels([1, 1]), **options)
        return [loss, *lib.grad(loss, x, create_graph=True)]

    same(program)


@pytest.mark.parametrize(
    "change",
    [
        lambda y: y.mul_(3.0),
        lambda y: y.add_(y),
        lambda y: y.__setitem__(0, 5.0),
        lambda y: y[:1].zero_(),
        lambda y: y.masked_fill_(y > 1, 0.0),
    ],
)
@pytest.mark.parametrize("kept", [False, True])
def test_a_hook_sees_the_gradient_of_the_values_it_was_registered_for(change, kept):
    def program(lib):
        seen, x = [], lib.t([1.0, 2.0])
        y = x * 1
        z = y * 4  # reads the old values
        y.register_hook(lambda gradient: seen.append(gradient) or gradient * 10)
        if kept:
            y.retain_grad()
        change(y)
        later = []
        y.register_hook(lambda gradient: later.append(gradient) or gradient * 2)
        (y.sum() + z.sum()).backward()
        return [x.grad, *seen, *later, *([y.grad] if kept else [])]

    same(program)


def test_a_hook_can_be_removed_after_the_tensor_was_changed():
    def program(lib):
        x = lib.t([1.0, 2.0])
        y = x * 1
        handle = y.register_hook(lambda gradient: gradient * 10)
        y.mul_(3.0)
        handle.remove()
        y.sum().backward()
        return [x.grad]

    same(program)


@pytest.mark.parametrize("axis", [None, 0, 1])
def test_equal_values_have_no_spread_and_no_slope(axis):
    row = np.random.default_rng(0).random(5).astype(np.float32).astype(float).tolist()
    values = [row] * 6 if axis == 0 else [[value] * 6 for value in row] if axis == 1 else [[row[0]] * 6] * 2

    for name in ("std", "var"):
        x = nn.Tensor(np.array(values, np.float32), requires_grad=True)
        z = getattr(x, name)(axis)
        z.sum().backward()
        assert not z.data.any()
        assert not x.grad.any()


def test_the_spread_of_large_values_is_finite():
    x = np.array([1e20, -1e20, 3e19], np.float32)
    np.testing.assert_allclose(nn.Tensor(x).std().item(), torch.tensor(x).std().item(), rtol=1e-6)


@pytest.mark.parametrize("pool", ["max_pool1d", "avg_pool1d", "scaled_dot_product_attention"])
def test_relu_in_place_after(pool):
    def program(lib):
        x = lib.t(np.random.default_rng(0).normal(size=(2, 3, 8)).tolist())
        apply = getattr(lib.F, pool)
        if pool == "scaled_dot_product_attention":
            mask = lib.t(np.zeros((3, 3)).tolist(), False)  # with one, PyTorch keeps no result
            y = apply(x * 1, x * 2, x * 3, mask)
        else:
            y = apply(x, 2)
        y = lib.F.relu(y, inplace=True)
        (y * y).sum().backward()
        return y, x.grad

    same(program)


@pytest.mark.parametrize("pool", ["max_pool1d", "avg_pool1d"])
@pytest.mark.parametrize(("length", "kernel", "stride"), [(1, 2, 2), (2, 4, 3), (1, 3, 3), (3, 2, 2)])
def test_ceil_mode_makes_a_window_of_what_is_there(pool, length, kernel, stride):
    def program(lib):
        x = lib.t(np.arange(1.0, length + 1).reshape(1, 1, length).tolist())
        z = getattr(lib.F, pool)(x, kernel, stride, ceil_mode=True)
        z.sum().backward()
        return z, x.grad

    same(program)


def test_grad_goes_only_where_the_inputs_are():
    def program(lib):
        a, b = lib.t(1.0), lib.t(2.0)
        freed = a.exp()
        freed.backward()
        return lib.grad(freed * 1 + b * b, [b])

    same(program)


def test_a_vector_as_the_weight_of_a_linear_map():
    def program(lib):
        x, w = lib.t([[1.0, 2.0], [3.0, 4.0]]), lib.t([0.5, -1.0])
        z = lib.F.linear(x, w)
        (z * z).sum().backward()
        return z, x.grad, w.grad

    same(program)


def test_single_numbers_and_empty_axes():
    def program(lib):
        number = lib.t(2.0)
        empty = lib.t(np.zeros((2, 0)).tolist(), False)
        return number.std(0, correction=0), number.flip(0), empty.logsumexp(1), lib.t([[1.0, 2.0]]).permute(dims=(1, 0))

    same(program)


@pytest.mark.parametrize("training", [True, False])
def test_batch_norm_of_no_position(training):
    def program(lib):
        norm = lib.nn.BatchNorm1d(2).train(training)
        x = (
            lib.labels(np.zeros((3, 2, 0), np.float32))
            if lib.nn is torch.nn
            else nn.Tensor(np.zeros((3, 2, 0), np.float32))
        )
        return [norm(x), norm.running_var]

    same(program)


def test_a_network_keeps_its_layers_in_place_in_the_other_library():
    net = nn.Sequential(nn.Linear(2, 2), nn.ReLU(inplace=True), nn.LeakyReLU(0.2, inplace=True))
    double = nn.to_torch(net)
    assert double[1].inplace
    assert nn.from_torch(double)[2].inplace
    double[1].forward = lambda x: x
    with pytest.raises(ValueError, match="its forward was replaced"):
        nn.from_torch(double)
    assert nn.from_torch(torch.nn.Dropout(inplace=True)).inplace
