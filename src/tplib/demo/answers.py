"""The text that a student would have typed for an answer of the registry."""

import ast
import inspect
import re
import sys
from functools import cache
from typing import Any


def answer_text(candidate: Any, name: str) -> str:
    """Source of a top-level function or class, with the module's helpers and imports that it uses, under `name`."""
    source, nodes = _module(candidate.__module__)
    wanted = _closure(candidate.__name__, nodes)
    lines = source.splitlines()
    pieces = [
        "\n".join(lines[_first(node) - 1 : node.end_lineno]) for node in sorted({nodes[k] for k in wanted}, key=_first)
    ]
    text = "\n\n".join(pieces)
    return re.sub(rf"\b{re.escape(candidate.__name__)}\b", name, text)


def _first(node: ast.stmt) -> int:
    """The line on which a statement begins, decorators included."""
    return min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])


@cache
def _module(module: str) -> tuple[str, dict[str, ast.stmt]]:
    """The text of a module and its top-level statements by the names that they bind."""
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
    return source, nodes


def _closure(name: str, nodes: dict[str, ast.stmt]) -> set[str]:
    """`name` and all that it needs of its module, directly or not."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        used = {node.id for node in ast.walk(nodes[key]) if isinstance(node, ast.Name)}
        waiting += sorted(used & nodes.keys())
    return found
