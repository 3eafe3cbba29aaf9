"""The exercises of TP7-LSTM/1_convolution: references equal PyTorch, or a closed form where it has none."""

import math
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from tplib.exercises.tp7.convolution import (
    TextCNN,
    avg_pool2d,
    conv2d,
    conv2d_backward,
    conv2d_single,
    count_parameters,
    lp_pool2d,
    max_pool2d,
    max_pool2d_backward,
    output_size,
    receptive_field,
    weighted_pool2d,
)
from tplib.nn import functional

SHAPES = [((1, 1, 4, 5), (1, 2, 2), 1, 0), ((2, 3, 7, 8), (2, 3, 2), 2, 1), ((3, 2, 6, 9), (4, 1, 4), 3, 2)]
POOLS = [((1, 1, 4, 6), 2, None), ((2, 3, 7, 8), 3, 2), ((2, 2, 9, 6), 3, 1), ((1, 2, 8, 8), 2, 3)]
each_pool = pytest.mark.parametrize(("shape", "k", "stride"), POOLS)


def close(mine: Any, theirs: Any, tolerance: float = 1e-10) -> None:
    np.testing.assert_allclose(mine, np.asarray(theirs), rtol=tolerance, atol=tolerance)


def numbers(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape)


def test_conv2d_single_is_pytorchs() -> None:
    image, kernel = numbers(6, 8), numbers(3, 2, seed=1)
    expected = F.conv2d(torch.from_numpy(image)[None, None], torch.from_numpy(kernel)[None, None])[0, 0]
    close(conv2d_single(image, kernel), expected)


@pytest.mark.parametrize(("shape", "kernel", "stride", "padding"), SHAPES)
def test_conv2d_and_its_gradients_are_pytorchs(
    shape: tuple[int, ...], kernel: tuple[int, ...], stride: int, padding: int
) -> None:
    out, *sides = kernel
    x, weight, bias = numbers(*shape), numbers(out, shape[1], *sides, seed=1), numbers(out, seed=2)
    tensors = [torch.from_numpy(a).requires_grad_() for a in (x, weight, bias)]
    z = F.conv2d(*tensors, stride=stride, padding=padding)
    close(conv2d(x, weight, bias, stride, padding), z.detach())
    grad = numbers(*z.shape, seed=3)
    z.backward(torch.from_numpy(grad))
    for mine, theirs in zip(conv2d_backward(grad, x, weight, stride, padding), tensors, strict=True):
        close(mine, theirs.grad)


@each_pool
def test_pooling_is_pytorchs(shape: tuple[int, ...], k: int, stride: int | None) -> None:
    x = numbers(*shape)
    tensor = torch.from_numpy(x).requires_grad_()
    z = F.max_pool2d(tensor, k, stride)
    close(max_pool2d(x, k, stride), z.detach())
    grad = numbers(*z.shape, seed=3)
    z.backward(torch.from_numpy(grad))
    close(max_pool2d_backward(grad, x, k, stride), tensor.grad)
    for padding in (0, k // 2):
        expected = F.avg_pool2d(tensor, k, stride, padding).detach()
        close(avg_pool2d(x, k, stride, padding), expected)
    for p in (1.0, 2.0, 2.5):  # PyTorch takes no absolute values: it is given none that are negative
        expected = F.lp_pool2d(tensor.abs(), p, k, stride).detach()
        close(lp_pool2d(x, p, k, stride), expected)


@each_pool
def test_weighted_pooling_is_that_of_tplib_nn(shape: tuple[int, ...], k: int, stride: int | None) -> None:
    x = numbers(*shape)
    expected = functional.weighted_pool2d(x, k, stride, sigma=0.8).data
    close(weighted_pool2d(x, k, stride, 0.8), expected)
    close(weighted_pool2d(x, k, stride, 1e6), avg_pool2d(x, k, stride), 1e-6)


def test_ties_go_where_pytorch_sends_them() -> None:
    x = np.random.default_rng(0).integers(0, 2, (3, 2, 8, 9)).astype(float)
    for k, stride in ((2, 2), (3, 1), (3, 2)):
        tensor = torch.from_numpy(x).requires_grad_()
        z = F.max_pool2d(tensor, k, stride)
        grad = numbers(*z.shape)
        z.backward(torch.from_numpy(grad))
        close(max_pool2d_backward(grad, x, k, stride), tensor.grad)


@given(st.integers(1, 9), st.integers(1, 5), st.integers(0, 4), st.integers(0, 30))
def test_output_size_counts_the_places(kernel: int, stride: int, padding: int, more: int) -> None:
    size = max(kernel - 2 * padding, 1) + more
    places = [start for start in range(0, size + 2 * padding, stride) if start + kernel <= size + 2 * padding]
    assert output_size(size, kernel, stride, padding) == len(places)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=3))
def test_receptive_field_reaches_from_the_first_to_the_last_pixel_with_a_gradient(
    layers: list[tuple[int, int]],
) -> None:
    field = receptive_field(layers)
    x = torch.ones(1, 1, field + 2, requires_grad=True)
    z = x
    for k, s in layers:
        z = F.conv1d(z, torch.ones(1, 1, k), stride=s)
    z[0, 0, 0].backward()
    assert x.grad is not None
    assert int(x.grad.nonzero()[-1, 2]) + 1 == field


def test_parameters_are_those_of_the_modules() -> None:
    def count(layer: nn.Module) -> int:
        return sum(p.numel() for p in layer.parameters())

    convolution, dense = count_parameters(3, 4, (2, 3), (6, 8))
    assert convolution == count(nn.Conv2d(3, 4, (2, 3)))
    assert dense == count(nn.Linear(3 * 6 * 8, math.prod(nn.Conv2d(3, 4, (2, 3))(torch.zeros(1, 3, 6, 8)).shape)))


@pytest.mark.parametrize("length", [1, 4, 9])
def test_text_cnn_is_what_numpy_computes(length: int) -> None:
    torch.manual_seed(0)
    model = TextCNN.reference(20, 5, 3, [2, 4], 2).double()
    words = torch.randint(1, 20, (4, length))
    wide = np.pad(words.numpy(), ((0, 0), (0, max(0, 4 - length))))
    weights = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    e = weights["embedding.weight"][wide]  # (B, T, D)
    features = []
    for i, k in enumerate((2, 4)):
        w, b = weights[f"convolutions.{i}.weight"], weights[f"convolutions.{i}.bias"]
        z = [np.einsum("bkd,fdk->bf", e[:, t : t + k], w) + b for t in range(e.shape[1] - k + 1)]
        features.append(np.maximum(np.max(z, axis=0), 0))
    scores = np.concatenate(features, axis=1) @ weights["linear.weight"].T + weights["linear.bias"]
    close(model(words).detach(), scores)
