"""Transposed convolution, unpooling and padding against PyTorch."""

import itertools

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

T = torch.nn.functional


@pytest.mark.parametrize(
    ("stride", "padding", "extra", "groups", "dilation"),
    [(1, 0, 0, 1, 1), (2, 1, 1, 1, 1), ((2, 3), (0, 1), (1, 2), 2, 1), (1, 1, 1, 1, 2), (3, 0, 0, 4, (1, 2))],
)
@pytest.mark.parametrize("layout", ["C", "F"])
def test_conv_transpose2d(same, normal, stride, padding, extra, groups, dilation, layout):
    x, w, b = normal(0, 2, 4, 5, 3, layout=layout), normal(1, 4, 2, 3, 2, layout=layout), normal(2, 2 * groups)
    how = stride, padding, extra, groups, dilation
    same(lambda *a: F.conv_transpose2d(*a, *how), lambda *a: T.conv_transpose2d(*a, *how), x, w, b)
    same(lambda *a: F.conv_transpose2d(*a, None, *how), lambda *a: T.conv_transpose2d(*a, None, *how), x[0], w)


@pytest.mark.parametrize("how", [(1,), (2, 1, 1), (3, 0, 2, 2, 1), (2, 2, 0, 1, 3)])
def test_conv_transpose1d(same, normal, how):
    x, w, b = normal(0, 3, 4, 6), normal(1, 4, 2, 3), normal(2, 2 * (how[3] if len(how) > 3 else 1))
    same(lambda *a: F.conv_transpose1d(*a, *how), lambda *a: T.conv_transpose1d(*a, *how), x, w, b)


def test_it_is_the_adjoint_of_the_convolution(normal):
    x, w, z = normal(0, 2, 3, 7, 8), normal(1, 4, 3, 3, 2), normal(2, 2, 4, 4, 5)
    forward = F.conv2d(x, w, None, 2, 1).data
    back = F.conv_transpose2d(z, w, None, 2, 1, (0, 0)).data
    assert forward.shape == z.shape
    np.testing.assert_allclose((forward * z).sum(), (np.asarray(x)[..., : back.shape[2], : back.shape[3]] * back).sum())


def test_modules_are_those_of_pytorch(normal):
    oracle = torch.nn.ConvTranspose2d(4, 6, 3, 2, 1, groups=2).double()
    net = nn.from_torch(oracle)
    assert repr(nn.to_torch(net)) == repr(oracle)
    x = normal(0, 2, 4, 5, 5)
    for size in (None, (9, 10), [10, 10]):
        np.testing.assert_allclose(net(x, size).data, oracle(torch.tensor(x), size).detach().numpy(), rtol=1e-10)
    with pytest.raises(ValueError, match="expected an output_size from"):
        net(x, (11, 10))
    assert nn.ConvTranspose1d(3, 5, 4).weight.shape == (3, 5, 4)


def test_errors_are_sentences(normal):
    x, w = normal(0, 1, 2, 4, 4), normal(1, 2, 3, 3, 3)
    for bad, message in (
        (lambda: F.conv_transpose2d(x, normal(1, 3, 3, 3, 3)), "expected input"),
        (lambda: F.conv_transpose2d(x, w, np.zeros(2)), "expected a bias"),
        (lambda: F.conv_transpose2d(x, w, output_padding=1), "output_padding below"),
        (lambda: F.conv_transpose2d(x, w, padding=4), "would be of size"),
        (lambda: F.conv_transpose2d(x, w, groups=3), "divisible by groups"),
    ):
        with pytest.raises(ValueError, match=message):
            bad()


@pytest.mark.parametrize("kernel", [2, (2, 3)])
@pytest.mark.parametrize("stride", [None, 1, 2])
def test_indices_of_max_pooling(normal, kernel, stride):
    x = np.round(normal(0, 2, 3, 7, 8) * 2)  # with ties
    z, index = F.max_pool2d(x, kernel, stride, 1, return_indices=True)
    expected, places = T.max_pool2d(torch.tensor(x), kernel, stride, 1, return_indices=True)
    np.testing.assert_array_equal(z.data, expected.numpy())
    np.testing.assert_array_equal(index.data, places.numpy())
    assert nn.MaxPool2d(kernel, stride, 1, return_indices=True)(x)[1].tolist() == places.tolist()


@pytest.mark.parametrize("size", [2, (3, 2)])
def test_indices_of_adaptive_pooling(normal, size):
    x = normal(0, 2, 3, 7, 8)
    index = F.adaptive_max_pool2d(x, size, return_indices=True)[1]
    assert index.tolist() == T.adaptive_max_pool2d(torch.tensor(x), size, return_indices=True)[1].tolist()
    index = F.adaptive_max_pool1d(x[0], 3, return_indices=True)[1]
    assert index.tolist() == T.adaptive_max_pool1d(torch.tensor(x[0]), 3, return_indices=True)[1].tolist()


def test_unpooling(same, normal):
    x = normal(0, 2, 3, 7, 8)
    z, index = F.max_pool2d(x, 2, return_indices=True)
    for size in (None, (7, 8), (2, 3, 7, 8)):
        same(
            lambda z, size=size: F.max_unpool2d(z, index, 2, output_size=size),
            lambda z, size=size: T.max_unpool2d(z, torch.tensor(index.data), 2, output_size=size),
            z.data,
        )
    line, places = F.max_pool1d(x[0], 3, 2, 1, return_indices=True)
    same(
        lambda z: F.max_unpool1d(z, places, 3, 2, 1, (8,)),
        lambda z: T.max_unpool1d(z, torch.tensor(places.data), 3, 2, 1, (8,)),
        line.data,
    )
    with pytest.raises(ValueError, match="expected an output_size"):
        F.max_unpool2d(z, index, 2, output_size=(12, 8))
    assert nn.MaxUnpool2d(2)(z, index, (7, 8)).shape == x.shape


PADS = [(1, 2), (0, 0), (-1, 2), (1, 1, 2, 0), (2, -1, -1, 1), (1, 0, 0, 2, 1, 1)]


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("sides", PADS)
@pytest.mark.parametrize("shape", [(3, 5), (2, 3, 4), (2, 3, 4, 5), (1, 2, 3, 4, 5)])
def test_pad(same, normal, mode, sides, shape):
    x = normal(0, *shape)
    options = {"value": 1.5} if mode == "constant" and sides[0] == 1 else {}
    try:
        T.pad(torch.tensor(x), sides, mode, **options)
    except (RuntimeError, NotImplementedError, AssertionError, ValueError):
        with pytest.raises((ValueError, NotImplementedError), match=r"pad: "):
            F.pad(x, sides, mode, **options)
        return
    same(lambda x: F.pad(x, sides, mode, **options), lambda x: T.pad(x, sides, mode, **options), x)


def test_every_kind_of_kernel_goes_back_both_ways(normal):
    """The transposed convolution's value is the gradient of the convolution, for many sizes."""
    for k, s, p, d in itertools.product((1, 2, 3), (1, 2), (0, 1), (1, 2)):
        if p > d * (k - 1):
            continue
        w = normal(k, 2, 3, k, k)
        x = nn.Tensor(normal(9, 2, 3, 9, 9), requires_grad=True)
        z = F.conv2d(x, w, None, s, p, d)
        cotangent = normal(8, *z.shape)
        z.backward(cotangent)
        extra = 9 - ((z.shape[2] - 1) * s - 2 * p + d * (k - 1) + 1)
        back = F.conv_transpose2d(cotangent, w, None, s, p, extra, 1, d)
        np.testing.assert_allclose(back.data, x.grad, atol=1e-12)
