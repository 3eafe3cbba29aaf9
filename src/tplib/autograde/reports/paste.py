"""The lines that make a student's wrong answer a mistake with a name, ready for the exercise's module."""

from __future__ import annotations

import ast
import builtins
import io
import sys
import tokenize
import unicodedata
from dataclasses import dataclass
from typing import Any

from tplib.graders.exercise import Exercise

QUESTION = "...a question that helps to see the mistake..."
FUNCTION, CLASS = "what_they_do", "WhatTheyDo"
DEFINITION = ast.FunctionDef | ast.ClassDef
LONGEST = 4000  # characters of an answer that is shown


@dataclass(frozen=True)
class Paste:
    """missing: the names that the lines use, and that neither they nor the exercise's module define."""

    lines: str
    missing: tuple[str, ...] = ()
    is_class: bool = False


def visible(text: str) -> str:
    """`text` with every character that does not show, or that turns the direction of reading, written as its code."""
    text = text.replace("\r\n", "\n")
    return "".join(c if c in "\n\t " or unicodedata.category(c)[0] not in "CZ" else ascii(c)[1:-1] for c in text)


def shown(source: str) -> str:
    """An answer as the page shows it."""
    text = visible(source).strip("\n")
    return text if len(text) <= LONGEST else text[:LONGEST] + "\n... cut"


def defines(source: str, name: str) -> bool:
    """Whether the code defines a function or class of that name."""
    return any(_is_definition(node, name) for node in _statements(source))


def paste(exercise: Exercise, source: str) -> Paste | None:
    """The answer under a new name and the exercise's decorator, with what it needs of its cell.

    None where the cell does not define the answer by `def` or `class`, or is too long to be read before it is used.
    """
    source = _python(visible(source))
    statements = _statements(source)
    answer = next((node for node in reversed(statements) if _is_definition(node, exercise.name)), None)
    if answer is None or len(source) > LONGEST:
        return None
    needed = _needed(statements, answer)
    name = CLASS if isinstance(answer, ast.ClassDef) else FUNCTION
    lines = source.split("\n")
    text = ""
    for before, node in zip([None, *needed], needed, strict=False):
        first = min([node.lineno, *(found.lineno for found in getattr(node, "decorator_list", []))])
        if before is not None:
            text += "\n\n" if isinstance(node, DEFINITION) or isinstance(before, DEFINITION) else ""
        if node is answer:
            text += f'@{exercise.reference.__name__}.mistake("{QUESTION}")\n'
        text += _renamed("\n".join(lines[first - 1 : node.end_lineno]), exercise.name, name) + "\n"
    return Paste(text, _missing(exercise, needed), isinstance(answer, ast.ClassDef))


def _python(source: str) -> str:
    """A cell without IPython's own lines."""
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))


def _statements(source: str) -> list[ast.stmt]:
    """The statements of a cell; none where it is no Python."""
    try:
        return ast.parse(_python(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _is_definition(node: ast.stmt, name: str) -> bool:
    return isinstance(node, DEFINITION) and node.name == name


def _needed(statements: list[ast.stmt], answer: ast.stmt) -> list[ast.stmt]:
    """The answer and the definitions, imports and assignments that it uses, directly or not."""
    found, waiting = [answer], [answer]
    while waiting:
        used = _used(waiting.pop())
        for node in statements:
            if node not in found and _bound(node, deep=False) & used and not _is_definition(node, answer.name):  # type: ignore[attr-defined]
                found.append(node)
                waiting.append(node)
    return sorted(found, key=lambda node: node.lineno)


def _used(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}


def _bound(node: ast.AST, deep: bool) -> set[str]:
    """The names that a statement gives a meaning; `deep`: also those inside of functions and their arguments."""
    names: set[str] = set()
    for part in ast.walk(node) if deep else [node, *_targets(node)]:
        if isinstance(part, DEFINITION):
            names.add(part.name)
        elif isinstance(part, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in part.names}
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            names.add(part.id)
        elif isinstance(part, ast.arg):
            names.add(part.arg)
        elif isinstance(part, ast.ExceptHandler) and part.name:
            names.add(part.name)
    return names


def _targets(node: ast.AST) -> list[ast.AST]:
    targets: list[Any] = []
    if isinstance(node, ast.Assign):
        targets = list(node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    return [part for target in targets for part in ast.walk(target)]


def _renamed(text: str, old: str, new: str) -> str:
    """Python's `text` with another name for one of its own; attributes of that name stay."""
    lines = text.split("\n")
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    for before, token in reversed(list(zip([None, *tokens], tokens, strict=False))):
        if token.type == tokenize.NAME and token.string == old and not (before and before.string == "."):
            row, start = token.start
            lines[row - 1] = lines[row - 1][:start] + new + lines[row - 1][start + len(old) :]
    return "\n".join(lines)


def _missing(exercise: Exercise, needed: list[ast.stmt]) -> tuple[str, ...]:
    known = set(vars(builtins)) | set(vars(sys.modules[exercise.reference.__module__]))
    for node in needed:
        known |= _bound(node, deep=True)
    return tuple(sorted({name for node in needed for name in _used(node)} - known - {exercise.name}))
