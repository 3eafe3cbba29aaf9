"""A gate: several tensors pass it together, so that a hook sees all of their gradients at one moment.

A node has one output. The gate's own output is therefore no value that anybody reads, only the place where the
gradients of all its inputs lie side by side in one row. Behind it is a passage for each input, with its values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.indexing import Place
from tplib.nn.graph.tensor import Tensor, concatenate


class Gate(Function):
    """What goes back through it is the row of all gradients; each input gets its part, if it is not skipped."""

    __slots__ = ("kinds", "skipped")

    @staticmethod
    def forward(ctx: Any, *arrays: Array) -> Any:
        ctx.kinds, ctx.skipped = [(x.shape, x.dtype) for x in arrays], ()
        if len(arrays) == 1:
            return arrays[0].reshape(-1)
        return np.broadcast_to(np.zeros((), np.result_type(*arrays)), sum(x.size for x in arrays))

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        parts = zip(_parts(ctx, grad), ctx.kinds, strict=True)
        return tuple(None if i in ctx.skipped else x.astype(kind[1], copy=False) for i, (x, kind) in enumerate(parts))

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        parts = zip(_parts(ctx, grad), ctx.kinds, strict=True)
        return tuple(None if i in ctx.skipped else x.to(kind[1]) for i, (x, kind) in enumerate(parts))


class Passage(Function):
    """One of the tensors that pass a gate; `came` notes that a gradient came back to it."""

    __slots__ = ("came", "length", "start")

    @staticmethod
    def forward(ctx: Any, gate: Array, x: Array, start: int, came: Callable[[], Any]) -> Any:
        ctx.start, ctx.length, ctx.came = start, len(gate), came
        return x

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        ctx.came()
        if grad.size == ctx.length:
            return grad.reshape(-1), None, None, None
        row = np.zeros(ctx.length, grad.dtype)
        row[ctx.start : ctx.start + grad.size] = grad.reshape(-1)
        return row, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        ctx.came()
        if grad.numel() == ctx.length:
            return grad.reshape(-1), None, None, None
        stretch = slice(ctx.start, ctx.start + grad.numel())
        return Place.apply(grad.reshape(-1), (stretch,), (ctx.length,)), None, None, None


def _parts(gate: Any, row: Any) -> list[Any]:
    shapes = [shape for shape, _ in gate.kinds]
    if len(shapes) == 1:
        return [row.reshape(shapes[0])]
    ends = accumulate(map(math.prod, shapes), initial=0)
    return [row[a:b].reshape(shape) for (a, b), shape in zip(pairwise(ends), shapes, strict=True)]


def pass_together(tensors: Sequence[Tensor], hook: Callable[[list[Any], set[int]], list[Any]]) -> list[Tensor]:
    """The tensors behind a gate; `hook` gets their gradients, and the numbers of those to which one came: others are 0.

    It returns the gradients that go on, None for nothing. Hooks of the tensors behind the gate have run before.
    """
    gate = Gate.apply(*tensors)
    node: Any = gate._node
    come: set[int] = set()

    def arrived(row: Tensor) -> Tensor | None:
        parts = _parts(node, row)
        came = set(come)
        come.clear()
        answer = hook(parts, came)
        node.skipped = [i for i, part in enumerate(answer) if part is None]
        if all(new is None or new is part for part, new in zip(parts, answer, strict=True)):
            return None
        return concatenate([(x if y is None else y).reshape(-1) for x, y in zip(parts, answer, strict=True)])

    gate.register_hook(arrived)
    starts = accumulate((x.data.size for x in tensors), initial=0)
    return [
        Passage.apply(gate, x.data, start, lambda i=i: come.add(i))
        for i, (x, start) in enumerate(zip(tensors, starts, strict=False))
    ]
