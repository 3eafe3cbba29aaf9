"""The node of a change in place: a value was written into a part of a tensor."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.indexing import Index
from tplib.nn.graph.recording import refuse_lists
from tplib.nn.graph.shaping import Contiguous
from tplib.nn.graph.storage import held
from tplib.nn.graph.views import Steps, look


class Write(Function):
    """The array x after a value was written into a part of it: where the value went, x has no gradient left.

    `steps` lead from x to a view, `key` (or None for all of it) to the part of the view.
    """

    __slots__ = ("axes", "part", "value_shape")

    @staticmethod
    def forward(ctx: Any, x: Array, value: Any, steps: Steps, key: Any) -> Any:
        ctx.part, ctx.value_shape = (steps, key), np.shape(value)
        ctx.axes = sorted(range(x.ndim), key=lambda axis: -abs(x.strides[axis]))
        if steps or not _is_whole(key, x.shape):
            # Also without an index it counts as saved: PyTorch goes back once through a write into a view.
            ctx.saved = tuple(part for part in key or () if isinstance(part, np.ndarray))
        write(look(x, steps), key, value)
        return x

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        steps, key = ctx.part
        dx = grad.transpose(ctx.axes).copy().transpose(np.argsort(ctx.axes))  # axes lie as in x: the steps make views
        view = look(dx, steps)
        key = ... if key is None else key
        d_value = None
        if ctx.edges[1] is not None:
            d_value = np.array(view[key])
            surplus = d_value.ndim - len(ctx.value_shape)
            if surplus < 0:  # NumPy and PyTorch take a value with more axes, of size 1
                d_value = d_value.reshape((1,) * -surplus + d_value.shape)
            d_value = _sum_to(d_value, ctx.value_shape)
        view[key] = 0
        return dx, d_value, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        steps, key = ctx.part
        dx = Contiguous.apply(grad.permute(ctx.axes)).permute(np.argsort(ctx.axes).tolist())
        d_value = None
        if ctx.edges[1] is not None:
            d_value = grad
            for node, args in steps:
                d_value = node.apply(d_value, *args)
            if key is not None:
                d_value = Index.apply(d_value, key)
            surplus = d_value.ndim - len(ctx.value_shape)
            if surplus < 0:
                d_value = d_value.reshape((1,) * -surplus + d_value.shape)
            d_value = _sum_to(d_value, ctx.value_shape)
        return Write.apply(dx, 0.0, steps, key), d_value, None, None


def _is_whole(key: Any, shape: tuple[int, ...]) -> bool:
    """Whether a key reads the array itself: None, or slices of whole axes."""
    if key is None:
        return True
    if not all(part is ... or isinstance(part, slice) for part in key):
        return False
    parts = list(key)
    if ... in parts:
        place = parts.index(...)
        parts[place : place + 1] = [slice(None)] * (len(shape) - len(parts) + 1)
    return all(part.indices(n) == (0, n, 1) for part, n in zip(parts, shape, strict=False))


def to_write(value: Any, dtype: np.dtype[Any]) -> Array:
    """What is to be written into a tensor of `dtype` and is no tensor, as numbers that it can hold.

    Raises TypeError for anything but numbers, and RuntimeError for numbers that the dtype has not.
    """
    if isinstance(value, list | tuple):
        refuse_lists(value)
    try:
        array = np.asarray(value, dtype if isinstance(value, int) else None)
    except OverflowError:
        raise RuntimeError(f"in place: a tensor of {dtype} cannot hold {value}") from None
    except ValueError:  # lists of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in ("biufc" if dtype.kind == "c" else "biuf"):
        raise TypeError(f"in place: expected a tensor or numbers for {dtype}, got {type(value).__name__}")
    return held(array, dtype) if dtype.kind in "iu" and array.dtype.kind == "f" else array


def _sum_to(grad: Array, shape: tuple[int, ...]) -> Array:
    lead = grad.ndim - len(shape)
    repeated = [lead + i for i, size in enumerate(shape) if size == 1 and grad.shape[lead + i] != 1]
    return grad.sum(axis=(*range(lead), *repeated)).reshape(shape) if lead or repeated else grad


def write(array: Array, key: Any, value: Any) -> None:
    """array[key] = value, or all of the array for None.

    As in PyTorch, a value may have more axes of length 1 in front than the place that it goes to, which may be a single
    number.
    """
    if not array.flags.writeable:
        if all(step or n < 2 for step, n in zip(array.strides, array.shape, strict=True)):
            raise RuntimeError(
                "in place: the array of this tensor is read-only, as those of pandas and of memory maps may be, and "
                "parts of what expand() made; change a clone() of it, or make the tensor of a copy of the array"
            )
        raise RuntimeError(
            "in place: several values of a tensor made by expand() are one place; change a clone() of it"
        )
    if key is None:
        np.copyto(array, value)  # unlike an assignment, refuses to cut floats to integers
        return
    if isinstance(value, np.ndarray) and value.ndim and len(value) == 1:
        first = next((axis for axis, size in enumerate(value.shape) if size != 1), value.ndim)
        value = value.reshape(value.shape[first:])
    try:
        array[key] = value
    except ValueError:
        fits, got = np.shape(array[key]), np.shape(value)
        raise ValueError(f"in place: values of shape {got} do not fit where shape {fits} is written to") from None
