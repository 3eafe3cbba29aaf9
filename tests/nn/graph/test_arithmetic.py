"""Arithmetic, shapes and reductions against PyTorch, over drawn shapes, layouts and dtypes."""

import operator

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, basic_indices, mutually_broadcastable_shapes

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
@given(shapes, seeds, dtypes, layouts)
def test_functions_of_one_tensor(same, normal, shape, seed, dtype, layout):
    x = normal(seed, *shape, dtype=dtype, layout=layout)
    positive = np.abs(x) + np.asarray(0.1, dtype)
    for name in ("exp", "abs"):
        same(operator.methodcaller(name), operator.methodcaller(name), x, seed=seed)
    for name in ("log", "sqrt"):
        same(operator.methodcaller(name), operator.methodcaller(name), positive, seed=seed)
    same(operator.neg, operator.neg, x, seed=seed)
    same(lambda x: x.clamp(-0.5, 0.5), lambda x: x.clamp(-0.5, 0.5), x, seed=seed)
    same(lambda x: x.clamp(min=0.0), lambda x: x.clamp(min=0.0), x, seed=seed)


def test_infinities_pass_without_a_warning(same):
    x = np.array([0.0, 1.0, 1e4])
    same(lambda x: x.log(), lambda x: x.log(), x)
    same(lambda x: x.sqrt(), lambda x: x.sqrt(), x)
    same(lambda x: x.exp(), lambda x: x.exp(), x)
    same(lambda x: 1 / x, lambda x: 1 / x, x)


@few
@given(st.lists(st.integers(0, 3), min_size=0, max_size=2), *[st.integers(0, 4)] * 3, seeds, dtypes, layouts)
def test_matmul(same, normal, batch, n, k, m, seed, dtype, layout):
    x = normal(seed, *batch, n, k, dtype=dtype, layout=layout)
    same(operator.matmul, operator.matmul, x, normal(seed + 1, *batch, k, m, dtype=dtype, layout=layout), seed=seed)
    same(operator.matmul, operator.matmul, x, normal(seed + 1, k, m, dtype=dtype), seed=seed)  # one matrix for all
    same(operator.matmul, operator.matmul, x, normal(seed + 1, k, dtype=dtype), seed=seed)
    same(operator.matmul, operator.matmul, normal(seed, n, dtype=dtype), normal(seed, *batch, n, m, dtype=dtype))
    same(operator.matmul, operator.matmul, normal(seed, k, dtype=dtype), normal(seed + 1, k, dtype=dtype))


@st.composite
def reductions(draw):
    shape = draw(array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))
    axes = st.integers(-len(shape), len(shape) - 1)
    dim = draw(st.none() | axes | st.lists(axes, min_size=1, unique_by=lambda a: a % len(shape)).map(tuple))
    return shape, dim, draw(st.booleans()) and dim is not None


@few
@given(reductions(), seeds, dtypes, layouts)
def test_sum_and_mean(same, normal, reduction, seed, dtype, layout):
    shape, dim, keepdim = reduction
    x = normal(seed, *shape, dtype=dtype, layout=layout)
    how = {} if dim is None else {"dim": dim, "keepdim": keepdim}
    same(lambda x: x.sum(**how), lambda x: x.sum(**how), x, seed=seed)
    same(lambda x: x.mean(**how), lambda x: x.mean(**how), x, seed=seed)


def test_sum_takes_numpys_names_too():
    x = nn.Tensor(np.arange(6.0).reshape(2, 3))
    assert x.sum(axis=0).tolist() == [3, 5, 7]
    assert x.mean(axis=1, keepdims=True).shape == (2, 1)


@few
@given(array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4), seeds, st.data())
def test_max(same, normal, shape, seed, data):
    x = normal(seed, *shape)
    same(lambda x: x.max(), lambda x: x.max(), x, seed=seed)
    dim, keepdim = data.draw(st.integers(-len(shape), len(shape) - 1)), data.draw(st.booleans())
    same(lambda x: x.max(dim, keepdim).values, lambda x: x.max(dim, keepdim).values, x, seed=seed)
    assert nn.Tensor(x).max(dim).indices.data.tolist() == torch.tensor(x).max(dim).indices.tolist()


def test_ties_share_the_gradient_of_max(same):
    same(lambda x: x.max(), lambda x: x.max(), np.array([1.0, 3.0, 3.0]))
    same(lambda x: x.max(0).values, lambda x: x.max(0).values, np.array([[1.0, 3.0], [1.0, 3.0]]))


@few
@given(array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4), seeds, st.data())
def test_basic_indexing(same, normal, shape, seed, data):
    key = data.draw(basic_indices(shape, allow_newaxis=True))
    steps = [part for part in (key if isinstance(key, tuple) else (key,)) if isinstance(part, slice)]
    if all(part.step is None or part.step > 0 for part in steps):  # PyTorch knows no negative steps
        same(lambda x: x[key], lambda x: x[key], normal(seed, *shape), seed=seed)


def test_indexing_by_arrays_adds_up_repeated_positions(same, normal):
    x = normal(0, 4, 3)
    for key in ([0, 0, 2], ([0, 0, 1], [1, 1, 2]), (slice(None), [1, 1]), x > 0, [True, False, True, True]):
        theirs = torch.tensor(key) if isinstance(key, np.ndarray) else key
        same(lambda x, key=key: x[key], lambda x, key=theirs: x[key], x)
    assert nn.Tensor(x)[nn.Tensor([1, 1])].shape == (2, 3)


def test_shapes(same, normal):
    x = normal(0, 2, 3, 4, layout="F")
    for change in (
        lambda x: x.reshape(6, 4),
        lambda x: x.reshape((4, -1)),
        lambda x: x.reshape(-1),
        lambda x: x.transpose(0, 2),
        lambda x: x.transpose(-1, 1),
        lambda x: x.permute(2, 0, 1),
        lambda x: x.permute((1, -1, 0)),
        lambda x: x.flatten(),
        lambda x: x.flatten(1),
        lambda x: x.flatten(0, 1),
        lambda x: x.unsqueeze(1),
        lambda x: x.unsqueeze(-1).squeeze(-1),
        lambda x: x.unsqueeze(0).squeeze(),
        lambda x: x[0].T,
        lambda x: x.clone(),
    ):
        same(change, change, x)


@few
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3), st.integers(0, 3), seeds, st.sampled_from([0, 1, -1]))
def test_concatenate_and_stack(same, normal, sizes, other, seed, dim):
    parts = [normal(seed + i, *((n, other) if dim == 0 else (other, n))) for i, n in enumerate(sizes)]
    same(lambda *xs: nn.concatenate(xs, dim), lambda *xs: torch.concatenate(xs, dim), *parts, seed=seed)
    equal = [normal(seed + i, 2, other) for i in range(len(sizes))]
    same(lambda *xs: nn.stack(xs, dim), lambda *xs: torch.stack(xs, dim), *equal, seed=seed)


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
        (lambda x: x.reshape(4), "reshape: 6 values of shape (2, 3) do not fit shape (4,)"),
        (lambda x: x.permute(0, 0), "permute: expected an order of the 2 axes"),
        (lambda x: nn.concatenate([x, x[0]]), "concatenate: expected shapes that are equal but for the joined axis"),
        (lambda x: nn.stack([x, x.T]), "stack: expected arrays of one shape, got (2, 3) and (3, 2)"),
        (lambda x: x[:0].max(), "max: shape (0, 3) leaves nothing"),
    ],
)
def test_a_shape_mismatch_is_a_sentence(wrong, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the sentence is compared below)
        wrong(nn.Tensor(np.ones((2, 3)), requires_grad=True))
    assert sentence in str(error.value)


def test_activations_are_methods_too(same, normal):
    for name in ("sigmoid", "tanh", "relu"):
        same(operator.methodcaller(name), operator.methodcaller(name), normal(0, 2, 3))
    for name in ("softmax", "log_softmax"):
        same(operator.methodcaller(name, 1), operator.methodcaller(name, 1), normal(0, 2, 3))
        same(operator.methodcaller(name, dim=-2), operator.methodcaller(name, dim=-2), normal(0, 2, 3))
