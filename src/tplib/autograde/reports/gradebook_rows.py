"""What the gradebook holds of an assignment, in a few queries: nbgrader's own objects take minutes for 300 students."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbgrader.api as api
from sqlalchemy import select

from tplib.autograde.coordinator.run_results import Score
from tplib.errors import TplibError
from tplib.sentences import proposed

STUDENT, SUBMISSION = api.Student.__table__, api.SubmittedAssignment.__table__
SUBMITTED, GRADE, COMMENT = api.SubmittedNotebook.__table__, api.Grade.__table__, api.Comment.__table__
NO_RESPONSE = "No response."  # what nbgrader's automatic comment says of an untouched answer


@dataclass
class CellGrade:
    """A student's grade of one cell."""

    notebook: str
    name: str
    max_score: float
    auto_score: float | None
    manual_score: float | None
    extra_credit: float | None
    needs_manual_grade: bool

    @property
    def open(self) -> bool:
        """Whether it waits for a mark by hand."""
        return self.needs_manual_grade and self.manual_score is None

    @property
    def again(self) -> bool:
        """Whether the answer changed after it was marked by hand; the mark counts until a human looks again."""
        return self.needs_manual_grade and self.manual_score is not None

    @property
    def score(self) -> float:
        given = self.manual_score if self.manual_score is not None else self.auto_score
        return 0.0 if given is None else given + (self.extra_credit or 0.0)


@dataclass
class Submitted:
    """A student's submission. silent: by notebook, the answer cells that were left as they were released."""

    student: str
    handed_in: datetime | None = None
    seconds_late: float = 0.0
    penalties: dict[str, float] = field(default_factory=dict)
    grades: list[CellGrade] = field(default_factory=list)
    silent: dict[str, set[str]] = field(default_factory=dict)

    def has_points(self, notebook: str) -> bool:
        """Whether anything in a notebook was graded, by a run or by hand."""
        given = [(grade.auto_score, grade.manual_score) for grade in self.grades if grade.notebook == notebook]
        return any(points != (None, None) for points in given)

    def scores(self, greatest: dict[str, float]) -> dict[str, Score]:
        """By notebook, with the penalty for lateness taken off."""
        scores = {name: Score(0.0, greatest[name]) for name in greatest if name in self.penalties}
        for grade in self.grades:
            scores[grade.notebook].score += grade.score
            scores[grade.notebook].needs_manual |= grade.open
            scores[grade.notebook].again |= grade.again
        for name, score in scores.items():
            score.score = max(0.0, score.score - self.penalties[name])
        return scores


@dataclass
class Book:
    """An assignment in the gradebook. greatest: the points by notebook. people: full names, by id, of all known."""

    greatest: dict[str, float]
    due: datetime | None
    submissions: list[Submitted]
    people: dict[str, str]


def read_book(root: Path, gradebook: Any, assignment: str) -> Book:
    """Raises TplibError where nobody is graded. root: the course's folder."""
    first = proposed(root, "grade", assignment)
    try:
        entry = gradebook.find_assignment(assignment)
    except api.MissingEntry:
        raise TplibError(f"{assignment} is not in the gradebook: run `{first}` first") from None
    greatest: dict[str, float] = {}
    graded: dict[str, tuple[str, str, float]] = {}
    answers: dict[str, tuple[str, str]] = {}
    for notebook in entry.notebooks:
        greatest[notebook.name] = notebook.max_score
        for cell in (*notebook.grade_cells, *notebook.task_cells):
            graded[cell.id] = notebook.name, cell.name, cell.max_score
        answers |= {cell.id: (notebook.name, cell.name) for cell in notebook.solution_cells}
    names = {notebook.id: notebook.name for notebook in entry.notebooks}
    run = gradebook.db.execute

    submissions: dict[str, Submitted] = {}
    mine = SUBMISSION.c.assignment_id == entry.id
    for row in run(select(SUBMISSION).where(mine)):
        handed_in = row.timestamp and row.timestamp.replace(tzinfo=UTC)
        late = seconds_late(row.timestamp, entry.duedate, row.extension)
        submissions[row.id] = Submitted(row.student_id, handed_in, late)
    if not submissions:
        raise TplibError(f"nobody is graded in {assignment} yet: run `{first}` first")
    joined = SUBMITTED.join(SUBMISSION, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
    of_notebook: dict[str, tuple[Submitted, str]] = {}
    for row in run(select(SUBMITTED).select_from(joined).where(mine)):
        if row.notebook_id in names:
            owner, name = submissions[row.assignment_id], names[row.notebook_id]
            of_notebook[row.id] = owner, name
            owner.penalties[name] = row.late_submission_penalty or 0.0
    graded_cells = GRADE.join(joined, GRADE.c.notebook_id == SUBMITTED.c.id)
    for row in run(select(GRADE).select_from(graded_cells).where(mine)):
        if row.cell_id in graded and row.notebook_id in of_notebook:
            given = (row.auto_score, row.manual_score, row.extra_credit, bool(row.needs_manual_grade))
            of_notebook[row.notebook_id][0].grades.append(CellGrade(*graded[row.cell_id], *given))
    untouched = COMMENT.c.auto_comment == NO_RESPONSE
    commented = COMMENT.join(joined, COMMENT.c.notebook_id == SUBMITTED.c.id)
    for row in run(select(COMMENT).select_from(commented).where(mine, untouched)):
        if row.cell_id in answers and row.notebook_id in of_notebook:
            owner, name = of_notebook[row.notebook_id]
            owner.silent.setdefault(name, set()).add(answers[row.cell_id][1])
    people = {
        row.id: " ".join(part for part in (row.first_name, row.last_name) if part) for row in run(select(STUDENT))
    }
    due = entry.duedate and entry.duedate.replace(tzinfo=UTC)
    return Book(greatest, due, sorted(submissions.values(), key=lambda found: found.student), people)


def seconds_late(handed_in: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    """As nbgrader counts them: 0 where a time is not known."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due - (extension or timedelta())).total_seconds())
