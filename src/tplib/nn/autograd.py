"""Gradients as values rather than in `.grad`: `torch.autograd.grad`, with derivatives of derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function, check_nodes, check_saved
from tplib.nn.graph.hooks import run_hooks
from tplib.nn.graph.second_order import backward_of, free, walk
from tplib.nn.graph.sparse_rows import SparseRows
from tplib.nn.graph.tensor import Tensor

Tensors = Tensor | Sequence[Tensor]


def grad(
    outputs: Tensors,
    inputs: Tensors,
    grad_outputs: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool = False,
) -> tuple[Any, ...]:
    """dl/d(each input), a tuple of Tensors, where dl/d(each output) is `grad_outputs` (None for scalars).

    Nothing is added to `.grad`. With `create_graph` the result is recorded, so that it can be differentiated in turn.
    What the nodes saved is freed unless `retain_graph`, by default `create_graph`. An input that the outputs do not
    depend on raises RuntimeError, or gives None with `allow_unused`.
    """
    zs, xs = _listed(outputs), _listed(inputs)
    if not xs:
        raise ValueError("grad: there are no inputs; name the tensors whose gradients are wanted")
    starts: list[Any] = [None] * len(zs) if grad_outputs is None else _listed(grad_outputs)
    if len(starts) != len(zs):
        raise ValueError(f"grad: expected a gradient for each of {len(zs)} outputs, got {len(starts)}")
    for what, tensors in (("output", zs), ("input", xs)):
        for tensor in tensors:
            if not isinstance(tensor, Tensor) or not tensor.requires_grad:
                raise RuntimeError(f"grad: each {what} must be a tensor that requires a gradient")
    keys = [x._node or x for x in xs]
    ends, sums = {id(key) for key in keys}, dict.fromkeys(keys)
    keep = create_graph if retain_graph is None else retain_graph
    used: list[Function] = []

    # Only nodes on a way to an input are gone through, and checked: another part of the graph may have been freed.
    def on_arrays(node: Function, gradient: Array) -> tuple[Any, ...]:
        check_saved(node)
        used.append(node)
        results = node.backward(node, np.asarray(gradient))
        return results if isinstance(results, tuple) else (results,)

    def on_tensors(node: Function, gradient: Tensor) -> tuple[Any, ...]:
        check_saved(node)
        used.append(node)
        return backward_of(node, gradient)

    grads: dict[Function, Any] = {}
    nodes: set[Function] = set()
    for z, start in zip(zs, starts, strict=True):
        first = z._start(start)
        gradient = first if not create_graph else start if isinstance(start, Tensor) else Tensor(first)
        key = z._node or z
        table = sums if z._node is None else grads
        if z._node is not None:
            nodes |= set(check_nodes(z._node, checked=False))
        elif z not in sums:
            continue  # a leaf, and no input
        table[key] = gradient if table.get(key) is None else table[key] + gradient
    with np.errstate(all="ignore"):
        newest_first = sorted(nodes, key=lambda node: node.order, reverse=True)
        found = walk(newest_first, grads, ends, on_tensors if create_graph else on_arrays, alone=len(zs) == 1)
    for key, part in found.items():
        sums[key] = part if sums[key] is None else sums[key] + part
    if not keep:
        free(used)
    results = [_through_hooks(_as_gradient(sums[key], x), x) for key, x in zip(keys, xs, strict=True)]
    if not allow_unused and any(result is None for result in results):
        number = next(i for i, result in enumerate(results) if result is None)
        raise RuntimeError(
            f"grad: the outputs do not depend on input {number}; leave it out, or give allow_unused=True for None"
        )
    return tuple(results)


def _listed(tensors: Any) -> list[Any]:
    return list(tensors) if isinstance(tensors, tuple | list) else [tensors]


def _through_hooks(gradient: Tensor | None, x: Tensor) -> Tensor | None:
    """The whole gradient of a leaf after its hooks; a computed tensor's have run on the way."""
    return run_hooks(x._hooks, gradient) if gradient is not None and x._node is None and x._hooks else gradient


def _as_gradient(value: Any, x: Tensor) -> Tensor | None:
    if value is None or isinstance(value, Tensor):
        return value if value is None else value.to(x.dtype)
    return Tensor(np.array(value.to_dense() if isinstance(value, SparseRows) else value, x.dtype))
