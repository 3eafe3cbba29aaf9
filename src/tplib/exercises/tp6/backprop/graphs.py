"""Graphs of function nodes, as `backward` gets them: inputs, functions, and an order of their names."""

from typing import Any

from tplib.graders.draw import Arguments, Draw

Graph = dict[str, list[str]]


def _value(operation: str, *values: float) -> float:
    if operation == "square":
        return values[0] ** 2
    x, y = values
    return x + y if operation == "add" else x * y


def _case(sources: Graph, operations: dict[str, str], values: dict[str, float], listed: list[str]) -> Arguments:
    """sources: every node after its inputs; listed: the names in the order of the dictionaries."""
    values = dict(values)
    functions: dict[str, tuple[Any, ...]] = {}
    for name, operation in operations.items():
        functions[name] = (operation, *(values[source] for source in sources[name]))
        values[name] = _value(*functions[name])
    return (
        {name: sources[name] for name in listed},
        {name: functions[name] for name in listed if name in functions},
        list(sources),
    )


def draw_graph(draw: Draw) -> Arguments:
    n = draw.size(3, 7)
    names = list("abcdefg"[:n])
    sources: Graph = {}
    operations: dict[str, str] = {}
    leaves = draw.size(1, 2)
    for i, name in enumerate(names):
        if i < leaves:
            sources[name] = []
            continue
        operations[name] = draw.choice(["add", "multiply", "square"])
        # The node before is always used: most nodes have a path to the result.
        first = [i - 1] if operations[name] == "square" else [i - 1, int(draw.integers(0, i))]
        sources[name] = [names[j] for j in first]
    values = {name: float(draw.array(low=-2.0, high=2.0)) for name in names[:leaves]}
    listed = [names[i] for i in draw.array(n).argsort(kind="stable")]
    return _case(sources, operations, values, listed)


def graph(formulas: dict[str, tuple[str, str]], **values: float) -> Arguments:
    """formulas: name -> (operation, names of the inputs), in order; listed from the result to the leaves."""
    sources = {**{name: [] for name in values}, **{name: inputs.split() for name, (_, inputs) in formulas.items()}}
    operations = {name: operation for name, (operation, _) in formulas.items()}
    return _case(sources, operations, values, list(sources)[::-1])


def ladder(steps: int) -> Arguments:
    """A node is used twice by the next one, and so on: 2 ** steps paths."""
    formulas = {f"n{i}": ("add", f"n{i - 1} n{i - 1}") for i in range(1, steps + 1)}
    return graph(formulas, n0=0.5)
