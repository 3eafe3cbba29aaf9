"""The text that a student would have typed for an answer of the registry."""

import ast
import builtins
import inspect
import re
from functools import cache
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path
from typing import Any, NamedTuple

from tplib.graders import registry


class Piece(NamedTuple):
    """A top-level statement: of which module, in its lines, where among all."""

    lines: list[str]
    node: ast.stmt
    place: tuple[int, str, int]


def answer_text(candidate: Any, name: str) -> str:
    """Source of a top-level function or class under `name`, with what it uses of its module and of other exercises'."""
    pieces = _pieces(candidate.__module__)
    used = _closure(candidate.__name__, pieces)
    # An exercise that a mistake builds on is its reference: the student calls it otherwise than the answer.
    names = {key: f"_{key}" for key in used if _is_exercise(pieces[key].node)} | {candidate.__name__: name}
    found = {pieces[key].place: pieces[key] for key in used}
    texts = [_typed(found[place], names) for place in sorted(found)]
    # A type that an annotation names may stand further down, or be imported for type checkers only.
    named = {part.id for piece in found.values() for part in _names(piece.node)}
    if len({place[1] for place in found}) > 1 or named - pieces.keys() - set(dir(builtins)):
        texts.insert(0, "from __future__ import annotations")
    return "\n\n".join(texts)


@cache
def _pieces(module: str) -> dict[str, Piece]:
    """A module's top-level statements by the names that they bind, with those that it imports of other exercises'."""
    source = inspect.getsource(import_module(module))
    lines = source.splitlines()
    pieces: dict[str, Piece] = {}
    own: dict[str, ast.stmt] = {}
    depth = 0
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and _holds_exercises(source_of := _imported(node, module)):
            others = _pieces(source_of)
            pieces = others | pieces
            depth = max(depth, *(piece.place[0] + 1 for piece in others.values()), 1)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            own[node.name] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            own.update({(alias.asname or alias.name).partition(".")[0]: node for alias in node.names})
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            own.update({target.id: node for target in targets if isinstance(target, ast.Name)})
    places = {name: -1 if isinstance(node, ast.Import | ast.ImportFrom) else depth for name, node in own.items()}
    return pieces | {name: Piece(lines, node, (places[name], module, node.lineno)) for name, node in own.items()}


def _holds_exercises(module: str) -> bool:
    """Whether it is a module, and no folder, of exercises: these are hidden where students' code runs."""
    if module.startswith("tplib.graders"):
        return False
    loaded = import_module(module)
    file = getattr(loaded, "__file__", None)
    if file is None or hasattr(loaded, "__path__"):
        return False
    return any(Path(file).is_relative_to(folder) for folder in registry.folders())


def _imported(node: ast.ImportFrom, module: str) -> str:
    """The name in full of the module that an import in `module` names."""
    return resolve_name("." * node.level + (node.module or ""), module.rpartition(".")[0])


def _closure(name: str, pieces: dict[str, Piece]) -> set[str]:
    """`name` and all that it needs, directly or not."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += sorted({used.id for used in _names(pieces[key].node)} & pieces.keys())
    return found


def _names(node: ast.stmt) -> list[ast.Name]:
    """The names that a statement uses of its module: not those in its decorators, nor a function's own variables."""
    left_out = {id(part) for decorator in getattr(node, "decorator_list", []) for part in ast.walk(decorator)}
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name) and id(part) not in left_out]
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return names
    own = {part.id for part in names if isinstance(part.ctx, ast.Store)}
    own |= {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    return [part for part in names if part.id not in own]


def _is_exercise(node: ast.stmt) -> bool:
    """Whether a definition is the reference of an exercise."""
    calls = [each for each in getattr(node, "decorator_list", []) if isinstance(each, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "exercise" for call in calls)


def _typed(piece: Piece, names: dict[str, str]) -> str:
    """A statement as text: without decorators and ladder of hints, and with other names."""
    lines, node, _ = piece
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
