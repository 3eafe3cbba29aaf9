"""A short text of what an exercise is judged by: it stays the same as long as nothing of that changes in its files."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from tplib.graders.exercise import Exercise

NOT_JUDGED_BY = {"points", "at_home", "lecture", "concepts"}  # arguments of the decorator


def fingerprint(exercise: Exercise, mistakes: bool = True) -> str:
    """A hash of the code that judges an exercise; "" where no file holds it. Comments and docstrings do not count.

    It is the exercise's own code, what that uses in its file and in files beside it, and where it looks for files,
    those that lie there. mistakes: whether their code and questions count.
    """
    reference = exercise.reference
    module = sys.modules.get(getattr(reference, "__module__", None) or "")
    path = Path(getattr(module, "__file__", None) or "")
    if not path.is_file():
        return ""
    name = getattr(reference, "__name__", "")
    used = _Used(name, mistakes)
    used.add(path, {name})
    parts = [f"{file.name}\0{text}" for (file, _), text in sorted(used.texts.items())]
    if any("__file__" in text for text in parts):
        files = (
            file for file in sorted(path.parent.rglob("*")) if file.is_file() and file.suffix not in (".py", ".pyc")
        )
        parts += [f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class _Used:
    """Collects the statements of files that an exercise uses. texts: by file and line."""

    def __init__(self, name: str, mistakes: bool) -> None:
        self.name, self.mistakes = name, mistakes
        self.texts: dict[tuple[Path, int], str] = {}

    def add(self, path: Path, names: set[str] | None) -> None:
        """Add the statements of a file that define `names` (None: all of them), and all that these use."""
        try:
            text = path.read_text(encoding="utf-8")
            statements = ast.parse(text).body
        except (OSError, ValueError, SyntaxError):
            return
        if names is not None and not any(names & _defined(statement) for statement in statements):
            names = None  # it is defined in a way of its own: by a loop, say
        waiting = [node for node in statements if names is None or names & _defined(node) or self._acts(node, names)]
        while waiting:
            node = waiting.pop()
            if (path, node.lineno) in self.texts:
                continue
            self.texts[path, node.lineno] = _text(node, text)
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                for file, wanted in _imported(node, path.parent):
                    self.add(file, wanted)
            mentioned = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            waiting += [other for other in statements if mentioned & _defined(other)]

    def _acts(self, node: ast.stmt, names: set[str]) -> bool:
        """Whether a statement declares something of the exercise: a mistake, in most cases."""
        if self.name not in names:
            return False
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            mentioned = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            return not _defined(node) and self.name in mentioned
        kinds = {ast.unparse(one).partition("(")[0] for one in node.decorator_list}
        return self.mistakes and f"{self.name}.mistake" in kinds


def _defined(node: ast.stmt) -> set[str]:
    """The names that a statement at the top of a file defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _imported(node: ast.ImportFrom, folder: Path) -> Iterator[tuple[Path, set[str] | None]]:
    """The files beside this one that a statement imports from, and the names that it takes of each."""
    names = {alias.name for alias in node.names}
    if node.module:
        yield folder / f"{node.module.replace('.', '/')}.py", None if "*" in names else names
    else:
        yield from ((folder / f"{name}.py", None) for name in sorted(names))


def _text(node: ast.stmt, text: str) -> str:
    """A statement without comments, docstring, and what the decorator says but does not judge by."""
    lines = text.splitlines()
    own = lines[node.lineno - 1 : node.end_lineno]
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return _code(own)
    if ast.get_docstring(node, clean=False) is not None:
        told = node.body[0]
        own = lines[node.lineno - 1 : told.lineno - 1] + lines[told.end_lineno or 0 : node.end_lineno]
    parts: list[ast.expr] = []
    for one in node.decorator_list:
        if isinstance(one, ast.Call):
            keywords = [keyword for keyword in one.keywords if keyword.arg not in NOT_JUDGED_BY]
            own = [f"{keyword.arg}={ast.get_source_segment(text, keyword.value)}" for keyword in keywords] + own
        parts += [one.func, *one.args] if isinstance(one, ast.Call) else [one]
    return _code([ast.get_source_segment(text, part) or "" for part in parts] + own)


def _code(lines: list[str]) -> str:
    stripped = (line.rstrip() for line in lines)
    return "\n".join(line for line in stripped if line and not line.lstrip().startswith("#"))
