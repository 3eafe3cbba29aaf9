"""What `tp grade` leaves behind is nbgrader's own: its other commands work on it, and may be mixed with ours."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment

pytestmark = pytest.mark.slow

CONFIG = """
c.Exchange.root = {exchange!r}
c.Exchange.path_includes_course = False
from tplib.autograde import enable
enable(c)
"""


def nbgrader(root: Path, *command: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout + run.stderr


def gradebook(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny")


def scores(root: Path) -> dict[str, tuple[float, float]]:
    """Score and greatest score by student."""
    with gradebook(root) as book:
        return {found.student.id: (found.score, found.max_score) for found in book.assignment_submissions("ps1")}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, build, right) -> Path:
    """A course graded by `tp grade`, then a text marked by hand; cleo is enrolled and handed nothing in."""
    root = tmp_path_factory.mktemp("tools") / "course"
    course = build(root)
    exchange = root.parent / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + CONFIG.format(exchange=str(exchange)))
    course.hand_in("ada")
    course.hand_in("bob", {**right, "half": "def half(x):\n    return 1", "double": "def double(x):\n    return x * x"})
    for student in ("ada", "bob"):
        (course.folder(student) / "timestamp.txt").write_text("2025-01-02 10:00:00 UTC")
        (course.folder(student) / "submission_secret.txt").write_text(student)  # as nbgrader's exchange leaves one
    grade_assignment(open_course(root), "ps1", workers=1)
    with gradebook(root) as book:
        book.add_student("cleo", first_name="Cleo", last_name="Zed")
        mark, comment = (find("why", "first", "ps1", "ada") for find in (book.find_grade, book.find_comment))
        mark.manual_score, mark.needs_manual_grade, comment.manual_comment = 2.5, False, "Well argued."
        book.db.commit()
    return root


def test_export_and_lists(graded):
    nbgrader(graded, "export", "--to=grades.csv")
    with (graded / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    exported = {student: (float(row["score"]), float(row["max_score"])) for student, row in rows.items()}
    assert exported == {**scores(graded), "cleo": (0.0, 9.5)}
    assert exported["ada"] == (9.0, 9.5)
    assert exported["bob"] == (3.5, 9.5)
    assert rows["ada"]["timestamp"] == "2025-01-02 10:00:00"
    assert "ps1 (due: None)\n    - first\n    - second" in nbgrader(graded, "db", "assignment", "list")
    listed = nbgrader(graded, "db", "student", "list")
    assert "There are 3 students" in listed
    assert "cleo (Zed, Cleo)" in listed


def test_feedback_is_made_and_released(graded):
    nbgrader(graded, "generate_feedback", "ps1")
    page = (graded / "feedback/ada/ps1/first.html").read_text()
    assert "(Score: 8 / 8.5)" in page
    assert "Well argued." in page
    assert "Content-Security-Policy" in page
    assert "double(-1)" not in page  # a hidden test
    nbgrader(graded, "release_feedback", "ps1")
    released = list((graded.parent / "exchange").rglob("*.html"))
    assert len(released) == 4
    assert page in [path.read_text() for path in released]


def test_plain_autograde_on_the_same_gradebook_changes_no_score(graded):
    """nbgrader's own engine, without our two lines, over what ours graded; the mark given by hand stays."""
    before = scores(graded)
    config = graded / "nbgrader_config.py"
    ours = config.read_text()
    config.write_text(ours.replace("enable(c)\n", ""))
    try:
        nbgrader(graded, "autograde", "ps1", "--student=ada", "--force")
    finally:
        config.write_text(ours)
    assert scores(graded) == before
    with gradebook(graded) as book:
        assert book.find_grade("why", "first", "ps1", "ada").manual_score == 2.5
        assert book.find_comment("why", "first", "ps1", "ada").comment == "Well argued."
    [result] = grade_assignment(open_course(graded), "ps1", students=["ada"], workers=1, force=True).results
    assert (result.score, result.problems) == (9.0, [])
    assert scores(graded) == before
