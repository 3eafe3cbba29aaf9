"""A worker's own gradebook: one assignment in an SQLite database in memory, with one session that stays open.

nbgrader's converter and preprocessors open a gradebook by its address several times per notebook. Once a
`MemoryGradebook` is installed, the address `sqlite://` means it. Nothing reaches a disk. What nbgrader looks up by name
for every cell comes from dictionaries, without a query. Where no query needs it, nothing enters the database.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import nbgrader.api as api
from sqlalchemy import create_engine, delete, event, inspect
from sqlalchemy.orm import ColumnProperty, Session, sessionmaker
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import Column

from tplib.autograde.bridge.patches import open_instead
from tplib.autograde.messages.grading import NotebookScores, Setup, SubmissionTask

URL = "sqlite://"


def computed_attributes(kind: type) -> list[str]:
    """Names of the attributes that the database computes (scores, sums): they are wrong once a grade changes."""
    properties: list[ColumnProperty[Any]] = list(inspect(kind).column_attrs)
    return [item.key for item in properties if not isinstance(item.columns[0], Column)]


COMPUTED = {kind: computed_attributes(kind) for kind in (api.SubmittedAssignment, api.SubmittedNotebook, api.Grade)}


class OneSession(Session):
    """A session whose commits are only flushes: nobody else reads this database, and its objects stay loaded.

    lazy: not even that; a query flushes what it may find
    wrote: whether anything was flushed
    """

    deferred = False
    lazy = False
    wrote = False

    def flush(self, *args: Any, **kwargs: Any) -> None:
        super().flush(*args, **kwargs)
        self.wrote = True

    def commit(self) -> None:
        if self.deferred or self.lazy:
            return
        self.flush()
        for item in self.identity_map.values():
            if type(item) in COMPUTED:
                self.expire(item, COMPUTED[type(item)])

    def remove(self) -> None:
        """Do nothing: what scoped_session.remove does would end the session."""


@contextlib.contextmanager
def one_commit() -> Iterator[None]:
    """Around steps that commit for every cell, and do not read what they wrote."""
    OneSession.deferred = True
    try:
        yield
    finally:
        OneSession.deferred = False


class MemoryGradebook:
    """The gradebook of one assignment. For each student: `enter`, grade, take the `scores`, `clear`.

    lazy: only nbgrader's own code and ours opens it. Of what the database computes, that reads the score of a notebook
    that is late, and nothing else.
    """

    def __init__(self, setup: Setup, lazy: bool = False) -> None:
        self.assignment, self.lazy = setup.assignment, lazy
        self.engine = create_engine(URL, poolclass=StaticPool)
        event.listen(self.engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode=OFF"))
        api.Base.metadata.create_all(bind=self.engine)
        self.session: OneSession = sessionmaker(self.engine, class_=OneSession, expire_on_commit=False)()
        self.structure = self._build(setup)
        self.book: Any = api.Gradebook.__new__(api.Gradebook)
        self.book.__dict__.update(engine=self.engine, db=self.session, course_id=setup.course_id, authenticator=None)
        self._index(setup)
        self.submission: Any = None
        self.manual: dict[str, dict[str, list[float | None]]] = {}

    def _build(self, setup: Setup) -> list[Any]:
        course = api.Course(id=setup.course_id)
        assignment = api.Assignment(name=setup.assignment, course_id=setup.course_id)
        assignment.duedate = api.utils.parse_utc(setup.duedate) if setup.duedate else None
        built: list[Any] = [course, assignment]
        for plan in setup.plans.values():
            notebook = api.Notebook(name=plan.name, assignment=assignment, kernelspec=plan.kernelspec)
            built.append(notebook)
            for cell in plan.cells.values():
                built.append(
                    api.SourceCell(
                        name=cell.grade_id,
                        cell_type=cell.cell_type,
                        source=cell.source,
                        locked=cell.locked,
                        checksum=cell.checksum,
                        notebook=notebook,
                    )
                )
                graded = {"max_score": cell.points or 0.0, "cell_type": cell.cell_type}
                if cell.grade:
                    built.append(api.GradeCell(name=cell.grade_id, notebook=notebook, **graded))
                if cell.solution:
                    built.append(api.SolutionCell(name=cell.grade_id, notebook=notebook))
                if cell.task:
                    built.append(api.TaskCell(name=cell.grade_id, notebook=notebook, **graded))
        self.session.add_all(built)
        self.session.flush()
        self.session.wrote = False
        return built  # the caller keeps them: a session forgets what nothing else refers to

    def _index(self, setup: Setup) -> None:
        """Give the gradebook finders that look into dictionaries first, and then ask nbgrader's own."""
        assignment = next(item for item in self.structure if isinstance(item, api.Assignment))
        notebooks = {item.name: item for item in self.structure if isinstance(item, api.Notebook)}
        self.structure_by_name: dict[tuple[str, ...], Any] = {("find_assignment", setup.assignment): assignment}
        for name, notebook in notebooks.items():
            self.structure_by_name["find_notebook", name, setup.assignment] = notebook
        for cell in self.structure:
            if isinstance(cell, api.SourceCell):
                self.structure_by_name["find_source_cell", cell.name, cell.notebook.name, setup.assignment] = cell
            elif isinstance(cell, api.GradeCell | api.TaskCell):
                self.structure_by_name["find_graded_cell", cell.name, cell.notebook.name, setup.assignment] = cell
        self.students: dict[tuple[str, ...], Any] = {}
        for finder in (
            "find_assignment",
            "find_notebook",
            "find_source_cell",
            "find_graded_cell",
            "find_student",
            "find_submission",
            "find_submission_notebook",
            "find_grade",
            "find_comment",
        ):
            self.book.__dict__[finder] = self._finder(finder)

    def _finder(self, name: str) -> Any:
        def find(*key: str) -> Any:
            known = self.students.get((name, *key)) or self.structure_by_name.get((name, *key))
            return known if known is not None else getattr(api.Gradebook, name)(self.book, *key)

        return find

    def install(self) -> None:
        """From now on, in this process, the address `sqlite://` is this gradebook."""

        def attributes() -> dict[str, Any]:
            self.session.lazy = self.lazy and not (self.submission and self.submission.total_seconds_late)
            self.session.commit()
            return dict(self.book.__dict__)

        open_instead(URL, attributes)

    def enter(self, task: SubmissionTask) -> None:
        """Put the student in, with an extension and with what a human grader gave before."""
        self.manual = task.manual
        student = api.Student(id=task.student)  # nobody is in it before, so nobody is looked for
        self.session.add(student)
        self.students["find_student", task.student] = student
        extension = None if task.extension is None else timedelta(seconds=task.extension)
        self.submission = self._add_submission(student, extension)
        self.students["find_submission", self.assignment, task.student] = self.submission
        for notebook in self.submission.notebooks:
            place = (notebook.notebook.name, self.assignment, task.student)
            self.students["find_submission_notebook", *place] = notebook
            for grade in notebook.grades:
                self.students["find_grade", grade.cell.name, *place] = grade
                given = task.manual.get(place[0], {}).get(grade.cell.name)
                if given:
                    grade.manual_score, grade.extra_credit = given
            for comment in notebook.comments:
                self.students["find_comment", comment.cell.name, *place] = comment

    def _add_submission(self, student: Any, extension: timedelta | None) -> Any:
        """What nbgrader's function of that name adds, without a flush: its rows know their cells from the beginning."""
        assignment = self.structure_by_name["find_assignment", self.assignment]
        submission = api.SubmittedAssignment(assignment=assignment, student=student, extension=extension)
        for notebook in assignment.notebooks:
            own = api.SubmittedNotebook(notebook=notebook, assignment=submission)
            graded = [(api.Grade, cell) for cell in (*notebook.grade_cells, *notebook.task_cells)]
            commented = [(api.Comment, cell) for cell in (*notebook.solution_cells, *notebook.task_cells)]
            for kind, cell in (*graded, *commented):
                row = kind(cell_id=cell.id, notebook=own)
                set_committed_value(row, "cell", cell)
                if kind is api.Grade:
                    row.needs_manual_grade = True  # as the database would say
        self.session.add(submission)
        self.session.lazy = self.lazy
        self.session.commit()
        return submission

    def zero(self, notebook_name: str) -> None:
        """A notebook that could not be graded scores 0 on each of its cells."""
        for notebook in self.submission.notebooks:
            if notebook.notebook.name == notebook_name:
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = 0.0, grade.manual_score is not None

    def scores(self) -> dict[str, NotebookScores]:
        return {
            notebook.notebook.name: NotebookScores(
                {grade.cell.name: [grade.auto_score, bool(grade.needs_manual_grade)] for grade in notebook.grades},
                {comment.cell.name: comment.auto_comment for comment in notebook.comments},
                notebook.late_submission_penalty,
                {grade.cell.name: given for grade in notebook.grades if (given := self._given(grade))},
                {comment.cell.name: comment.manual_comment for comment in notebook.comments if comment.manual_comment},
            )
            for notebook in self.submission.notebooks
        }

    def _given(self, grade: Any) -> dict[str, float | None]:
        """What was given beside the automatic score since `enter`."""
        entered = self.manual.get(grade.notebook.notebook.name, {}).get(grade.cell.name) or [None, None]
        now = {name: getattr(grade, name) for name in ("manual_score", "extra_credit")}
        return {} if list(now.values()) == entered else now

    @property
    def timestamp(self) -> str | None:
        timestamp = self.submission.timestamp
        return timestamp.isoformat(sep=" ") if timestamp is not None else None

    def clear(self) -> None:
        """Forget the student: the next one finds an empty gradebook."""
        self.students.clear()
        self.submission = None
        own = {id(item) for item in self.structure}
        for item in list(self.session):
            if id(item) not in own:
                self.session.expunge(item)
        for item in self.structure:
            if isinstance(item, api.Assignment | api.Notebook):
                self.session.expire(item, ["submissions"])
        if self.session.wrote:
            for kind in (api.Comment, api.Grade, api.SubmittedNotebook, api.SubmittedAssignment, api.Student):
                self.session.execute(delete(kind.__table__))
        self.session.wrote = False
