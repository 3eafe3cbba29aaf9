"""topological_order: every node after its inputs."""

from collections import deque
from typing import Any

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception
from tplib.graders.tp6.backprop.common import exercise

Graph = dict[str, list[str]]
DEEP = 1100  # Python ends a recursion at 1000; more would try the patience of those who search round by round


def _draw(draw: Draw) -> Arguments:
    """A graph of up to 7 nodes, listed in any order, under names that say nothing about it."""
    n = draw.size(2, 7)
    names = ["abcdefg"[i] for i in draw.array(n).argsort(kind="stable")]
    graph: Graph = {}
    for i, name in enumerate(names):
        count = draw.size(1, 2) if i > draw.size(0, 1) else 0
        graph[name] = [names[j] for j in draw.integers(0, i, count)] if count else []
    return ({names[i]: graph[names[i]] for i in draw.array(n).argsort(kind="stable")},)


def _deep() -> Graph:
    """A chain with its end listed first: depth first goes down all of it, and a scan still takes two rounds."""
    chain: Graph = {"n0": [], **{f"n{i}": [f"n{i - 1}"] for i in range(1, DEEP)}}
    last = f"n{DEEP - 1}"
    return {last: chain.pop(last), **chain}


def _topological_order(inputs: Graph) -> list[str]:
    """Kahn's algorithm: a node is ready when all its inputs are placed."""
    users: dict[str, list[str]] = {name: [] for name in inputs}
    waiting = {name: len(sources) for name, sources in inputs.items()}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = deque(name for name in inputs if not waiting[name])
    order = []
    while ready:
        name = ready.popleft()
        order.append(name)
        for user in users[name]:
            waiting[user] -= 1
            if not waiting[user]:
                ready.append(user)
    return order


def _topological_order_scan(inputs: Graph) -> list[str]:
    order: list[str] = []
    placed: set[str] = set()
    while len(order) < len(inputs):
        for name, sources in inputs.items():
            if name not in placed and all(source in placed for source in sources):
                order.append(name)
                placed.add(name)
    return order


def _topological_order_scan_of_lists(inputs: Graph) -> list[str]:
    order: list[str] = []
    left = list(inputs)
    while left:
        for name in list(left):
            if all(source in order for source in inputs[name]):
                order.append(name)
                left.remove(name)
    return order


def _topological_order_stack(inputs: Graph) -> list[str]:
    order: list[str] = []
    done: set[str] = set()
    for start in inputs:
        stack = [(start, False)]
        while stack:
            name, inputs_done = stack.pop()
            if name in done:
                continue
            if inputs_done:
                order.append(name)
                done.add(name)
            else:
                stack.append((name, True))
                stack.extend((source, False) for source in inputs[name])
    return order


def _topological_order_by_level(inputs: Graph) -> tuple[str, ...]:
    level: dict[str, int] = {}
    while len(level) < len(inputs):
        for name, sources in inputs.items():
            if all(source in level for source in sources):
                level[name] = 1 + max((level[source] for source in sources), default=-1)
    return tuple(sorted(level, key=lambda name: level[name]))


def _topological_order_as_listed(inputs: Graph) -> list[str]:
    return list(inputs)


def _topological_order_from_the_end(inputs: Graph) -> list[str]:
    return _topological_order(inputs)[::-1]


def _topological_order_before_its_inputs(inputs: Graph) -> list[str]:
    order: list[str] = []
    for start in inputs:
        stack = [start]
        while stack:
            name = stack.pop()
            if name not in order:
                order.append(name)
                stack.extend(reversed(inputs[name]))
    return order


def _topological_order_recursion(inputs: Graph) -> list[str]:
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


def _topological_order_once_per_path(inputs: Graph) -> list[str]:
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


def _topological_order_below_the_first(inputs: Graph) -> list[str]:
    needed: set[str] = set()
    stack = [next(iter(inputs))]
    while stack:
        name = stack.pop()
        if name not in needed:
            needed.add(name)
            stack += inputs[name]
    return [name for name in _topological_order(inputs) if name in needed]


def _topological_order_without_leaves(inputs: Graph) -> list[str]:
    return [name for name in _topological_order(inputs) if inputs[name]]


def _topological_order_one_round(inputs: Graph) -> list[str]:
    order: list[str] = []
    for name, sources in inputs.items():
        if all(source in order for source in sources):
            order.append(name)
    return order


def _topological_order_by_number_of_inputs(inputs: Graph) -> list[str]:
    return sorted(inputs, key=lambda name: len(inputs[name]))


def _topological_order_by_first_distance(inputs: Graph) -> list[str]:
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


def _problems(order: Any, inputs: Graph) -> Any:
    """What is wrong with the order, not the order itself: there are many right ones."""
    graph = {name: list(dict.fromkeys(sources)) for name, sources in inputs.items()}
    if not isinstance(order, list | tuple):
        return order
    names = [str(name) for name in order]
    place = {name: i for i, name in reversed(list(enumerate(names)))}
    late = (f"{source} after {name}" for name in graph for source in graph[name] if {source, name} <= place.keys())
    return {
        "missing": _listed(name for name in graph if name not in place),
        "not in the graph": _listed(name for name in place if name not in graph),
        "more than once": _listed(name for name in place if len(names) > len(place) and names.count(name) > 1),
        "wrong order": _listed(pair for pair in late if place[pair.split()[0]] > place[pair.split()[2]]),
    }


def _listed(problems: Any) -> str:
    found = sorted(problems)
    return ", ".join(found[:6]) + (f" and {len(found) - 6} more" if len(found) > 6 else "") or "none"


EXAMPLE: Graph = {"f": ["s"], "s": ["p", "b"], "p": ["x", "a"], "x": [], "a": [], "b": []}
DIAMOND: Graph = {"f": ["p", "q"], "p": ["x"], "q": ["x"], "x": []}
SHORT_CUT: Graph = {"f": ["x", "r"], "r": ["q"], "q": ["p"], "p": ["x", "x"], "x": []}
TWO_RESULTS: Graph = {"g": ["p", "y"], "f": ["p"], "p": ["x"], "y": [], "x": []}

topological_order = exercise(
    name="topological_order",
    points=2,
    lecture="002, Example of a single layer network: for each function node in topological order",
    signature="topological_order(inputs)",
    draw=_draw,
    edges=(
        Case((EXAMPLE,)),
        Case((DIAMOND,)),
        Case((SHORT_CUT,)),
        Case((TWO_RESULTS,)),
        Case(({"x": []},)),
        Case((_deep(),), "recursion"),
    ),
    aspects={
        "recursion": f"Right for small graphs. A chain of {DEEP:,} nodes is too deep for a function that calls itself."
    },
    measure=_problems,
    reference=_topological_order,
    misconceptions=(
        Misconception(
            "order of the dictionary",
            _topological_order_as_listed,
            "Does a dictionary know which node needs which? What if the result is listed first?",
        ),
        Misconception(
            "from the result to the leaves",
            _topological_order_from_the_end,
            "This is the order of the backward pass. Which nodes can be computed first in the forward pass?",
        ),
        Misconception(
            "a node before its inputs",
            _topological_order_before_its_inputs,
            "You place a node when you meet it, then go to its inputs. When can its value be computed?",
        ),
        Misconception(
            "once per path",
            _topological_order_once_per_path,
            "Two nodes use the same input. How do you know that you have placed it already?",
        ),
        Misconception(
            "one result only",
            _topological_order_below_the_first,
            "You go down from one node. Which nodes of the graph does it not need?",
        ),
        Misconception(
            "leaves missing",
            _topological_order_without_leaves,
            "Nodes without inputs are part of the graph. Where are they in your list?",
        ),
        Misconception(
            "one round only",
            _topological_order_one_round,
            "A node that is not ready when you come to it may be ready later. When do you come back to it?",
        ),
        Misconception(
            "sorted by the number of inputs",
            _topological_order_by_number_of_inputs,
            "Leaves have no inputs and come first. But does a node with one input always come before one with two?",
        ),
        Misconception(
            "one input is enough",
            _topological_order_by_first_distance,
            "A node is ready when all its inputs are placed. How many of them do you wait for?",
        ),
        Misconception(
            "recursion",
            _topological_order_recursion,
            "Python stops at about 1000 calls inside each other. Where could the nodes that wait be kept instead?",
        ),
    ),
    alternatives=(
        _topological_order_scan,
        _topological_order_scan_of_lists,
        _topological_order_stack,
        _topological_order_by_level,
    ),
    forbidden=("graphlib.TopologicalSorter",),
    formula="a node may be placed as soon as all its inputs are placed; repeat until all are.",
    shapes="`inputs` maps each name to the list of the names of its inputs; the result lists each name once.",
    worked='{"f": ["p", "x"], "p": ["x"], "x": []}: x is ready at once, then p, then f: ["x", "p", "f"].',
)
