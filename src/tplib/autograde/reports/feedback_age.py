"""Which feedback pages tell marks that are no longer those of the gradebook."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import nbgrader.api as api
from sqlalchemy import select

from tplib.autograde.bridge.course import Course
from tplib.autograde.coordinator.secret import FOLDER
from tplib.files import write_atomically

SUBMISSION, SUBMITTED = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
GRADE, COMMENT = api.Grade.__table__, api.Comment.__table__
Marks = dict[str, str]  # by student, a digest of all that the gradebook says of one assignment


def marks_now(course: Course, assignment: str) -> Marks:
    """All scores, penalties and comments of each student, as a digest."""
    told: dict[str, list[str]] = defaultdict(list)
    with course.gradebook() as gradebook:
        entry = gradebook.find_assignment(assignment)
        mine, points = SUBMISSION.c.assignment_id == entry.id, repr(entry.max_score)
        submitted = SUBMITTED.join(SUBMISSION, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
        grades = GRADE.join(submitted, GRADE.c.notebook_id == SUBMITTED.c.id)
        comments = COMMENT.join(submitted, COMMENT.c.notebook_id == SUBMITTED.c.id)
        student = SUBMISSION.c.student_id
        for query in (
            select(student, SUBMITTED.c.notebook_id, SUBMITTED.c.late_submission_penalty).select_from(submitted),
            select(
                student,
                *(GRADE.c[name] for name in ("cell_id", "auto_score", "manual_score", "extra_credit")),
                GRADE.c.needs_manual_grade,
            ).select_from(grades),
            select(student, COMMENT.c.cell_id, COMMENT.c.auto_comment, COMMENT.c.manual_comment).select_from(comments),
        ):
            for one, *values in gradebook.db.execute(query.where(mine)):
                told[one].append(repr(tuple(values)))
    texts = {one: "\n".join([points, *sorted(lines)]) for one, lines in told.items()}
    return {one: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for one, text in texts.items()}


def note_written(course: Course, assignment: str, marks: Marks, written: Iterable[str]) -> None:
    """Note that the pages of these students tell these marks. Raises OSError."""
    known = _read(course, assignment) | {one: marks[one] for one in written if one in marks}
    write_atomically(_path(course, assignment), json.dumps(known, indent=1).encode())


def outdated(course: Course, assignment: str) -> list[str]:
    """The students whose marks or comments have changed since their pages were written, as far as that is noted."""
    noted = _read(course, assignment)
    if not noted:
        return []
    now = marks_now(course, assignment)
    return sorted(one for one, digest in noted.items() if one in now and now[one] != digest)


def _path(course: Course, assignment: str) -> Path:
    return course.root / FOLDER / "feedback" / f"{assignment}.json"


def _read(course: Course, assignment: str) -> Marks:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return dict(json.loads(_path(course, assignment).read_text("utf-8")).items())
    return {}
