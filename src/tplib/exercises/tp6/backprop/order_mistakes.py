"""Mistakes in putting every node after its inputs."""

from collections import deque

from tplib.graders.exercise import Misconception

Graph = dict[str, list[str]]


def _ordered(inputs: Graph) -> list[str]:
    order: dict[str, None] = {}
    while len(order) < len(inputs):
        order.update((name, None) for name in inputs if all(source in order for source in inputs[name]))
    return list(order)


def _as_listed(inputs: Graph) -> list[str]:
    return list(inputs)


def _from_the_end(inputs: Graph) -> list[str]:
    return _ordered(inputs)[::-1]


def _before_its_inputs(inputs: Graph) -> list[str]:
    order: list[str] = []
    for start in inputs:
        stack = [start]
        while stack:
            name = stack.pop()
            if name not in order:
                order.append(name)
                stack.extend(reversed(inputs[name]))
    return order


def _recursion(inputs: Graph) -> list[str]:
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


def _once_per_path(inputs: Graph) -> list[str]:
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


def _below_the_first(inputs: Graph) -> list[str]:
    needed: set[str] = set()
    stack = [next(iter(inputs))]
    while stack:
        name = stack.pop()
        if name not in needed:
            needed.add(name)
            stack += inputs[name]
    return [name for name in _ordered(inputs) if name in needed]


def _without_leaves(inputs: Graph) -> list[str]:
    return [name for name in _ordered(inputs) if inputs[name]]


def _one_round(inputs: Graph) -> list[str]:
    order: list[str] = []
    for name, sources in inputs.items():
        if all(source in order for source in sources):
            order.append(name)
    return order


def _by_number_of_inputs(inputs: Graph) -> list[str]:
    return sorted(inputs, key=lambda name: len(inputs[name]))


def _by_first_distance(inputs: Graph) -> list[str]:
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


MISTAKES = (
    Misconception(
        "order of the dictionary",
        _as_listed,
        "Does a dictionary know which node needs which? What if the result is listed first?",
    ),
    Misconception(
        "from the result to the leaves",
        _from_the_end,
        "This is the order of the backward pass. Which nodes can be computed first in the forward pass?",
    ),
    Misconception(
        "a node before its inputs",
        _before_its_inputs,
        "You place a node when you meet it, then go to its inputs. When can its value be computed?",
    ),
    Misconception(
        "once per path",
        _once_per_path,
        "Two nodes use the same input. How do you know that you have placed it already?",
    ),
    Misconception(
        "one result only",
        _below_the_first,
        "You go down from one node. Which nodes of the graph does it not need?",
    ),
    Misconception(
        "leaves missing",
        _without_leaves,
        "Nodes without inputs are part of the graph. Where are they in your list?",
    ),
    Misconception(
        "one round only",
        _one_round,
        "A node that is not ready when you come to it may be ready later. When do you come back to it?",
    ),
    Misconception(
        "sorted by the number of inputs",
        _by_number_of_inputs,
        "Leaves have no inputs and come first. But does a node with one input always come before one with two?",
    ),
    Misconception(
        "one input is enough",
        _by_first_distance,
        "A node is ready when all its inputs are placed. How many of them do you wait for?",
    ),
    Misconception(
        "recursion",
        _recursion,
        "Python stops at about 1000 calls inside each other. Where could the nodes that wait be kept instead?",
    ),
)
