"""Indexing as in PyTorch: what a key means, and the node that reads by it."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.memory_order import axes_by_step, in_order, permuted
from tplib.nn.graph.views import ViewFunction


def array_key(key: Any) -> tuple[Any, ...]:
    """The key as a tuple of integers, slices, None, `...` and arrays of integers or booleans.

    Tensors, lists and all other sequences become arrays, so that a repeated index is found in any of them.
    """
    if isinstance(key, list) and any(map(_is_index, key)):
        raise TypeError(
            "index: a list of lists, tensors or slices is several indices to PyTorch and one array to NumPy: "
            "write x[a, b] for the former, x[np.array([a, b])] for the latter"
        )
    return tuple(map(_part, key)) if isinstance(key, tuple) else (_part(key),)


def _is_index(part: Any) -> bool:
    """Whether a part of a list is more than one number."""
    if isinstance(part, int | np.generic):
        return False
    return part is None or part is ... or isinstance(part, list | tuple | slice) or hasattr(part, "ndim")


def _part(part: Any) -> Any:
    if part is None or part is ... or (isinstance(part, int | slice) and not isinstance(part, bool)):
        return part
    if isinstance(part, np.integer):
        return int(part)
    array = np.asarray(part)
    if array.dtype.kind not in "biu":
        if array.size or array.ndim != 1:
            raise IndexError(f"index: expected integers or booleans, got {type(part).__name__} of {array.dtype}")
        array = array.astype(np.intp)  # an empty list
    if array.dtype == np.uint8:
        array = array.astype(bool)  # PyTorch's older kind of mask
    return array if array.ndim or array.dtype == bool else int(array)


def in_turn(key: tuple[Any, ...], ndim: int) -> list[tuple[Any, ...]]:
    """The keys that are applied one after the other: where integers stand beside arrays, the integers come first.

    NumPy reads such an integer as one more array, PyTorch reads it first: x[0, :, [0, 1]] of (2, 3, 4) is (3, 2).
    """
    if sum(part is ... for part in key) > 1:
        key = _one_ellipsis(key, ndim)
    if not any(isinstance(part, np.ndarray) for part in key) or not any(type(part) is int for part in key):
        return [key]
    taken = sum(part.ndim if _is_mask(part) else isinstance(part, int | slice | np.ndarray) for part in key)
    if not any(part is ... for part in key):
        key = (*key, ...)
    first: list[Any] = []
    second: list[Any] = []
    for part in key:
        if part is ...:
            first += [slice(None)] * (ndim - taken)
            second += [slice(None)] * (ndim - taken)
        elif isinstance(part, np.ndarray):
            first += [slice(None)] * (part.ndim if _is_mask(part) else 1)
            second.append(part)
        else:
            first.append(part)
            if type(part) is not int:
                second.append(slice(None))
    return [tuple(first), tuple(second)]


def _one_ellipsis(key: tuple[Any, ...], ndim: int) -> tuple[Any, ...]:
    """The key without its later `...`: the first stands for all axes that are left, so that nothing may follow them."""
    first = next(i for i, part in enumerate(key) if part is ...)
    second = next(i for i, part in enumerate(key) if part is ... and i > first)
    one = (*key[: first + 1], *(part for part in key[first + 1 :] if part is not ...))
    left = ndim - sum(part.ndim if _is_mask(part) else isinstance(part, int | slice | np.ndarray) for part in one)
    if left > 0 and any(part is not ... for part in key[second:]):
        raise IndexError(f"index: after a second `...`, no axis of the {ndim} is left to index")
    return one


_READ = object()


def _is_mask(part: Any) -> bool:
    return isinstance(part, np.ndarray) and part.dtype == bool


def read(x: Array, key: tuple[Any, ...]) -> Array:
    """x[key], a view where the key has no arrays, also of a single value; in memory it lies as PyTorch's result."""
    z = x[key]
    if not isinstance(z, np.ndarray):
        return x[(*key, ...)]
    arrays = [part for part in key if isinstance(part, np.ndarray)]
    if z.ndim < 2 or not arrays:
        return z
    plain = x.flags.c_contiguous and all(array.flags.c_contiguous for array in arrays)
    if plain or any(array.dtype == bool and not array.ndim for array in arrays):
        return in_order(z)
    return permuted(z, axes_by_step(z.shape, *_steps(x, key)))


def _steps(x: Array, key: tuple[Any, ...]) -> list[list[int]]:
    """The steps along the axes of x[key]: those of x, then those of each array in the key; 0 where there is none."""
    arrays: list[Array] = []
    spread: list[Any] = []  # the key, each axis that an array reads as a whole one
    for part in key:
        several = part.nonzero() if _is_mask(part) else (part,)
        if isinstance(part, np.ndarray):
            arrays += several
        spread += [_READ] * len(several) if isinstance(part, np.ndarray) else [part]
    places = [i for i, part in enumerate(spread) if part is _READ]
    together = places == list(range(places[0], places[0] + len(places)))
    view = x[tuple(slice(None) if part is _READ else part for part in spread)]
    number = sum(part is not _READ and part is not ... and not isinstance(part, int) for part in spread)
    own = _axes_of(spread, view.ndim - number - len(places))
    kept = [step for step, read_ in zip(view.strides, own, strict=True) if not read_]
    front = own.index(True) if together else 0
    broadcast = np.broadcast_arrays(*arrays)
    none = [0] * len(kept)
    return [
        [*kept[:front], *[0] * broadcast[0].ndim, *kept[front:]],
        *([*none[:front], *array.strides, *none[front:]] for array in broadcast),
    ]


def _axes_of(spread: list[Any], left: int) -> list[bool]:
    """For each axis of the spread key's view whether an array reads it; `...` stands for the axes that are left."""
    own: list[bool] = []
    for part in spread if any(part is ... for part in spread) else [*spread, ...]:
        own += [False] * left if part is ... else [part is _READ]
    return own


def place(values: Array, key: tuple[Any, ...], shape: tuple[int, ...]) -> Array:
    """An array of zeros, with the values added where `key` reads."""
    z = np.zeros(shape, values.dtype)
    if any(isinstance(part, np.ndarray) and part.dtype != bool for part in key):
        np.add.at(z, key, values)  # an index may occur several times
    else:
        z[key] = values
    return z


class Index(ViewFunction):
    """x[key]; the gradient is added where the values came from."""

    __slots__ = ("key", "shape")
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, key: tuple[Any, ...]) -> Any:
        ctx.key, ctx.shape = key, x.shape
        arrays = tuple(part for part in key if isinstance(part, np.ndarray))
        if arrays:
            ctx.saved = arrays
        return read(x, key)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return place(grad, ctx.key, ctx.shape), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return Place.apply(grad, ctx.key, ctx.shape), None


class Place(Function):
    """Values added up at the places of a key, in an array of zeros: what goes back through an Index."""

    __slots__ = ("key",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, key: tuple[Any, ...], shape: tuple[int, ...]) -> Any:
        ctx.key = key
        return place(x, key, shape)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return read(grad, ctx.key).copy(), None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return Index.apply(grad, ctx.key), None, None
