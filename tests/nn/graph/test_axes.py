"""Axes and sizes as PyTorch takes them: any integer counts, one out of range is refused, never another axis taken."""

import numpy as np
import pytest
import torch

from tplib import nn

X = np.arange(6.0).reshape(2, 3)
ALONG = {  # what each method does along an axis
    name: (lambda x, dim, name=name: getattr(x, name)(dim))
    for name in (
        *("sum", "mean", "var", "std", "amax", "amin", "max", "min", "argmax", "argmin", "cumsum"),
        *("softmax", "log_softmax", "squeeze", "unsqueeze", "flatten"),
    )
} | {
    "norm": lambda x, dim: x.norm(2, dim),
    "transpose": lambda x, dim: x.transpose(0, dim),
    "permute": lambda x, dim: x.permute(dim, 1),
    "flatten to": lambda x, dim: x.flatten(0, dim),
    "concatenate": lambda x, dim: (nn.concatenate if isinstance(x, nn.Tensor) else torch.cat)([x, x], dim),
    "stack": lambda x, dim: (nn.stack if isinstance(x, nn.Tensor) else torch.stack)([x, x], dim),
    "gather": lambda x, dim: x.gather(dim, torch.zeros(1, 1, dtype=torch.int64)),
}
SEVERAL = ("sum", "mean", "var", "std", "amax", "amin", "squeeze")


@pytest.mark.parametrize("name", ALONG)
@pytest.mark.parametrize("dim", [-4, -3, -2, -1, 0, 1, 2, 3])
@pytest.mark.parametrize("kind", [int, np.int64, np.int32])
def test_an_axis_of_any_integer_type(name, dim, kind):
    method = ALONG[name]
    try:
        expected = method(torch.tensor(X), dim)
    except (IndexError, RuntimeError):
        with pytest.raises((IndexError, ValueError), match=r"axis|out of range|order of"):
            method(nn.Tensor(X), kind(dim))
        return
    ours = method(nn.Tensor(X), kind(dim))
    for z, wanted in zip(ours, expected, strict=True) if isinstance(ours, tuple) else [(ours, expected)]:
        np.testing.assert_allclose(z.data, wanted.numpy())


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("dims", [(0, 1), (np.int64(-1),), (0, -1), (0, 0), (0, -2), (1, 2)])
def test_several_axes_differ(name, dims):
    x = X[:1]
    try:
        expected = getattr(torch.tensor(x), name)(tuple(map(int, dims)), *[True] * (name in ("var", "std")))
    except (IndexError, RuntimeError):
        with pytest.raises(
            (IndexError, ValueError),
            match="axes that differ" if len({d % 2 for d in dims}) < len(dims) else "axis from",
        ):
            getattr(nn.Tensor(x), name)(dims)
        return
    np.testing.assert_allclose(getattr(nn.Tensor(x), name)(dims).data, expected.numpy())


@pytest.mark.parametrize("shape", [(-3,), (2, -5), (-2, -1), (-1, -1)])
@pytest.mark.parametrize("name", ["view", "reshape"])
def test_one_size_may_be_minus_one(name, shape):
    with pytest.raises(RuntimeError):
        getattr(torch.tensor(X), name)(shape)
    with pytest.raises(ValueError, match="do not fit"):
        getattr(nn.Tensor(X), name)(shape)


def test_an_axis_that_expand_adds_has_a_size():
    with pytest.raises(RuntimeError):
        torch.tensor(X).expand(-1, 2, 3)
    with pytest.raises(ValueError, match="keeps an axis's size"):
        nn.Tensor(X).expand(-1, 2, 3)


def test_a_number_is_in_a_matrix():
    x, t = nn.Tensor(X), torch.tensor(X)
    assert [value in x for value in (3.0, 7.0)] == [value in t for value in (3.0, 7.0)]
