"""What the gradebook holds of an assignment, by student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader.api import MissingEntry

from tplib.autograde.bridge.course import Course
from tplib.autograde.coordinator.handed_in import without_copy
from tplib.autograde.submissions.enrolment import expected
from tplib.errors import TplibError
from tplib.lms.register import Known
from tplib.sentences import proposed


@dataclass(frozen=True)
class Mark:
    """A student's result: points after the penalty for lateness, and whether answers are still to be marked by hand.

    again: whether answers changed after they were marked by hand; those marks count.
    ungraded: the notebooks that no run has graded yet; their answers do not wait for a human. missing: nothing was
    handed in.
    """

    student: str
    name: str
    email: str
    score: float
    max_score: float
    penalty: float
    unfinished: bool
    ungraded: tuple[str, ...] = ()
    missing: bool = False
    again: bool = False


def marks(course: Course, assignment: str) -> dict[str, Mark]:
    """The results of all who have one, by id. Raises TplibError where there is none."""
    found: dict[str, Mark] = {}
    with course.gradebook() as gradebook:
        for submission in _submissions(gradebook, assignment):
            student, penalty = submission.student, submission.late_submission_penalty or 0.0
            name = full_name(student)
            ungraded = _ungraded(course, assignment, submission)
            waiting = [
                grade
                for notebook in (submission.notebooks if submission.needs_manual_grade else ())
                for grade in notebook.grades
                if grade.needs_manual_grade and notebook.name not in ungraded
            ]
            found[student.id] = Mark(
                student.id,
                name,
                student.email or "",
                max(0.0, submission.score - penalty),
                submission.max_score,
                penalty,
                any(grade.manual_score is None for grade in waiting),
                tuple(ungraded),
                again=any(grade.manual_score is not None for grade in waiting),
            )
    if not found:
        raise TplibError(
            f"Nobody has a result in {assignment} yet: run `{proposed(course.root, 'grade', assignment)}` first."
        )
    return found


def entered_students(course: Course) -> dict[str, Known]:
    """The students of the gradebook, by id."""
    with course.gradebook() as gradebook:
        return {student.id: Known(full_name(student), student.email or "") for student in gradebook.students}


def full_name(student: Any) -> str:
    return " ".join(part for part in (student.first_name, student.last_name) if part)


def missing(course: Course, assignment: str) -> dict[str, Known]:
    """Of whom work is expected, and who have handed in nothing, by id."""
    people = entered_students(course)
    with course.gradebook() as gradebook:
        graded = {submission.student.id for submission in _submissions(gradebook, assignment)}
    wanted = expected(course.root, assignment, people) & people.keys()
    return {one: people[one] for one in sorted(wanted - graded - set(course.students(assignment)))}


def table(course: Course, assignment: str) -> dict[str, list[Any]]:
    """One row for each graded cell of each student, as columns: the gradebook in a form for pandas or R.

    Who handed in nothing has rows too, with `missing` and the 0 points that nbgrader's own export gives.
    """
    absent = missing(course, assignment)
    rows: list[tuple[Any, ...]] = []
    with course.gradebook() as gradebook:
        for submission in _submissions(gradebook, assignment):
            student = submission.student
            ungraded = _ungraded(course, assignment, submission)
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
                        bool(grade.needs_manual_grade) and grade.manual_score is None and notebook.name not in ungraded,
                        bool(grade.needs_manual_grade) and grade.manual_score is not None,
                        False,
                    )
                    rows.append(row)
        if not rows:
            raise TplibError(
                f"Nobody has a result in {assignment} yet: run `{proposed(course.root, 'grade', assignment)}` first."
            )
        cells = [
            (notebook.name, cell.name.removeprefix("check-"), cell.max_score)
            for notebook in gradebook.find_assignment(assignment).notebooks
            for cell in (*notebook.grade_cells, *notebook.task_cells)
        ]
        for one in absent:
            student = gradebook.find_student(one)
            who = (one, student.first_name or "", student.last_name or "", student.email or "", None, 0.0)
            rows += [(*who, notebook, cell, 0.0, points, False, False, True) for notebook, cell, points in cells]
    return {title: list(values) for title, values in zip(COLUMNS, zip(*rows, strict=True), strict=True)}


COLUMNS = (
    "student", "first_name", "last_name", "email", "handed_in", "seconds_late", "notebook", "exercise", "score",
    "max_score", "to_mark_by_hand", "to_look_at_again", "missing",
)  # fmt: skip


def not_graded(course: Course, assignment: str) -> dict[str, list[str]]:
    """The notebooks that are not graded yet, each with the students of whom it is not."""
    left: dict[str, list[str]] = {}
    for student, mark in sorted(marks(course, assignment).items()):
        for name in mark.ungraded:
            left.setdefault(name, []).append(student)
    return dict(sorted(left.items()))


def _ungraded(course: Course, assignment: str, submission: Any) -> list[str]:
    """The notebooks of a submission without graded copy and without any points."""
    notebooks = {notebook.name: notebook for notebook in submission.notebooks}
    return [
        name
        for name in without_copy(course, submission.student.id, assignment, notebooks)
        if all(grade.auto_score is None and grade.manual_score is None for grade in notebooks[name].grades)
    ]


def _submissions(gradebook: Any, assignment: str) -> Sequence[Any]:
    try:
        return gradebook.assignment_submissions(assignment)
    except MissingEntry as error:
        known = ", ".join(sorted(entry.name for entry in gradebook.assignments)) or "none"
        raise TplibError(f"There is no assignment called {assignment!r} in the gradebook. It has {known}.") from error
