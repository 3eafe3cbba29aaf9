"""Packing and padding against `torch.nn.utils.rnn`."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn.utils import rnn

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
lengths_of = st.lists(st.integers(1, 5), min_size=1, max_size=5)


@few
@given(lengths_of, st.booleans(), st.booleans(), st.lists(st.integers(1, 2), max_size=2), seeds)
def test_pack_padded_sequence(same, normal, lengths, batch_first, enforce_sorted, features, seed):
    if enforce_sorted:
        lengths = sorted(lengths, reverse=True)
    time, batch = max(lengths) + 1, len(lengths)
    x = normal(seed, *((batch, time) if batch_first else (time, batch)), *features)
    ours = rnn.pack_padded_sequence(x, lengths, batch_first, enforce_sorted)
    theirs = torch.nn.utils.rnn.pack_padded_sequence(torch.tensor(x), lengths, batch_first, enforce_sorted)
    np.testing.assert_array_equal(ours.batch_sizes, theirs.batch_sizes)
    if enforce_sorted:
        assert ours.sorted_indices is ours.unsorted_indices is None
    else:
        assert ours.sorted_indices is not None
        assert ours.unsorted_indices is not None
        assert (np.diff(np.array(lengths)[ours.sorted_indices]) <= 0).all()
        np.testing.assert_array_equal(ours.sorted_indices[ours.unsorted_indices], np.arange(batch))
    # Among equal lengths, PyTorch's order is its own: compare what is packed and padded again.
    same(
        lambda x: rnn.pad_packed_sequence(
            rnn.pack_padded_sequence(x, lengths, batch_first, enforce_sorted), False, -1.0
        )[0],
        lambda x: torch.nn.utils.rnn.pad_packed_sequence(
            torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first, enforce_sorted), False, -1.0
        )[0],
        x,
        seed=seed,
    )
    if enforce_sorted:
        np.testing.assert_array_equal(ours.data.data, theirs.data.numpy())


@few
@given(lengths_of, st.booleans(), st.integers(0, 2), seeds)
def test_pad_packed_sequence(normal, lengths, batch_first, extra, seed):
    x = normal(seed, max(lengths), len(lengths), 2)
    total = max(lengths) + extra
    ours, our_lengths = rnn.pad_packed_sequence(
        rnn.pack_padded_sequence(x, lengths, enforce_sorted=False), batch_first, 9.0, total
    )
    theirs, their_lengths = torch.nn.utils.rnn.pad_packed_sequence(
        torch.nn.utils.rnn.pack_padded_sequence(torch.tensor(x), lengths, enforce_sorted=False), batch_first, 9.0, total
    )
    np.testing.assert_array_equal(ours.data, theirs.numpy())
    np.testing.assert_array_equal(our_lengths, their_lengths)
    np.testing.assert_array_equal(our_lengths, lengths)


@few
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.booleans(), st.sampled_from([(), (2,)]), seeds)
def test_pad_sequence(same, normal, lengths, batch_first, features, seed):
    same(
        lambda *xs: rnn.pad_sequence(xs, batch_first, 0.5),
        lambda *xs: torch.nn.utils.rnn.pad_sequence(xs, batch_first, 0.5),
        *(normal(seed + i, n, *features) for i, n in enumerate(lengths)),
        seed=seed,
    )


def test_pad_sequence_keeps_integers():
    padded = rnn.pad_sequence([np.array([1, 2, 3]), np.array([4])], batch_first=True)
    np.testing.assert_array_equal(padded.data, [[1, 2, 3], [4, 0, 0]])
    assert padded.dtype == np.int64


def test_pack_sequence():
    sequences = [np.arange(3.0), np.arange(2.0)]
    ours = rnn.pack_sequence(sequences)
    theirs = torch.nn.utils.rnn.pack_sequence([torch.tensor(s) for s in sequences])
    np.testing.assert_array_equal(ours.data.data, theirs.data)
    np.testing.assert_array_equal(ours.batch_sizes, theirs.batch_sizes)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: rnn.pack_padded_sequence(np.zeros(3), [3]), r"expected an input of shape \(T, B, ...\), got \(3,\)"),
        (lambda: rnn.pack_padded_sequence(np.zeros((3, 2)), [1, 3]), "not falling"),
        (lambda: rnn.pack_padded_sequence(np.zeros((3, 2)), [3.0, 1.0]), "2 integers, one per sequence, got float64"),
        (lambda: rnn.pack_padded_sequence(np.zeros((3, 2)), [4, 1]), "each from 1 to 3"),
        (lambda: rnn.pad_packed_sequence(rnn.pack_padded_sequence(np.zeros((3, 1)), [3]), total_length=2), "less than"),
        (lambda: rnn.pad_sequence([]), "at least one sequence"),
        (lambda: rnn.pad_sequence([np.zeros((2, 3)), np.zeros((2, 4))]), "differ only in length"),
        (lambda: nn.LSTM(3, 4)(rnn.pack_padded_sequence(np.zeros((3, 2, 5)), [3, 1])), r"D = 3 features, got \(4, 5\)"),
    ],
)
def test_sentences(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
