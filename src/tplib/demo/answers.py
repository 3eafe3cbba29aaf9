"""The text that a student would have typed for an answer of the registry."""

import ast
import inspect
import re
import sys
from functools import cache
from typing import Any


def answer_text(candidate: Any, name: str) -> str:
    """Source of a top-level function or class, with the module's helpers and imports that it uses, under `name`."""
    lines, nodes = _module(candidate.__module__)
    used = _closure(candidate.__name__, nodes)
    # An exercise that a mistake builds on is its reference: the student calls it otherwise than the answer.
    names = {key: f"_{key}" for key in used if _is_exercise(nodes[key])} | {candidate.__name__: name}
    found = sorted({nodes[key] for key in used}, key=lambda node: node.lineno)
    return "\n\n".join(_typed(lines, node, names) for node in found)


@cache
def _module(module: str) -> tuple[list[str], dict[str, ast.stmt]]:
    """The lines of a module and its top-level statements by the names that they bind."""
    source = inspect.getsource(sys.modules[module])
    nodes: dict[str, ast.stmt] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            nodes[node.name] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            nodes.update({(alias.asname or alias.name).partition(".")[0]: node for alias in node.names})
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            nodes.update({target.id: node for target in targets if isinstance(target, ast.Name)})
    return source.splitlines(), nodes


def _closure(name: str, nodes: dict[str, ast.stmt]) -> set[str]:
    """`name` and all that it needs of its module, directly or not."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += sorted({used.id for used in _names(nodes[key])} & nodes.keys())
    return found


def _names(node: ast.stmt) -> list[ast.Name]:
    """The names in a statement, those in its decorators left out."""
    left_out = {id(part) for decorator in getattr(node, "decorator_list", []) for part in ast.walk(decorator)}
    return [part for part in ast.walk(node) if isinstance(part, ast.Name) and id(part) not in left_out]


def _is_exercise(node: ast.stmt) -> bool:
    """Whether a definition is the reference of an exercise."""
    calls = [each for each in getattr(node, "decorator_list", []) if isinstance(each, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "exercise" for call in calls)


def _typed(lines: list[str], node: ast.stmt, names: dict[str, str]) -> str:
    """A statement as text: without decorators and ladder of hints, and with other names."""
    text = [line.encode() for line in lines[node.lineno - 1 : node.end_lineno]]  # positions count bytes
    for used in sorted(_names(node), key=lambda used: (used.lineno, used.col_offset), reverse=True):
        if used.id in names:
            row, start = used.lineno - node.lineno, used.col_offset
            after = text[row][start + len(used.id.encode()) :].removeprefix(b".reference")
            text[row] = text[row][:start] + names[used.id].encode() + after
    typed = [line.decode() for line in text]
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
        typed[0] = re.sub(rf"\b{re.escape(node.name)}\b", names[node.name], typed[0], count=1)
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and _is_exercise(node):
        hints = node.body[0]
        del typed[hints.lineno - node.lineno : (hints.end_lineno or hints.lineno) - node.lineno + 1]
    return "\n".join(typed)
