"""What a feedback page says of each graded cell: the exercise's name, its points, whether it is still to be marked."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades

from tplib.autograde.submissions.clock import told
from tplib.autograde.submissions.lateness import delay_of, duration
from tplib.autograde.submissions.notebook import UNREADABLE

CHECK = re.compile(r"""\s*check\(\s*["']([\w.]+)["']\s*\)\s*;?\s*""")
HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)
QUESTION = re.compile(r"\*\*((?:Question|Exercise|Task) [\w.]+)[^*\n]*\*\*")
MARKUP = re.compile(r"[*`$\\]|<[^>]*>")
LONGEST = 80  # characters of a title
NO_NOTEBOOK = {"missing notebook": "not handed in"} | dict.fromkeys(UNREADABLE, "it could not be read")


@dataclass
class Row:
    """One graded cell. code: whether its title is a name in the code. comment: the cell that a comment stands at.

    again: its mark was given by hand to an earlier version of the answer.
    """

    id: str
    title: str
    code: bool
    score: float
    points: float
    open: bool
    comment: str = ""
    again: bool = False


@dataclass
class Contents:
    """A page in numbers, for its head and for the page over all notebooks of a student.

    nothing: why grading made this copy itself, from no notebook of the student's.
    """

    student: str
    notebook: str
    score: float
    max_score: float
    penalty: float
    late: str
    due: str
    nothing: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many answers are still to be marked."""
        return sum(row.open for row in self.rows)

    @property
    def by_id(self) -> dict[str, Row]:
        return {row.id: row for row in self.rows}

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "open": self.open}


class GetContents(GetGrades):
    """nbgrader's GetGrades, which also gathers the contents. The converter keeps those of the last page."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        self.open: dict[str, bool] = {}
        self.again: dict[str, bool] = {}
        nb, resources = super().preprocess(nb, resources)
        values = resources["nbgrader"]
        with Gradebook(values["db_url"]) as gradebook:
            submission = gradebook.find_submission(values["assignment"], values["student"])
            delay, due = delay_of(submission), submission.assignment.duedate
            names = (submission.student.first_name, submission.student.last_name)
        contents = Contents(
            " ".join(name for name in names if name) or values["student"],
            values["notebook"],
            values["score"],
            values["max_score"],
            values["late_penalty"] or 0.0,
            duration(delay.total_seconds()) if delay else "",
            due_text(due, submission.extension, self.config),
            why_nothing(nb, values["notebook"]),
            rows_of(nb, self.open, self.again),
        )
        resources["tplib_contents"] = contents
        if (converter := getattr(self.parent, "parent", None)) is not None:
            converter.tplib_contents = contents
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        self.open[name] = bool(grade.needs_manual_grade) and grade.manual_score is None
        self.again[name] = bool(grade.needs_manual_grade) and grade.manual_score is not None


def due_text(due: datetime | None, extension: timedelta | None, config: Any) -> str:
    """When a student's work was due, an extension included."""
    if due is None:
        return ""
    text = told(due + (extension or timedelta()), config)
    return f"{text}, your extension included" if extension else text


def why_nothing(nb: NotebookNode, name: str) -> str:
    """Why there is no notebook of the student's behind this copy; "" where there is one."""
    problems = nb.metadata.get("tplib", {}).get("problems", ())
    kinds = [problem.get("kind") for problem in problems if problem.get("notebook") == name]
    return next((NO_NOTEBOOK[kind] for kind in kinds if kind in NO_NOTEBOOK), "")


def rows_of(nb: NotebookNode, to_be_marked: dict[str, bool], again: dict[str, bool]) -> list[Row]:
    """The graded cells in order. A comment on an answer belongs to the next test, or to the answer that has points."""
    rows, above, waiting = [], "", ""
    for cell in nb.cells:
        marks = cell.metadata.get("nbgrader", {})
        name = str(marks.get("grade_id", ""))
        if marks.get("comment"):
            waiting = name
        if name in to_be_marked:
            title, code = title_of(cell, name, above)
            score, points = float(marks.get("score") or 0), float(marks.get("points") or 0)
            rows.append(Row(name, title, code, score, points, to_be_marked[name], waiting, again[name]))
            waiting = ""
        elif cell.cell_type == "markdown" and not marks.get("solution"):
            above = label_of(cell.source) or above
    return rows


def title_of(cell: NotebookNode, name: str, above: str) -> tuple[str, bool]:
    """A check's exercise; else what stands above the cell, and the cell's own name."""
    if cell.cell_type == "code" and (match := CHECK.fullmatch(cell.source)):
        return match[1], True
    words = name.removeprefix("written-").replace("_", " ")
    return (f"{above}: {words}" if above else words), False


def label_of(source: str) -> str:
    """The question that a text asks, or else its last heading, without its markup."""
    found = [match[1] for match in (*HEADING.finditer(source), *QUESTION.finditer(source))]
    return " ".join(MARKUP.sub("", found[-1]).split())[:LONGEST] if found else ""
