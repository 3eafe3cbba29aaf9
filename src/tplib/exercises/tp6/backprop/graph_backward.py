"""backward: gradients through a graph, in reverse order, added up where paths meet."""

from collections import defaultdict
from typing import Any

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise
from tplib.exercises.tp6.backprop.graphs import draw_graph, graph, ladder
from tplib.graders.exercise import Case

Graph = dict[str, list[str]]
Gradients = dict[str, float]


def _start(order: list[str]) -> Gradients:
    return {**dict.fromkeys(order, 0.0), order[-1]: 1.0}


def _walk(inputs: Graph, functions: dict[str, Any], grads: Gradients, visits: list[str]) -> Gradients:
    for name in visits:
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] += grad
    return grads


EXAMPLE = {"p": ("multiply", "x a"), "s": ("add", "p b"), "f": ("square", "s")}
DIAMOND = {"u": ("multiply", "x a"), "v": ("add", "u x"), "f": ("square", "v")}
TWO_ROADS = {"p": ("square", "x"), "q": ("multiply", "p x"), "r": ("add", "q p"), "f": ("multiply", "r p")}
UNUSED = {"p": ("multiply", "x a"), "u": ("square", "x"), "f": ("add", "p a")}


@exercise(
    points=2,
    at_home=True,
    lecture="002, Example of a single layer network: for each function node in reversed topological order",
    draw=draw_graph,
    edges=(
        Case(graph(EXAMPLE, x=2.0, a=3.0, b=1.0)),
        Case(graph(DIAMOND, x=2.0, a=3.0)),
        Case(graph(TWO_ROADS, x=1.5)),
        Case(graph({"f": ("multiply", "x x")}, x=3.0)),
        Case(graph(UNUSED, x=2.0, a=-1.0, y=5.0)),
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


@backward.mistake("Two nodes use x, and each returns a gradient for it. What happens to the first one in your code?")
def overwritten(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] = grad
    return grads


@backward.mistake("Two nodes use x, and each returns a gradient for it. What happens to the second one in your code?")
def first_gradient_kept(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = {order[-1]: 1.0}
    for name in reversed(order):
        if name in functions and name in grads:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads.setdefault(source, grad)
    return {name: grads.get(name, 0.0) for name in order}


@backward.mistake("When your loop comes to the first node, does it know the gradient of that node's result already?")
def forward_order(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), order)


@backward.mistake("You walk through `functions` as they are listed. Which list says what comes after what?")
def order_of_the_dictionary(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), list(functions))


@backward.mistake("You walk through `functions` as they are listed. Which list says what comes after what?")
def reversed_order_of_the_dictionary(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), list(functions)[::-1])


@backward.mistake(
    "What is the derivative of the result with respect to itself? Which gradient goes into the last node?"
)
def no_gradient_to_start_from(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, dict.fromkeys(order, 0.0), order[::-1])


@backward.mistake("Before the first contribution arrives, what is the sum of none? Which one node is different?")
def every_gradient_starts_at_1(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, dict.fromkeys(order, 1.0), order[::-1])


@backward.mistake("You give 1 to every node. What does a node in the middle need to know of those after it?")
def incoming_gradient_ignored(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(1.0), strict=True):
                grads[source] += grad
    return grads


@backward.mistake(
    "A node with two users passes its gradient on when the first of them has added its part. Is it complete?"
)
def sent_on_too_early(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)

    def visit(name: str) -> None:
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] += grad
                visit(source)

    visit(order[-1])
    return grads


@backward.mistake(
    "How many paths lead through 40 nodes if each uses the one before twice? How often is each node asked?"
)
def once_per_path(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = dict.fromkeys(order, 0.0)

    def visit(name: str, arriving: float) -> None:
        grads[name] += arriving
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(arriving), strict=True):
                visit(source, grad)

    visit(order[-1], 1.0)
    return grads


@backward.mistake("The result should hold every node of `order`. Which ones does yours hold?")
def leaves_only(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = backward(inputs, functions, order)
    return {name: grads[name] for name in order if not inputs[name]}


@backward.mistake("A node that has no path to the result does not change it. What number is its gradient?")
def unused_nodes_left_out(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = {order[-1]: 1.0}
    for name in reversed(order):
        if name in functions and name in grads:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] = grads.get(source, 0.0) + grad
    return grads


@backward.mistake(
    "In x * x both inputs are x, and the node returns two gradients. Where does your code lose one?",
    name="used twice, counted once",
)
def used_twice_counted_once(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            returned = functions[name].backward(grads[name])
            for source, grad in dict(zip(inputs[name], returned, strict=True)).items():
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
