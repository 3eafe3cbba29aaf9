"""An answer cell of `course/`: where its solution lies, what students see of it, and which exercise it defines."""

from __future__ import annotations

import ast
from collections.abc import Container

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


class CellProblem(Exception):
    """What is wrong with one cell; the reader adds where."""


def solution_lines(source: str) -> list[tuple[int, int]]:
    """First and last line of each SOLUTION region, marks included."""
    regions: list[tuple[int, int]] = []
    start: int | None = None
    for index, line in enumerate(source.splitlines()):
        if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line:
            continue
        if line.strip() not in (BEGIN, END):
            raise CellProblem(f"{line.strip()!r} should be {BEGIN!r} or {END!r}, alone on its line")
        if (line.strip() == BEGIN) != (start is None):
            raise CellProblem(f"{BEGIN!r} and {END!r} do not alternate")
        if start is None:
            start = index
        else:
            regions.append((start, index))
            start = None
    if start is not None:
        raise CellProblem(f"{BEGIN!r} is never closed; write {END!r} after the solution")
    return regions


def without(lines: list[str], regions: list[tuple[int, int]]) -> list[str]:
    """The lines with each region replaced by one statement, as students see them."""
    starts, inside = {a for a, _ in regions}, {i for a, b in regions for i in range(a + 1, b + 1)}
    return [
        line.replace(BEGIN, "raise NotImplementedError") if i in starts else line
        for i, line in enumerate(lines)
        if i not in inside
    ]


def defined(source: str, solution: list[tuple[int, int]], exercises: Container[str]) -> str:
    """The one exercise that an answer cell defines at its top level."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CellProblem(f"the answer is not Python: {error.msg}, line {error.lineno}") from None
    try:
        ast.parse("\n".join(without(source.splitlines(), solution)))
    except SyntaxError as error:
        raise CellProblem(f"what is left without its solution is not Python: {error.msg}") from None
    names: list[str] = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.append(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names += [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    found = [name for name in dict.fromkeys(names) if name in exercises]
    if len(found) == 1:
        return found[0]
    if found:
        raise CellProblem(f"one answer cell answers one exercise; this one defines {', '.join(found)}: split it")
    listed = ", ".join(dict.fromkeys(names)) or "nothing"
    raise CellProblem(f"the answer defines {listed}, and tplib.graders has no exercise of that name")
