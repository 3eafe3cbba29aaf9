"""Mistakes in putting every node after its inputs."""

from collections import deque

from tplib.exercises.tp6.backprop.order import topological_order

Graph = dict[str, list[str]]


def _ordered(inputs: Graph) -> list[str]:
    order: dict[str, None] = {}
    while len(order) < len(inputs):
        order.update((name, None) for name in inputs if all(source in order for source in inputs[name]))
    return list(order)


@topological_order.mistake("Does a dictionary know which node needs which? What if the result is listed first?")
def order_of_the_dictionary(inputs: Graph) -> list[str]:
    return list(inputs)


@topological_order.mistake(
    "This is the order of the backward pass. Which nodes can be computed first in the forward pass?"
)
def from_the_result_to_the_leaves(inputs: Graph) -> list[str]:
    return _ordered(inputs)[::-1]


@topological_order.mistake("You place a node when you meet it, then go to its inputs. When can its value be computed?")
def a_node_before_its_inputs(inputs: Graph) -> list[str]:
    order: list[str] = []
    for start in inputs:
        stack = [start]
        while stack:
            name = stack.pop()
            if name not in order:
                order.append(name)
                stack.extend(reversed(inputs[name]))
    return order


@topological_order.mistake(
    "Python stops at about 1000 calls inside each other. Where could the nodes that wait be kept instead?"
)
def recursion(inputs: Graph) -> list[str]:
    order: list[str] = []
    done: set[str] = set()

    def visit(name: str) -> None:
        if name in done:
            return
        done.add(name)
        for source in inputs[name]:
            visit(source)
        order.append(name)

    for name in inputs:
        visit(name)
    return order


@topological_order.mistake("Two nodes use the same input. How do you know that you have placed it already?")
def once_per_path(inputs: Graph) -> list[str]:
    order: list[str] = []

    def visit(name: str) -> None:
        for source in inputs[name]:
            visit(source)
        order.append(name)

    used = {source for sources in inputs.values() for source in sources}
    for name in inputs:
        if name not in used:
            visit(name)
    return order


@topological_order.mistake("You go down from one node. Which nodes of the graph does it not need?")
def one_result_only(inputs: Graph) -> list[str]:
    needed: set[str] = set()
    stack = [next(iter(inputs))]
    while stack:
        name = stack.pop()
        if name not in needed:
            needed.add(name)
            stack += inputs[name]
    return [name for name in _ordered(inputs) if name in needed]


@topological_order.mistake("Nodes without inputs are part of the graph. Where are they in your list?")
def leaves_missing(inputs: Graph) -> list[str]:
    return [name for name in _ordered(inputs) if inputs[name]]


@topological_order.mistake(
    "A node that is not ready when you come to it may be ready later. When do you come back to it?"
)
def one_round_only(inputs: Graph) -> list[str]:
    order: list[str] = []
    for name, sources in inputs.items():
        if all(source in order for source in sources):
            order.append(name)
    return order


@topological_order.mistake(
    "Leaves have no inputs and come first. But does a node with one input always come before one with two?"
)
def sorted_by_the_number_of_inputs(inputs: Graph) -> list[str]:
    return sorted(inputs, key=lambda name: len(inputs[name]))


@topological_order.mistake("A node is ready when all its inputs are placed. How many of them do you wait for?")
def one_input_is_enough(inputs: Graph) -> list[str]:
    """Layer by layer from the leaves; a node counts as soon as one of its inputs is there."""
    users: dict[str, list[str]] = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    distance = {name: 0 for name, sources in inputs.items() if not sources}
    waiting = deque(distance)
    while waiting:
        name = waiting.popleft()
        for user in users[name]:
            if user not in distance:
                distance[user] = distance[name] + 1
                waiting.append(user)
    return sorted(distance, key=lambda name: distance[name])
