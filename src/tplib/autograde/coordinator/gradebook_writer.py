"""The only writer of the gradebook: a result goes in with one transaction, and its files go into autograded/."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbgrader.api as api
from nbgrader.converters import Autograde
from sqlalchemy import bindparam, create_engine, insert, select, update
from sqlalchemy.engine import Connection, Engine

from tplib.autograde.bridge.course import Course
from tplib.autograde.bridge.extensions import waiting
from tplib.autograde.coordinator.changed_answers import changed_answers, read_bytes
from tplib.autograde.coordinator.run_results import Score
from tplib.autograde.coordinator.scratch import install
from tplib.autograde.messages.grading import GradingResult, NotebookScores

ASSIGNMENT, NOTEBOOK, CELL = api.Assignment.__table__, api.Notebook.__table__, api.BaseCell.__table__
STUDENT, SUBMISSION = api.Student.__table__, api.SubmittedAssignment.__table__
SUBMITTED, GRADE, COMMENT = api.SubmittedNotebook.__table__, api.Grade.__table__, api.Comment.__table__
GRADED_AGAIN = (
    update(GRADE)
    .where(GRADE.c.id == bindparam("row"))
    .values(auto_score=bindparam("score"), needs_manual_grade=bindparam("by_hand"))
)
COMMENTED_AGAIN = update(COMMENT).where(COMMENT.c.id == bindparam("row")).values(auto_comment=bindparam("text"))
LOCKED_SECONDS = 30.0  # how long an SQLite gradebook may be locked, by a form grader say


@dataclass
class Cells:
    """A notebook's id, and the ids and greatest scores of its cells by name."""

    id: str
    graded: dict[str, tuple[str, float]]
    commented: dict[str, str]


class Writer:
    """Enters results of one assignment. It keeps one connection, and reads the assignment's cells once."""

    def __init__(self, course: Course, assignment: str, scratch: Path, support: dict[str, bytes]) -> None:
        self.course, self.assignment, self.scratch, self.support = course, assignment, scratch, support
        directory = course.directory
        directory.assignment_id = assignment
        self.converter = Autograde(coursedir=directory, parent=course.app)
        with course.gradebook() as gradebook:
            entry = gradebook.find_assignment(assignment)
            self.assignment_id = entry.id
            self.cells = {
                notebook.name: Cells(
                    notebook.id,
                    {cell.name: (cell.id, cell.max_score) for cell in [*notebook.grade_cells, *notebook.task_cells]},
                    {cell.name: cell.id for cell in [*notebook.solution_cells, *notebook.task_cells]},
                )
                for notebook in entry.notebooks
            }
        patient = {"timeout": LOCKED_SECONDS} if directory.db_url.startswith("sqlite:") else {}
        self.engine: Engine = create_engine(directory.db_url, connect_args=patient)
        self.places = {
            cell_id: (name, cell) for name, cells in self.cells.items() for cell, (cell_id, _) in cells.graded.items()
        }

    def close(self) -> None:
        self.engine.dispose()

    def enter(self, result: GradingResult) -> None:
        """Enter a result. The same result may have been entered before: that changes nothing."""
        if result.failure is not None:
            return
        with self.engine.begin() as connection:
            submission = self._submission(connection, result)
            for name, cells in self.cells.items():
                if name in result.notebooks:
                    copies = self._copies(result, name)
                    self._enter_notebook(connection, submission, cells, result.notebooks[name], copies)
                elif self._notebook(connection, submission, cells) is None:  # without a grade yet, as in nbgrader
                    self._enter_notebook(connection, submission, cells, NotebookScores())
        self._install(result)

    def _submission(self, connection: Connection, result: GradingResult) -> str:
        if not connection.scalar(select(STUDENT.c.id).where(STUDENT.c.id == result.student)):
            connection.execute(insert(STUDENT).values(id=result.student))
        mine = (SUBMISSION.c.assignment_id == self.assignment_id) & (SUBMISSION.c.student_id == result.student)
        submission: str | None = connection.scalar(select(SUBMISSION.c.id).where(mine))
        timestamp = {"timestamp": datetime.fromisoformat(result.timestamp)} if result.timestamp else {}
        if submission is None:
            submission = api.new_uuid()
            seconds = waiting(self.course.root, self.assignment).get(result.student)
            extension = None if seconds is None else timedelta(seconds=seconds)
            values = {"student_id": result.student, "extension": extension, **timestamp}
            connection.execute(insert(SUBMISSION).values(id=submission, assignment_id=self.assignment_id, **values))
        elif timestamp:
            connection.execute(update(SUBMISSION).where(SUBMISSION.c.id == submission).values(**timestamp))
        return submission

    def _notebook(self, connection: Connection, submission: str, cells: Cells) -> str | None:
        mine = (SUBMITTED.c.assignment_id == submission) & (SUBMITTED.c.notebook_id == cells.id)
        notebook: str | None = connection.scalar(select(SUBMITTED.c.id).where(mine))
        return notebook

    def _copies(self, result: GradingResult, name: str) -> tuple[bytes, bytes]:
        """The graded copy of a notebook that is there, and the one that takes its place."""
        earlier = self.course.path("autograded", result.student, self.assignment) / f"{name}.ipynb"
        return read_bytes(earlier), result.files.get(f"{name}.ipynb", b"")

    def _enter_notebook(
        self,
        connection: Connection,
        submission: str,
        cells: Cells,
        scores: NotebookScores,
        copies: tuple[bytes, bytes] = (b"", b""),
    ) -> None:
        notebook = self._notebook(connection, submission, cells)
        if notebook is None:
            notebook = api.new_uuid()
            connection.execute(
                insert(SUBMITTED).values(
                    id=notebook,
                    assignment_id=submission,
                    notebook_id=cells.id,
                    flagged=False,
                    late_submission_penalty=scores.penalty,
                )
            )
        else:
            connection.execute(
                update(SUBMITTED).where(SUBMITTED.c.id == notebook).values(late_submission_penalty=scores.penalty)
            )
        # With the cells named, the database finds the rows by its index rather than among everybody's.
        rows = connection.execute(
            select(GRADE.c.id, GRADE.c.cell_id, GRADE.c.manual_score, GRADE.c.needs_manual_grade).where(
                (GRADE.c.notebook_id == notebook) & GRADE.c.cell_id.in_([cell for cell, _ in cells.graded.values()])
            )
        )
        earlier = {row.cell_id: row for row in rows}
        by_hand = any(row.manual_score is not None for row in earlier.values())
        changed = changed_answers(*copies) if by_hand else None
        fresh, again = [], []
        for name, (cell, _) in cells.graded.items():
            score, needs_manual = scores.grades.get(name, [None, True])
            row = earlier.get(cell)
            if row is None:
                values = {"id": api.new_uuid(), "cell_id": cell, "notebook_id": notebook}
                fresh.append({**values, "auto_score": score, "needs_manual_grade": needs_manual})
            else:  # as in nbgrader, a grade given by hand stays; a human looks again where the answer is another
                if row.manual_score is not None:
                    needs_manual = bool(row.needs_manual_grade) or changed is None or name in changed
                again.append({"row": row.id, "score": score, "by_hand": needs_manual})
        if fresh:
            connection.execute(insert(GRADE), fresh)
        if again:
            connection.execute(GRADED_AGAIN, again)
        rows = connection.execute(
            select(COMMENT.c.id, COMMENT.c.cell_id).where(
                (COMMENT.c.notebook_id == notebook) & COMMENT.c.cell_id.in_(list(cells.commented.values()))
            )
        )
        comments = {row.cell_id: row.id for row in rows}
        fresh, again = [], []
        for name, cell in cells.commented.items():
            text = scores.comments.get(name)
            if cell in comments:
                again.append({"row": comments[cell], "text": text})
            else:
                values = {"id": api.new_uuid(), "cell_id": cell, "notebook_id": notebook}
                fresh.append({**values, "auto_comment": text})
        if fresh:
            connection.execute(insert(COMMENT), fresh)
        if again:
            connection.execute(COMMENTED_AGAIN, again)
        for name, values in scores.given.items():
            mine = (GRADE.c.notebook_id == notebook) & (GRADE.c.cell_id == cells.graded[name][0])
            connection.execute(update(GRADE).where(mine).values(**values))
        for name, said in scores.said.items():
            mine = (COMMENT.c.notebook_id == notebook) & (COMMENT.c.cell_id == cells.commented[name])
            connection.execute(update(COMMENT).where(mine).values(manual_comment=said))

    def _install(self, result: GradingResult) -> None:
        """Put the graded files in place with one rename. The earlier ones stay until then."""
        new = self.scratch / "new"
        shutil.rmtree(new, ignore_errors=True)
        files: dict[str, Any] = dict(result.files)
        files |= {name: self.support[name] for name in result.support if name in self.support}
        final = self.course.path("autograded", result.student, self.assignment)
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if name.endswith(".ipynb") and "/" not in name:
                os.utime(path, (result.read_at, result.read_at))  # what is handed in later is newer than its grade
        for name in self.cells.keys() - result.notebooks.keys():  # graded earlier, and not chosen now
            with contextlib.suppress(OSError):
                shutil.copy2(final / f"{name}.ipynb", new / f"{name}.ipynb")
        install(new, final, self.scratch)
        self.converter.set_permissions(self.assignment, result.student)

    def scores(self, student: str | None = None) -> dict[str, dict[str, Score]]:
        """Each student's scores by notebook, from the gradebook; only those of `student` if one is given."""
        query = (
            select(
                SUBMISSION.c.student_id,
                SUBMITTED.c.notebook_id,
                SUBMITTED.c.late_submission_penalty,
                GRADE.c.auto_score,
                GRADE.c.manual_score,
                GRADE.c.extra_credit,
                GRADE.c.needs_manual_grade,
            )
            .join(
                SUBMITTED,
                (SUBMITTED.c.assignment_id == SUBMISSION.c.id)
                & SUBMITTED.c.notebook_id.in_([cells.id for cells in self.cells.values()]),
            )
            .outerjoin(GRADE, (GRADE.c.notebook_id == SUBMITTED.c.id) & GRADE.c.cell_id.in_(list(self.places)))
            .where(SUBMISSION.c.assignment_id == self.assignment_id)
        )
        if student is not None:
            query = query.where(SUBMISSION.c.student_id == student)
        names = {cells.id: name for name, cells in self.cells.items()}
        greatest = {cells.id: sum(points for _, points in cells.graded.values()) for cells in self.cells.values()}
        penalties: dict[tuple[str, str], float] = {}
        scores: dict[str, dict[str, Score]] = {}
        with self.engine.connect() as connection:
            for who, notebook, penalty, auto, manual, extra, needs_manual in connection.execute(query):
                score = scores.setdefault(who, {}).setdefault(
                    names[notebook], Score(0.0, greatest[notebook], graded=False)
                )
                given = manual if manual is not None else auto
                score.score += 0.0 if given is None else given + (extra or 0.0)
                score.needs_manual |= bool(needs_manual) and manual is None
                score.again |= bool(needs_manual) and manual is not None
                score.graded |= given is not None
                penalties[who, names[notebook]] = penalty or 0.0
        for (who, name), penalty in penalties.items():
            scores[who][name].score = max(0.0, scores[who][name].score - penalty)
        return scores

    def automatic(self, student: str) -> dict[tuple[str, str], float | None]:
        """A student's automatic scores by notebook and cell."""
        query = (
            select(GRADE.c.cell_id, GRADE.c.auto_score)
            .join(SUBMITTED, GRADE.c.notebook_id == SUBMITTED.c.id)
            .join(SUBMISSION, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
            .where((SUBMISSION.c.assignment_id == self.assignment_id) & (SUBMISSION.c.student_id == student))
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return {self.places[cell]: score for cell, score in rows if cell in self.places}

    def known(self) -> tuple[dict[str, float], dict[str, dict[str, dict[str, list[float | None]]]]]:
        """Extensions in seconds by student, and grades given by hand, by student, notebook and cell."""
        extensions = waiting(self.course.root, self.assignment)
        manual: dict[str, dict[str, dict[str, list[float | None]]]] = {}
        with self.engine.connect() as connection:
            rows = select(SUBMISSION.c.student_id, SUBMISSION.c.extension).where(
                SUBMISSION.c.assignment_id == self.assignment_id
            )
            for student, extension in connection.execute(rows):
                extensions.pop(student, None)
                if extension is not None:
                    extensions[student] = extension.total_seconds()
            rows = (
                select(SUBMISSION.c.student_id, GRADE.c.cell_id, GRADE.c.manual_score, GRADE.c.extra_credit)
                .join(SUBMITTED, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
                .join(GRADE, GRADE.c.notebook_id == SUBMITTED.c.id)
                .where(SUBMISSION.c.assignment_id == self.assignment_id)
                .where(GRADE.c.manual_score.is_not(None) | GRADE.c.extra_credit.is_not(None))
            )
            for student, cell_id, score, extra in connection.execute(rows):
                notebook, cell = self.places[cell_id]
                manual.setdefault(student, {}).setdefault(notebook, {})[cell] = [score, extra]
        return extensions, manual
