"""What the gradebook holds of an assignment, by student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader.api import MissingEntry

from tplib.autograde.bridge.course import Course
from tplib.errors import TplibError


@dataclass(frozen=True)
class Mark:
    """A student's result: points after the penalty for lateness, and whether answers are still to be marked by hand."""

    student: str
    name: str
    email: str
    score: float
    max_score: float
    penalty: float
    unfinished: bool


def marks(course: Course, assignment: str) -> dict[str, Mark]:
    """The results of all who have one, by id. Raises TplibError where there is none."""
    found: dict[str, Mark] = {}
    with course.gradebook() as gradebook:
        for submission in _submissions(gradebook, assignment):
            student, penalty = submission.student, submission.late_submission_penalty or 0.0
            name = " ".join(part for part in (student.first_name, student.last_name) if part)
            found[student.id] = Mark(
                student.id,
                name,
                student.email or "",
                max(0.0, submission.score - penalty),
                submission.max_score,
                penalty,
                bool(submission.needs_manual_grade),
            )
    if not found:
        raise TplibError(f"Nobody has a result in {assignment} yet: run `tp grade {assignment}` first.")
    return found


def table(course: Course, assignment: str) -> dict[str, list[Any]]:
    """One row for each graded cell of each student, as columns: the gradebook in a form for pandas or R."""
    columns: dict[str, list[Any]] = {title: [] for title in COLUMNS}
    with course.gradebook() as gradebook:
        for submission in _submissions(gradebook, assignment):
            student = submission.student
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    row = (
                        student.id,
                        student.first_name or "",
                        student.last_name or "",
                        student.email or "",
                        submission.timestamp,
                        submission.total_seconds_late,
                        notebook.name,
                        grade.name.removeprefix("check-"),
                        grade.score,
                        grade.max_score,
                        bool(grade.needs_manual_grade),
                    )
                    for title, value in zip(COLUMNS, row, strict=True):
                        columns[title].append(value)
    if not columns["student"]:
        raise TplibError(f"Nobody has a result in {assignment} yet: run `tp grade {assignment}` first.")
    return columns


COLUMNS = (
    "student", "first_name", "last_name", "email", "handed_in", "seconds_late", "notebook", "exercise", "score",
    "max_score", "to_mark_by_hand",
)  # fmt: skip


def _submissions(gradebook: Any, assignment: str) -> Sequence[Any]:
    try:
        return gradebook.assignment_submissions(assignment)
    except MissingEntry as error:
        known = ", ".join(sorted(entry.name for entry in gradebook.assignments)) or "none"
        raise TplibError(f"There is no assignment called {assignment!r} in the gradebook. It has {known}.") from error
