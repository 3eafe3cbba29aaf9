"""Layer normalisation against PyTorch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.graph import row_blocks

few = settings(max_examples=40, deadline=None)


@few
@given(
    st.lists(st.integers(0, 4), max_size=2),
    st.lists(st.integers(2, 5), min_size=1, max_size=2),
    st.integers(0, 2**32 - 1),
    st.sampled_from([np.float32, np.float64]),
    st.sampled_from(["C", "F", "step"]),
    st.integers(0, 2),
)
def test_layer_norm(same, normal, batch, shape, seed, dtype, layout, parameters):
    arrays = [normal(seed, *batch, *shape, dtype=dtype, layout=layout)]
    arrays += [normal(seed + 1 + i, *shape, dtype=dtype) for i in range(parameters)]
    same(
        lambda x, *wb: F.layer_norm(x, tuple(shape), *wb, eps=0.1),
        lambda x, *wb: torch.nn.functional.layer_norm(x, shape, *wb, eps=0.1),
        *arrays,
        seed=seed,
    )


def test_blocks_of_rows_do_not_show(same, normal, monkeypatch):
    monkeypatch.setattr(row_blocks, "BLOCK_BYTES", 100)
    same(
        lambda *a: F.layer_norm(a[0], 5, *a[1:]),
        lambda *a: torch.nn.functional.layer_norm(a[0], (5,), *a[1:]),
        normal(0, 3, 7, 5),
        normal(1, 5),
        normal(2, 5),
    )


@pytest.mark.parametrize("shape", [(700, 130), (3, 5000), (3000, 3)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_inputs(same, normal, shape, dtype):
    arrays = normal(0, *shape, dtype=dtype), normal(1, shape[1], dtype=dtype), normal(2, shape[1], dtype=dtype)
    for number in (1, 2, 3):
        same(
            lambda *a: F.layer_norm(a[0], shape[1], *a[1:], eps=0.1),
            lambda *a: torch.nn.functional.layer_norm(a[0], shape[1:], *a[1:], eps=0.1),
            *arrays[:number],
        )


def test_a_row_of_one_value_is_the_bias(normal):
    z = F.layer_norm(nn.Tensor(normal(0, 4, 1), requires_grad=True), 1, np.ones(1), np.full(1, 2.0))
    np.testing.assert_array_equal(z.data, 2)


@pytest.mark.parametrize("options", [{}, {"elementwise_affine": False}, {"bias": False}, {"eps": 0.1}])
def test_module_is_pytorchs(normal, options):
    ours, theirs = nn.LayerNorm((3, 4), **options), torch.nn.LayerNorm((3, 4), **options)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    x = normal(0, 2, 3, 4, dtype=np.float32)
    np.testing.assert_allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-5, atol=1e-5)
    assert nn.LayerNorm(4).normalized_shape == (4,)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: F.layer_norm(np.ones((2, 3)), 4), r"layer_norm: expected an input \(..., 4\) of floats, got \(2, 3\)"),
        (lambda: F.layer_norm(np.ones((2, 3), int), 3), "of dtype int"),
        (lambda: F.layer_norm(np.ones((2, 3)), 3, np.ones(2)), r"expected a weight of shape \(3,\), got \(2,\)"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


def test_an_input_that_changes_before_backward_is_refused(normal):
    for make, norm in (
        (nn.Tensor, lambda x: F.layer_norm(x, 4)),
        (torch.tensor, lambda x: torch.nn.functional.layer_norm(x, (4,))),
    ):
        x = make(normal(0, 3, 4), requires_grad=True) * 1
        z = norm(x)
        x.add_(1)
        with pytest.raises(RuntimeError):
            z.sum().backward()


@pytest.mark.parametrize("offset", [0.0, 3.0, 1e3])
def test_layer_norm_of_rows_far_from_zero(same, normal, offset):
    same(
        lambda *a: F.layer_norm(a[0], 50, *a[1:]),
        lambda *a: torch.nn.functional.layer_norm(a[0], (50,), *a[1:]),
        offset + normal(0, 70, 50),
        normal(1, 50),
        normal(2, 50),
    )
