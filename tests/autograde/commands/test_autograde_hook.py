"""Two lines in any nbgrader_config.py: `nbgrader autograde` and the form grader's button grade as `tp grade` does."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde
from traitlets.config import Config

from tplib.autograde import enable
from tplib.autograde.bridge.course import open_course
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.reports.summary import summarise
from tplib.autograde.sandbox import problem

SANDBOX = problem() is None
ENABLE = "from tplib.autograde import enable\nenable(c)\n"

RIGHT = """import numpy as np

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e).astype(x.dtype) / (1 + e)"""
WRONG = "import numpy as np\n\ndef sigmoid(x):\n    return np.tanh(x)"
HOSTILE = """import builtins, sqlite3, sys
import tplib.graders

def check(name):
    return 1.0

tplib.graders.check = builtins.check = check
for place in ("gradebook.db", "../../gradebook.db", "{root}/gradebook.db"):
    try:
        base = sqlite3.connect(place)
        base.execute("UPDATE grade SET manual_score = 100")
        base.commit()
    except Exception:
        pass

class Lying(float):
    def __eq__(self, other):
        return True

def sigmoid(x):
    return Lying(1)"""


@pytest.fixture(autouse=True)
def _rule(monkeypatch):
    monkeypatch.setenv("TPLIB_SANDBOX", "auto" if SANDBOX else "off")


def checked_notebook() -> Any:
    def marked(source: str, grade_id: str, **flags: Any) -> Any:
        cell = new_code_cell(source)
        values = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **flags}
        cell.metadata["nbgrader"] = {"grade_id": grade_id, "cell_type": "code", **values}
        return cell

    return new_notebook(
        cells=[
            marked("from tplib.graders import check", "imports", locked=True),
            marked(f"### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION", "sigmoid", solution=True),
            marked('check("sigmoid")', "check-sigmoid", grade=True, locked=True, points=4),
            marked("assert sigmoid(np.zeros(1)) == 0.5", "test-sigmoid", grade=True, locked=True, points=1),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


def switch_on(root: Path, *lines: str) -> None:
    config = root / "nbgrader_config.py"
    config.write_text("\n".join([config.read_text(), *lines, ENABLE]))


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=root, capture_output=True, text=True, timeout=120
    )


def grades(root: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny") as gradebook:
        return {
            (submission.student.id, grade.name): (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions("ps1")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def verdict(root: Path, student: str) -> dict[str, Any]:
    notebook = nbformat.read(root / f"autograded/{student}/ps1/first.ipynb", 4)
    [cell] = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "check-sigmoid"]
    return cell.outputs[0]["data"]["application/vnd.tplib.verdict+json"]


@pytest.fixture
def course(tmp_path, build):
    course = build(tmp_path / "course", "first")
    course.notebooks["first"] = checked_notebook()
    nbformat.write(course.notebooks["first"], course.root / "source/ps1/first.ipynb")
    switch_on(course.root)
    return course


def test_nbgrader_without_the_two_lines_is_left_alone(monkeypatch):
    started = []
    monkeypatch.setattr(Autograde, "start", lambda converter: started.append(converter))
    config = Config()
    enable(config)
    enable(config)
    Autograde(config=Config()).start()
    assert len(started) == 1


def test_a_class_graded_through_nbgrader_has_the_gradebook_of_tp_grade(course):
    course.hand_in("ada", {"sigmoid": RIGHT})
    course.hand_in("bob", {"sigmoid": WRONG})
    course.hand_in("eve", {"sigmoid": HOSTILE.replace("{root}", str(course.root))})
    linked = course.hand_in("lea", {"sigmoid": RIGHT})
    (linked / "first.ipynb").rename(linked / "real.txt")
    (linked / "first.ipynb").symlink_to(course.root / "source/ps1/first.ipynb")
    (linked / "notes.txt").symlink_to("/etc/passwd")
    run = nbgrader(course.root, "autograde", "ps1")
    assert run.returncode == 0, run.stderr
    assert "lea: a file of the submission (notes.txt) is a symbolic link" in run.stderr
    assert not (course.root / "autograded/lea/ps1/notes.txt").exists()
    through_nbgrader = grades(course.root), {name: verdict(course.root, name) for name in ("ada", "bob", "eve")}
    scores = {name: found[0] for name, found in through_nbgrader[0].items()}
    assert {name: scores[name, "check-sigmoid"] for name in ("ada", "bob", "eve", "lea")} == {
        "ada": 4.0,
        "bob": 0.0,
        "eve": 0.0,
        "lea": 0.0,
    }
    graded = nbformat.read(course.root / "autograded/ada/ps1/first.ipynb", 4).metadata["tplib"]
    assert (graded["sandbox"], graded["unprotected"]) == (SANDBOX, ["test-sigmoid"])
    with nbgrader_at_work():
        summary = summarise(open_course(course.root), "ps1")
    assert ("tanh instead", ["bob"]) in [(found.name, found.holders) for found in summary.misconceptions]
    assert [exercise.name for exercise in summary.unprotected] == ["test-sigmoid"]
    again = grade_assignment(open_course(course.root), "ps1", workers=1, force=True, sandbox=SANDBOX)
    assert {result.state for result in again.results} == {"graded"}
    assert (grades(course.root), {name: verdict(course.root, name) for name in ("ada", "bob", "eve")}) == (
        through_nbgrader
    )


def test_options_of_nbgraders_command_line_count(course):
    for name in ("ada", "bob"):
        course.hand_in(name, {"sigmoid": "import time\ntime.sleep(60)"})
    run = nbgrader(course.root, "autograde", "ps1", "--student", "a*", "--Execute.timeout=1")
    assert run.returncode == 0, run.stderr
    assert "was stopped after 1 s" in run.stderr
    assert not (course.root / "autograded/bob").exists()
    assert nbgrader(course.root, "autograde", "ps1", "--student", "ada", "--no-execute", "--force").returncode == 0
    notebook = nbformat.read(course.root / "autograded/ada/ps1/first.ipynb", 4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    missing = button(course.root, "eve")
    assert not missing["success"]
    assert "no submission of ps1 by eve; there is one by: ada, bob" in missing["log"]


def test_no_sandbox_is_refused_with_a_sentence(course, monkeypatch):
    monkeypatch.setenv("TPLIB_SANDBOX", "maybe")
    course.hand_in("ada", {"sigmoid": RIGHT})
    run = nbgrader(course.root, "autograde", "ps1")
    assert run.returncode == 1
    assert "TPLIB_SANDBOX is 'maybe': expected auto or off" in run.stderr
    assert "Traceback" not in run.stderr
    monkeypatch.setenv("TPLIB_SANDBOX", "auto")
    monkeypatch.setattr(
        "tplib.autograde.sandbox.policy.problem", lambda _=None: "The sandbox cannot be had here. Go elsewhere."
    )
    answer = button(course.root, "ada")
    assert not answer["success"]
    assert "The sandbox cannot be had here. Go elsewhere." in answer["log"]
    assert not (course.root / "autograded").exists()


def button(root: Path, student: str) -> dict[str, Any]:
    """What the form grader's autograde button calls, in the process of the server."""
    app = open_course(root).app
    return NbGraderAPI(app.coursedir, config=app.config).autograde("ps1", student)


def test_form_graders_button(course):
    course.hand_in("ada", {"sigmoid": RIGHT})
    course.hand_in("bob", {"sigmoid": WRONG})
    here = os.getcwd()

    async def serve() -> dict[str, Any]:
        return button(course.root, "ada")

    answers = [asyncio.run(serve())]
    thread = threading.Thread(target=lambda: answers.append(button(course.root, "bob")))
    thread.start()
    thread.join()
    assert [answer["success"] for answer in answers] == [True, True], answers
    assert "ada: graded, 5 of 5 points" in answers[0]["log"]
    assert os.getcwd() == here
    assert verdict(course.root, "ada")["status"] == "right"
    assert verdict(course.root, "bob")["score"] == 0


def test_a_configuration_that_stands_in_no_file_counts(course):
    """A hub may hand its services one."""
    folder = course.hand_in("ada", {"sigmoid": RIGHT})
    (folder / "timestamp.txt").write_text("2025-01-02 10:00:00 UTC")
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "tiny") as gradebook:
        gradebook.add_assignment("ps1", duedate="2025-01-02 09:00:00")
    app = open_course(course.root).app
    app.config.LateSubmissionPlugin.penalty_method = "zero"
    assert NbGraderAPI(app.coursedir, config=app.config).autograde("ps1", "ada")["success"]
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "tiny") as gradebook:
        notebook = gradebook.find_submission_notebook("first", "ps1", "ada")
        assert notebook.late_submission_penalty == notebook.score == 5.0
