"""What the commands say: results, and a sentence instead of a traceback for what their user can cause."""

from __future__ import annotations

import shutil
import sqlite3
import sys

import pytest

from tplib.autograde.bridge.course import open_course


@pytest.fixture
def course(tmp_path, build):
    return build(tmp_path / "course", "second")


def test_grade_feedback_report(tp, course):
    course.hand_in("ada")
    course.hand_in("[bold]bob", {"answer": "answer = 41"})
    (course.hand_in("eve") / "second.ipynb").write_text("")
    graded = tp("grade", "ps1", "--course", course.root, "--workers", 1)
    assert graded.exit_code == 0
    assert "3 graded in" in graded.stdout
    assert "[bold]bob" in graded.stdout
    assert "eve: second.ipynb is empty (0 bytes)" in graded.stdout
    assert "hand it in again" in graded.stdout
    again = tp("grade", "ps1", "--course", course.root)
    assert "0 graded in" in again.stdout
    assert "3 were graded before" in again.stdout
    fed = tp("feedback", "ps1", "--course", course.root)
    assert fed.exit_code == 0
    assert "Feedback for 3 students" in fed.stdout
    assert (course.root / "feedback/ada/ps1/second.html").exists()
    reported = tp("report", "ps1", "--course", course.root)
    assert reported.exit_code == 0
    assert str(course.root / "reports/ps1.html") in reported.stdout.replace("\n", "")


def test_only_the_notebooks_of_a_session(tp, tmp_path, build):
    course = build(tmp_path / "course")
    course.hand_in("ada", leave_out=("second",))
    for options, graded in ((("first",), {"first"}), (("f*", "second"), {"first", "second"})):
        result = tp(
            "grade", "ps1", "--course", course.root, "--workers", 1, *(f"--notebook={name}" for name in options)
        )
        assert result.exit_code == 0
        assert ("Hand in second.ipynb" in result.stdout) == ("second" in graded)
        assert {path.stem for path in (course.root / "autograded/ada/ps1").glob("*.ipynb")} == graded
    unknown = tp("grade", "ps1", "--course", course.root, "--notebook", "first", "--notebook", "third")
    assert unknown.exit_code == 1
    assert "ps1 has no notebook 'third'; it has: first, second" in unknown.stderr


def test_late_and_absent_students_are_told(tp, course):
    (course.hand_in("ada") / "timestamp.txt").write_text("2026-10-30 10:00:00 UTC")
    with open_course(course.root).gradebook() as gradebook:
        gradebook.add_assignment("ps1", duedate="2026-10-01 10:00:00 UTC")
        gradebook.add_student("eve")
    told = tp("grade", "ps1", "--course", course.root, "--workers", 1).stdout
    assert "1 late (due 2026-10-01 10:00 UTC), by up to 29 days: ada\n1 not handed in: eve\n" in told
    assert "29 days" in next(line for line in told.splitlines() if line.lstrip("│ ").startswith("ada"))


def test_unknown_assignment_is_suggested(tp, course):
    for command in ("grade", "feedback", "report"):
        result = tp(command, "sp1", "--course", course.root)
        assert result.exit_code == 1
        assert "there is no assignment 'sp1'" in result.stderr
        assert "did you mean ps1?" in result.stderr


def test_nothing_handed_in(tp, course):
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "nobody has handed in ps1: expected folders such as submitted/STUDENT/ps1" in result.stderr


def test_nothing_graded(tp, course):
    course.hand_in("ada")
    for command in ("feedback", "report"):
        result = tp(command, "ps1", "--course", course.root)
        assert result.exit_code == 1
        assert f"run `tp grade ps1 --course {course.root}` first" in result.stderr


def test_not_a_course_folder(tp, tmp_path):
    for folder, words in ((tmp_path, "is not a course folder"), (tmp_path / "nowhere", "is not a folder")):
        result = tp("grade", "ps1", "--course", folder)
        assert result.exit_code == 1
        assert words in result.stderr


def test_release_alone_does_not_hold_the_tests(tp, course):
    course.hand_in("ada")
    (course.root / "source").rename(course.root / "release")
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "the released notebooks do not hold the tests" in result.stderr
    assert not list(course.root.glob(".tp-grade-*"))


def test_source_that_nbgrader_refuses(tp, course):
    course.hand_in("ada")
    path = course.root / "source/ps1/second.ipynb"
    path.write_text(path.read_text().replace("### END SOLUTION", ""))
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "ps1 cannot be entered in the gradebook from" in result.stderr


def test_folder_that_cannot_be_written(tp, course, monkeypatch):
    course.hand_in("ada")
    (course.root / "autograded").write_text("in the way")
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "is a file, not a folder. Move it away" in result.stderr
    (course.root / "autograded").unlink()

    def refuse(*args: object, **kwargs: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tplib.autograde.coordinator.scratch.tempfile.mkdtemp", refuse)
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "grading needs to write there" in result.stderr
    assert "Change its permissions" in result.stderr


@pytest.mark.slow
def test_locked_gradebook(tp, course):
    course.hand_in("ada")
    tp("grade", "ps1", "--course", course.root)
    connection = sqlite3.connect(course.root / "gradebook.db")
    connection.execute("BEGIN EXCLUSIVE")
    try:
        result = tp("grade", "ps1", "--course", course.root, "--force")
    finally:
        connection.close()
    assert result.exit_code == 1
    assert "is locked: another program is writing to it" in result.stderr


def test_gradebook_that_is_none(tp, course):
    course.hand_in("ada")
    (course.root / "gradebook.db").write_text("this is not a database, " * 100)
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "cannot be used: file is not a database; put back your last copy of it, or move it" in result.stderr


def test_broken_configuration(tp, course):
    course.hand_in("ada")
    (course.root / "nbgrader_config.py").write_text("c = get_config(\n")
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "nbgrader_config.py cannot be read" in result.stderr


def test_missing_nbgrader(tp, course, monkeypatch):
    monkeypatch.setitem(sys.modules, "nbgrader.apps.autogradeapp", None)
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 1
    assert "pip install 'tplib[instructor]'" in result.stderr


def test_other_gradebook_and_folders_of_the_configuration(tp, course):
    course.hand_in("ada")
    shutil.move(course.root / "submitted", course.root / "collected")
    (course.root / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        "c.CourseDirectory.submitted_directory = 'collected'\n"
        "c.CourseDirectory.autograded_directory = 'marked'\n"
        "c.CourseDirectory.db_url = 'sqlite:///other.db'\n"
    )
    result = tp("grade", "ps1", "--course", course.root)
    assert result.exit_code == 0, result.stderr
    assert (course.root / "marked/ada/ps1/second.ipynb").exists()
    assert (course.root / "other.db").exists()
    assert not (course.root / "gradebook.db").exists()


def test_a_problem_that_many_share_is_told_once(tp, course):
    for number in range(7):
        course.folder(f"student-{number}").joinpath("notes.txt").write_text("no notebook")
    (course.hand_in("eve") / "second.ipynb").write_text("")
    graded = tp("grade", "ps1", "--course", course.root, "--workers", 1)
    told = [line for line in graded.stdout.splitlines() if "was not handed in" in line]
    assert told == [
        "  7 students (student-0, student-1, student-2, student-3, student-4, ...): second.ipynb was not handed in, "
        "so it scores 0. Hand in second.ipynb."
    ]
    assert "  eve: second.ipynb is empty (0 bytes)" in graded.stdout
