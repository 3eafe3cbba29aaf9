"""Losses against PyTorch: values and gradients for every option, at ordinary and at extreme scores."""

import numpy as np
import pytest
import torch
import torch.nn.functional as TF
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

from tplib import nn
from tplib.nn import functional as F

few = settings(max_examples=60, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
reductions = st.sampled_from(["none", "mean", "sum"])
scales = st.sampled_from([1.0, 1e4])
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)


@few
@given(shapes, seeds, dtypes, reductions, st.booleans())
def test_mse(same, normal, shape, seed, dtype, reduction, weighted):
    x, t = normal(seed, *shape, dtype=dtype), normal(seed + 1, *shape, dtype=dtype)
    w = np.abs(normal(seed + 2, *shape, dtype=dtype)) + np.asarray(0.1, dtype) if weighted else None
    same(
        lambda x, t: F.mse_loss(x, t, reduction=reduction, weight=w),
        lambda x, t: TF.mse_loss(x, t, reduction=reduction, weight=None if w is None else torch.tensor(w)),
        x,
        t,
        seed=seed,
    )


@few
@given(shapes, seeds, dtypes, reductions, st.booleans(), st.booleans())
def test_binary_cross_entropy(same, normal, shape, seed, dtype, reduction, weighted, certain):
    rng = np.random.default_rng(seed)
    p, t = rng.random(shape).astype(dtype), rng.random(shape).astype(dtype)
    if certain:  # probabilities 0 and 1, where the logarithm is cut off
        p, t = p.round(), t.round()
    w = normal(seed, *shape[-1:], dtype=dtype) if weighted else None
    same(
        lambda p, t: F.binary_cross_entropy(p, t, w, reduction=reduction),
        lambda p, t: TF.binary_cross_entropy(p, t, None if w is None else torch.tensor(w), reduction=reduction),
        np.asarray(p),
        np.asarray(t),
        seed=seed,
    )


@few
@given(shapes, seeds, dtypes, reductions, st.booleans(), st.booleans(), scales)
def test_binary_cross_entropy_with_logits(same, normal, shape, seed, dtype, reduction, weighted, positive, scale):
    x = normal(seed, *shape, dtype=dtype) * np.asarray(scale, dtype)
    t = np.asarray(np.random.default_rng(seed).random(shape).astype(dtype))
    w = normal(seed, *shape[-1:], dtype=dtype) if weighted else None
    pos = np.abs(normal(seed + 1, *shape[-1:], dtype=dtype)) if positive else None
    same(
        lambda x, t: F.binary_cross_entropy_with_logits(x, t, w, reduction=reduction, pos_weight=pos),
        lambda x, t: TF.binary_cross_entropy_with_logits(
            x,
            t,
            None if w is None else torch.tensor(w),
            reduction=reduction,
            pos_weight=None if pos is None else torch.tensor(pos),
        ),
        x,
        t,
        seed=seed,
    )


@st.composite
def classifications(draw, ndim=(1, 2, 3, 4), max_batch=5):
    """(shape of the scores, class indices), also a single row, an empty batch and further axes."""
    axes, classes = draw(st.sampled_from(ndim)), draw(st.integers(1, 5))
    if axes == 1:
        return (classes,), np.asarray(draw(st.integers(0, classes - 1)))
    outer = (draw(st.integers(0, max_batch)), *draw(st.lists(st.integers(0, 3), min_size=axes - 2, max_size=axes - 2)))
    target = np.random.default_rng(draw(seeds)).integers(0, classes, outer)
    return (outer[0], classes, *outer[1:]), target


def class_weight(normal, seed, classes, dtype, weighted):
    return np.abs(normal(seed + 7, classes, dtype=dtype)) + np.asarray(0.1, dtype) if weighted else None


def as_torch(array):
    return None if array is None else torch.tensor(array)


@few
@given(
    classifications(),
    seeds,
    dtypes,
    reductions,
    st.booleans(),
    st.sampled_from([-100, 0, 1]),
    st.sampled_from([0.0, 0.0, 0.1, 1.0]),
    scales,
    st.sampled_from(["C", "F", "step"]),
)
def test_cross_entropy(same, normal, scores, seed, dtype, reduction, weighted, ignored, smoothing, scale, layout):
    shape, target = scores
    x = normal(seed, *shape, dtype=dtype, layout=layout) * np.asarray(scale, dtype)
    w = class_weight(normal, seed, shape[0] if len(shape) == 1 else shape[1], dtype, weighted)
    how = {"ignore_index": ignored, "reduction": reduction, "label_smoothing": smoothing}
    same(
        lambda x: F.cross_entropy(x, target, w, **how),
        lambda x: TF.cross_entropy(x, torch.tensor(target), as_torch(w), **how),
        x,
        seed=seed,
    )


@few
@given(classifications(), seeds, reductions, st.booleans(), st.sampled_from([0.0, 0.3]))
def test_cross_entropy_with_probabilities(same, normal, scores, seed, reduction, weighted, smoothing):
    shape, _ = scores
    x, t = normal(seed, *shape), np.abs(normal(seed + 1, *shape))
    w = class_weight(normal, seed, shape[0] if len(shape) == 1 else shape[1], np.float64, weighted)
    how = {"reduction": reduction, "label_smoothing": smoothing}
    same(
        lambda x, t: F.cross_entropy(x, t, w, **how),
        lambda x, t: TF.cross_entropy(x, t, as_torch(w), **how),
        x,
        t,
        seed=seed,
    )


@few
@given(classifications(), seeds, dtypes, reductions, st.booleans(), st.sampled_from([-100, 0, 1]))
def test_nll(same, normal, scores, seed, dtype, reduction, weighted, ignored):
    shape, target = scores
    w = class_weight(normal, seed, shape[0] if len(shape) == 1 else shape[1], dtype, weighted)
    how = {"ignore_index": ignored, "reduction": reduction}
    same(
        lambda x: F.nll_loss(x, target, w, **how),
        lambda x: TF.nll_loss(x, torch.tensor(target), as_torch(w), **how),
        normal(seed, *shape, dtype=dtype),
        seed=seed,
    )


@few
@given(
    classifications(ndim=(1, 2)), seeds, dtypes, reductions, st.booleans(), st.sampled_from([1, 2]), st.floats(0.1, 3)
)
def test_multi_margin(same, normal, scores, seed, dtype, reduction, weighted, p, margin):
    shape, target = scores
    if shape[0] == 0:
        return  # PyTorch refuses an empty batch here
    w = class_weight(normal, seed, shape[-1], dtype, weighted)
    same(
        lambda x: F.multi_margin_loss(x, target, p, margin, w, reduction=reduction),
        lambda x: TF.multi_margin_loss(x, torch.tensor(target), p, margin, as_torch(w), reduction=reduction),
        normal(seed, *shape, dtype=dtype),
        seed=seed,
    )


@few
@given(
    array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4),
    seeds,
    dtypes,
    reductions,
    st.booleans(),
    st.sampled_from(["same", "row", "column", "small"]),
)
def test_gaussian_nll(same, normal, shape, seed, dtype, reduction, full, kind):
    var_shape = {"row": shape[:-1], "column": (*shape[:-1], 1)}.get(kind, shape)
    var = np.abs(normal(seed + 2, *var_shape, dtype=dtype)) + np.asarray(0.1, dtype)
    if kind == "small":
        var = np.zeros_like(var)  # raised to eps
    how = {"full": full, "reduction": reduction, "eps": 1e-3}
    same(
        lambda x, t, v: F.gaussian_nll_loss(x, t, v, **how),
        lambda x, t, v: TF.gaussian_nll_loss(x, t, v, **how),
        normal(seed, *shape, dtype=dtype),
        normal(seed + 1, *shape, dtype=dtype),
        np.asarray(var),
        seed=seed,
    )


def test_gaussian_nll_with_one_variance(normal):
    x, t = normal(0, 3, 2), normal(1, 3, 2)
    expected = (0.5 * (np.log(0.25) + (x - t) ** 2 / 0.25) + 0.5 * np.log(2 * np.pi)).mean()
    np.testing.assert_allclose(F.gaussian_nll_loss(x, t, 0.25, full=True).item(), expected)


def test_extreme_scores_give_exact_losses():
    x = nn.Tensor(np.array([[1e4, 0.0], [-1e4, 0.0]]), requires_grad=True)
    loss = F.cross_entropy(x, np.array([1, 1]), reduction="none")
    assert loss.tolist() == [1e4, 0.0]
    loss.backward(np.ones(2))
    assert x.grad.tolist() == [[1.0, -1.0], [0.0, 0.0]]
    assert F.binary_cross_entropy_with_logits(np.array([1e4, -1e4]), np.array([0, 0]), reduction="sum").item() == 1e4


def test_every_row_ignored_is_nan_with_zero_gradient():
    x = nn.Tensor(np.ones((2, 3)), requires_grad=True)
    loss = F.cross_entropy(x, np.array([-100, -100]))
    loss.backward()
    assert np.isnan(loss.item())
    assert not x.grad.any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_targets_take_the_scores_dtype(dtype):
    x = np.full((2, 3), 0.5, dtype)
    target = np.ones((2, 3), np.int64)
    for loss in (F.mse_loss, F.binary_cross_entropy, F.binary_cross_entropy_with_logits):
        assert loss(x, target).dtype == dtype
    weighted = F.cross_entropy(x, np.array([0, 1], np.int8), np.array([1, 2, 3]))
    assert weighted.dtype == dtype


MODULES = [
    (nn.MSELoss(reduction="sum"), torch.nn.MSELoss(reduction="sum"), "values"),
    (nn.BCELoss(np.array([1.0, 2, 3])), torch.nn.BCELoss(torch.tensor([1.0, 2, 3]).double()), "binary"),
    (
        nn.BCEWithLogitsLoss(pos_weight=np.array([1.0, 2, 3])),
        torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor([1.0, 2, 3]).double()),
        "binary",
    ),
    (nn.NLLLoss(ignore_index=1), torch.nn.NLLLoss(ignore_index=1), "classes"),
    (
        nn.CrossEntropyLoss(np.array([1.0, 2, 3]), label_smoothing=0.1),
        torch.nn.CrossEntropyLoss(torch.tensor([1.0, 2, 3]).double(), label_smoothing=0.1),
        "classes",
    ),
    (nn.MultiMarginLoss(2, 0.5), torch.nn.MultiMarginLoss(2, 0.5), "classes"),
]


@pytest.mark.parametrize(("ours", "theirs", "kind"), MODULES)
def test_modules(same, normal, ours, theirs, kind):
    rng = np.random.default_rng(0)
    target = {"values": normal(1, 4, 3), "binary": rng.random((4, 3)), "classes": rng.integers(0, 3, 4)}[kind]
    x = rng.random((4, 3))
    same(lambda x: ours(x, target), lambda x: theirs(x, torch.tensor(target)), x)
    assert list(ours.state_dict()) == list(theirs.state_dict())


@pytest.mark.parametrize(
    ("wrong", "kind", "sentence"),
    [
        (
            lambda: F.cross_entropy(np.ones((2, 3)), np.array([0, 3])),
            IndexError,
            "cross_entropy: target 3 is not a class; expected 0 to 2, or ignore_index -100",
        ),
        (
            lambda: F.cross_entropy(np.ones((2, 3)), np.array([0, 1, 2])),
            ValueError,
            "cross_entropy: for scores of shape (2, 3) expected class indices of shape (2,), got (3,)",
        ),
        (lambda: F.nll_loss(np.ones((2, 3)), np.zeros(2)), TypeError, "nll_loss: expected integer class indices"),
        (lambda: F.mse_loss(np.ones(2), np.ones(2), reduction="avg"), ValueError, "mse_loss: expected reduction"),
        (lambda: F.mse_loss(np.ones(2), np.ones(3)), ValueError, "mse_loss: expected a target of the input's shape"),
        (
            lambda: F.binary_cross_entropy(np.ones((2, 1)), np.ones(2)),
            ValueError,
            "binary_cross_entropy: expected a target of the input's shape (2, 1), got (2,)",
        ),
        (
            lambda: F.binary_cross_entropy(np.array([2.0]), np.ones(1)),
            ValueError,
            "binary_cross_entropy: expected probabilities between 0 and 1",
        ),
        (
            lambda: F.cross_entropy(np.ones((2, 3)), np.array([0, 1]), np.ones(2)),
            ValueError,
            "cross_entropy: expected one weight per class, shape (3,), got (2,)",
        ),
        (lambda: F.gaussian_nll_loss(np.ones(2), np.ones(2), -np.ones(2)), ValueError, "var has negative entries"),
    ],
)
def test_wrong_input_is_a_sentence(wrong, kind, sentence):
    with pytest.raises(kind) as error:
        wrong()
    assert sentence in str(error.value)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [0.1, 10.0, 29.9, 30.1, 1e3])  # within what needs no shift of the scores, and beyond
def test_cross_entropy_of_scores_up_to_a_size(same, normal, dtype, size):
    x, y = (
        (size * np.sign(normal(0, 40, 300)) * (1 - 0.01 * np.abs(normal(1, 40, 300)))).astype(dtype),
        np.arange(40) * 7,
    )
    x[:20, ::7] = size * 0.999  # the right class among the likeliest
    x[0] = -size * 0.999
    x[0, 0] = size * 0.999  # a loss near 0 keeps its digits
    same(
        lambda x: F.cross_entropy(x, y, reduction="none"),
        lambda x: TF.cross_entropy(x, torch.tensor(y), reduction="none"),
        x,
    )
    assert (F.cross_entropy(x, y, reduction="none").data >= 0).all()
