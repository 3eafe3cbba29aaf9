"""Mistakes in putting every node after its inputs."""

from collections import deque
from typing import Any

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


@topological_order.mistake("Does a dictionary know which node needs which? What if a leaf is listed first?")
def dictionary_backwards(inputs: Graph) -> list[str]:
    return list(inputs)[::-1]


@topological_order.mistake("Leaves come first. Do the others follow as they are listed, or as they are ready?")
def leaves_first_then_as_listed(inputs: Graph) -> list[str]:
    return sorted(inputs, key=lambda name: bool(inputs[name]))


@topological_order.mistake("Do the names say which node needs which? What makes a node ready?")
def in_alphabetical_order(inputs: Graph) -> list[str]:
    return sorted(inputs)


@topological_order.mistake("A node is ready when all its inputs are placed. One of them, or all?")
def any_input_is_enough(inputs: Graph) -> list[str]:
    order: list[str] = []
    while len(order) < len(inputs):
        for name, sources in inputs.items():
            if name not in order and (not sources or any(source in order for source in sources)):
                order.append(name)
    return order


@topological_order.mistake("A node may have more than two inputs. How many of them do you look at?")
def two_inputs_are_enough(inputs: Graph) -> list[str]:
    return _ordered({name: sources[:2] for name, sources in inputs.items()})


@topological_order.mistake(
    "A node that is not ready when you come to it may be ready later. When do you come back to it?",
    name="leaves, then one round",
)
def leaves_then_one_round(inputs: Graph) -> list[str]:
    order = [name for name in inputs if not inputs[name]]
    for name, sources in inputs.items():
        if sources and all(source in order for source in sources):
            order.append(name)
    return order


@topological_order.mistake(
    "You go down from one node. Which nodes of the graph does it not need?", name="what the last one needs"
)
def what_the_last_one_needs(inputs: Graph) -> list[str]:
    needed = {list(inputs)[-1]}
    for name in reversed(_ordered(inputs)):
        if name in needed:
            needed |= set(inputs[name])
    return [name for name in _ordered(inputs) if name in needed]


@topological_order.mistake("A leaf that nobody uses is part of the graph, too. Where is it in your list?")
def nodes_alone_left_out(inputs: Graph) -> list[str]:
    used = {source for sources in inputs.values() for source in sources}
    return [name for name in _ordered(inputs) if inputs[name] or name in used]


@topological_order.mistake("In x * x one node is both inputs. How often do you count it, and how often take it off?")
def same_input_twice_never_ready(inputs: Graph) -> list[str]:
    order: list[str] = []
    waiting = {name: len(sources) for name, sources in inputs.items()}
    ready = [name for name in inputs if not waiting[name]]
    while ready:
        name = ready.pop()
        order.append(name)
        for user in (user for user, sources in inputs.items() if name in sources):
            waiting[user] -= 1
            if not waiting[user]:
                ready.append(user)
    return order


@topological_order.mistake("A list of names is asked for. Has a set an order?")
def a_set(inputs: Graph) -> Any:
    return set(inputs)


@topological_order.mistake("A list of names is asked for. What do round brackets around a `for` make?")
def a_generator(inputs: Graph) -> Any:
    return (name for name in _ordered(inputs))


@topological_order.mistake("A list of names is asked for. Which brackets make one?")
def a_tuple(inputs: Graph) -> Any:
    return tuple(_ordered(inputs))


@topological_order.mistake("How many rounds does a chain of 1,000 nodes need that is listed from its end?")
def a_hundred_rounds(inputs: Graph) -> list[str]:
    order: dict[str, None] = {}
    for _ in range(100):
        if len(order) < len(inputs):
            order.update((name, None) for name in inputs if all(source in order for source in inputs[name]))
    return list(order)
