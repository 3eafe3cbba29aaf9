"""Graphs of function nodes, as `backward` gets them: inputs, functions, and an order of their names."""

from collections.abc import Callable
from typing import Any

from tplib.graders.draw import Arguments, Draw

Graph = dict[str, list[str]]


VALUES: dict[str, Callable[..., float]] = {
    "add": lambda x, y: x + y,
    "multiply": lambda x, y: x * y,
    "square": lambda x: x**2,
    "x - 2 y": lambda x, y: x - 2 * y,
    "x y + z": lambda x, y, z: x * y + z,
}


def _case(sources: Graph, operations: dict[str, str], values: dict[str, float], listed: list[str]) -> Arguments:
    """sources: every node after its inputs; listed: the names in the order of the dictionaries."""
    values = dict(values)
    functions: dict[str, tuple[Any, ...]] = {}
    for name, operation in operations.items():
        functions[name] = (operation, *(values[source] for source in sources[name]))
        values[name] = VALUES[operation](*functions[name][1:])
    return (
        {name: sources[name] for name in listed},
        {name: functions[name] for name in listed if name in functions},
        list(sources),
    )


def draw_graph(draw: Draw) -> Arguments:
    """Three to seven nodes, with leaves in any place but the last; listed in any order."""
    n = draw.size(3, 7)
    names = list("abcdefg"[:n])
    sources: Graph = {}
    operations: dict[str, str] = {}
    for i, name in enumerate(names):
        if i == 0 or (i < n - 1 and draw.choice((False, False, True))):
            sources[name] = []
            continue
        operations[name] = draw.choice(["add", "multiply", "square", "x - 2 y", "x y + z"])
        others = {"square": 0, "x y + z": 2}.get(operations[name], 1)
        # The node before is always used: most nodes have a path to the result.
        sources[name] = [names[i - 1], *(names[j] for j in draw.integers(0, i, others))]
    values = {name: float(draw.array(low=-2.0, high=2.0)) for name in names if name not in operations}
    return _case(sources, operations, values, _shuffled(draw, names))


def draw_values(draw: Draw, formulas: dict[str, Any], leaves: str) -> Arguments:
    """The graph of some formulas, with other values for its leaves."""
    return graph(formulas, **{name: float(draw.array(low=0.5, high=2.0)) for name in leaves.split()})


def listed(case: Arguments, names: str) -> Arguments:
    """The same case, with its dictionaries listed in another order."""
    inputs, functions, order = case
    return (
        {name: inputs[name] for name in names.split()},
        {name: functions[name] for name in names.split() if name in functions},
        order,
    )


def _shuffled(draw: Draw, names: list[str]) -> list[str]:
    return [names[i] for i in draw.array(len(names)).argsort(kind="stable")]


def graph(formulas: dict[str, Any], **values: float) -> Arguments:
    """formulas: name -> (operation, names of the inputs), in order; a leaf that comes later in it is name -> None.

    The dictionaries are listed from the result to the leaves.
    """
    leaves: Graph = {name: [] for name in values if name not in formulas}
    sources: Graph = {**leaves, **{name: about[1].split() if about else [] for name, about in formulas.items()}}
    operations = {name: about[0] for name, about in formulas.items() if about}
    return _case(sources, operations, values, list(sources)[::-1])


def ladder(steps: int) -> Arguments:
    """A node is used twice by the next one, and so on: 2 ** steps paths."""
    formulas = {f"n{i}": ("add", f"n{i - 1} n{i - 1}") for i in range(1, steps + 1)}
    return graph(formulas, n0=0.5)
