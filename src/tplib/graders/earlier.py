"""An answer that calls an earlier one of its notebook: where that is not right yet, the verdict says so.

It names no mistake then: what was seen may be the other answer's.
"""

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from tplib.graders.exercise import Exercise
from tplib.graders.shortcuts import definitions, global_names, names_from_around, own_functions
from tplib.graders.verdict import Verdict

UNREADY = ("wrong", "partial", "not attempted")  # what a verdict says of an answer on which none should rest


def called(candidate: Any, names: Collection[str]) -> list[str]:
    """Those of the names that an answer's code reads, itself or through other functions of its notebook."""
    home, found, waiting, seen = getattr(candidate, "__module__", None), set(), [candidate], set()
    while waiting:
        for function in own_functions(waiting.pop()):
            if id(function) in seen or function.__module__ != home:
                continue
            seen.add(id(function))
            read = global_names(function)
            found |= read
            waiting += [function.__globals__[name] for name in read - set(names)]
    return [name for name in names if name in found]


def written(cells: Iterable[str], answer: str, names: Collection[str]) -> list[str]:
    """The same by the text of the cells alone: for code that runs where its own word cannot be taken."""
    defined: dict[str, ast.AST] = {}
    for cell in cells:
        defined |= definitions(cell)
    found: set[str] = set()
    waiting = [answer]
    while waiting:
        read = _read(defined.get(waiting.pop())) - found
        found |= read
        waiting += [name for name in read if name not in names]
    return [name for name in names if name in found]


def _read(node: ast.AST | None) -> set[str]:
    """The names that a definition of a function or class reads from around it."""
    if isinstance(node, ast.Lambda):
        node = ast.copy_location(ast.Expr(node), node)
    if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Expr):
        return set()  # data: who reads them calls nothing
    try:
        return names_from_around(compile(ast.Module([node], []), "<answer>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # parsed, and yet no code
        return set()


def noted(exercise: Exercise, verdict: Verdict, earlier: Mapping[str, str]) -> Verdict:
    """The verdict of an answer that calls others; earlier: the status of each."""
    waits = verdict.status == "not attempted"
    unready = [name for name, status in earlier.items() if status in (UNREADY[2:] if waits else UNREADY)]
    if not unready or verdict.misconception == "library call" or verdict.status in ("right", "later"):
        return verdict
    which = " and ".join(f"`{name}`" for name in unready)
    calls = f"{which}, which your code calls, {'is' if len(unready) == 1 else 'are'}"
    if waits:
        return replace(verdict, message=f"{calls} not written yet. Do that first, then run this check again.")
    message, hints = verdict.message, verdict.hints
    for mistake in exercise.misconceptions:
        if mistake.name == verdict.misconception:
            message = message.removeprefix(mistake.question).lstrip()
            hints = tuple(hint for hint in hints if hint != mistake.question)
    note = f"{calls} not right yet: mend that first. What follows may be due to it."
    return replace(verdict, message=f"{note} {message}".rstrip(), misconception=None, hints=hints)
