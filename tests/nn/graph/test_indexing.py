"""Indexing: every kind of key gives PyTorch's values and gradients, also where an index is repeated."""

import array

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn

SEQUENCES = {
    "list": list,
    "tuple": tuple,
    "range": lambda values: range(len(values)) if values == list(range(len(values))) else values,
    "array.array": lambda values: array.array("q", values),
    "array": np.array,
    "Series": lambda values: pd.Series(values, index=[7] * len(values)),
    "Index": pd.Index,
    "torch": torch.tensor,
    "ours": lambda values: nn.Tensor(np.array(values)),
}


@pytest.mark.parametrize("kind", SEQUENCES)
@pytest.mark.parametrize("place", ["alone", "in a tuple", "after a slice", "after an integer and a slice"])
@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-2, 1), min_size=1, max_size=5))
def test_repeated_integers_in_any_sequence(same, normal, kind, place, values):
    if kind == "tuple" and place == "alone":
        return  # x[1, 0] are two axes

    def key(index):
        return {
            "alone": index,
            "in a tuple": (index,),
            "after a slice": (slice(None), index),
            "after an integer and a slice": (0, slice(None), index),
        }[place]

    x = normal(0, 2, 2, 3)
    same(lambda x: x[key(SEQUENCES[kind](values))], lambda x: x[key(torch.tensor(values))], x)


@pytest.mark.parametrize(
    "key",
    [
        1,
        np.int64(1),
        (0, 1, 2),
        (..., 1),
        (None, 0),
        (slice(None, None, 2), ..., None),
        ([0, 1], [2, 0]),
        ([[0], [1]], [2, 0]),
        (0, slice(None), [0, 1, 1]),
        (slice(None), 1, [0, 0]),
        ([1, 1], slice(1, None), 0),
        (..., [0, 0]),
        [],
    ],
)
def test_keys_as_in_pytorch(same, normal, key):
    same(lambda x: x[key], lambda x: x[key], normal(0, 2, 3, 4))


def test_masks(same, normal):
    x = normal(0, 2, 3)
    same(lambda x: x[x > 0], lambda x: x[x > 0], x)
    rows = np.array([True, False])
    same(lambda x: x[rows, 1:], lambda x: x[torch.tensor(rows), 1:], x)


@pytest.mark.parametrize("key", [[0.5], "ab", ([1.0, 2.0], 0)])
def test_other_keys_are_a_sentence(key):
    with pytest.raises(IndexError, match="expected integers or booleans"):
        nn.Tensor([1.0, 2.0])[key]


def test_one_value_is_a_view():
    x = nn.Tensor(np.zeros((2, 3)))
    x[1, 2].add_(5)
    x[np.array(0)][0].add_(4)
    assert x.tolist() == [[4, 0, 0], [0, 0, 5]]


@pytest.mark.parametrize(
    "key",
    [
        (..., ...),
        (..., 0, ...),
        (0, ..., ...),
        (0, ..., 0, ..., 0),
        (..., None, ...),
        (..., [0, 1], ...),
        (..., ..., 0),
        (..., ..., [0, 1]),
        (..., ..., None),
    ],
)
def test_several_ellipses_as_in_pytorch(same, normal, key):
    x = normal(0, 2, 3, 4)
    try:
        torch.tensor(x)[key]
    except IndexError:
        with pytest.raises(IndexError, match=r"after a second `...`"):
            nn.Tensor(x)[key]
        return
    same(lambda x: x[key], lambda x: x[key], x)


AMBIGUOUS = {
    "lists": [[0, 1], [1, 1]],
    "one list": [[0, 1]],
    "a number and a list": [0, [1, 1]],
    "arrays": [np.array([0, 1]), np.array([1, 1])],
    "tensors": [nn.Tensor([0, 1]), nn.Tensor([1, 1])],
    "numbers in tensors": [nn.Tensor(0), nn.Tensor(1)],
    "slices": [slice(0, 2), 1],
    "None": [None, 1],
}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_a_list_of_indices_is_refused(normal, kind):
    """PyTorch warns: today it takes x[[a, b]] for x[a, b], soon for x[array([a, b])]."""
    x, key = nn.Tensor(normal(0, 2, 2, 3)), AMBIGUOUS[kind]
    theirs = [torch.tensor(part.data) if isinstance(part, nn.Tensor) else part for part in key]
    with pytest.warns(UserWarning, match="non-tuple sequence"):
        torch.zeros(2, 2, 3)[theirs]
    with pytest.raises(TypeError, match="several indices to PyTorch"):
        x[key]
    with pytest.raises(TypeError, match="several indices to PyTorch"):
        x[key] = 1.0


KEYS = [(slice(None), [0, 2]), (..., [2, -1]), ([1, 0],), (0, slice(None), [1, 2]), (slice(None), 0, [1, 2])]


@pytest.mark.parametrize(
    "key", [*KEYS, (slice(None), [0, 1], [0, 1]), (slice(None), np.array([[0, 1], [1, 0]]))], ids=str
)
def test_the_result_of_an_index_is_viewed(key):
    array = np.arange(24.0).reshape(2, 3, 4)
    for view in (lambda x: x, lambda x: x[:, :, 1:]):
        expected = view(torch.tensor(array))[key].view(-1).tolist()
        assert view(nn.Tensor(array))[key].view(-1).tolist() == expected
