"""Activations against PyTorch; stability at extreme scores."""

import numpy as np
import pytest
import torch
import torch.nn.functional as TF
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

from tplib import nn
from tplib.nn import functional as F

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
layouts = st.sampled_from(["C", "F", "step"])
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
EXTREME = np.array([-1e4, -800.0, -100.0, -1.0, 0.0, 1.0, 100.0, 800.0, 1e4])


@few
@given(shapes, seeds, dtypes, layouts, st.floats(0.0, 2.0), st.floats(0.1, 2.0))
def test_element_wise(same, normal, shape, seed, dtype, layout, slope, alpha):
    x = normal(seed, *shape, dtype=dtype, layout=layout)
    same(F.sigmoid, torch.sigmoid, x, seed=seed)
    same(F.tanh, torch.tanh, x, seed=seed)
    same(F.relu, TF.relu, x, seed=seed)
    same(F.hardtanh, TF.hardtanh, x, seed=seed)
    same(lambda x: F.hardtanh(x, -slope, alpha), lambda x: TF.hardtanh(x, -slope, alpha), x, seed=seed)
    same(lambda x: F.leaky_relu(x, slope), lambda x: TF.leaky_relu(x, slope), x, seed=seed)
    same(lambda x: F.elu(x, alpha), lambda x: TF.elu(x, alpha), x, seed=seed)
    same(F.gelu, TF.gelu, x, seed=seed)
    same(lambda x: F.gelu(x, "tanh"), lambda x: TF.gelu(x, approximate="tanh"), x, seed=seed)
    same(F.softplus, TF.softplus, x, seed=seed)
    same(lambda x: F.softplus(x, alpha, slope), lambda x: TF.softplus(x, alpha, slope), x, seed=seed)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_values_and_kinks(same, dtype):
    x = EXTREME.astype(dtype)
    for ours, theirs in [
        (F.sigmoid, torch.sigmoid),
        (F.tanh, torch.tanh),
        (F.relu, TF.relu),
        (F.hardtanh, TF.hardtanh),
        (F.leaky_relu, TF.leaky_relu),
        (F.elu, TF.elu),
        (F.gelu, TF.gelu),
        (lambda x: F.gelu(x, "tanh"), lambda x: TF.gelu(x, approximate="tanh")),
        (F.softplus, TF.softplus),
        (lambda x: F.leaky_relu(x, 1.5), lambda x: TF.leaky_relu(x, 1.5)),
        (lambda x: F.softmax(x, 0), lambda x: TF.softmax(x, 0)),
        (lambda x: F.log_softmax(x, 0), lambda x: TF.log_softmax(x, 0)),
    ]:
        same(ours, theirs, x)
    assert np.isfinite(F.log_softmax(x, 0).data).all()


def test_sigmoid_keeps_its_relative_precision_far_left():
    x = np.array([-30.0, -300.0, -700.0])
    np.testing.assert_allclose(F.sigmoid(x).data, np.exp(x), rtol=1e-12)


@st.composite
def along(draw):
    shape = draw(array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=5))
    return shape, draw(st.integers(-len(shape), len(shape) - 1))


@few
@given(along(), seeds, dtypes, layouts, st.sampled_from([1.0, 30.0, 1e4]))
def test_softmax_and_log_softmax(same, normal, shape_dim, seed, dtype, layout, scale):
    shape, dim = shape_dim
    x = normal(seed, *shape, dtype=dtype, layout=layout) * np.asarray(scale, dtype)
    same(lambda x: F.softmax(x, dim), lambda x: TF.softmax(x, dim), x, seed=seed)
    same(lambda x: F.log_softmax(x, dim=dim), lambda x: TF.log_softmax(x, dim=dim), x, seed=seed)


def test_softmax_without_dim_guesses_as_pytorch_and_warns(normal):
    for shape, dim in [((3,), 0), ((2, 3), 1), ((2, 3, 4), 0)]:
        x = normal(0, *shape)
        with pytest.warns(UserWarning, match=f"dim={dim}"):
            guessed = F.softmax(x)
        np.testing.assert_array_equal(guessed.data, F.softmax(x, dim).data)


@few
@given(st.integers(0, 3), st.integers(0, 4), st.integers(1, 4), st.integers(0, 3), seeds, dtypes)
def test_maxout_is_the_largest_of_neighbours(same, normal, before, units, pieces, after, seed, dtype):
    x = normal(seed, before, units * pieces, after, dtype=dtype)
    same(
        lambda x: F.maxout(x, pieces, 1),
        lambda x: x.reshape(before, units, pieces, after).max(2).values,
        x,
        seed=seed,
    )


def test_the_lectures_maxout(normal):
    w1, w2, x = normal(0, 4, 3), normal(1, 4, 3), normal(2, 5, 3)
    both = np.stack([w1, w2], axis=1).reshape(8, 3)  # the two maps of a unit are neighbours
    np.testing.assert_allclose(F.maxout(F.linear(x, both)).data, np.maximum(x @ w1.T, x @ w2.T))


def test_arrays_and_lists_in_tensors_out():
    assert isinstance(F.relu([1.0, -1.0]), nn.Tensor)
    assert F.softmax(np.zeros((2, 4)), 1).data[0, 0] == 0.25


@pytest.mark.parametrize(
    ("wrong", "kind", "sentence"),
    [
        (lambda: F.softmax(np.ones(3), 1), IndexError, r"softmax: dim 1 is not an axis of shape \(3,\)"),
        (lambda: F.maxout(np.ones(5)), ValueError, r"maxout: axis 0 of shape \(5,\) cannot be cut into groups of 2"),
        (lambda: F.hardtanh(np.ones(5), 1, -1), ValueError, "hardtanh: min_val 1 is larger than max_val -1"),
    ],
)
def test_wrong_options_are_a_sentence(wrong, kind, sentence):
    with pytest.raises(kind, match=sentence):
        wrong()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_silu(same, normal, dtype):
    x = np.concatenate([normal(0, 20, dtype=dtype) * 5, np.array([0, 200, -200, 1000, -1000], dtype)])
    same(F.silu, torch.nn.functional.silu, x)


@pytest.mark.parametrize("option", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("name", ["elu", "leaky_relu"])
def test_an_option_that_is_not_finite_leaves_positive_values(same, name, option):
    x = np.array([2.0, -1.0, -3.0, 0.5])
    same(lambda x: getattr(F, name)(x, option), lambda x: getattr(TF, name)(x, option), x)
