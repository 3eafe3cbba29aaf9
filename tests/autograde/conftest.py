"""Small nbgrader courses, built with nbformat, and the students who hand things in."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}

# A check as a course's own package would have it: its value is the points, beside a panel and a verdict.
HELPER = """
class Checked:
    def __init__(self, **verdict):
        self.verdict = verdict

    def __repr__(self):
        return str(self.verdict["points"])

    def _repr_html_(self):
        return f"<b>{self.verdict['message']}</b>"

    def _repr_mimebundle_(self, **kwargs):
        return {"application/vnd.tplib.verdict+json": self.verdict}


def check_sign(function):
    def verdict(points, status, misconception=None, message=""):
        return Checked(exercise="sign", status=status, score=points / 2, points=points, max_points=2.0,
                       misconception=misconception, message=message)
    try:
        got = [function(-3), function(0), function(4)]
    except NotImplementedError:
        return verdict(0.0, "not attempted")
    if got == [-1, 0, 1]:
        return verdict(2.0, "right", message="All cases agree.")
    if got == [-1, 1, 1]:
        return verdict(1.0, "partial", "zero is positive", "The sign of 0 is 0.")
    if got == [1, 0, -1]:
        return verdict(0.0, "wrong", "negated", "<script>alert(1)</script> Every sign is turned round.")
    return verdict(0.0, "wrong")
"""


def marked(cell: NotebookNode, grade_id: str, **flags: Any) -> NotebookNode:
    values = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    cell.metadata["nbgrader"] = {"grade_id": grade_id, "schema_version": 3, "cell_type": cell.cell_type, **values}
    return cell


def solution(source: str) -> str:
    return f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"


def first_notebook() -> NotebookNode:
    """Plain asserts with hidden tests, partial credit, a check with a verdict, and a text graded by hand."""
    return new_notebook(
        cells=[
            new_markdown_cell("# Exercises"),
            marked(new_code_cell("import math\nfrom helper import check_sign"), "imports", locked=True),
            marked(new_code_cell(solution("def double(x):\n    return 2 * x")), "double", solution=True),
            marked(
                new_code_cell(
                    "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(-1) == -2\n### END HIDDEN TESTS"
                ),
                "check-double",
                grade=True,
                locked=True,
                points=2,
            ),
            marked(new_code_cell(solution("def half(x):\n    return x / 2")), "half", solution=True),
            new_code_cell("inputs = [1, 2]"),
            marked(
                new_code_cell("0.5 * (half(inputs[1]) == 1) + 1.0 * (half(inputs[0]) == 0.5)"),
                "check-half",
                grade=True,
                locked=True,
                points=1.5,
            ),
            marked(
                new_code_cell(solution("def sign(x):\n    return (x > 0) - (x < 0)")),
                "sign",
                solution=True,
            ),
            marked(new_code_cell("check_sign(sign)"), "check-sign", grade=True, locked=True, points=2),
            marked(new_markdown_cell("Your text."), "why", grade=True, solution=True, points=3),
        ],
        metadata={"kernelspec": PYTHON},
    )


def second_notebook() -> NotebookNode:
    return new_notebook(
        cells=[
            marked(new_code_cell(solution("answer = 42")), "answer", solution=True),
            marked(new_code_cell("assert answer == 42"), "check-answer", grade=True, locked=True, points=1),
        ],
        metadata={"kernelspec": PYTHON},
    )


RIGHT = {
    "double": "def double(x):\n    return x + x",
    "half": "def half(x):\n    return 0.5 * x",
    "sign": "def sign(x):\n    return 0 if x == 0 else int(math.copysign(1, x))",
    "why": "Because.",
    "answer": "answer = 6 * 7",
}
FULL = {"first": 5.5, "second": 1.0}


class CourseBuilder:
    """A course folder; `hand_in` adds students, whose answers replace cells of the released notebooks."""

    def __init__(self, root: Path, notebooks: dict[str, NotebookNode]) -> None:
        self.root, self.notebooks = root, notebooks
        source = root / "source" / "ps1"
        source.mkdir(parents=True)
        (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'tiny'\n")
        (source / "helper.py").write_text(HELPER)
        for name, notebook in notebooks.items():
            nbformat.write(notebook, source / f"{name}.ipynb")

    def released(self, name: str) -> NotebookNode:
        """The notebook as a student gets it: nbgrader's own stub in the answer cells, hidden tests gone."""
        notebook = copy.deepcopy(self.notebooks[name])
        for cell in notebook.cells:
            if cell.source.startswith("### BEGIN SOLUTION"):
                cell.source = "# YOUR CODE HERE\nraise NotImplementedError()"
            cell.source = cell.source.split("\n### BEGIN HIDDEN TESTS")[0]
        return notebook

    def folder(self, student: str) -> Path:
        folder = self.root / "submitted" / student / "ps1"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def hand_in(
        self,
        student: str,
        answers: dict[str, str] | None = None,
        *,
        edit: Callable[[NotebookNode], None] | None = None,
        rename: dict[str, str] | None = None,
        leave_out: tuple[str, ...] = (),
    ) -> Path:
        """Hand in `answers` (by default right ones); `edit` changes the first notebook's cells afterwards."""
        answers = RIGHT if answers is None else answers
        folder = self.folder(student)
        for name in self.notebooks:
            if name in leave_out:
                continue
            notebook = self.released(name)
            for cell in notebook.cells:
                marks = cell.metadata.get("nbgrader", {})
                if marks.get("solution") and marks["grade_id"] in answers:
                    cell.source = answers[marks["grade_id"]]
            if edit is not None and name == "first":
                edit(notebook)
            target = folder / f"{(rename or {}).get(name, name)}.ipynb"
            target.write_text(json.dumps(notebook), encoding="utf-8")  # as it is, valid or not
        return folder


@pytest.fixture(scope="session")
def build() -> Callable[..., CourseBuilder]:
    def make(root: Path, *names: str) -> CourseBuilder:
        notebooks = {"first": first_notebook(), "second": second_notebook()}
        return CourseBuilder(root, {name: notebooks[name] for name in names or ("first", "second")})

    return make


@pytest.fixture(scope="session")
def right() -> dict[str, str]:
    return dict(RIGHT)


def find(notebook: NotebookNode, grade_id: str) -> int:
    """Index of the cell with this grade id."""
    return next(
        i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


@pytest.fixture(scope="session")
def index_of() -> Callable[[NotebookNode, str], int]:
    return find


@pytest.fixture(autouse=True)
def _own_interpreter_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader calls alembic by its bare name."""
    import os

    monkeypatch.setenv("PATH", os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]))
