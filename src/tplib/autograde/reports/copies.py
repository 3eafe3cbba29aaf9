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


class _Names(ast.NodeTransformer):
    """Replaces the names that code gives itself by numbers, in their order, and drops docstrings and annotations."""

    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.numbers: dict[str, str] = {}

    def name(self, name: str) -> str:
        return self.numbers.setdefault(name, f"_{len(self.numbers)}") if name in self.own else name

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.name(node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(self.name(node.arg), None)

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        return ast.keyword(node.arg, self.visit(node.value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        return self.visit(ast.Assign([node.target], node.value)) if node.value else None

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name, node.returns = self.name(node.name), None
        return self._without_docstring(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self.name(node.name)
        return self._without_docstring(node)

    def _without_docstring(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            node.body = node.body[1:] or [ast.Pass()]
        return self.generic_visit(node)


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
                plain = _Names(_own_names(nodes)).visit(node)
                if sum(1 for _ in ast.walk(plain)) >= LEAST_NODES:
                    yield hashlib.sha256(ast.dump(plain).encode(errors="replace")).hexdigest()
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
