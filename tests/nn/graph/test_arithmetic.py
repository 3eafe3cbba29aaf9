"""Arithmetic against PyTorch, over drawn shapes, layouts and dtypes."""

import operator

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, mutually_broadcastable_shapes

from tplib import nn

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
layouts = st.sampled_from(["C", "F", "step"])
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
pairs = mutually_broadcastable_shapes(num_shapes=2, max_dims=3, min_side=0, max_side=4)


@few
@given(pairs, seeds, dtypes, layouts, st.sampled_from([operator.add, operator.sub, operator.mul, operator.truediv]))
def test_arithmetic_broadcasts(same, normal, pair, seed, dtype, layout, op):
    x, y = pair.input_shapes
    divisor = normal(seed + 1, *y, dtype=dtype, layout=layout)
    divisor = np.where(divisor < 0, divisor - 0.5, divisor + 0.5).astype(dtype)
    same(op, op, normal(seed, *x, dtype=dtype, layout=layout), divisor, seed=seed)


@few
@given(shapes, seeds, dtypes, st.sampled_from([2, 3, 0, 1, -1, 0.5, 2.5]))
def test_power_by_a_number(same, normal, shape, seed, dtype, exponent):
    x = np.abs(normal(seed, *shape, dtype=dtype)) + np.asarray(0.1, dtype)
    same(lambda x: x**exponent, lambda x: x**exponent, x, seed=seed)


@few
@given(pairs, seeds)
def test_power_by_a_tensor(same, normal, pair, seed):
    x, y = pair.input_shapes
    same(operator.pow, operator.pow, np.abs(normal(seed, *x)) + 0.1, normal(seed + 1, *y), seed=seed)


def test_power_at_zero(same):
    x = np.array([0.0, 0.0, 2.0, -1.0])
    for exponent in (0, 1, 2, 3):
        same(lambda x, e=exponent: x**e, lambda x, e=exponent: x**e, x)
    same(lambda y: nn.Tensor([0.0, 2.0, 3.0]) ** y, lambda y: torch.tensor([0.0, 2, 3]).double() ** y, np.ones(3) * 2)
    same(lambda y: 2.0**y, lambda y: 2.0**y, x)


@few
@given(st.lists(st.integers(0, 3), min_size=0, max_size=2), *[st.integers(0, 4)] * 3, seeds, dtypes, layouts)
def test_matmul(same, normal, batch, n, k, m, seed, dtype, layout):
    x = normal(seed, *batch, n, k, dtype=dtype, layout=layout)
    same(operator.matmul, operator.matmul, x, normal(seed + 1, *batch, k, m, dtype=dtype, layout=layout), seed=seed)
    same(operator.matmul, operator.matmul, x, normal(seed + 1, k, m, dtype=dtype), seed=seed)  # one matrix for all
    same(operator.matmul, operator.matmul, x, normal(seed + 1, k, dtype=dtype), seed=seed)
    same(operator.matmul, operator.matmul, normal(seed, n, dtype=dtype), normal(seed, *batch, n, m, dtype=dtype))
    same(operator.matmul, operator.matmul, normal(seed, k, dtype=dtype), normal(seed + 1, k, dtype=dtype))


def test_arrays_and_numbers_on_either_side(same, normal):
    x, y = normal(0, 2, 3), normal(1, 2, 3)
    t = torch.tensor(y)
    same(lambda x: y - x * y, lambda x: t - x * t, x)
    same(lambda x: y.T @ x, lambda x: t.T @ x, x)
    same(lambda x: 1 - 2 / (x + 10), lambda x: 1 - 2 / (x + 10), x)


def test_numbers_keep_float32(normal):
    x = nn.Tensor(normal(0, 3, dtype=np.float32), requires_grad=True)
    for y in (x * 2.0, 1 - x, x / np.float64(3), np.float64(2) * x, x**2, 2.0**x, x.mean(), x.max(), x.sum(0)):
        assert y.dtype == np.float32


def test_the_gradient_has_its_tensors_dtype(normal):
    x = nn.Tensor(normal(0, 3, dtype=np.float32), requires_grad=True)
    y = nn.Tensor(normal(1, 3), requires_grad=True)
    (x * y).sum().backward()
    assert (x.grad.dtype, y.grad.dtype) == (np.float32, np.float64)
    y.to(np.float32).sum().backward()
    assert y.grad.dtype == np.float64


def test_comparisons_are_boolean_tensors():
    x = nn.Tensor([1.0, 2.0, 3.0], requires_grad=True)
    assert (x > 2).tolist() == [False, False, True]
    assert (x <= np.array([1, 1, 3])).tolist() == [True, False, True]
    assert (x == nn.Tensor([1.0, 0.0, 3.0])).tolist() == [True, False, True]
    assert not (x != x).requires_grad


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda x: x + np.ones(4), "add: expected shapes that broadcast together, got (2, 3) and (4,)"),
        (
            lambda x: x @ np.ones((2, 2)),
            "matmul: expected matching inner axes, (..., n, k) and (..., k, m), got (2, 3)",
        ),
    ],
)
def test_a_shape_mismatch_is_a_sentence(wrong, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the sentence is compared below)
        wrong(nn.Tensor(np.ones((2, 3)), requires_grad=True))
    assert sentence in str(error.value)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("exponent", [-3, -2, -1, 0, 1, 2, 3, 4, 5, 2.5])
def test_a_power_is_pytorchs_also_where_it_is_made_of_products(exponent, dtype):
    x = np.array([0.0, -0.0, 1.5, -2.0, np.inf, -np.inf, np.nan, 1e30, -3e-20, 7.0], dtype)
    for values in (x, x[2], x[:0], x.reshape(2, 5)[:, ::2]):
        ours, theirs = nn.Tensor(values, requires_grad=True), torch.tensor(np.array(values), requires_grad=True)
        z, w = ours**exponent, theirs**exponent
        z.backward(np.ones_like(values))
        w.backward(torch.ones_like(w))
        assert z.data.dtype == dtype
        np.testing.assert_allclose(z.data, w.detach().numpy(), rtol=1e-6)
        np.testing.assert_allclose(ours.grad, theirs.grad.numpy(), rtol=1e-6)


def test_a_power_of_whole_numbers_stays_numpys():
    assert (nn.Tensor(np.array([2, 3])) ** 3).data.tolist() == [8, 27]
    with pytest.raises(RuntimeError, match="negative powers"):
        nn.Tensor(np.array([2, 3])) ** -1


@given(
    x=st.sampled_from([(2, 3), (3,), ()]),
    y=st.sampled_from([(2, 3), (1,), ()]),
    whole=st.booleans(),
    number=st.sampled_from([None, "left", "right"]),
)
@settings(deadline=None, max_examples=40)
def test_remainders_and_whole_quotients(x, y, whole, number):
    rng = np.random.default_rng(0)
    values, divisor = rng.normal(size=x) * 5, rng.normal(size=y) * 2
    if whole:
        values, divisor = np.asarray(values).astype(np.int64), np.asarray(divisor).astype(np.int64) * 2 + 1
    found = []
    for make in (nn.Tensor, torch.tensor):
        a, b = make(values, requires_grad=not whole), make(divisor, requires_grad=not whole)
        a, b = (7 if whole else 0.7) if number == "left" else a, (-2 if whole else -0.3) if number == "right" else b
        # PyTorch has no gradient of a number's remainder by a tensor, but of a tensor's.
        z = (torch.tensor(np.asarray(a)) if make is torch.tensor and number == "left" else a) % b
        if not whole:
            (z * z).sum().backward()
        quotient = (a if number == "left" else a.detach()) // (b if number == "right" else b.detach())
        gradients = [t.grad for t in (a, b) if not isinstance(t, int | float)]
        found.append([z.detach(), quotient, *(g for g in gradients if g is not None)])
    for ours, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(np.asarray(ours), theirs.numpy(), rtol=1e-9, atol=1e-12)


def test_a_whole_quotient_has_no_gradient_and_integers_no_quotient_by_zero():
    x = nn.Tensor(np.ones(3), requires_grad=True)
    with pytest.raises(TypeError, match="no gradient"):
        x // 2
    for divide in (lambda a: a // 0, lambda a: a % 0):
        with pytest.raises(ZeroDivisionError, match="cannot be divided by zero"):
            divide(nn.Tensor(np.array([1, 2])))
        assert not np.isfinite(divide(nn.Tensor(np.ones(2))).data).any()
