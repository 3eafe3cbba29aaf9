"""The computation graph: function nodes, and the backward walk through them (lecture 002, "A function node")."""

from __future__ import annotations

from collections.abc import Collection
from operator import attrgetter
from typing import Any, ClassVar, NoReturn

import numpy as np

from tplib.nn.graph.recording import mode as _mode
from tplib.nn.graph.recording import options_of, refuse_gradient, refuse_lists
from tplib.nn.graph.storage import Array, LastChange, changed_since, tick

_creation = attrgetter("order")
FREED = ("freed",)
SMALL = 32  # values; larger arrays are not kept for pictures


class Function:
    """One node of the graph, z = f(x, y, ...): computes z, keeps what it needs, returns the gradients to its inputs.

    A subclass has two static methods, on arrays:

        forward(ctx, x, y, ...)  -> z           the value; `ctx.save_for_backward(x, y, z)` keeps arrays
        backward(ctx, grad)      -> dx, dy, ... dl/dz (shape of z) in, one gradient (or None) per argument out

    `ctx` is the node itself: options go on it as attributes. `Function.apply(x, y, ...)` takes Tensors, arrays and
    plain options, and returns a Tensor. Source: lecture 002, "A function node".
    """

    __slots__ = ("edges", "order", "output", "output_grad", "retained", "saved")

    is_node: ClassVar[bool] = True
    # Whether backward's results are new arrays that nobody else holds, so that a leaf may keep them without a copy.
    fresh: ClassVar[bool] = False
    # For the first saved values, the arguments whose gradient reads them; None, and what is not listed, is always read.
    # A value that no gradient reads may be changed in place.
    read_for: ClassVar[tuple[tuple[int, ...] | None, ...]] = ()
    # For `create_graph`: per saved value the argument that it was, -1 for the result, None for a constant, if
    # backward works on Tensors as it does on arrays; else `again(ctx, grad)` may say the same in nodes.
    saves: ClassVar[tuple[int | None, ...] | None] = None
    again: ClassVar[Any] = None
    # Whether the gradient counts as depending on the inputs, as in PyTorch, though its derivative is 0: as that of |x|.
    piecewise: ClassVar[bool] = False
    # What the shapes must satisfy, to turn NumPy's ValueError into a sentence.
    expects: ClassVar[str | None] = None
    # The arguments that are plain options, by number: those that `forward` annotates as numbers, truths or words.
    options: ClassVar[dict[int, str]] = {}

    edges: list[Any]  # per argument: the node it came from, or the leaf Tensor itself, or None
    saved: Any  # arrays kept for backward; FREED once used
    retained: Any  # the output Tensor, if it asked for its gradient
    output: Any  # a small output, or the shape of a large one: for pictures of the graph
    output_grad: Any  # the same for dl/d(output), None before backward
    order: int  # the time of creation

    def __init_subclass__(cls) -> None:
        if "setup_context" in vars(cls):
            cls.forward = staticmethod(_in_two_steps(cls.forward, cls.setup_context))  # type: ignore[method-assign]
        cls.options = options_of(cls.forward)

    @staticmethod
    def forward(ctx: Any, *args: Any) -> Any:
        raise NotImplementedError("a Function defines forward(ctx, ...) and backward(ctx, grad)")

    setup_context: ClassVar[Any]  # PyTorch's other form: forward(x, y, ...), then setup_context(ctx, inputs, output)

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        raise NotImplementedError(f"{type(ctx).__name__} defines no backward(ctx, grad)")

    def save_for_backward(self, *arrays: Array) -> None:
        """Keep arrays until backward has used them."""
        self.saved = arrays

    @property
    def saved_tensors(self) -> tuple[Array, ...]:
        """The arrays that `save_for_backward` kept."""
        return self.saved or ()

    @property
    def needs_input_grad(self) -> tuple[bool, ...]:
        """For each argument, whether its gradient is wanted."""
        return tuple(edge is not None for edge in self.edges)

    def argument(self, number: int, array: Any) -> Any:
        """A saved array as the tensor that it was: the argument of this number, on the graph."""
        edge = self.edges[number]
        if edge is None:
            return Tensor(array) if isinstance(array, np.ndarray) else array
        return self._tensor(edge, array) if edge.is_node else edge

    def result(self, array: Array) -> Tensor:
        """A saved array as the tensor that this node computed."""
        return self._tensor(self, array)

    @staticmethod
    def _tensor(node: Function, array: Array) -> Tensor:
        tensor = Tensor(array)
        tensor._node, tensor._requires_grad = node, True
        return tensor

    @classmethod
    def apply(cls, *args: Any) -> Tensor:
        """Compute the node's value and, if an input requires a gradient, put the node on the graph."""
        ctx = cls()
        ctx.saved = None
        arrays: list[Any] = []
        edges: list[Any] = []
        ctx.edges = edges
        recorded = False
        for arg in args:
            if isinstance(arg, Tensor):
                arrays.append(arg._data)
                if arg._requires_grad:
                    if len(edges) in cls.options:
                        refuse_gradient(f"{cls.__name__}: {cls.options[len(edges)]}", arg)
                    recorded = True
                    edges.append(arg._node or arg)
                else:
                    edges.append(None)
            else:
                if type(arg) is list:
                    refuse_lists(arg)
                # A NumPy scalar counts as a Python number, as in PyTorch: it does not turn float32 into float64.
                arrays.append(arg.item() if isinstance(arg, np.generic) else arg)
                edges.append(None)
        try:
            value = cls.forward(ctx, *arrays)
        except ValueError as error:
            if cls.expects is None or isinstance(error, IndexError):  # the latter: NumPy's AxisError
                raise
            shapes = " and ".join(str(np.shape(a)) for a in arrays if isinstance(a, np.ndarray))
            raise ValueError(f"{cls.__name__.lower()}: expected {cls.expects}, got {shapes}") from error

        except TypeError as error:
            if not any(word in str(error) for word in ("ufunc", "unsupported operand", "Concatenation")):
                raise
            _refuse_kinds(cls, args, error)

        if type(value) is tuple:
            raise TypeError(f"{cls.__name__}.forward: expected one array, got {len(value)}; a Function has one output")

        out = Tensor.__new__(Tensor)
        if type(value) is np.ndarray:
            out._data = value
        else:  # NumPy gives a number for arrays of a single one; what the node saved of it must be what may be changed
            out._data = np.asarray(value)
            if type(ctx.saved) is tuple:
                ctx.saved = tuple(out._data if part is value else part for part in ctx.saved)
        kind = out._data.dtype.kind
        if kind == "O":
            _refuse_kinds(cls, args, None)
        out._grad = None
        out._view = out._views = out._hooks = None
        if recorded and _mode.recording and kind in "fc":
            ctx.retained = ctx.output_grad = None
            ctx.output = out._data if out._data.size <= SMALL else out._data.shape
            ctx.order = tick()
            out._requires_grad = True
            out._node = ctx
        else:
            out._requires_grad = False
            out._node = None
        return out


def _refuse_kinds(kind: type[Function], args: Any, error: TypeError | None) -> NoReturn:
    if error is not None and not kind.__module__.startswith("tplib."):
        raise error  # of somebody's own function
    names = [f"{type(arg).__module__}.{type(arg).__name__}".removeprefix("builtins.") for arg in args]
    kinds = " and ".join("Tensor" if isinstance(arg, Tensor) else n for arg, n in zip(args, names, strict=True))
    raise TypeError(f"{kind.__name__.lower()}: expected tensors, arrays or numbers, got {kinds}") from error


def _in_two_steps(forward: Any, setup_context: Any) -> Any:
    def both(ctx: Any, *inputs: Any) -> Any:
        output = forward(*inputs)
        setup_context(ctx, inputs, output)
        return output

    return both


def send_back(root: Function, gradient: Array, retain_graph: bool) -> None:
    """Propagate dl/d(root's output) to every leaf below `root`, in reverse topological order.

    A node is created after its inputs, so newest first is such an order: no recursion, however long the chain.
    """
    nodes = check_nodes(root)
    grads: dict[Function, Any] = dict.fromkeys(nodes)
    grads[root] = gradient
    waiting: dict[Tensor, Any] = {}
    for node in nodes:
        grad = grads.pop(node)
        if grad is None:
            continue
        if type(grad) is not np.ndarray:
            grad = np.asarray(grad)
        output = node.output
        if grad.shape != (output if type(output) is tuple else output.shape):
            _wrong_shape(node, nodes, grad)
        node.output_grad = grad if grad.size <= SMALL else grad.shape
        if node.retained is not None:
            grad = node.retained.arrive(grad, node)
        results = node.backward(node, grad)
        edges = node.edges
        if type(results) is not tuple:
            results = (results,)
        if len(results) != len(edges):
            _check_count(node, results)
        if node.saved is not None and not retain_graph:
            node.saved = FREED
        for edge, result in zip(edges, results):  # noqa: B905 (the lengths are checked; strict costs 0.1 us a node)
            if edge is None or result is None:
                continue
            if edge.is_node:
                so_far = grads[edge]
                grads[edge] = result if so_far is None else so_far + result
            elif not edge.requires_grad:
                continue  # a leaf that was frozen since
            elif edge._hooks:
                waiting[edge] = result if edge not in waiting else waiting[edge] + result
            else:
                edge.accumulate(result, node.fresh, node)
    for leaf, grad in waiting.items():  # a hook sees the sum of what came
        leaf.arrive(grad, None)


def check_nodes(root: Function, ends: Collection[int] = (), checked: bool = True) -> list[Function]:
    """The nodes from `root` down, newest first; not below those whose ids are in `ends`.

    Raises RuntimeError where a node's saved values were freed or changed; without `checked`, `check_saved` is left.
    """
    seen = {root}
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in ends:
            continue
        if checked:
            check_saved(node)
        for edge in node.edges:
            if edge is not None and edge.is_node and edge not in seen:
                seen.add(edge)
                stack.append(edge)
    return sorted(seen, key=_creation, reverse=True) if len(seen) > 1 else [root]


def check_saved(node: Function) -> None:
    """Raise RuntimeError where a node's saved values were freed or changed."""
    if node.saved is FREED or (LastChange.time > node.order and _is_stale(node)):
        _refuse_saved(node)


def _is_stale(node: Function) -> bool:
    """Whether an array that the node saved and will read was changed in place since."""
    saved = node.saved
    if not isinstance(saved, tuple | list):
        saved = (saved,)
    if node.read_for:
        wanted, readers = node.needs_input_grad, (*node.read_for, *(None,) * len(saved))
        saved = [x for x, those in zip(saved, readers, strict=False) if those is None or any(wanted[i] for i in those)]
    return changed_since(saved, node.order)


def _refuse_saved(node: Function) -> NoReturn:
    name = type(node).__name__
    if node.saved is FREED:
        raise RuntimeError(
            f"backward: the values that {name} saved were freed by an earlier backward(); call the first one with "
            "retain_graph=True, or compute the forward pass again"
        )
    raise RuntimeError(
        f"backward: an array that {name} saved was changed in place after the forward pass; change it after "
        "backward(), or work on a copy"
    )


def _wrong_shape(node: Function, nodes: list[Function], grad: Array) -> NoReturn:
    shape = node.output if isinstance(node.output, tuple) else node.output.shape
    names = " or ".join(sorted({type(other).__name__ for other in nodes if any(x is node for x in other.edges)}))
    raise RuntimeError(
        f"backward: {names}.backward returned a gradient of shape {grad.shape} for an input of shape {shape}"
    )


def _check_count(node: Function, results: tuple[Any, ...]) -> None:
    number = len(node.edges)
    if len(results) > number and all(result is None for result in results[number:]):
        return  # of arguments that were left to their defaults
    raise RuntimeError(
        f"backward: {type(node).__name__}.backward returned {len(results)} gradients, expected {number}: "
        "one for each argument of forward (None where there is no gradient)"
    )


# At the end, because each needs the other: a Tensor's methods are Functions, a Function's inputs are Tensors.
from tplib.nn.graph.tensor import Tensor  # noqa: E402
