"""Whole runs of `tp grade`: honest students get nbgrader's scores, and nobody's trouble is anybody else's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.grader import GRADED_ALONE
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.coordinator.run_results import Graded, Run
from tplib.autograde.messages.execution import Limits

LIMITS = Limits(cell=1.0, notebook=20)


def grade(root: Path, **options: Any) -> Run:
    return grade_assignment(open_course(root), "ps1", **{"workers": 2, "limits": LIMITS, **options})


def kinds(result: Graded) -> set[str]:
    """The kinds of a submission's problems, whatever else this machine does now."""
    return {problem.kind for problem in result.problems} - {GRADED_ALONE}


def outputs(root: Path, student: str, grade_id: str, notebook: str = "first") -> list[dict[str, Any]]:
    content = nbformat.read(root / "autograded" / student / "ps1" / f"{notebook}.ipynb", as_version=4)
    return next(c for c in content.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id).outputs


FULL = 6.5

SCORES = {
    "right": FULL,
    "partial": 2 + 0.5 + 1 + 1,
    "wrong": 1.5 + 1,
    "untouched": 0,
    "warner": FULL,
    "looper": FULL - 2,
    "swallower": 2 + 1.5 + 1,
    "deaf": 2 + 1.5 + 1,
    "exiter": 2 + 1 + 2,
    "segfault": 2 + 1 + 2,
    "suicide": 2 + 1 + 2,
    "parricide": None,
    "surrogate": FULL,
    "chatty": FULL,
    "leaver": FULL,
    "copied-check": FULL,
    "copied-answer": FULL,
    "deleted-checks": FULL,
    "deleted-answer": FULL - 2,
    "old-schema": FULL,
    "stripped": None,
    "retyped": FULL,
    "tampered": FULL,
    "renamed": FULL,
    "lost-second": 5.5,
    "lost-all": 0,
    "odd": 5.5,
    "broken": 1,
    "merged": 1,
    "empty": 1,
    "no-notebook": 1,
    "bad-time": FULL,
    "folder": 5.5,
    "linked": 1,
}


def test_nobody_is_left_out_and_nothing_is_left_behind(classroom):
    assert set(classroom.by_student) == set(SCORES)
    assert all(result.state == "graded" for result in classroom.run.results)
    assert not list(classroom.root.glob(".tp-grade-*"))
    assert not (classroom.root / "release").exists()


@pytest.mark.parametrize("student", [name for name, score in SCORES.items() if score is not None])
def test_score(classroom, student):
    assert classroom.by_student[student].score == SCORES[student]


PROBLEMS = {
    "right": set(),
    "warner": set(),
    "untouched": set(),
    "looper": {"time limit"},
    "deaf": {"time limit"},
    "exiter": {"crash"},
    "segfault": {"crash"},
    "suicide": {"crash"},
    "parricide": {"stopped"},
    "chatty": {"output cut"},
    "copied-check": {"duplicated cell"},
    "copied-answer": {"duplicated cell"},
    "deleted-checks": {"missing check cell", "missing cell"},
    "deleted-answer": {"missing answer cell"},
    "old-schema": {"old schema"},
    "stripped": {"marks lost"},
    "retyped": {"cell type changed"},
    "renamed": {"renamed notebook"},
    "lost-second": {"missing notebook"},
    "lost-all": {"missing notebook"},
    "odd": {"missing notebook"},
    "broken": {"broken file"},
    "merged": {"broken file"},
    "empty": {"empty file"},
    "no-notebook": {"broken file"},
    "bad-time": {"bad timestamp"},
    "folder": {"special file", "missing notebook"},
    "linked": {"link"},
}


@pytest.mark.parametrize("student", PROBLEMS)
def test_problem_is_named_with_what_to_do(classroom, student):
    result = classroom.by_student[student]
    assert PROBLEMS[student] <= kinds(result)
    assert bool(PROBLEMS[student]) == bool(result.problems)
    assert all(problem.reason and problem.hint for problem in result.problems)


def test_student_reads_the_problem_at_the_top_of_the_notebook(classroom):
    for student in ("broken", "copied-answer", "exiter", "linked"):
        path = classroom.root / "autograded" / student / "ps1" / "first.ipynb"
        top = nbformat.read(path, as_version=4).cells[0]
        assert top.cell_type == "markdown"
        assert "A note from grading" in top.source
    path = classroom.root / "autograded" / "right" / "ps1" / "first.ipynb"
    assert "A note from grading" not in path.read_text()


def test_stderr_is_kept_for_the_reader(classroom):
    kept = outputs(classroom.root, "warner", "check-double")
    assert [output["name"] for output in kept] == ["stderr"]
    assert "careful" in kept[0]["text"]


def test_cell_that_ended_its_process_says_so_and_the_rest_is_graded(classroom):
    [error] = outputs(classroom.root, "exiter", "half")
    assert error["ename"] == "NotFinished"
    assert "exit code 3" in error["evalue"]


def test_endless_loop_costs_its_own_exercise_only(classroom):
    [error] = outputs(classroom.root, "looper", "check-double")
    assert error["ename"] == "CellTimeoutError"
    assert classroom.seconds < 60


def test_link_is_not_followed(classroom):
    graded = classroom.root / "autograded" / "linked" / "ps1"
    assert not (graded / "data").exists()
    assert "root:" not in (graded / "first.ipynb").read_text()


def test_stripped_marks_come_back_where_the_cell_is_unmistakable(classroom):
    result = classroom.by_student["stripped"]
    assert result.score >= 5.5  # the answers run where they stand, and the checks are recognised by their text


def test_result_carries_its_panel(classroom):
    [result] = outputs(classroom.root, "partial", "check-sign")
    assert result["data"]["text/plain"] == "1.0"
    assert result["data"]["text/html"] == "<b>The sign of 0 is 0.</b>"
    assert set(result["data"]) == {
        "text/plain",
        "text/html",
    }  # a verdict is the examiner's


def test_second_run_has_nothing_to_do(classroom):
    before = {path: path.stat().st_mtime_ns for path in (classroom.root / "autograded").rglob("*.ipynb")}
    run = grade(classroom.root)
    assert {result.state for result in run.results} == {"already graded"}
    assert {result.student: result.score for result in run.results} == {
        student: result.score for student, result in classroom.by_student.items()
    }
    assert kinds(next(r for r in run.results if r.student == "broken")) == {"broken file"}
    assert before == {path: path.stat().st_mtime_ns for path in (classroom.root / "autograded").rglob("*.ipynb")}


def test_score_above_the_maximum_is_zero_and_named(tmp_path, build):
    course = build(tmp_path / "course", "second")
    path = course.root / "source/ps1/second.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "answer"
    nbformat.write(notebook, path)
    course.notebooks["second"] = notebook
    for student, value in {"nan": "float('nan')", "big": "42", "half": "0.5"}.items():
        course.hand_in(student, {"answer": f"answer = {value}"})
    results = {result.student: result for result in grade(course.root).results}
    assert {student: result.score for student, result in results.items()} == {"nan": 0.0, "big": 0.0, "half": 0.5}
    assert kinds(results["nan"]) == kinds(results["big"]) == {"invalid score"}
    assert not results["half"].problems


@pytest.mark.slow
def test_honest_students_get_nbgraders_scores(tmp_path, build, right):
    ours, theirs = build(tmp_path / "ours", "first"), build(tmp_path / "theirs", "first")
    for course in (ours, theirs):
        course.hand_in("right")
        course.hand_in("untouched", {})
        course.hand_in(
            "mixed", {**right, "half": "def half(x):\n    return 1", "double": "def double(x):\n    return 4"}
        )
    run = grade(ours.root)
    for command in (["generate_assignment", "ps1"], ["autograde", "ps1"]):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command], cwd=theirs.root, check=True, capture_output=True, timeout=120
        )
    from nbgrader.api import Gradebook

    def grades(root: Path) -> dict[str, Any]:
        with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny") as gradebook:
            return {
                f"{submission.student.id}/{grade.name}": (grade.auto_score, grade.needs_manual_grade)
                for submission in gradebook.assignment_submissions("ps1")
                for notebook in submission.notebooks
                for grade in notebook.grades
            }

    assert grades(ours.root) == grades(theirs.root)
    assert {result.student: result.score for result in run.results} == {"right": 5.5, "untouched": 0.0, "mixed": 2.5}


def test_an_exercise_that_the_graders_do_not_know_costs_nobody_a_point(tmp_path, build):
    course = build(tmp_path / "course", "second")
    source = course.notebooks["second"]
    source.cells.insert(0, nbformat.v4.new_code_cell("from tplib.graders import check"))
    source.cells[2].source = "check('renamed_since')"
    nbformat.write(source, course.root / "source/ps1/second.ipynb")
    course.hand_in("ada", {"answer": "answer = 42"})
    [result] = grade(course.root, sandbox=False).results
    assert (result.state, result.notebooks) == ("failed", {})
    assert "There is no exercise called 'renamed_since'" in result.problems[-1].reason
    with open_course(course.root).gradebook() as gradebook:
        assert gradebook.find_assignment("ps1").submissions == []
    assert not (course.root / "autograded" / "ada").exists()
