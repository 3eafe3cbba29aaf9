"""A short text of what an exercise is judged by: it stays the same as long as nothing of that changes in its files."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tplib.graders.exercise import Exercise

NOT_JUDGED_BY = {"points", "at_home", "lecture", "concepts"}  # arguments of the decorator
MACHINERY = ("tplib.graders", "tplib.errors")  # it judges all exercises alike


def fingerprint(exercise: Exercise, mistakes: bool = True) -> str:
    """A hash of the code that judges an exercise; "" where no file holds it. Comments and docstrings do not count.

    It is the exercise's own code, what that uses in its file and in others of its folder or package, and where it
    looks for files, those that lie there. mistakes: whether their code and questions count.
    """
    reference = exercise.reference
    module = sys.modules.get(getattr(reference, "__module__", None) or "")
    path = Path(getattr(module, "__file__", None) or "")
    return fingerprint_at(path, getattr(reference, "__name__", ""), mistakes)


def fingerprint_at(path: Path, name: str, mistakes: bool = True) -> str:
    """`fingerprint` of the exercise that a file declares under a name; nothing is imported."""
    if not path.is_file():
        return ""
    used = _Used(name, mistakes)
    used.add(path, {name})
    for other in sorted(path.parent.glob("*.py")) if mistakes else ():
        if other != path and f"{name}.mistake" in read_source(other).text:
            used.add(other, {name})
    parts = [f"{file.name}\0{text}" for (file, _), text in sorted(used.texts.items())]
    if any("__file__" in text for text in parts):
        files = (
            file for file in sorted(path.parent.rglob("*")) if file.is_file() and file.suffix not in (".py", ".pyc")
        )
        parts += [f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Statement:
    """One at the top of a file, with the names that it defines and those that it mentions."""

    node: ast.stmt
    defined: frozenset[str]
    mentioned: frozenset[str]


@dataclass(frozen=True)
class Source:
    """A file of Python; without statements where it is none."""

    text: str = ""
    lines: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()


def read_source(path: Path) -> Source:
    """A file's statements, from memory where it has not changed."""
    try:
        about = path.stat()
    except OSError:
        return Source()
    return _read_once(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=512)
def _read_once(path: Path, changed: int, size: int) -> Source:
    try:
        text = path.read_text(encoding="utf-8")
        nodes = ast.parse(text).body
    except (OSError, ValueError, SyntaxError):
        return Source()
    statements = (Statement(node, frozenset(_defined(node)), frozenset(_names(node))) for node in nodes)
    return Source(text, tuple(text.split("\n")), tuple(statements))


class _Used:
    """Collects the statements of files that an exercise uses. texts: by file and line."""

    def __init__(self, name: str, mistakes: bool) -> None:
        self.name, self.mistakes = name, mistakes
        self.texts: dict[tuple[Path, int], str] = {}

    def add(self, path: Path, names: set[str] | None) -> None:
        """Add the statements of a file that define `names` (None: all of them), and all that these use."""
        source = read_source(path)
        statements = source.statements
        if names is not None and not any(names & one.defined for one in statements):
            names = None  # it is defined in a way of its own: by a loop, say
        waiting = [one for one in statements if names is None or names & one.defined or self._acts(one, names)]
        while waiting:
            one = waiting.pop()
            if (path, one.node.lineno) in self.texts:
                continue
            self.texts[path, one.node.lineno] = _text(one.node, source.lines)
            if isinstance(one.node, ast.ImportFrom):
                for file, wanted in _imported(one.node, path):
                    self.add(file, wanted)
            waiting += [other for other in statements if one.mentioned & other.defined]

    def _acts(self, one: Statement, names: set[str]) -> bool:
        """Whether a statement declares something of the exercise: a mistake, in most cases."""
        if self.name not in names:
            return False
        if not isinstance(one.node, ast.FunctionDef | ast.ClassDef):
            return not one.defined and self.name in one.mentioned
        kinds = {ast.unparse(each).partition("(")[0] for each in one.node.decorator_list}
        return self.mistakes and f"{self.name}.mistake" in kinds


def _names(node: ast.stmt) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _defined(node: ast.stmt) -> set[str]:
    """The names that a statement at the top of a file defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _imported(node: ast.ImportFrom, path: Path) -> Iterator[tuple[Path, set[str] | None]]:
    """The files of its folder or package that a statement imports from, and the names that it takes of each."""
    names, module = {alias.name for alias in node.names}, node.module or ""
    base = path.parents[node.level - 1] if node.level else _above_package(path)
    if not node.level and (base is None or module.startswith(MACHINERY) or not (base / module.split(".")[0]).is_dir()):
        return
    assert base is not None
    place = base.joinpath(*module.split(".")) if module else base
    if not place.is_dir():
        yield place.with_suffix(".py"), None if "*" in names else names
        return
    for name in sorted(names):
        file = place / f"{name}.py"
        yield (file, None) if file.is_file() or not module else (place / "__init__.py", {name})


def _above_package(path: Path) -> Path | None:
    """The folder in which the package of a file lies; None where it is in none."""
    place = path.parent
    while (place / "__init__.py").is_file():
        place = place.parent
    return None if place == path.parent else place


def _text(node: ast.stmt, lines: Sequence[str]) -> str:
    """A statement without comments, docstring, and what the decorator says but does not judge by."""
    own = list(lines[node.lineno - 1 : node.end_lineno])
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return _code(own)
    if ast.get_docstring(node, clean=False) is not None:
        told = node.body[0]
        own = [*lines[node.lineno - 1 : told.lineno - 1], *lines[told.end_lineno or 0 : node.end_lineno]]
    parts: list[ast.expr] = []
    for one in node.decorator_list:
        if isinstance(one, ast.Call):
            keywords = [keyword for keyword in one.keywords if keyword.arg not in NOT_JUDGED_BY]
            own = [f"{keyword.arg}={_segment(keyword.value, lines)}" for keyword in keywords] + own
        parts += [one.func, *one.args] if isinstance(one, ast.Call) else [one]
    return _code([_segment(part, lines) for part in parts] + own)


def _segment(node: ast.expr, lines: Sequence[str]) -> str:
    """The text of an expression; `ast.get_source_segment` splits the whole file for each one."""
    found = [line.encode() for line in lines[node.lineno - 1 : node.end_lineno]]
    found[-1] = found[-1][: node.end_col_offset]
    found[0] = found[0][node.col_offset :]
    return b"\n".join(found).decode()


def _code(lines: list[str]) -> str:
    stripped = (line.rstrip() for line in lines)
    return "\n".join(line for line in stripped if line and not line.lstrip().startswith("#"))
