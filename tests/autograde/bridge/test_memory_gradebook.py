"""The workers' gradebook in memory: nbgrader's rows, whether they enter the database or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import nbgrader.api as api
import pytest
from nbconvert import NotebookExporter
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import LimitOutput

from tplib.autograde.bridge.course import open_course
from tplib.autograde.bridge.memory_gradebook import URL, MemoryGradebook
from tplib.autograde.bridge.two_pass import StagedAutograde
from tplib.autograde.messages.grading import Setup, SubmissionTask
from tplib.autograde.messages.plan import NotebookPlan, PlannedCell

KINDS = {  # grade, solution, task
    "test": (True, False, False),
    "answer": (False, True, False),
    "essay": (True, True, False),
    "project": (False, False, True),
    "shown": (False, False, False),
}


def plan(name: str) -> NotebookPlan:
    cells = {}
    for kind, flags in KINDS.items():
        points = 2.0 if flags[0] or flags[2] else None
        cells[kind] = PlannedCell(kind, "code", "", *flags, locked=False, points=points, checksum="")
    return NotebookPlan(name, cells, [], "null")


@pytest.fixture
def setup() -> Setup:
    return Setup("ps1", "course", {name: plan(name) for name in ("first", "second")}, "2026-11-01 12:00:00 UTC")


@pytest.fixture(autouse=True)
def own_gradebook(monkeypatch):
    """Undo `install`, which is for a process's life."""
    monkeypatch.setattr(api.Gradebook, "__init__", api.Gradebook.__init__)


def told(submission: Any) -> list[Any]:
    """All that can be seen of a submission's rows."""
    rows = []
    for notebook in submission.notebooks:
        assert notebook.student is submission.student
        for row in (*notebook.grades, *notebook.comments):
            values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
            kept = {name: value for name, value in values.items() if name not in ("id", "notebook_id")}
            rows.append((type(row).__name__, notebook.name, row.cell.name, row.name, kept))
    return [submission.name, submission.extension, submission.timestamp, sorted(rows, key=str)]


@pytest.mark.parametrize("lazy", [False, True])
def test_a_submission_has_the_rows_that_nbgrader_gives_it(setup, lazy):
    book = MemoryGradebook(setup, lazy)
    book.enter(SubmissionTask("ada", {}, extension=3600.0))
    ours = told(book.submission)
    assert book.session.wrote is not lazy
    book.clear()
    book.session.lazy = False
    book.session.add(api.Student(id="ada"))
    nbgraders = book.book.add_submission("ps1", "ada", extension=timedelta(hours=1))
    assert ours == told(nbgraders)
    assert len(ours[3]) == 2 * (3 + 3)


def grade(book: MemoryGradebook, student: str, timestamp: str, points: float) -> dict[str, Any]:
    """Grade as nbgrader does: each step opens a gradebook of its own."""
    book.enter(SubmissionTask(student, {}, manual={"first": {"essay": [1.5, None]}}))
    with api.Gradebook(URL, "course") as opened:
        opened.update_or_create_submission("ps1", student, timestamp=timestamp)
    with api.Gradebook(URL, "course") as opened:
        opened.find_grade("test", "first", "ps1", student).auto_score = points
        opened.find_comment("answer", "first", "ps1", student).auto_comment = "No response."
        opened.db.commit()
    with api.Gradebook(URL, "course") as opened:
        notebook = opened.find_submission_notebook("first", "ps1", student)
        if notebook.assignment.total_seconds_late > 0:
            notebook.late_submission_penalty = notebook.score / 2
        opened.db.commit()
    result = {name: vars(scores) for name, scores in book.scores().items()}, book.timestamp
    book.clear()
    return result


def test_both_ways_give_the_same_scores_one_student_after_the_other(setup):
    """The penalty of who is late is computed from a score that the database adds up."""
    found = []
    for lazy in (False, True):
        book = MemoryGradebook(setup, lazy)
        book.install()
        found.append(
            [
                grade(book, "ada", "2026-11-01 10:00:00 UTC", 2.0),
                grade(book, "bob", "2026-11-02 10:00:00 UTC", 1.0),
                grade(book, "ada", "2026-10-01 10:00:00 UTC", 0.0),
            ]
        )
    assert found[0] == found[1]
    assert [scores["first"]["penalty"] for scores, _ in found[1]] == [None, (1.0 + 1.5) / 2, None]
    assert found[1][1][1] == str(datetime(2026, 11, 2, 10))


def test_a_query_finds_what_has_not_entered_the_database(setup):
    book = MemoryGradebook(setup, lazy=True)
    book.install()
    book.enter(SubmissionTask("ada", {}))
    with api.Gradebook(URL, "course") as opened:
        assert not book.session.wrote
        assert [student.id for student in opened.students] == ["ada"]
        assert opened.db.query(api.Grade).count() == 6
    assert book.session.wrote
    book.clear()
    with api.Gradebook(URL, "course") as opened:
        assert opened.students == []
        assert opened.db.query(api.Grade).count() == 0


class OwnStep(LimitOutput):
    """An instructor's preprocessor."""


class OwnExporter(NotebookExporter):
    """An instructor's exporter."""


def hook(**_: Any) -> None:
    """An instructor's hook."""


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("Autograde", "sanitize_preprocessors", [OwnStep]),
        ("Autograde", "autograde_preprocessors", [OwnStep]),
        ("Autograde", "pre_convert_hook", hook),
        ("Autograde", "post_convert_hook", hook),
        ("AssignLatePenalties", "plugin_class", "OwnPenalty"),
        ("Autograde", "exporter_class", OwnExporter),
    ],
)
def test_with_an_instructors_own_code_all_enters_the_database(tmp_path, section, name, value):
    (tmp_path / "source" / "ps1").mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    course = open_course(tmp_path)
    assert StagedAutograde(course, "ps1").nbgraders_alone
    own = type("OwnPenalty", (LateSubmissionPlugin,), {"__module__": __name__}) if value == "OwnPenalty" else value
    setattr(course.app.config[section], name, own)
    assert not StagedAutograde(course, "ps1").nbgraders_alone
