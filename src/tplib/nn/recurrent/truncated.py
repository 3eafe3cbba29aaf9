"""Backpropagation through time cut into pieces, for sequences too long to keep (lecture 003, "Training RNNs")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor


def truncated_bptt(
    module: Callable[..., Any], input: TensorLike, length: int, hx: Any = None, dim: int | None = None
) -> Iterator[tuple[slice, Tensor, Any]]:
    """Run a recurrent module over a long input, `length` time steps at a time, with states that carry no gradient over.

    Yields, for each piece, the slice of its time steps, the output and the state. Each piece is computed when it is
    asked for, so an optimiser may step between two of them:

        for steps, output, _ in truncated_bptt(lstm, x, length=35):
            optimiser.zero_grad()
            loss(head(output), targets[steps]).backward()
            optimiser.step()

    `module(piece, state)` returns (output, state). `dim` is the time axis of input: by default the first, or the second
    of (B, T, D) for a module with `batch_first`. The last piece may be shorter. An embedding belongs inside the module,
    so that each piece has its own. Raises ValueError for a length below 1. Source: Williams and Peng, 1990.
    """
    if length < 1:
        raise ValueError(f"truncated_bptt: expected a length of at least 1 time step, got {length}")
    x, state = as_tensor(input), hx
    if dim is None:
        dim = 1 if x.ndim == 3 and getattr(module, "batch_first", False) else 0
    for start in range(0, x.shape[dim], length):
        steps = slice(start, start + length)
        output, state = module(x[(slice(None),) * dim + (steps,)], state)
        yield steps, output, state
        state = _detached(state)


def _detached(state: Any) -> Any:
    return tuple(map(_detached, state)) if isinstance(state, tuple) else state.detach()
