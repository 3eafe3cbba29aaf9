"""Feedback that tells other marks than the gradebook is named before it goes out."""

import pytest
from nbgrader.api import Gradebook

from tplib.autograde.bridge.course import open_course
from tplib.autograde.reports.feedback_age import marks_now, note_written, outdated

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own add_submission


@pytest.fixture
def course(tmp_path):
    (tmp_path / "source" / "ps1").mkdir(parents=True)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "tiny") as book:
        book.add_assignment("ps1")
        book.add_notebook("p", "ps1")
        book.add_grade_cell("q", "p", "ps1", max_score=4, cell_type="code")
        book.add_solution_cell("q", "p", "ps1")
        for name in ("ada", "bob", "cleo"):
            book.add_student(name)
            book.add_submission("ps1", name)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'tiny'\n")
    return open_course(tmp_path)


def change(course, what, student, name, value):
    with course.gradebook() as book:
        setattr(getattr(book, f"find_{what}")("q", "p", "ps1", student), name, value)
        book.db.commit()


def test_marks_and_comments_given_since_are_seen(course):
    assert outdated(course, "ps1") == []
    note_written(course, "ps1", marks_now(course, "ps1"), ["ada", "bob"])
    assert outdated(course, "ps1") == []
    change(course, "grade", "ada", "manual_score", 3)
    change(course, "grade", "cleo", "manual_score", 3)  # who has no feedback yet
    assert outdated(course, "ps1") == ["ada"]
    change(course, "comment", "bob", "manual_comment", "Well said.")
    assert outdated(course, "ps1") == ["ada", "bob"]
    note_written(course, "ps1", marks_now(course, "ps1"), ["ada"])
    assert outdated(course, "ps1") == ["bob"]
