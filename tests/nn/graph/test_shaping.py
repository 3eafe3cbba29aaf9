"""Indexing, shapes and reductions against PyTorch, over drawn shapes, layouts and dtypes."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, basic_indices

from tplib import nn

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
layouts = st.sampled_from(["C", "F", "step"])


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


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
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


@pytest.mark.parametrize("shape", [(-1,), (6, 2), (2, 2, 3), (4, 3, 1), (3, 4)])
@pytest.mark.parametrize("layout", ["rows", "transposed", "every second", "one column", "swapped"])
def test_view_refuses_the_layouts_that_pytorch_refuses(normal, layout, shape):
    array = normal(0, 4, 6)
    look = {
        "rows": lambda x: x.reshape(12, 2)[:6],
        "transposed": lambda x: x[:3].reshape(6, 3)[:4].T,
        "every second": lambda x: x[:, ::2],
        "one column": lambda x: x.reshape(12, 2)[:, 0],
        "swapped": lambda x: x[:3, :4].transpose(0, 1),
    }[layout]
    ours, theirs = look(nn.Tensor(array)), look(torch.tensor(array))
    try:
        expected = theirs.view(shape)
    except RuntimeError:
        with pytest.raises(RuntimeError, match=r"use reshape|do not fit"):
            ours.view(shape)
        return
    np.testing.assert_array_equal(ours.view(shape).data, expected.numpy())
