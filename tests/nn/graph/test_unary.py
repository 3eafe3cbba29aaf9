"""Functions of one tensor, as its methods, against PyTorch."""

import operator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
layouts = st.sampled_from(["C", "F", "step"])
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)


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


def test_activations_are_methods_too(same, normal):
    for name in ("sigmoid", "tanh", "relu"):
        same(operator.methodcaller(name), operator.methodcaller(name), normal(0, 2, 3))
    for name in ("softmax", "log_softmax"):
        same(operator.methodcaller(name, 1), operator.methodcaller(name, 1), normal(0, 2, 3))
        same(operator.methodcaller(name, dim=-2), operator.methodcaller(name, dim=-2), normal(0, 2, 3))
