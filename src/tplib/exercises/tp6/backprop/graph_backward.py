"""backward: gradients through a graph, in reverse order, added up where paths meet."""

from collections import defaultdict
from typing import Any

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise
from tplib.exercises.tp6.backprop.graphs import draw_graph, draw_values, graph, ladder, listed
from tplib.graders.exercise import Case, Drawn

Graph = dict[str, list[str]]
Gradients = dict[str, float]


EXAMPLE = {"p": ("multiply", "x a"), "s": ("add", "p b"), "f": ("square", "s")}
DIAMOND = {"u": ("multiply", "x a"), "v": ("add", "u x"), "f": ("square", "v")}
TWO_ROADS = {"p": ("square", "x"), "q": ("multiply", "p x"), "r": ("add", "q p"), "f": ("multiply", "r p")}
UNUSED = {"p": ("multiply", "x a"), "u": ("square", "x"), "f": ("add", "p a")}
THREE_INPUTS = {"p": ("x y + z", "x a b"), "f": ("x y + z", "p x a")}
BOTH_INPUTS_X = {"p": ("x - 2 y", "x x"), "f": ("x y + z", "p p p")}
LATE_LEAF = {"p": ("multiply", "x a"), "b": None, "s": ("add", "p b"), "f": ("multiply", "s x")}
OTHER_RESULT = {"u": ("square", "x"), "v": ("add", "u a"), "p": ("multiply", "x a"), "f": ("square", "p")}


@exercise(
    points=2,
    at_home=True,
    lecture="002, Example of a single layer network: for each function node in reversed topological order",
    concepts=(15,),
    draw=draw_graph,
    edges=(
        Case(graph(EXAMPLE, x=2.0, a=3.0, b=1.0)),
        Case(graph(DIAMOND, x=2.0, a=3.0)),
        Case(graph(TWO_ROADS, x=1.5)),
        Case(graph({"f": ("multiply", "x x")}, x=3.0)),
        Case(graph(UNUSED, x=2.0, a=-1.0, y=5.0)),
        Drawn(lambda draw: draw_values(draw, THREE_INPUTS, "x a b")),
        Drawn(lambda draw: draw_values(draw, BOTH_INPUTS_X, "x")),
        Drawn(lambda draw: draw_values(draw, LATE_LEAF, "x a b")),
        Drawn(lambda draw: draw_values(draw, OTHER_RESULT, "x a")),
        # Listed in an order that is neither the forward nor the backward one, nor either of them turned round.
        Drawn(lambda draw: listed(draw_values(draw, TWO_ROADS, "x"), "r f q x p")),
        Case((*ladder(7), "calls"), "once"),
    ),
    aspects={
        "once": "Right gradients, but `backward` of a node is called more than once. With many paths this takes ages."
    },
    observe=observers.observe_backward,
    forbidden=AUTOGRAD,
)
def backward(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    """the result has the gradient 1; from the last node to the first: grads[input] += its part of
    functions[name].backward(grads[name]).

    shapes: `inputs[name]` and the tuple that `functions[name].backward(...)` returns have the same length and order.
    worked: u = x a, v = u + x, f = v^2 at x = 2, a = 3: v 16, u 16, x 16 from v, then 16 * 3 from u: 64 in all; a 32.
    """
    grads = dict.fromkeys(order, 0.0)
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] += grad
    return grads


@backward.alternative
def backward_defaultdict(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads: Gradients = defaultdict(float)
    waiting = list(order)
    grads[waiting[-1]] = 1.0
    while waiting:
        name = waiting.pop()
        if not inputs[name]:
            continue
        returned = functions[name].backward(grads[name])
        for i in range(len(returned)):
            grads[inputs[name][i]] += returned[i]
    return {name: grads[name] for name in order}


@backward.alternative
def collects(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    """Each node sums up what its users returned for it."""
    grads: Gradients = {}
    returned: dict[str, tuple[float, ...]] = {}
    for name in order[::-1]:
        grads[name] = 1.0 if name == order[-1] else 0.0
        for user, parts in returned.items():
            for source, part in zip(inputs[user], parts, strict=True):
                if source == name:
                    grads[name] = grads[name] + part
        if inputs[name]:
            returned[name] = functions[name].backward(grads[name])
    return grads
