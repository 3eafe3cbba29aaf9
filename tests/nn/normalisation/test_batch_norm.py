"""Batch normalisation against PyTorch: outputs, gradients and running statistics."""

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
layouts = st.sampled_from(["C", "F", "step"])
sizes = st.lists(st.integers(1, 4), max_size=2)


@few
@given(st.integers(2, 6), st.integers(1, 4), sizes, seeds, dtypes, layouts, st.booleans(), st.booleans())
def test_batch_norm(same, normal, batch, channels, rest, seed, dtype, layout, training, affine):
    x = normal(seed, batch, channels, *rest, dtype=dtype, layout=layout)
    affine = [normal(seed + i, channels, dtype=dtype) for i in (1, 2)] if affine else []
    mean, var = normal(seed + 3, channels, dtype=dtype), np.exp(normal(seed + 4, channels, dtype=dtype))
    given_mean, given_var = torch.tensor(mean), torch.tensor(var)
    same(
        lambda x, *wb: F.batch_norm(x, mean, var, *wb, training=training, momentum=0.3, eps=0.1),
        lambda x, *wb: (
            torch.nn.functional.batch_norm(x, given_mean, given_var, *wb, training, 0.3, 0.1)
            if wb
            else torch.nn.functional.batch_norm(x, given_mean, given_var, None, None, training, 0.3, 0.1)
        ),
        x,
        *affine,
        seed=seed,
    )
    np.testing.assert_allclose(mean, given_mean.numpy(), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(var, given_var.numpy(), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", ["BatchNorm1d", "BatchNorm2d"])
@pytest.mark.parametrize(
    "options",
    [{}, {"momentum": None}, {"momentum": 0.0}, {"affine": False}, {"bias": False}, {"track_running_stats": False}],
)
def test_module_over_several_batches(normal, name, options):
    ours, theirs = getattr(nn, name)(3, **options), getattr(torch.nn, name)(3, **options)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    shape = (4, 3, 5) if name == "BatchNorm1d" else (4, 3, 5, 2)
    for seed in range(3):
        x = normal(seed, *shape, dtype=np.float32) * 3 + 1
        np.testing.assert_allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-4, atol=1e-5)
    ours.eval()
    theirs.eval()
    np.testing.assert_allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-4, atol=1e-5)
    for key, value in theirs.state_dict().items():
        mine = ours.state_dict()[key]
        assert mine.dtype == value.numpy().dtype
        np.testing.assert_allclose(mine, value.numpy(), rtol=1e-5, atol=1e-6)


def test_statistics_move_without_a_graph_too(normal):
    layer = nn.BatchNorm1d(2)
    with nn.no_grad():
        layer(normal(0, 8, 2))
    assert layer.num_batches_tracked.item() == 1
    assert layer.running_mean.data.all()


def test_state_goes_both_ways(normal):
    theirs = torch.nn.BatchNorm2d(3)
    theirs(torch.tensor(normal(0, 4, 3, 2, 2, dtype=np.float32)))
    ours = nn.BatchNorm2d(3)
    ours.load_state_dict({key: value.numpy() for key, value in theirs.state_dict().items()})
    torch.nn.BatchNorm2d(3).load_state_dict({key: torch.tensor(value) for key, value in ours.state_dict().items()})
    assert ours.num_batches_tracked.item() == 1


def test_large_mean_keeps_its_digits(normal):
    x = (normal(0, 64, 3, 5, 5) + 1000).astype(np.float32)
    z = nn.BatchNorm2d(3)(x).data
    expected = (x - x.mean((0, 2, 3), np.float64, keepdims=True)) / x.std((0, 2, 3), np.float64, keepdims=True)
    np.testing.assert_allclose(z, expected, atol=1e-3)


def test_an_empty_batch_has_its_shape():
    assert nn.BatchNorm1d(3)(np.ones((0, 3), np.float32)).shape == (0, 3)
    assert nn.BatchNorm2d(3).eval()(np.ones((0, 3, 4, 4), np.float32)).shape == (0, 3, 4, 4)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: nn.BatchNorm1d(3)(np.ones((1, 3))), "one value per channel"),
        (
            lambda: nn.BatchNorm1d(3)(np.ones((2, 4))),
            r"BatchNorm1d: expected an input of shape \(B, 3\) or \(B, 3, T\)",
        ),
        (lambda: nn.BatchNorm2d(3)(np.ones((2, 3))), r"BatchNorm2d: expected an input of shape \(B, 3, H, W\)"),
        (lambda: F.batch_norm(np.ones((2, 3)), None, None), "both running_mean and running_var"),
        (lambda: F.batch_norm(np.ones((2, 3)), np.ones(2), np.ones(2)), r"running statistics of shape \(3,\)"),
        (lambda: F.batch_norm(np.ones((2, 3)), None, None, np.ones(4), training=True), r"weight of shape \(3,\)"),
        (lambda: F.batch_norm(np.ones((2, 3), int), None, None, training=True), "of floats, got"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


@pytest.mark.parametrize("number", ["missing", "an array of one", "there"])
def test_old_checkpoints(number):
    """As in PyTorch, one without the number of batches loads, and so does a number that is an array of one."""
    oracle, layer = torch.nn.Sequential(torch.nn.BatchNorm1d(2)), nn.Sequential(nn.BatchNorm1d(2))
    state = {key: value.numpy().copy() for key, value in oracle.state_dict().items()}
    state["0.running_mean"][:] = 3
    count = state.pop("0.num_batches_tracked")
    if number != "missing":
        state["0.num_batches_tracked"] = (count + 5).reshape(1) if number == "an array of one" else count + 5
    oracle.load_state_dict({key: torch.tensor(value) for key, value in state.items()})
    result = layer.load_state_dict(state)
    assert result.missing_keys == []
    for key, value in oracle.state_dict().items():
        np.testing.assert_array_equal(layer.state_dict()[key], value.numpy(), err_msg=key)
    del state["0.running_mean"]
    with pytest.raises(RuntimeError, match=r"0\.running_mean is missing"):
        layer.load_state_dict(state)


@pytest.mark.parametrize(("eps", "training"), [(0.0, True), (-1.0, True), (-1.0, False), (0.0, False)])
def test_an_eps_that_is_none(eps, training):
    results = []
    for library, make in ((nn, nn.Tensor), (torch.nn, torch.tensor)):
        given = [make(array) for array in (np.arange(6.0).reshape(3, 2), np.zeros(2), np.ones(2))]
        if eps < 0 or (training and not eps):
            with pytest.raises(ValueError, match="eps"):
                library.functional.batch_norm(*given, training=training, eps=eps)
        else:
            results.append(np.asarray(library.functional.batch_norm(*given, training=training, eps=eps)))
    if results:
        np.testing.assert_allclose(*results)
