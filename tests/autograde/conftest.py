"""Small nbgrader courses, built with nbformat, and the students who hand things in."""

from __future__ import annotations

import copy
import functools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.api
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.messages.execution import Limits

LIMITS = Limits(cell=1.0, notebook=20)
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


@pytest.fixture(scope="session", autouse=True)
def _ask_alembic_once() -> Iterator[None]:
    """nbgrader starts a process to learn the database's version whenever it makes a gradebook."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nbgrader.api, "get_alembic_version", functools.cache(nbgrader.api.get_alembic_version))
        yield


@pytest.fixture(autouse=True)
def _own_interpreter_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader calls alembic by its bare name."""
    monkeypatch.setenv("PATH", os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]))


@pytest.fixture(scope="session")
def classroom(tmp_path_factory, build, right, index_of):
    """Everyone at once, the honest and the troublesome, graded in one run; tests only look at it."""
    course = build(tmp_path_factory.mktemp("class") / "course")

    def answer(student: str, **changes: str) -> Path:
        return course.hand_in(student, {**right, **changes})

    answer("right")
    answer("partial", half="def half(x):\n    return 1", sign="def sign(x):\n    return 1 if x >= 0 else -1")
    answer("wrong", double="def double(x):\n    return x * x", sign="def sign(x):\n    return (x < 0) - (x > 0)")
    course.hand_in("untouched", {})
    answer(
        "warner",
        double="import warnings\ndef double(x):\n    warnings.warn('careful')\n    return 2 * x",
        half="import sys\ndef half(x):\n    print('hm', file=sys.stderr)\n    return x / 2",
        sign="import sys\ndef sign(x):\n    print('hm', file=sys.stderr)\n    return (x > 0) - (x < 0)",
    )
    answer("looper", double="def double(x):\n    while True:\n        pass")
    answer(
        "swallower",
        sign="def sign(x):\n    while True:\n        try:\n            while True: pass\n        except: pass",
    )
    answer(
        "deaf",
        sign="import signal\ndef sign(x):\n    signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while True: pass",
    )
    answer("exiter", half="import os\nos._exit(3)")
    answer("segfault", half="import ctypes\nctypes.string_at(0)")
    answer("suicide", half="import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    answer("parricide", half="import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    answer(
        "surrogate",
        double="print('\\ud800')\ndef double(x):\n    return 2 * x  # \udc80",
        half="""from IPython.display import display
odd = {"\\ud800": "\\udc80"}
display({"application/vnd.tplib.verdict+json": odd, "text/\\ud800": "x"}, metadata=odd, raw=True)
display({"x/\\ud800": "x"}, raw=True)
def half(x):
    return x / 2""",
    )
    answer("chatty", double="print('x' * 5_000_000)\ndef double(x):\n    return 2 * x")
    answer("leaver", double="def double(x):\n    return 2 * x\nexit()")

    def copy_check_to_top(notebook):
        notebook.cells.insert(0, json.loads(json.dumps(notebook.cells[index_of(notebook, "check-double")])))

    def keep_stub_below(notebook):
        stub = json.loads(json.dumps(notebook.cells[index_of(notebook, "double")]))
        stub["source"] = "# YOUR CODE HERE\nraise NotImplementedError()"
        notebook.cells.insert(index_of(notebook, "double") + 1, stub)

    def delete(*grade_ids):
        def edit(notebook):
            for grade_id in grade_ids:
                del notebook.cells[index_of(notebook, grade_id)]

        return edit

    def age(notebook):
        for cell in notebook.cells:
            cell.metadata.get("nbgrader", {}).pop("schema_version", None)
            cell.metadata.get("nbgrader", {}).pop("task", None)

    def strip(notebook):
        for cell in notebook.cells:
            cell.metadata.pop("nbgrader", None)

    def retype(notebook):
        cell = notebook.cells[index_of(notebook, "double")]
        cell.cell_type = "raw"
        del cell["outputs"], cell["execution_count"]

    def tamper(notebook):
        cell = notebook.cells[index_of(notebook, "check-double")]
        cell.source, cell.metadata.nbgrader["points"] = "pass", 100
        notebook.cells[index_of(notebook, "check-half")].metadata.nbgrader["grade"] = False

    course.hand_in("copied-check", edit=copy_check_to_top)
    course.hand_in("copied-answer", edit=keep_stub_below)
    course.hand_in("deleted-checks", edit=delete("check-half", "check-double", "imports"))
    course.hand_in("deleted-answer", edit=delete("double"))
    course.hand_in("old-schema", edit=age)
    course.hand_in("stripped", edit=strip)
    course.hand_in("retyped", edit=retype)
    course.hand_in("tampered", edit=tamper)
    course.hand_in("renamed", rename={"first": "first (final)"})
    course.hand_in("lost-second", leave_out=("second",))
    course.hand_in("lost-all", leave_out=("first", "second"))
    course.hand_in("odd", leave_out=("second",)).joinpath("notes.ipynb").write_text(
        json.dumps(new_notebook(cells=[new_code_cell("1")]))
    )
    (course.hand_in("broken") / "first.ipynb").write_text('{"cells": [')
    (course.hand_in("merged") / "first.ipynb").write_text('<<<<<<< HEAD\n{"cells": []}\n=======\n{}\n>>>>>>> other\n')
    (course.hand_in("empty") / "first.ipynb").write_text("")
    (course.hand_in("no-notebook") / "first.ipynb").write_text("[1, 2]")
    (course.hand_in("bad-time") / "timestamp.txt").write_text("yesterday evening")
    folder = course.hand_in("folder", leave_out=("second",))
    (folder / "second.ipynb").mkdir()
    linked = course.hand_in("linked")
    (linked / "first.ipynb").unlink()
    (linked / "first.ipynb").symlink_to("/etc/passwd")
    (linked / "data").symlink_to("/etc")

    started = time.monotonic()
    course.run = grade_assignment(open_course(course.root), "ps1", workers=2, limits=LIMITS)
    course.seconds = time.monotonic() - started
    course.by_student = {result.student: result for result in course.run.results}
    return course
