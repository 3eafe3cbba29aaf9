"""Sequences of unequal lengths as one batch: padded (T, B, D), or packed without the padding (N, D)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor, concatenate


class PackedSequence(NamedTuple):
    """The rows of all sequences, step by step: those of step 0, then those of step 1, ..., longest sequence first.

    data (N, D) with N the sum of the lengths; batch_sizes (T,) how many sequences still run at each step;
    `sorted_indices` and `unsorted_indices` (B,) lead from the batch's order to the sorted one and back.
    """

    data: Tensor
    batch_sizes: Array
    sorted_indices: Array | None = None
    unsorted_indices: Array | None = None


class Gather(Function):
    """The slices of x at an index without repetition, along an axis."""

    __slots__ = ("dim", "index", "shape")

    @staticmethod
    def forward(ctx: Any, x: Array, index: Array, dim: int) -> Any:
        ctx.index, ctx.dim, ctx.shape = index, dim, x.shape
        return np.take(x, index, axis=dim)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        dx = np.zeros(ctx.shape, grad.dtype)
        dx[(slice(None),) * ctx.dim + (ctx.index,)] = grad
        return dx, None, None


class Scatter(Function):
    """The rows of x at an index of `rows` rows, and a constant in the others."""

    __slots__ = ("index",)

    @staticmethod
    def forward(ctx: Any, x: Array, index: Array, rows: int, constant: float) -> Any:
        ctx.index = index
        z = np.full((rows, *x.shape[1:]), constant, x.dtype)
        z[index] = x
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return grad[ctx.index], None, None, None


def pack_padded_sequence(
    input: TensorLike, lengths: ArrayLike, batch_first: bool = False, enforce_sorted: bool = True
) -> PackedSequence:
    """Leave out the padding: input (T, B, ...), or (B, T, ...) with `batch_first`, and the B lengths, each from 1 to T.

    With `enforce_sorted` the lengths must be falling. Raises ValueError for other lengths. Source: PyTorch's function
    of this name.
    """
    x = as_tensor(input)
    if x.ndim < 2:
        raise ValueError(f"pack_padded_sequence: expected an input of shape (T, B, ...), got {x.shape}")
    if batch_first:
        x = x.transpose(0, 1)  # (T, B, ...)
    time, batch = x.shape[:2]
    sizes = np.asarray(lengths)
    if sizes.shape != (batch,) or (batch and sizes.dtype.kind not in "iu"):
        raise ValueError(f"lengths: expected {batch} integers, one per sequence, got {sizes.dtype} of {sizes.shape}")
    if batch and (sizes.min() < 1 or sizes.max() > time):
        raise ValueError(f"lengths: expected each from 1 to {time}, the input's length, got {sizes.tolist()}")
    order = None
    if enforce_sorted:
        if np.any(np.diff(sizes) > 0):
            raise ValueError(
                "pack_padded_sequence: the lengths are not falling; sort them, or use enforce_sorted=False"
            )
    else:
        order = np.argsort(-sizes, kind="stable")
        sizes = sizes[order]
    running = np.arange(sizes.max(initial=0))[:, None] < sizes  # (T, B)
    step, position = running.nonzero()
    index = step * batch + (position if order is None else order[position])
    data = Gather.apply(x.reshape(time * batch, *x.shape[2:]), index, 0)
    return PackedSequence(data, running.sum(axis=1), order, None if order is None else np.argsort(order))


def pad_packed_sequence(
    sequence: PackedSequence, batch_first: bool = False, padding_value: float = 0.0, total_length: int | None = None
) -> tuple[Tensor, Array]:
    """Put the padding back: the padded tensor (T, B, ...), or (B, T, ...), and the lengths (B,), in the batch's order.

    T is `total_length`, or the largest length. Source: PyTorch's function of this name.
    """
    sizes = sequence.batch_sizes
    longest, batch = len(sizes), int(sizes.max(initial=0))
    time = longest if total_length is None else total_length
    if time < longest:
        raise ValueError(f"pad_packed_sequence: total_length {time} is less than the longest sequence, {longest}")
    running = np.arange(batch) < sizes[:, None]  # (T, B)
    lengths = running.sum(axis=0)
    step, position = running.nonzero()
    if sequence.sorted_indices is not None:
        position = sequence.sorted_indices[position]
        lengths = lengths[sequence.unsorted_indices]
    data = sequence.data
    padded = Scatter.apply(data, step * batch + position, time * batch, padding_value)
    padded = padded.reshape(time, batch, *data.shape[1:])
    return padded.transpose(0, 1) if batch_first else padded, lengths


def pad_sequence(sequences: Sequence[TensorLike], batch_first: bool = False, padding_value: float = 0.0) -> Tensor:
    """Sequences (T_b, ...) of unequal lengths as one padded tensor (T, B, ...), or (B, T, ...).

    Source: PyTorch's function of this name.
    """
    tensors = [as_tensor(sequence) for sequence in sequences]
    if not tensors:
        raise ValueError("pad_sequence: expected at least one sequence, got none")
    if len({x.shape[1:] for x in tensors}) > 1 or not all(x.ndim for x in tensors):
        shapes = ", ".join(str(x.shape) for x in tensors)
        raise ValueError(f"pad_sequence: expected sequences (T, ...) that differ only in length, got {shapes}")
    time, batch = max(len(x) for x in tensors), len(tensors)
    index = np.concatenate([np.arange(len(x)) * batch + b for b, x in enumerate(tensors)])
    if batch_first:
        index = np.concatenate([np.arange(len(x)) + b * time for b, x in enumerate(tensors)])
    padded = Scatter.apply(concatenate(tensors), index, time * batch, padding_value)
    return padded.reshape(*((batch, time) if batch_first else (time, batch)), *tensors[0].shape[1:])


def pack_sequence(sequences: Sequence[TensorLike], enforce_sorted: bool = True) -> PackedSequence:
    """Sequences (T_b, ...) of unequal lengths as one PackedSequence."""
    lengths = [len(as_tensor(sequence)) for sequence in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)
