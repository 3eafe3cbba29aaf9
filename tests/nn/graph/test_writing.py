"""Values of any shape written into places of any shape: the same values, gradients and refusals as in PyTorch."""

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn

ERRORS = (RuntimeError, ValueError, IndexError, TypeError)
SHAPES = [(), (1,), (3,), (2, 3), (3, 1), (1, 3), (2, 2, 3), (0,), (0, 3)]
integers = st.integers(-3, 2)
slices = st.sampled_from([slice(None), slice(1, 2), slice(0, 0), slice(None, None, 2), slice(-2, None)])
lists = st.sampled_from([[0], [1], [0, 1], [1, 2], [[0, 1]], [[0], [2]]])  # no place twice: which value stays is open
part = integers | slices | st.sampled_from([..., None, True, False]) | lists.map(np.array)
keys = part | st.tuples(part) | st.tuples(part, part) | st.tuples(part, part, part)
masks = st.sampled_from(["positive", "nothing", "one place", "rows"])


def mask_of(kind, values):
    """A mask of the values' shape, or of their rows."""
    mask = np.asarray(values > 0)
    if kind == "nothing":
        return np.zeros_like(mask)
    if kind == "one place":
        mask = np.zeros_like(mask)
        mask[(0,) * mask.ndim if mask.size else ()] = True
        return mask
    return mask[..., 0] if kind == "rows" and mask.ndim and mask.shape[-1] else mask


def assign(x, key, y):
    x[key] = y


def add_to(x, key, y):
    x[key] += y


OPERATIONS = {
    "=": assign,
    "+=": add_to,
    "copy_": lambda x, key, y: x[key].copy_(y),
    "fill_": lambda x, key, y: x[key].fill_(y),
    "add_": lambda x, key, y: x[key].add_(y),
    "whole": lambda x, key, y: x.copy_(y),
    "whole, filled": lambda x, key, y: x.fill_(y),
}


def outcome(library, values, value, key, operation, needs):
    """The values afterwards and both gradients, and whether there are any; or the error's type."""
    make = nn.Tensor if library is nn else torch.tensor
    x, y = (make(array.copy(), requires_grad=need) for array, need in zip((values, value), needs, strict=True))
    if library is torch:
        given = key if isinstance(key, tuple) else (key,)
        parts = tuple(torch.from_numpy(part) if isinstance(part, np.ndarray) else part for part in given)
        key = parts if isinstance(key, tuple) else parts[0]
    z = x * 2
    try:
        OPERATIONS[operation](z, key, y)
    except ERRORS as error:
        return type(error)
    if z.requires_grad:
        gradient = np.random.default_rng(1).normal(size=tuple(z.shape))
        z.backward(gradient if library is nn else torch.tensor(gradient))
    found = [z.detach(), x.grad, y.grad]
    return [np.zeros(()) if array is None else np.asarray(array) for array in found], z.requires_grad


@given(
    shape=st.sampled_from(SHAPES),
    value_shape=st.sampled_from(SHAPES[:-2]) | st.sampled_from([(2,), (2, 1), (1, 1), (1, 0)]),
    ones=st.integers(0, 2),
    key=keys | masks,
    operation=st.sampled_from(["=", "=", "=", *OPERATIONS]),
    needs=st.tuples(st.booleans(), st.booleans()),
)
@settings(deadline=None, max_examples=300)
def test_a_value_of_any_shape_into_any_place(shape, value_shape, ones, key, operation, needs):
    rng = np.random.default_rng(0)
    values, value = rng.normal(size=shape), rng.normal(size=(1,) * ones + value_shape)
    if isinstance(key, str):
        key = mask_of(key, values)
    ours, theirs = (outcome(library, values, value, key, operation, needs) for library in (nn, torch))
    if ours is IndexError and isinstance(theirs, tuple) and np.array_equal(theirs[0][0], 2 * values):
        return  # an index out of range, of which PyTorch takes no notice where nothing is left to write
    assert isinstance(ours, tuple) == isinstance(theirs, tuple), f"ours: {ours}; PyTorch: {theirs}"
    if isinstance(ours, tuple):
        assert ours[1] == theirs[1]
        for mine, other in zip(ours[0], theirs[0], strict=True):
            if mine.any() or other.any():  # what nothing reaches has no gradient, or zeros
                np.testing.assert_allclose(mine, other)


def test_a_single_place_takes_a_value_with_axes_of_length_1():
    for key in (0, -1, (0,), (0, ...)):
        for shape in ((1,), (1, 1), ()):
            ours, theirs = nn.Tensor(np.zeros(3)), torch.zeros(3, dtype=torch.float64)
            y, t = nn.Tensor(np.full(shape, 2.0), requires_grad=True), torch.full(shape, 2.0, dtype=torch.float64)
            t.requires_grad_()
            ours[key], theirs[key] = y, t
            np.testing.assert_array_equal(ours.data, theirs.detach().numpy())
            (ours * ours).sum().backward()
            (theirs * theirs).sum().backward()
            np.testing.assert_array_equal(y.grad, t.grad.numpy())
