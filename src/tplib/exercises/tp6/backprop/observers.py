"""How the answers of 3_backprop are watched: plain data in, plain data out; nothing here tells what is right."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np

Array = np.ndarray
Function = Callable[[Array], Any]


def observe_node(candidate: Any, *given: Any) -> dict[str, Any]:
    """A node's forward and backward pass, another node of the class at work in between; or one of two closer looks.

    The last argument may say which look: "tuple", the type of what backward returns; "again", a second use of the node.
    """
    *given, look = given if isinstance(given[-1], str) else (*given, "values")
    *inputs, grad = given
    others, more = [value + 1 for value in inputs], (2 * grad, 2 * grad)  # before an answer can change what it is given
    node, other = candidate(), candidate()
    z = node.forward(*inputs)
    other.forward(*(value + 1 for value in inputs))
    returned = node.backward(grad)
    if look == "tuple":
        return {"type that `backward` returns": "tuple" if isinstance(returned, tuple) else type(returned).__name__}
    if look == "again":
        return {
            "second forward": node.forward(*others),
            "second backward": node.backward(more[0]),
            "the same backward again": node.backward(more[1]),
        }
    return {"forward": z, "backward": returned}


MOST_CALLS = 300  # of one node: ends a walk along every path


class Node:
    """A function node after its forward pass, which counts how often it is asked for its gradients."""

    def __init__(self, operation: str, *values: float) -> None:
        self.operation, self.values = operation, values
        self.calls = 0

    def backward(self, grad: float) -> tuple[float, ...]:
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise RuntimeError(f"backward of one node was called more than {MOST_CALLS} times")
        return tuple(grad * slope for slope in SLOPES[self.operation](*self.values))


SLOPES: dict[str, Callable[..., tuple[float, ...]]] = {
    "add": lambda x, y: (1, 1),
    "multiply": lambda x, y: (y, x),
    "square": lambda x: (2 * x,),
    "x - 2 y": lambda x, y: (1, -2),
    "x y + z": lambda x, y, z: (y, x, 1),
}


def observe_backward(
    candidate: Any, inputs: dict[str, list[str]], functions: dict[str, Any], order: list[str], look: str = "gradients"
) -> Any:
    nodes = {name: Node(*spec) for name, spec in functions.items()}
    grads = candidate(inputs, nodes, order)
    if look == "calls":
        return {"functions not called once": [f"{n} ({node.calls})" for n, node in nodes.items() if node.calls != 1]}
    return grads


def cubes(x: Array) -> Any:
    return np.sum(x**3)


def product(x: Array) -> Any:
    return np.sin(x).sum() * x.sum()


def exponential(x: Array) -> Any:
    return np.exp(x).mean()


def running_sums(x: Array) -> Any:
    """What it gives depends on the shape of x."""
    return np.sum(np.cumsum(x, axis=0) ** 2)


FUNCTIONS: dict[str, Function] = {
    "np.sum(x**3)": cubes,
    "np.sin(x).sum() * x.sum()": product,
    "np.exp(x).mean()": exponential,
    "np.sum(np.cumsum(x, axis=0)**2)": running_sums,
}


def observe_slopes(candidate: Any, f: str, x: Array, *eps: Any) -> Any:
    """The slopes; "transposed" as a last argument lays x out column by column, as the transpose of an array is."""
    *eps, look = eps if eps and isinstance(eps[-1], str) else (*eps, "")
    given = np.asfortranarray(x) if look == "transposed" else x
    before, moved = given.copy(), False

    def watched(z: Array) -> Any:
        nonlocal moved
        moved = moved or not np.array_equal(given, before)
        return FUNCTIONS[f](z)

    slopes = candidate(watched, given, *eps)
    if moved or not np.array_equal(given, before):
        x += 1  # what moves while f works counts as changed, put back or not
    return slopes


def observe_forward(candidate: Any, x: Array, parameters: list[Any], look: str = "values") -> Any:
    """Scores and what is kept; or their types; or with one W and b, the same arrays, in the first and last layer."""
    if look == "shared":
        parameters = [*parameters, parameters[0]]
    result = candidate(x, parameters)
    if look == "types":
        scores, kept = result
        return {"kept": type(kept).__name__, "dtypes": ", ".join(sorted({str(a.dtype) for a in (scores, *kept)}))}
    return result


def observe_layer_gradients(
    candidate: Any, G: Array, parameters: list[Any], kept: list[Array], look: str = "values"
) -> Any:
    """The gradients; or the type of the whole and the dtypes in it."""
    grads = candidate(G, parameters, kept)
    if look == "types":
        dtypes = {str(array.dtype) for pair in grads for array in pair}
        return {"result": type(grads).__name__, "dtypes": ", ".join(sorted(dtypes))}
    return grads


def observe_training(candidate: Any, *given: Any) -> Any:
    """The losses may be a list or an array."""
    result = candidate(*given)
    if not isinstance(result, tuple | list) or len(result) != 3:
        return result
    W1, W2, losses = result
    if isinstance(losses, list | tuple | np.ndarray):
        losses = np.array(losses, dtype=np.float64)
    return W1, W2, losses


TOO_DEEP = 200  # calls inside each other: only a recursion gets there


def observe_order(candidate: Any, inputs: dict[str, list[str]], look: str = "order") -> Any:
    """The order; or its type; or how deep its calls go. A recursion limit that was moved is put back."""
    limit, profile, depth, deepest = sys.getrecursionlimit(), sys.getprofile(), 0, 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal depth, deepest
        depth += {"call": 1, "return": -1}.get(event, 0)
        deepest = max(deepest, depth)

    try:
        if look == "depth":
            sys.setprofile(count)
        order = candidate(inputs)
    finally:
        sys.setprofile(profile)
        sys.setrecursionlimit(limit)
    if look == "depth":
        return {"calls inside each other": f"fewer than {TOO_DEEP}" if deepest < TOO_DEEP else f"{TOO_DEEP} or more"}
    if look == "type":
        return {"type of the result": type(order).__name__}
    return order if isinstance(order, list | tuple) else {"type of the result": type(order).__name__}
