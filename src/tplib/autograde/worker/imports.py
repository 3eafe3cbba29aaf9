"""Which modules to import before students' notebooks run, and the cache of what was learned about that."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import sys
import sysconfig
from typing import Any

import platformdirs
from nbformat import NotebookNode

from tplib.autograde.messages.grading import Setup
from tplib.autograde.notebook_files import new_cell
from tplib.files import write_atomically

LEARNING = 3  # raised when another way of learning makes earlier files worthless


def imported_modules(notebook: dict[str, Any]) -> list[str]:
    """Names of the modules that the code cells import, in order; cells that do not parse are skipped."""
    from IPython.core.inputtransformer2 import TransformerManager

    names: dict[str, None] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        try:
            tree = ast.parse(TransformerManager().transform_cell(cell["source"]))
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names.update(dict.fromkeys(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names[node.module] = None
    return list(names)


def imports_of(notebooks: list[NotebookNode]) -> list[str]:
    """Names of the modules that the code of any of `notebooks` imports."""
    return list(dict.fromkeys(name for notebook in notebooks for name in imported_modules(notebook)))


def with_a_wrong_answer(notebook: NotebookNode) -> NotebookNode:
    """The instructor's notebook, at whose end one answer is spoiled and checked once more.

    What a check does with a wrong answer (look for a small counter-example, show a traceback) imports modules that
    right answers never need.
    """
    answer: list[str] = []
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] != "code":
            continue
        if marks.get("solution"):
            answer = _defined_names(cell["source"])
        elif marks.get("grade") and answer:
            spoiled = "".join(f"def {name}(*args, **kwargs):\n    return 0\n\n\n" for name in answer)
            cells = [*notebook["cells"], new_cell("code", spoiled), new_cell("code", cell["source"])]
            return NotebookNode({**notebook, "cells": cells})
    return notebook


def _defined_names(source: str) -> list[str]:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return []
    return [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


class ImportsCache:
    """The user's file of what an assignment's notebooks were seen to import. It is valid until they change."""

    def __init__(self, setup: Setup) -> None:
        packages = sysconfig.get_paths()["purelib"]
        with contextlib.suppress(OSError):
            packages += str(os.stat(packages).st_mtime_ns)  # pip adds to this folder, and removes from it
        sources = [[cell["source"] for cell in notebook["cells"]] for notebook in setup.references]
        key = json.dumps([LEARNING, sys.version, packages, sources, setup.sandbox, sorted(setup.support)])
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self.path = platformdirs.user_cache_path("tplib") / "imports" / f"{name}.json"

    def load(self) -> list[str] | None:
        """The names of the modules, or None where nothing, or nothing readable, was stored."""
        try:
            names = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else None

    def store(self, names: list[str]) -> None:
        with contextlib.suppress(OSError):  # without the file, the next run learns again
            write_atomically(self.path, json.dumps(names).encode())
