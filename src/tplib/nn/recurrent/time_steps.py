"""What the recurrent nodes share: the rows of each time step, and the parts of their result.

A batch of sequences is kept packed, as in PyTorch's PackedSequence: all rows of step 0, then all rows of step 1, ...,
(N, D) in all. Sequences are sorted by falling length, so those that still run at a step are the first n of the batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.indexing import Place
from tplib.nn.graph.tensor import Tensor

Steps = tuple[tuple[slice, int], ...]


def steps_of(batch_sizes: ArrayLike, reverse: bool = False) -> Steps:
    """For each time step, in the order of reading: its rows, and how many sequences n have them.

    Read forwards, a sequence leaves the first n when it ends; in reverse, it joins them at its own end.
    """
    sizes = np.asarray(batch_sizes)
    starts = np.cumsum(sizes) - sizes
    steps = tuple((slice(start, start + n), n) for start, n in zip(starts.tolist(), sizes.tolist(), strict=True))
    return steps[::-1] if reverse else steps


def by_gate(gates: Array, number: int) -> Array:
    """A view of (N, number H) by gate: (number, N, H)."""
    return gates.reshape(len(gates), number, gates.shape[1] // number).swapaxes(0, 1)


def one_minus_square(y: Array) -> Array:
    """The derivative of tanh, from its value y."""
    z = y * y
    return np.subtract(1, z, out=z)


def check_weights(name: str, gates: int, x: Array, state: Array, w_ih: Array, w_hh: Array) -> None:
    """Refuse weights of the wrong shape, with a sentence."""
    rows = gates * state.shape[1]
    if w_ih.shape != (rows, x.shape[1]) or w_hh.shape != (rows, state.shape[1]):
        raise ValueError(
            f"{name}: expected weights {(rows, x.shape[1])} for the input and {(rows, state.shape[1])} for the state, "
            f"got {w_ih.shape} and {w_hh.shape}"
        )


class Part(Function):
    """Some rows of a recurrent node's result, in the shape asked for: its outputs, or one of its last states."""

    __slots__ = ("rows", "shape")

    @staticmethod
    def forward(ctx: Any, z: Array, rows: slice, shape: tuple[int, ...]) -> Any:
        ctx.rows, ctx.shape = rows, z.shape
        return z[rows].reshape(shape)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        dz = np.empty(ctx.shape, grad.dtype)
        dz[: ctx.rows.start] = 0
        part = dz[ctx.rows]
        part[...] = grad.reshape(part.shape)
        dz[ctx.rows.stop :] = 0
        return dz, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        rows = grad.reshape(ctx.rows.stop - ctx.rows.start, *ctx.shape[1:])
        return Place.apply(rows, (ctx.rows,), ctx.shape), None, None


def parts_of(result: Tensor, rows: int, batch: int, states: int) -> list[Tensor]:
    """Split (N + S B, H) into the outputs (N, H) and the S last states (B, H)."""
    hidden = result.shape[1]
    cuts = [(0, rows), *((rows + k * batch, rows + (k + 1) * batch) for k in range(states))]
    return [Part.apply(result, slice(start, stop), (stop - start, hidden)) for start, stop in cuts]
