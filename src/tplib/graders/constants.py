"""Which variables of a notebook cell are constants: written out in the cell itself, and not computed from data."""

from __future__ import annotations

import ast
import linecache
from types import FunctionType, ModuleType

# What may be called to write a constant: nothing that reads a file or draws a number.
MAKERS = frozenset(
    (
        *("array", "asarray", "arange", "eye", "full", "linspace", "ones", "tensor", "zeros"),
        *("dict", "frozenset", "list", "set", "sorted", "tuple", "enumerate", "range", "reversed", "zip"),
        *("abs", "complex", "exp", "float", "int", "len", "log", "max", "min", "round", "sqrt", "str", "sum"),
    )
)


def constants_beside(function: FunctionType) -> set[str]:
    """Names of the constants in the cell that defines `function`; none where its text is not known."""
    try:
        tree = ast.parse("".join(linecache.getlines(function.__code__.co_filename)))
    except (SyntaxError, ValueError, RecursionError):
        return set()
    modules = {name for name, value in function.__globals__.items() if isinstance(value, ModuleType)}
    known: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        else:
            continue
        names = {target.id for target in targets if isinstance(target, ast.Name)}
        known = known | names if is_constant(value, known | modules) else known - names
    return known


def is_constant(value: ast.expr, known: set[str]) -> bool:
    """Whether an expression is written out: of literals, of `known` names, and of calls that only make such."""
    called = {id(node.func) for node in ast.walk(value) if isinstance(node, ast.Call)}
    names = [node for node in ast.walk(value) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}  # by comprehensions
    for node in ast.walk(value):
        if isinstance(node, ast.Call):
            if (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) not in MAKERS:
                return False
        elif isinstance(node, ast.Name):
            if id(node) not in called and node.id not in known | bound:
                return False
        elif isinstance(node, ast.Lambda | ast.Await | ast.Yield | ast.YieldFrom):
            return False
    return True
