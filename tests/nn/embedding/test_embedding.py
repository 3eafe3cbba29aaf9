"""Embeddings and bags of words against PyTorch; gradients that are zero but for a few rows."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])


@few
@given(st.lists(st.integers(0, 4), max_size=3), st.integers(1, 7), st.integers(0, 4), seeds, dtypes, st.data())
def test_embedding(same, normal, shape, words, width, seed, dtype, data):
    ids = np.random.default_rng(seed).integers(0, words, shape)
    options = {
        "padding_idx": data.draw(st.none() | st.integers(-words, words - 1)),
        "scale_grad_by_freq": data.draw(st.booleans()),
    }
    same(
        lambda w: F.embedding(ids, w, **options),
        lambda w: torch.nn.functional.embedding(torch.tensor(ids), w, **options),
        normal(seed, words, width, dtype=dtype),
        seed=seed,
    )


@few
@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=5),
    st.integers(1, 6),
    seeds,
    dtypes,
    st.sampled_from(["sum", "mean", "max"]),
    st.booleans(),
    st.data(),
)
def test_embedding_bag_with_offsets(same, normal, lengths, words, seed, dtype, mode, with_end, data):
    offsets = np.cumsum([0, *lengths])
    offsets = offsets if with_end else offsets[:-1]
    ids = np.random.default_rng(seed).integers(0, words, sum(lengths))
    options = {
        "mode": mode,
        "include_last_offset": with_end,
        "padding_idx": data.draw(st.none() | st.integers(-words, words - 1)),
    }
    arrays = [normal(seed, words, 3, dtype=dtype)]
    if mode == "sum" and data.draw(st.booleans()):
        arrays.append(normal(seed + 1, len(ids), dtype=dtype))
    same(
        lambda w, f=None: F.embedding_bag(ids, w, offsets, per_sample_weights=f, **options),
        lambda w, f=None: torch.nn.functional.embedding_bag(
            torch.tensor(ids), w, torch.tensor(offsets), per_sample_weights=f, **options
        ),
        *arrays,
        seed=seed,
    )


def test_bag_gradients_by_frequency(normal):
    # PyTorch 2.13 divides by the counts of other words here; its documentation says what is tested.
    table, g, ids = normal(0, 4, 2), normal(1, 2, 2), [2, 1, 1, 1]
    plain, scaled = nn.Tensor(table, requires_grad=True), nn.Tensor(table, requires_grad=True)
    F.embedding_bag(ids, plain, [0, 2]).backward(g)
    F.embedding_bag(ids, scaled, [0, 2], scale_grad_by_freq=True).backward(g)
    np.testing.assert_allclose(scaled.grad, plain.grad / np.array([[1], [3], [1], [1]]))


@pytest.mark.parametrize("mode", ["sum", "mean", "max"])
@pytest.mark.parametrize("padding", [None, 0])
def test_bags_as_rows(normal, mode, padding):
    ids = np.array([[3, 1, 0], [4, 4, 0]])
    theirs = torch.nn.EmbeddingBag(5, 2, mode=mode, padding_idx=padding, dtype=torch.float64)
    ours = nn.EmbeddingBag(5, 2, mode=mode, padding_idx=padding, dtype=np.float64)
    ours.load_state_dict({key: value.numpy() for key, value in theirs.state_dict().items()})
    g = normal(0, 2, 2)
    out, expected = ours(ids), theirs(torch.tensor(ids))
    out.backward(g)
    expected.backward(torch.tensor(g))
    np.testing.assert_allclose(out.data, expected.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(ours.weight.grad, theirs.weight.grad.numpy(), rtol=1e-12)


@few
@given(st.integers(1, 30), st.integers(1, 6), seeds, st.booleans())
def test_sparse_gradient_is_the_dense_one(n, words, seed, padded):
    rng = np.random.default_rng(seed)
    ids, table, g = rng.integers(0, words, n), rng.normal(size=(words, 3)), rng.normal(size=(n, 3))
    padding = 0 if padded else None
    theirs = torch.tensor(table, requires_grad=True)
    torch.nn.functional.embedding(torch.tensor(ids), theirs, padding, sparse=True).backward(torch.tensor(g))
    w = nn.Tensor(table, requires_grad=True)
    F.embedding(ids, w, padding, sparse=True).backward(g)
    assert isinstance(w.grad, nn.SparseRows)
    np.testing.assert_allclose(w.grad.to_dense(), theirs.grad.to_dense().numpy(), rtol=1e-12, atol=1e-14)
    once, expected = w.grad.coalesce(), theirs.grad.coalesce()
    np.testing.assert_array_equal(once.indices, expected.indices()[0].numpy())
    np.testing.assert_allclose(once.values, expected.values().numpy(), rtol=1e-12, atol=1e-14)


def test_sparse_gradients_add_up(normal):
    table, g = normal(0, 4, 2), normal(1, 3, 2)
    w = nn.Tensor(table, requires_grad=True)
    F.embedding([1, 1, 3], w, sparse=True).backward(g)
    F.embedding([0, 1, 1], w, sparse=True).backward(g)
    assert isinstance(w.grad, nn.SparseRows)
    expected = np.zeros((4, 2))
    np.add.at(expected, [1, 1, 3], g)
    np.add.at(expected, [0, 1, 1], g)
    np.testing.assert_allclose(w.grad.to_dense(), expected)
    np.testing.assert_allclose((2 * -w.grad).to_dense(), -2 * expected)
    (w * 2.0).sum().backward()  # a dense gradient on top makes it dense
    np.testing.assert_allclose(w.grad, expected + 2)
    np.testing.assert_allclose(np.asarray(nn.SparseRows(np.array([1, 1]), g[:2], (4, 2))), np.eye(4)[[1, 1]].T @ g[:2])


def test_sparse_bag_and_computed_weight(normal):
    table, g = normal(0, 5, 2), normal(1, 2, 2)
    ids, offsets, factors = np.array([1, 2, 2, 4]), np.array([0, 3]), normal(2, 4)
    dense, rows = nn.Tensor(table, requires_grad=True), nn.Tensor(table, requires_grad=True)
    through = nn.Tensor(table / 2, requires_grad=True)
    for weight, of, sparse in ((dense, dense, False), (rows, rows, True), (through, through * 2.0, True)):
        F.embedding_bag(ids, of, offsets, mode="sum", per_sample_weights=factors, sparse=sparse).backward(g)
        assert isinstance(weight.grad, nn.SparseRows) == (weight is rows)
    np.testing.assert_allclose(rows.grad.to_dense(), dense.grad)
    np.testing.assert_allclose(through.grad, 2 * dense.grad)


@pytest.mark.parametrize("norm", [1.0, 2.0])
def test_max_norm_shortens_the_rows_in_use(normal, norm):
    table = 3 * normal(0, 5, 4)
    theirs = torch.nn.Embedding.from_pretrained(torch.tensor(table), False, max_norm=1.5, norm_type=norm)
    ours = nn.Embedding.from_pretrained(table, False, max_norm=1.5, norm_type=norm)
    ids = np.array([[0, 3], [3, 4]])
    np.testing.assert_allclose(ours(ids).data, theirs(torch.tensor(ids)).detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(ours.weight.data, theirs.weight.detach().numpy(), rtol=1e-12)
    np.testing.assert_array_equal(ours.weight.data[1], table[1])


def test_embedding_module():
    layer = nn.Embedding(1000, 20, padding_idx=-1, rng=np.random.default_rng(0))
    assert layer.padding_idx == 999
    assert layer.weight.dtype == np.float32
    assert not layer.weight.data[999].any()
    np.testing.assert_allclose(layer.weight.data[:999].std(), 1, rtol=0.02)
    assert list(layer.state_dict()) == list(torch.nn.Embedding(3, 2).state_dict())
    for ours, theirs in [
        (layer, torch.nn.Embedding(1000, 20, padding_idx=-1)),
        (nn.Embedding(3, 2, sparse=True), torch.nn.Embedding(3, 2, sparse=True)),
    ]:
        assert repr(ours) == repr(theirs)


@pytest.mark.parametrize("kind", ["Embedding", "EmbeddingBag"])
def test_pretrained_vectors_stay_unless_thawed(kind):
    vectors = np.arange(6.0).reshape(3, 2)
    frozen = getattr(nn, kind).from_pretrained(vectors)
    assert not frozen.weight.requires_grad
    thawed = getattr(nn, kind).from_pretrained(vectors, freeze=False)
    thawed(np.array([[0, 2]])).sum().backward()
    assert thawed.weight.grad is not None
    thawed.weight.data[0] = 9
    assert vectors[0, 0] == 0  # a copy
    np.testing.assert_array_equal(frozen.weight.data, vectors)


@pytest.mark.parametrize(
    ("error", "wrong", "sentence"),
    [
        (IndexError, lambda: F.embedding([0, 3], np.ones((3, 2))), "embedding: id 3 is not a row of the weight"),
        (IndexError, lambda: F.embedding([-1], np.ones((3, 2))), "embedding: id -1 is not a row"),
        (TypeError, lambda: F.embedding([0.5], np.ones((3, 2))), "embedding: expected integer word ids, got dtype"),
        (ValueError, lambda: F.embedding([0], np.ones(3)), r"embedding: expected a weight of shape \(V, D\)"),
        (ValueError, lambda: nn.Embedding(3, 2, padding_idx=3), "Embedding: padding_idx 3 is not one of the 3 rows"),
        (ValueError, lambda: nn.EmbeddingBag(3, 2, mode="min"), 'EmbeddingBag: expected mode "sum", "mean" or "max"'),
        (ValueError, lambda: F.embedding_bag([0, 1], np.ones((3, 2))), r"ids of shape \(2,\) need offsets"),
        (ValueError, lambda: F.embedding_bag([[0]], np.ones((3, 2)), [0]), "is a bag per row; leave out the offsets"),
        (ValueError, lambda: F.embedding_bag([0, 1], np.ones((3, 2)), [1]), "expected offsets that start at 0"),
        (ValueError, lambda: F.embedding_bag([0, 1], np.ones((3, 2)), [0, 2, 1]), "never fall"),
        (
            NotImplementedError,
            lambda: F.embedding_bag([[0]], np.ones((3, 2)), per_sample_weights=[[1.0]]),
            "per_sample_weights need mode \"sum\", got 'mean'",
        ),
        (
            ValueError,
            lambda: F.embedding_bag([[0]], np.ones((3, 2)), mode="sum", per_sample_weights=[1.0]),
            r"in the shape of the input, \(1, 1\), got \(1,\)",
        ),
        (
            ValueError,
            lambda: F.embedding([0], np.ones((3, 2)), sparse=True, scale_grad_by_freq=True),
            "scale_grad_by_freq works with dense gradients only",
        ),
        (ValueError, lambda: nn.Embedding.from_pretrained(np.ones(3)), r"expected vectors of shape \(V, D\)"),
        (
            ValueError,
            lambda: nn.SparseRows(np.array([1]), np.ones((2, 2)), (3, 2)),
            r"SparseRows: expected indices \(N,\)",
        ),
    ],
)
def test_mistakes_are_a_sentence(error, wrong, sentence):
    with pytest.raises(error, match=sentence):
        wrong()


@pytest.mark.parametrize("classes", [-1, 5])
def test_one_hot(classes):
    ids = np.array([[0, 2], [3, 1]])
    expected = torch.nn.functional.one_hot(torch.tensor(ids), classes)
    assert F.one_hot(ids, classes).tolist() == expected.tolist()
    assert F.one_hot(ids, classes).dtype == np.int64
    assert F.one_hot(np.zeros((0, 2), int), 4).shape == (0, 2, 4)
    for bad, message in ((ids * -1, "indices from 0"), (ids + 9, "indices from 0"), (ids[:0], "give num_classes")):
        with pytest.raises(ValueError, match=message):
            F.one_hot(bad, 5 if "indices" in message else -1)
    with pytest.raises(TypeError, match="integer indices"):
        F.one_hot(ids * 1.0)
