"""topological_order: every node after its inputs."""

from collections import Counter, deque
from functools import partial
from typing import Any

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Graph = dict[str, list[str]]
DEEP = 300  # how deep calls go shows here already; more would try the patience of those who search round by round
LONG = 130  # more rounds than anybody writes down as enough


def _draw(draw: Draw) -> Arguments:
    """A graph of up to 7 nodes, listed in any order, under names that say nothing about it."""
    n = draw.size(2, 7)
    names = ["abcdefg"[i] for i in draw.array(n).argsort(kind="stable")]
    graph: Graph = {}
    for i, name in enumerate(names):
        count = draw.size(1, 3) if i > draw.size(0, 1) else 0
        graph[name] = [names[j] for j in draw.integers(0, i, count)] if count else []
    return ({names[i]: graph[names[i]] for i in draw.array(n).argsort(kind="stable")},)


def _shuffled(draw: Draw, graph: Graph) -> Arguments:
    """The same graph, listed in another order."""
    names = list(graph)
    return ({names[i]: graph[names[i]] for i in draw.array(len(names)).argsort(kind="stable")},)


def _chain(length: int) -> Graph:
    return {"n0": [], **{f"n{i}": [f"n{i - 1}"] for i in range(1, length)}}


def _deep() -> Graph:
    """A chain with its end listed first: depth first goes down all of it, and a scan still takes two rounds."""
    chain = _chain(DEEP)
    last = f"n{DEEP - 1}"
    return {last: chain.pop(last), **chain}


def _long() -> Graph:
    """A chain listed from its end: one node is ready in each round."""
    return dict(reversed(_chain(LONG).items()))


def _problems(order: Any, inputs: Graph, look: str = "order") -> Any:
    """What is wrong with the order, not the order itself: there are many right ones."""
    graph = {name: list(dict.fromkeys(sources)) for name, sources in inputs.items()}
    if not isinstance(order, list | tuple):
        return order
    names = [str(name) for name in order]
    place = {name: i for i, name in reversed(list(enumerate(names)))}
    times = Counter(names)
    late = (f"{source} after {name}" for name in graph for source in graph[name] if {source, name} <= place.keys())
    return {
        "missing": _listed(name for name in graph if name not in place),
        "not in the graph": _listed(name for name in place if name not in graph),
        "more than once": _listed(name for name, count in times.items() if count > 1),
        "wrong order": _listed(pair for pair in late if place[pair.split()[0]] > place[pair.split()[2]]),
    }


def _listed(problems: Any) -> str:
    found = sorted(problems)
    return ", ".join(found[:6]) + (f" and {len(found) - 6} more" if len(found) > 6 else "") or "none"


EXAMPLE: Graph = {"f": ["s"], "s": ["p", "b"], "p": ["x", "a"], "x": [], "a": [], "b": []}
DIAMOND: Graph = {"f": ["p", "q"], "p": ["x"], "q": ["x"], "x": []}
SHORT_CUT: Graph = {"f": ["x", "r"], "r": ["q"], "q": ["p"], "p": ["x", "x"], "x": []}
TWO_RESULTS: Graph = {"g": ["p", "y"], "f": ["p"], "p": ["x"], "y": [], "x": []}
THIRD_INPUT_LATE: Graph = {"f": ["a", "b", "r"], "a": [], "b": [], "r": ["q"], "q": ["a"]}
ALONE: Graph = {"f": ["x", "x"], "y": [], "x": [], "z": []}


@exercise(
    points=2,
    at_home=True,
    lecture="002, Example of a single layer network: for each function node in topological order",
    concepts=(15,),
    draw=_draw,
    edges=(
        Case((EXAMPLE,)),
        Case((DIAMOND,)),
        Case((SHORT_CUT,)),
        Case((TWO_RESULTS,)),
        Case((THIRD_INPUT_LATE,)),
        Case(({"x": []},)),
        *(Drawn(partial(_shuffled, graph=graph)) for graph in (SHORT_CUT, THIRD_INPUT_LATE, ALONE)),
        Drawn(lambda draw: (*_draw(draw), "type"), "type"),
        Case((_long(),), "to the end"),
        Case((_deep(), "depth"), "recursion"),
    ),
    aspects={
        "type": "A right order, but not in a list.",
        "to the end": f"Right for small graphs, but not for a chain of {LONG} nodes. Go on until all nodes are there.",
        "recursion": f"Right for small graphs, but in a chain of {DEEP} nodes your calls are as deep inside each other "
        "as the chain is long. Python stops at about 1,000, and a higher limit only moves the wall.",
    },
    observe=observers.observe_order,
    measure=_problems,
    forbidden=("graphlib.TopologicalSorter",),
)
def topological_order(inputs: Graph) -> list[str]:
    """a node may be placed as soon as all its inputs are placed; repeat until all are.

    shapes: `inputs` maps each name to the list of the names of its inputs; the result lists each name once.
    worked: {"f": ["p", "x"], "p": ["x"], "x": []}: x is ready at once, then p, then f: ["x", "p", "f"].
    """
    # Kahn's algorithm: a node is ready when all its inputs are placed.
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


@topological_order.alternative
def scan(inputs: Graph) -> list[str]:
    order: list[str] = []
    placed: set[str] = set()
    while len(order) < len(inputs):
        for name, sources in inputs.items():
            if name not in placed and all(source in placed for source in sources):
                order.append(name)
                placed.add(name)
    return order


@topological_order.alternative
def scan_of_lists(inputs: Graph) -> list[str]:
    order: list[str] = []
    left = list(inputs)
    while left:
        for name in list(left):
            if all(source in order for source in inputs[name]):
                order.append(name)
                left.remove(name)
    return order


@topological_order.alternative
def stack(inputs: Graph) -> list[str]:
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


@topological_order.alternative
def by_level(inputs: Graph) -> list[str]:
    level: dict[str, int] = {}
    while len(level) < len(inputs):
        for name, sources in inputs.items():
            if all(source in level for source in sources):
                level[name] = 1 + max((level[source] for source in sources), default=-1)
    return sorted(level, key=lambda name: level[name])
