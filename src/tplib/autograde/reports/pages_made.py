"""Which students' feedback pages say what the gradebook says now: each page is noted with a digest of what it tells."""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from tplib.autograde.coordinator.secret import FOLDER
from tplib.autograde.reports.gradebook_rows import COMMENT, SUBMISSION, SUBMITTED, read_book
from tplib.errors import TplibError

if TYPE_CHECKING:
    from tplib.autograde.bridge.course import Course


class PagesMade:
    """For each student of an assignment a digest of what the last pages were made from.

    It lies in `.tplib/pages/`, one line for each student's pages; the last line of a student counts.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self.path = course.root / FOLDER / "pages" / f"{assignment}.jsonl"
        self.known: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError), self.path.open(encoding="utf-8") as lines:
            for line in lines:
                student, told = json.loads(line)
                self.known[student] = told

    def enter(self, student: str, told: str) -> None:
        """Note that a student's pages were made from this. Raises OSError."""
        if self.known.get(student) == told:
            return
        self.known[student] = told
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([student, told]) + "\n")


def old_pages(course: Course, assignment: str) -> list[str]:
    """The graded students whose pages are missing, or say something else than the gradebook and the graded copies."""
    graded = graded_students(course, assignment)
    if not graded:
        return []
    made, now = PagesMade(course, assignment), what_pages_tell(course, assignment)
    return [
        student
        for student in graded
        if student in now
        and (
            made.known.get(student) != now[student]
            or not any(course.path("feedback", student, assignment).glob("*.html"))
        )
    ]


def graded_students(course: Course, assignment: str) -> list[str]:
    """Those with a graded copy of a notebook."""
    return [
        student
        for student in course.students(assignment, "autograded")
        if any(course.path("autograded", student, assignment).glob("*.ipynb"))
    ]


def what_pages_tell(course: Course, assignment: str) -> dict[str, str]:
    """By student, a hash of all that their pages show: marks, points, comments, lateness, the graded copies."""
    with course.gradebook() as gradebook:
        try:
            book = read_book(course.root, gradebook, assignment)
        except TplibError:  # graded copies of which the gradebook knows nothing
            return {}
        entry = gradebook.find_assignment(assignment)
        comments: dict[str, list[tuple[str, ...]]] = {}
        joined = COMMENT.join(SUBMITTED, COMMENT.c.notebook_id == SUBMITTED.c.id).join(
            SUBMISSION, SUBMITTED.c.assignment_id == SUBMISSION.c.id
        )
        columns = (SUBMISSION.c.student_id, COMMENT.c.cell_id, COMMENT.c.auto_comment, COMMENT.c.manual_comment)
        rows = select(*columns).select_from(joined).where(SUBMISSION.c.assignment_id == entry.id)
        for student, *told in gradebook.db.execute(rows):
            comments.setdefault(student, []).append(tuple(str(text) for text in told))
    hashes = {}
    for submitted in book.submissions:
        student = submitted.student
        whole = hashlib.sha256()
        about = (
            book.people.get(student),
            str(book.due),
            submitted.seconds_late,
            sorted(submitted.penalties.items()),
            sorted(submitted.grades, key=lambda grade: (grade.notebook, grade.name)),
            sorted(comments.get(student, [])),
        )
        whole.update(repr(about).encode("utf-8", "surrogatepass"))
        for path in sorted(course.path("autograded", student, assignment).glob("*.ipynb")):
            with contextlib.suppress(OSError):
                whole.update(path.name.encode("utf-8", "surrogatepass") + hashlib.sha256(path.read_bytes()).digest())
        hashes[student] = whole.hexdigest()
    return hashes
