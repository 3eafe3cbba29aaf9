"""inf and nan stay where they are, in values and gradients, as in PyTorch; ignored rows may hold anything."""

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

T = torch.nn.functional
POOLS = {
    "adaptive average": (lambda x: F.adaptive_avg_pool2d(x, (2, 3)), lambda x: T.adaptive_avg_pool2d(x, (2, 3))),
    "adaptive maximum": (lambda x: F.adaptive_max_pool2d(x, (2, 3)), lambda x: T.adaptive_max_pool2d(x, (2, 3))),
    "average": (lambda x: F.avg_pool2d(x, 2), lambda x: T.avg_pool2d(x, 2)),
    "maximum": (lambda x: F.max_pool2d(x, 2), lambda x: T.max_pool2d(x, 2)),
    "overlapping maximum": (lambda x: F.max_pool2d(x, 3, 1, 1), lambda x: T.max_pool2d(x, 3, 1, 1)),
    "largest": (lambda x: x.max(), lambda x: x.max()),
    "largest of rows": (lambda x: x.max(-1).values, lambda x: x.max(-1).values),
    "relu": (F.relu, T.relu),
    "hardtanh": (F.hardtanh, T.hardtanh),
    "leaky relu": (F.leaky_relu, T.leaky_relu),
    "clamp": (lambda x: x.clamp(-1, 1), lambda x: x.clamp(-1, 1)),
    "abs": (lambda x: x.abs(), lambda x: x.abs()),
}


@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("number", [1, 2, 5])
def test_one_pixel(normal, name, value, number):
    ours, theirs = POOLS[name]
    array = normal(0, 2, 2, 6, 6)
    array.reshape(-1)[np.random.default_rng(number).choice(array.size, number, replace=False)] = value
    x, t = nn.Tensor(array, requires_grad=True), torch.tensor(array, requires_grad=True)
    z, expected = ours(x), theirs(t)
    np.testing.assert_allclose(z.data, expected.detach().numpy(), rtol=1e-10)
    gradient = normal(1, *z.shape)
    z.backward(gradient)
    expected.backward(torch.tensor(gradient))
    np.testing.assert_allclose(x.grad, t.grad.numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("loss", ["cross_entropy", "nll_loss"])
@pytest.mark.parametrize("options", [{}, {"weighted": True}, {"label_smoothing": 0.1}])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_an_ignored_row_may_hold_anything(normal, loss, options, reduction, value):
    if loss == "nll_loss" and "label_smoothing" in options:
        return
    scores, labels = normal(0, 4, 3), np.array([0, -100, 2, 1])
    weight = np.array([1.0, 2.0, 3.0]) if "weighted" in options else None
    extra = {k: v for k, v in options.items() if k != "weighted"} | {"reduction": reduction}

    def run(scores):
        x = nn.Tensor(scores, requires_grad=True)
        z = getattr(F, loss)(x, labels, weight, **extra)
        z.backward(np.ones(z.shape))
        return z.data, x.grad

    t = torch.tensor(scores, requires_grad=True)
    w = None if weight is None else torch.tensor(weight)
    expected = getattr(T, loss)(t, torch.tensor(labels), w, **extra)
    expected.backward(torch.ones_like(expected))
    scores[1] = value
    z, dx = run(scores)
    np.testing.assert_allclose(z, expected.detach().numpy())
    np.testing.assert_allclose(dx, t.grad.numpy(), atol=1e-12)


def test_an_empty_batch_moves_no_statistics():
    layer = nn.BatchNorm1d(3)
    layer(np.zeros((0, 3), np.float32))
    assert layer.running_mean.tolist() == [0, 0, 0]
    assert layer.running_var.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    "loss",
    [
        F.mse_loss,
        F.kl_div,
        lambda x, t: F.gaussian_nll_loss(x, t, 1.0),
        lambda x, t: F.binary_cross_entropy(x, t),
        lambda x, t: F.binary_cross_entropy_with_logits(x, t),
    ],
)
@pytest.mark.parametrize("shapes", [((4, 1), (4,)), ((4,), (4, 1)), ((4, 1), (1, 4))])
def test_a_target_that_would_make_pairs_is_refused(loss, shapes):
    with pytest.raises(ValueError, match=r"expected a target of the input's shape .*reshape\(-1\)"):
        loss(np.full(shapes[0], 0.5), np.full(shapes[1], 0.5))


def test_labels_of_another_shape_are_no_pairs():
    scores = np.eye(3)
    assert nn.accuracy(scores, np.arange(3)) == 1
    with pytest.raises(ValueError, match=r"expected labels of shape \(3,\), got \(3, 1\)"):
        nn.accuracy(scores, np.arange(3)[:, None])


@pytest.mark.parametrize("loss", [F.binary_cross_entropy, F.binary_cross_entropy_with_logits])
@pytest.mark.parametrize("wrong", [-1.0, 1.5, 255.0, np.nan])
def test_targets_that_are_no_probabilities(loss, wrong):
    with pytest.raises(ValueError, match="expected targets between 0 and 1"):
        loss(np.array([0.5, 0.5]), np.array([1.0, wrong]))


PASSING = {
    "relu": (F.relu, T.relu),
    "hardtanh": (F.hardtanh, T.hardtanh),
    "leaky relu": (F.leaky_relu, T.leaky_relu),
    "elu": (F.elu, T.elu),
    "softplus": (F.softplus, T.softplus),
    "gelu": (F.gelu, T.gelu),
    "clamp": (lambda x: x.clamp(-1, 1), lambda x: x.clamp(-1, 1)),
    "abs": (lambda x: x.abs(), lambda x: x.abs()),
    "to the power of 0": (lambda x: x**0, lambda x: x**0),
    "largest": (lambda x: x.max() * x, lambda x: x.max() * x),
    "maximum of windows": (lambda x: F.max_pool1d(x[None], 2), lambda x: T.max_pool1d(x[None], 2)),
    "overlapping maximum": (lambda x: F.max_pool1d(x[None], 3, 1), lambda x: T.max_pool1d(x[None], 3, 1)),
}


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [40, 3000])  # on each side of the size from which masks work on bits
def test_a_gradient_that_is_not_finite_stays_where_it_is(normal, name, dtype, size):
    ours, theirs = PASSING[name]
    array = normal(0, 2, size, dtype=dtype)
    x, t = nn.Tensor(array, requires_grad=True), torch.tensor(array, requires_grad=True)
    z, expected = ours(x), theirs(t)
    gradient = normal(1, *z.shape, dtype=dtype)
    places = np.random.default_rng(2).choice(gradient.size, 12, replace=False)
    gradient.reshape(-1)[places] = np.repeat([np.nan, np.inf, -np.inf], 4)
    z.backward(gradient)
    expected.backward(torch.tensor(gradient))
    np.testing.assert_allclose(x.grad, t.grad.numpy(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("ids", [[0, 1], [1, 0], [2, 1], [1, 2, 3], [2, 2], [0, 2, 3]])
def test_the_largest_of_a_bag_with_nan(ids):
    table = np.array([[1, np.nan], [2, 3], [np.nan, np.nan], [0, 5]])
    w, t = nn.Tensor(table, requires_grad=True), torch.tensor(table, requires_grad=True)
    z = F.embedding_bag(np.array([ids]), w, mode="max")
    expected = T.embedding_bag(torch.tensor([ids]), t, mode="max")
    np.testing.assert_array_equal(z.data, expected.detach().numpy())
    z.backward(np.array([[10.0, 20.0]]))
    expected.backward(torch.tensor([[10.0, 20.0]], dtype=torch.float64))
    np.testing.assert_array_equal(w.grad, t.grad.numpy())
