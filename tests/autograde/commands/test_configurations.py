"""nbgrader's configuration counts wherever it stands and however it is written, and so do its command's options."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from configurations import ENABLE, PENALTIES, configure
from nbformat.v4 import new_output
from nbgrader.api import Gradebook, MissingEntry

from tplib.autograde.sandbox import problem
from tplib.mime import VERDICT


def run(root: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=root, capture_output=True, text=True, timeout=120
    )


def book(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny")


def scores(root: Path) -> dict[tuple[str, str], float]:
    with book(root) as gradebook:
        return {
            (submission.student.id, notebook.name): notebook.score
            for submission in gradebook.assignment_submissions("ps1")
            for notebook in submission.notebooks
        }


@pytest.fixture
def course(tmp_path, build, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "home"))
    monkeypatch.setenv("TPLIB_SANDBOX", "auto" if problem() is None else "off")
    course = build(tmp_path / "course", "first", "second")
    course.hand_in("ada")
    (course.folder("ada") / "timestamp.txt").write_text("2025-01-02 10:00:00 UTC")
    with book(course.root) as gradebook:
        gradebook.add_assignment("ps1", duedate="2025-01-02 09:00:00")
    return course


@pytest.mark.parametrize(
    "name", [name if name == "package" else pytest.param(name, marks=pytest.mark.slow) for name in PENALTIES]
)
def test_a_late_submission_loses_what_the_configuration_says(name, course, tmp_path):
    configure(course.root, tmp_path / "home", PENALTIES[name])
    done = run(course.root, "tplib.cli", "grade", "ps1")
    assert done.returncode == 0, done.stdout + done.stderr
    with book(course.root) as gradebook:
        for notebook in gradebook.find_submission("ps1", "ada").notebooks:
            assert notebook.late_submission_penalty == notebook.score / 2 > 0
    mode = (course.root / "autograded/ada/ps1/first.ipynb").stat().st_mode & 0o777
    assert mode == (0o640 if name == "outdated" else 0o444)


@pytest.fixture
def with_engine(course):
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + ENABLE)
    return course


def test_only_the_notebook_that_is_asked_for_is_graded(with_engine):
    root = with_engine.root
    done = run(root, "nbgrader", "autograde", "ps1", "--notebook=s*")
    assert done.returncode == 0, done.stderr
    assert scores(root) == {("ada", "second"): 1.0, ("ada", "first"): 0.0}
    assert not (root / "autograded/ada/ps1/first.ipynb").exists()
    assert run(root, "nbgrader", "autograde", "ps1", "--notebook=first").returncode == 0
    assert scores(root) == {("ada", "second"): 1.0, ("ada", "first"): 5.5}
    with_engine.hand_in("ada", {"answer": "answer = 41"})
    before = (root / "autograded/ada/ps1/first.ipynb").read_bytes()
    assert run(root, "nbgrader", "autograde", "ps1", "--notebook=second", "--force").returncode == 0
    assert scores(root) == {("ada", "second"): 0.0, ("ada", "first"): 5.5}
    assert (root / "autograded/ada/ps1/first.ipynb").read_bytes() == before
    none = run(root, "nbgrader", "autograde", "ps1", "--notebook=third")
    assert none.returncode == 1
    assert "ps1 has no notebook 'third'; it has: first, second" in none.stderr


def test_without_execution_the_outputs_that_were_handed_in_are_marked(with_engine, index_of):
    def show(notebook: Any) -> None:
        outputs = [new_output("stream", text="by hand"), {"output_type": "nonsense"}]
        notebook.cells[index_of(notebook, "check-double")].outputs = outputs
        failed = new_output("error", ename="AssertionError", evalue="", traceback=[])
        notebook.cells[index_of(notebook, "check-half")].outputs = [failed]
        own = {VERDICT: {"status": "right"}, "text/plain": "2.0"}
        given = new_output("execute_result", data=own, execution_count=1)
        notebook.cells[index_of(notebook, "check-sign")].outputs = [given]

    with_engine.hand_in("ada", edit=show)
    assert run(with_engine.root, "nbgrader", "autograde", "ps1", "--no-execute").returncode == 0
    graded = nbformat.read(with_engine.root / "autograded/ada/ps1/first.ipynb", 4)
    assert graded.cells[index_of(graded, "check-double")].outputs == [new_output("stream", text="by hand")]
    assert graded.cells[index_of(graded, "check-sign")].outputs[0].data == {"text/plain": "2.0"}
    with book(with_engine.root) as gradebook:
        marks = {name: gradebook.find_grade(name, "first", "ps1", "ada").auto_score for name in MARKED}
    assert marks == {"check-double": 2.0, "check-half": 0.0, "check-sign": 2.0}


MARKED = ("check-double", "check-half", "check-sign")


@pytest.mark.parametrize("module", ["nbgrader", "tplib.cli"])
def test_a_student_who_is_not_enrolled_is_refused_where_the_configuration_says_so(module, with_engine):
    root = with_engine.root
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.Autograde.create_student = False\n")
    with_engine.hand_in("amy")
    with book(root) as gradebook:
        gradebook.add_student("ada")
    done = run(root, module, "autograde" if module == "nbgrader" else "grade", "ps1")
    assert done.returncode == 1
    said = (done.stdout + done.stderr).lower()
    assert "no student with id 'amy' exists in the database" in " ".join(said.split())
    with book(root) as gradebook, pytest.raises(MissingEntry):
        gradebook.find_student("amy")
    assert os.listdir(root / "autograded") == ["ada"]


@pytest.mark.parametrize("module", ["nbgrader", "tplib.cli"])
def test_a_student_whom_the_configuration_leaves_out_is_not_graded(module, with_engine):
    root = with_engine.root
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.CourseDirectory.student_id_exclude = 'bob,cleo'\n")
    with_engine.hand_in("bob")
    done = run(root, module, "autograde" if module == "nbgrader" else "grade", "ps1")
    assert done.returncode == 0, done.stderr
    assert os.listdir(root / "autograded") == ["ada"]
    with book(root) as gradebook, pytest.raises(MissingEntry):
        gradebook.find_student("bob")


def test_an_unknown_option_is_a_warning_as_in_nbgrader(with_engine):
    done = run(with_engine.root, "nbgrader", "autograde", "ps1", "--timeout=60")
    assert done.returncode == 0, done.stderr
    assert "Unrecognized alias: 'timeout'" in done.stderr
    assert (with_engine.root / "autograded/ada/ps1/first.ipynb").exists()
