"""Answers that are equal up to names and layout: to our reference, or to one another."""

from __future__ import annotations

import ast
import hashlib
import inspect
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tplib.errors import TplibError

LEAST_NODES = 60  # of a syntax tree; shorter answers are naturally alike
LONGEST = 50_000  # characters of an answer that is parsed


@dataclass(frozen=True)
class Alike:
    """Students whose answers are the same tree. `ours`: so is an answer of the course itself."""

    notebook: str
    exercise: str
    students: tuple[str, ...]
    ours: bool


class _Plain:
    """Writes a syntax tree as text in which the names that the code gives itself are numbers, in their order.

    Docstrings and annotations are left out.
    """

    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.numbers: dict[str, int] = {}
        self.parts: list[str] = []
        self.nodes = 0

    def text(self, node: ast.AST) -> str:
        self.write(node)
        return "\0".join(self.parts)

    def name(self, name: str) -> str:
        return str(self.numbers.setdefault(name, len(self.numbers))) if name in self.own else f"={name}"

    def write(self, found: Any) -> None:
        if isinstance(found, list):
            self.parts.append("[")
            for each in found:
                self.write(each)
            self.parts.append("]")
        elif not isinstance(found, ast.AST):
            self.parts.append(repr(found))
        elif isinstance(found, ast.Name):
            self.nodes += 2  # with its context, which is a node, too
            self.parts += ("Name", self.name(found.id), type(found.ctx).__name__)
        elif isinstance(found, ast.arg):
            self.nodes += 1
            self.parts += ("arg", self.name(found.arg))
        elif isinstance(found, ast.AnnAssign):
            self.write(ast.Assign([found.target], found.value) if found.value else ast.Pass())
        else:
            self.nodes += 1
            self.parts.append(type(found).__name__)
            named = isinstance(found, ast.FunctionDef | ast.ClassDef)
            for field in found._fields:
                value: Any = getattr(found, field, None)
                if named and field == "name":
                    self.parts.append(self.name(value))
                elif named and field == "body":
                    self.write(_without_docstring(value))
                elif field not in ("returns", "type_comment"):
                    self.write(value)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return body[1:] or [ast.Pass()]
    return body


def _own_names(nodes: list[ast.AST]) -> set[str]:
    """The names that code binds: parameters, variables and functions. Not methods: others call them by name."""
    methods, own = set[int](), set[str]()
    for node in nodes:  # a class comes before what is in it
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                own.add(node.id)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            if id(node) not in methods:
                own.add(node.name)
            if isinstance(node, ast.ClassDef):
                methods |= {id(child) for child in node.body}
    return own


def fingerprints(source: str) -> Iterator[str]:
    """One digest for each function and class that `source` defines, unless it is so short that many write the same."""
    if len(source) > LONGEST or "NotImplementedError" in source:
        return
    lines = ("" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))
    try:
        tree = ast.parse("\n".join(lines))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                nodes = list(ast.walk(node))
                if len(nodes) < LEAST_NODES:
                    continue
                plain = _Plain(_own_names(nodes))
                text = plain.text(node)
                if plain.nodes >= LEAST_NODES:
                    yield hashlib.sha256(text.encode(errors="replace")).hexdigest()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


@cache
def ours(exercise: str) -> frozenset[str]:
    """Digests of the reference and the alternatives of an exercise of ours; none where there is no such exercise."""
    from tplib.graders import registry

    try:
        known = registry.find(exercise)
    except TplibError:
        return frozenset()
    digests: set[str] = set()
    for answer in (known.reference, *known.alternatives):
        try:
            digests.update(fingerprints(textwrap.dedent(inspect.getsource(answer))))
        except (OSError, TypeError):
            continue
    return frozenset(digests)


class Collector:
    """Takes every student's answers, and says afterwards which are alike."""

    def __init__(self) -> None:
        self._students: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._ours: set[tuple[str, str, str]] = set()
        self._digests: dict[str, set[str]] = {}  # many hand in the very same text

    def add(self, student: str, notebook: str, exercise: str, source: str) -> None:
        known = ours(exercise)
        if source not in self._digests:
            self._digests[source] = set(fingerprints(source))
        for digest in self._digests[source]:
            key = (notebook, exercise, digest)
            self._students[key].append(student)
            if digest in known:
                self._ours.add(key)

    def alike(self) -> list[Alike]:
        groups = [
            Alike(notebook, exercise, tuple(students), key in self._ours)
            for key, students in self._students.items()
            for notebook, exercise, _ in [key]
            if len(students) > 1 or key in self._ours
        ]
        return sorted(groups, key=lambda group: (group.notebook, group.exercise, not group.ours, group.students))
