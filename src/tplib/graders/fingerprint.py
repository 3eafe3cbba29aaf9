"""A short text of what an exercise is judged by: it stays the same as long as nothing of that changes in its files."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
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
    """One at the top of a file. dotted: what it takes of names with a dot; bare: names that stand without one."""

    node: ast.stmt
    defined: frozenset[str]
    bare: frozenset[str]
    dotted: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, node: ast.stmt) -> Statement:
        dots = [one for one in ast.walk(node) if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)]
        owners = {id(one.value) for one in dots}
        bare = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and id(one) not in owners}
        dotted = {(one.value.id, one.attr) for one in dots if isinstance(one.value, ast.Name)}
        return cls(node, frozenset(_defined(node)), frozenset(bare), frozenset(dotted))

    @property
    def mentioned(self) -> frozenset[str]:
        return self.bare | {name for name, _ in self.dotted}


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
    return Source(text, tuple(text.split("\n")), tuple(map(Statement.of, nodes)))


class _Used:
    """Collects the statements of files that an exercise uses. texts: by file and line."""

    def __init__(self, name: str, mistakes: bool) -> None:
        self.name, self.mistakes = name, mistakes
        self.texts: dict[tuple[Path, int], str] = {}

    def add(self, path: Path, names: set[str] | None) -> None:
        """Add the statements of a file that define `names` (None: all of them), and all that these use."""
        source = read_source(path)
        statements = source.statements
        modules: dict[str, Path] = {}  # that the file imports as a whole, by the names that they have in it
        for one in statements:
            if isinstance(one.node, ast.ImportFrom):
                modules |= {name: file for file, wanted, name in _imported(one.node, path) if wanted is None}
        if names is not None and not any(names & one.defined for one in statements):
            names = None  # it is defined in a way of its own: by a loop, say
        helpers = self._helpers(statements)
        waiting = [one for one in statements if names is None or names & one.defined or self._acts(one, names, helpers)]
        while waiting:
            one = waiting.pop()
            if (path, one.node.lineno) in self.texts:
                continue
            self.texts[path, one.node.lineno] = _text(one.node, source.lines)
            if isinstance(one.node, ast.ImportFrom):
                for file, wanted, name in _imported(one.node, path):
                    if wanted is not None or name == "*":
                        self.add(file, wanted)
            for name, part in one.dotted:
                if name in modules:
                    self.add(modules[name], {part})
            for name in one.bare & modules.keys():
                self.add(modules[name], None)
            waiting += [other for other in statements if one.mentioned & other.defined]

    def _acts(self, one: Statement, names: set[str], helpers: set[str]) -> bool:
        """Whether a statement declares something of the exercise: a mistake, in most cases."""
        if self.name not in names:
            return False
        if not isinstance(one.node, ast.FunctionDef | ast.ClassDef):
            return not one.defined and (self.name in one.mentioned or not helpers.isdisjoint(one.mentioned))
        return self.mistakes and self._declares(one.node)

    def _helpers(self, statements: Iterable[Statement]) -> set[str]:
        """Functions that declare mistakes when they are called."""
        names = {one.node.name for one in statements if isinstance(one.node, ast.FunctionDef) and self._calls(one)}
        return names if self.mistakes else set()

    def _calls(self, one: Statement) -> bool:
        return (self.name, "mistake") in one.dotted and not self._declares(one.node)

    def _declares(self, node: ast.stmt) -> bool:
        decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        return f"{self.name}.mistake" in {ast.unparse(each).partition("(")[0] for each in decorators}


def _defined(node: ast.stmt) -> set[str]:
    """The names that a statement at the top of a file defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _imported(node: ast.ImportFrom, path: Path) -> Iterator[tuple[Path, set[str] | None, str]]:
    """The files of its folder or package that a statement imports from, which of their names, and under which name.

    None for the names: the file is imported as a whole, or all that is in it ("*").
    """
    module = node.module or ""
    base = path.parents[node.level - 1] if node.level else above_package(path)
    if not node.level and (base is None or module.startswith(MACHINERY) or not (base / module.split(".")[0]).is_dir()):
        return
    assert base is not None
    place = base.joinpath(*module.split(".")) if module else base
    for alias in node.names:
        name = alias.asname or alias.name
        if not place.is_dir():
            yield place.with_suffix(".py"), None if name == "*" else {alias.name}, name
        elif (file := place / f"{alias.name}.py").is_file() or not module:
            yield file, None, name
        else:
            yield place / "__init__.py", {alias.name}, name


def above_package(path: Path) -> Path | None:
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
