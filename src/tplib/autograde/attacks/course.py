"""The temporary course that is attacked: one exercise, some honest students, and things that nobody may read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ASSIGNMENT, NOTEBOOK = "attacked", "task"
ANSWER, CHECK = "answer", "check-answer"
CANARY_FILE = "CANARY.txt"
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'attacked'\n"

IMPORTS = "import numpy as np\nfrom tplib.graders import check"
STUB = "def sigmoid(x):\n    raise NotImplementedError"
RIGHT = """
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e).astype(x.dtype) / (1 + e)
"""
WRONG = "def sigmoid(x):\n    return x"
HONEST = {"abel": WRONG, "nora": RIGHT, "zoe": RIGHT}  # the first is graded first, the last is graded last


def cell(source: str, grade_id: str | None = None, **flags: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": "code",
        "id": (grade_id or "plain")[:16],
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    if grade_id:
        marks = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **flags}
        made["metadata"] = {"nbgrader": {"grade_id": grade_id, "cell_type": "code", **marks}}
    return made


def released() -> dict[str, Any]:
    """The notebook as students get it."""
    return {
        "cells": [
            cell(IMPORTS, "imports", locked=True),
            cell(STUB, ANSWER, solution=True),
            cell("check('sigmoid')", CHECK, grade=True, locked=True, points=1),
            cell("assert callable(sigmoid)", "hidden", grade=True, locked=True, points=0),
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def source(canary: str) -> dict[str, Any]:
    """The instructor's notebook, with a hidden test; it holds the canary turned round, as nbgrader's pages show it."""
    notebook = released()
    notebook["cells"][1]["source"] = f"### BEGIN SOLUTION\n# {canary}{RIGHT}### END SOLUTION"
    notebook["cells"][3]["source"] += f"\n### BEGIN HIDDEN TESTS\n# {canary[::-1]}\n### END HIDDEN TESTS"
    # What the instructor's notebook imports is there at once in the students' too: an attack patches it.
    notebook["cells"].append(cell("try:\n    import torch\nexcept ImportError:\n    pass"))
    return notebook


def answered(code: str) -> dict[str, Any]:
    notebook = released()
    notebook["cells"][1]["source"] = code
    return notebook


def write_notebook(path: Path, notebook: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def build_course(root: Path, canary: str) -> None:
    """A course with its instructor's notebook, the honest students' work, and the canary in many places."""
    write_notebook(root / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", source(canary))
    (root / "nbgrader_config.py").write_text(f"{CONFIG}# {canary}\n", encoding="utf-8")
    for name in ("table.csv", "data/table.csv", "tables"):  # what the notebook could read
        path = root / "source" / ASSIGNMENT / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1,2\n", encoding="utf-8")
    for name, code in HONEST.items():
        write_notebook(folder_of(root, name) / f"{NOTEBOOK}.ipynb", answered(code))
        (folder_of(root, name) / "notes.txt").write_text(canary, encoding="utf-8")
    for place in (root, root / "source"):
        (place / CANARY_FILE).write_text(canary, encoding="utf-8")


def folder_of(root: Path, student: str, step: str = "submitted") -> Path:
    return root / step / student / ASSIGNMENT
