"""Going back through the graph while that is recorded too, for derivatives of derivatives (`create_graph`).

A node's backward must then work on Tensors. Where it is made of operations that Tensors have, the node says in `saves`
what its saved arrays were, and its own backward runs on them; else the node has a method `again`, which says the same
in nodes. A node with neither refuses.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable
from typing import Any, NoReturn

import numpy as np

from tplib.nn.graph.graph import FREED, Array, Function, check_nodes
from tplib.nn.graph.recording import enable_grad
from tplib.nn.graph.tensor import Tensor

RESULT = -1  # in `saves`


class Alias(Function):
    """The same array as a node of its own: where a walk may stop."""

    __slots__ = ()
    saves = ()

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        return x

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return grad


class Adjoint(Function):
    """What goes back through a node that is linear in its first argument, as a node: its own backward is that node."""

    __slots__ = ("args", "node")

    @staticmethod
    def forward(ctx: Any, grad: Array, node: Function, *args: Any) -> Any:
        ctx.node, ctx.args = node, args
        return node.backward(node, grad)[0]

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        kind = type(ctx.node)
        return kind.forward(kind(), grad, *ctx.args), *(None,) * (len(ctx.edges) - 1)

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return type(ctx.node).apply(grad, *ctx.args), *(None,) * (len(ctx.edges) - 1)


class Attach(Function):
    """A gradient as a node of the input that it depends on by name alone: its derivative with respect to it is 0."""

    __slots__ = ()

    @staticmethod
    def forward(ctx: Any, grad: Array, x: Array) -> Any:
        return grad

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return grad, np.zeros_like(grad)

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return grad, np.zeros(grad.shape, grad.dtype)


def through(formula: Callable[..., Tensor], inputs: list[Any], gradient: Tensor) -> list[Tensor | None]:
    """The gradients of a formula, recorded: dl/d(each input) from dl/d(formula of the inputs); None where unwanted."""
    ends = [Alias.apply(x) if isinstance(x, Tensor) and x.requires_grad else x for x in inputs]
    wanted = [end for end in ends if isinstance(end, Tensor) and end.requires_grad]
    found = dict(zip(map(id, wanted), gradients(formula(*ends), wanted, gradient), strict=True))
    return [found.get(id(end)) for end in ends]


def gradients(z: Tensor, ends: list[Tensor], gradient: Tensor) -> list[Tensor | None]:
    """dl/d(each of `ends`), recorded, from dl/dz; None for what z does not depend on."""
    keys = [end._node or end for end in ends]
    numbers = {id(key) for key in keys}
    if z._node is None:
        return [gradient if z is key else None for key in keys]
    found = walk(check_nodes(z._node, numbers), {z._node: gradient}, numbers, backward_of, cut=True)
    return [found.get(key) for key in keys]


def walk_leaves(z: Tensor, gradient: Tensor, keep: bool) -> None:
    """Add dl/dx, recorded, to `.grad` of every leaf x below z, from dl/dz; then free the nodes, unless `keep`."""
    if z._node is None:
        z.arrive(gradient, None)
        return
    nodes = check_nodes(z._node)
    leaves = {edge for node in nodes for edge in node.edges if edge is not None and not edge.is_node}
    leaves = {leaf for leaf in leaves if leaf.requires_grad}  # but those that were frozen since
    for leaf, grad in walk(nodes, {z._node: gradient}, set(map(id, leaves)), backward_of).items():
        leaf.arrive(grad, None)
    if not keep:
        free(nodes)


def free(nodes: Iterable[Function]) -> None:
    """Forget what the nodes saved."""
    for node in nodes:
        node.saved = node.saved if node.saved is None else FREED


def walk(
    nodes: list[Function],
    grads: dict[Function, Any],
    ends: Collection[int],
    step: Callable[[Function, Any], tuple[Any, ...]],
    cut: bool = False,
    alone: bool = True,
) -> dict[Any, Any]:
    """Send gradients back through `nodes`, newest first; returns what comes to the nodes and leaves named in `ends`.

    Only nodes on a way to an end do anything. `step` is what one node does: `backward_of` on Tensors, recorded, or
    another on arrays. With `cut`, the ways end at the ends. An output that is `alone`
    tells its hooks even where no way leads from it to an end, as in PyTorch.
    """
    leading: set[int] = set(ends)
    for node in reversed(nodes):
        if any(id(edge) in leading for edge in node.edges):
            leading.add(id(node))
    found: dict[Any, Any] = {}
    for node in nodes:
        grad = grads.pop(node, None)
        if grad is None:
            continue
        if node.retained is not None and (alone or id(node) in leading):
            grad = node.retained.arrive(grad, node)
        if id(node) in ends:
            found[node] = grad
        if (cut and id(node) in ends) or not any(id(edge) in leading for edge in node.edges):
            continue
        for edge, part in zip(node.edges, step(node, grad), strict=True):
            if part is not None and edge is not None and id(edge) in leading:
                table = grads if edge.is_node else found
                table[edge] = part if edge not in table else table[edge] + part
    return found


def backward_of(node: Function, grad: Tensor) -> tuple[Any, ...]:
    """A node's backward on Tensors."""
    with enable_grad():
        if node.again is not None:
            results = node.again(node, grad)
        elif node.saves is not None:
            double = copy.copy(node)
            arrays = node.saved or ()
            double.saved = tuple(
                array if kind is None else node.result(array) if kind == RESULT else node.argument(kind, array)
                for kind, array in zip(node.saves, arrays, strict=True)
            )
            results = node.backward(double, grad)
        else:
            refuse(node)
    if not isinstance(results, tuple | list):
        results = (results,)
    parts = [part if part is None or isinstance(part, Tensor) else Tensor(part) for part in results]
    if node.piecewise:
        with enable_grad():
            for i, part in enumerate(parts):
                if part is not None and node.edges[i] is not None and not part.requires_grad:
                    parts[i] = Attach.apply(part, node.argument(i, part._data))
    return tuple(parts)


def refuse(node: Function, where: str = "") -> NoReturn:
    name = f"{type(node).__name__} {where}".strip()
    raise NotImplementedError(
        f"create_graph: the backward of {name} cannot be recorded, so that there is no second derivative through it; "
        "docs/pytorch.md says which operations have one"
    )
