"""Reductions and choices against PyTorch: values, gradients, errors."""

import numpy as np
import pytest
import torch

from tplib import nn

REDUCTIONS = {
    "min": lambda x: x.min(),
    "min of rows": lambda x: x.min(1).values,
    "min, kept": lambda x: x.min(-1, keepdim=True)[0],
    "amax": lambda x: x.amax((0, 2)),
    "amin": lambda x: x.amin(1, keepdim=True),
    "var": lambda x: x.var(),
    "var of rows": lambda x: x.var(1),
    "var without correction": lambda x: x.var((0, 1), correction=0),
    "var, biased": lambda x: x.var(False),
    "var, unbiased along an axis": lambda x: x.var(0, True, True),
    "std": lambda x: x.std(-1, keepdim=True),
    "std of all": lambda x: x.std(),
    "norm": lambda x: x.norm(),
    "norm 1": lambda x: x.norm(1, dim=1),
    "norm 3": lambda x: x.norm(3, dim=(0, 1)),
    "norm 0.5": lambda x: x.norm(0.5, dim=2),
    "norm 0": lambda x: x.norm(0, dim=2) + x.sum(2),
    "largest": lambda x: x.norm(float("inf"), dim=1, keepdim=True),
    "smallest": lambda x: x.norm(-float("inf"), dim=1),
    "cumsum": lambda x: x.cumsum(1),
    "cumsum of the last": lambda x: x.cumsum(-1),
    "expand": lambda x: x[:, :1].expand(-1, 4, -1),
    "expand in front": lambda x: x.expand(2, 2, 3, 4),
    "sin": lambda x: x.sin() * x.cos(),
    "swapaxes": lambda x: x.swapaxes(0, 2),
}


@pytest.mark.parametrize("name", REDUCTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("ties", [False, True])
def test_as_in_pytorch(same, normal, name, dtype, ties):
    x = normal(0, 2, 3, 4, dtype=dtype)
    if ties:
        if dtype is np.float32 or name in ("min of rows", "min, kept"):
            return  # which of equal values a minimum along an axis takes is open in PyTorch
        x = np.round(x)
    same(REDUCTIONS[name], REDUCTIONS[name], x)


@pytest.mark.parametrize("dim", [0, 1, -1])
def test_gather_with_an_index_that_repeats(same, normal, dim):
    index = np.random.default_rng(0).integers(0, 2, (2, 3, 3))
    same(lambda x: x.gather(dim, index), lambda x: x.gather(dim, torch.tensor(index)), normal(0, 2, 3, 4))
    shorter = index[:1, :2]
    same(lambda x: x.gather(dim, shorter), lambda x: x.gather(dim, torch.tensor(shorter)), normal(0, 2, 3, 4))


@pytest.mark.parametrize(
    ("index", "dim"), [([[0, 3]], 1), ([[-1, 0]], 1), ([0, 1], 0), ([[0.0]], 0), ([[0], [0], [0]], 1)]
)
def test_gather_refuses_what_pytorch_refuses(index, dim):
    with pytest.raises((RuntimeError, IndexError)):
        torch.zeros(2, 3).gather(dim, torch.tensor(index))
    with pytest.raises(IndexError, match="gather"):
        nn.Tensor(np.zeros((2, 3))).gather(dim, np.array(index))


def test_masked_fill(same, normal):
    mask = np.array([[True, False, True], [False, False, True]])
    x, value = normal(0, 2, 3), normal(1)
    same(lambda x: x.masked_fill(mask, -1.0) ** 2, lambda x: x.masked_fill(torch.tensor(mask), -1.0) ** 2, x)
    same(lambda x, v: x.masked_fill(mask, v) ** 2, lambda x, v: x.masked_fill(torch.tensor(mask), v) ** 2, x, value)
    same(lambda x: x.masked_fill(mask[0], 2) ** 2, lambda x: x.masked_fill(torch.tensor(mask[0]), 2) ** 2, x)
    y = nn.Tensor(x, requires_grad=True)
    z = y * 2
    z.masked_fill_(mask, 0)
    z.sum().backward()
    np.testing.assert_array_equal(y.grad, 2.0 * ~mask)
    with pytest.raises(TypeError, match="mask of booleans"):
        y.masked_fill(mask.astype(int), 0)


def test_a_variance_of_too_few_values_is_nan_as_in_pytorch():
    for values in ([1.0], []):
        assert np.isnan(nn.Tensor(np.array(values)).var().item())
        assert np.isnan(nn.Tensor(np.array(values)).std().item())
