"""Slips around an answer that a check names: another name for the function, a stub's line that was left in."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from types import FunctionType
from typing import Any

ALIKE = 0.8  # of difflib: tanhgrad and tanh_grad are alike, relu and relu_grad are not
LEFT_IN = "Your code is there; delete the line `raise NotImplementedError`, which stops everything below it."


def other_name(name: str, defined: Collection[str]) -> str:
    """The defined name that was meant for `name`, if one is alike; empty where none is."""
    plain = {_plain(other): other for other in defined}
    near = get_close_matches(_plain(name), plain, n=1, cutoff=ALIKE)
    return plain[near[0]] if near else ""


def own_definitions(scope: Mapping[str, Any]) -> set[str]:
    """The functions and classes that a notebook itself defines."""
    here = scope.get("__name__")
    return {name for name, of in scope.items() if isinstance(of, FunctionType | type) and of.__module__ == here}


def misnamed(name: str, defined: str) -> str:
    return f"defines `{defined}`; the exercise is called `{name}`"


def left_in(candidate: Any) -> bool:
    """Whether the stub's `raise NotImplementedError` stands in a body that holds a student's code, too."""
    if not isinstance(candidate, FunctionType | type):
        return False
    try:
        return left_in_text(textwrap.dedent(inspect.getsource(candidate)))
    except (OSError, TypeError):
        return False


def left_in_text(source: str) -> bool:
    """The same of the text of a cell; False where Python does not read it."""
    try:
        tree = ast.parse(source)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return False
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(any(map(_is_stub, body)) and any(map(_is_code, body)) for body in bodies)


def _plain(name: str) -> str:
    return name.casefold().replace("_", "")


def _is_stub(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _is_code(statement: ast.stmt) -> bool:
    """Whether a statement does something that a stub does not: no docstring, and no `super().__init__()`."""
    if _is_stub(statement) or isinstance(statement, ast.Pass):
        return False
    if not isinstance(statement, ast.Expr):
        return True
    return not isinstance(statement.value, ast.Constant) and "super().__init__(" not in ast.unparse(statement)
