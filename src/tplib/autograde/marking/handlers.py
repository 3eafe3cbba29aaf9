"""What the form grader's server answers besides: data for marking, and the bank of comments.

nbgrader's pages of a submission and of a notebook's submissions load our script, which asks for these data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nbgrader.api import BaseCell, Grade, MissingEntry
from tornado import web

from tplib.autograde.coordinator.run_results import read_problems
from tplib.autograde.marking.comments import EVERY, Bank, add_comment, heading, read_comments
from tplib.autograde.marking.schemes import Scheme, read_schemes
from tplib.autograde.submissions.enrolment import expected
from tplib.autograde.submissions.lateness import delay_of, duration, read_lateness
from tplib.errors import TplibError

STATIC = Path(__file__).parent / "static"
TAGS = (
    '<link rel="stylesheet" href="{base}/formgrader/tplib/{name}.css" />\n'
    '<script src="{base}/formgrader/tplib/{name}.js"></script>\n</head>'
)
MISSING = "missing notebook"


def routes(pages: Any, base: Any) -> list[tuple[Any, ...]]:
    """Our routes, before nbgrader's. pages, base: its modules `handlers` and `base`."""

    def guarded(method: Any) -> Any:
        return web.authenticated(base.check_xsrf(base.check_notebook_dir(method)))

    class Marking(base.BaseApiHandler):
        """What belongs beside the answers of one submitted notebook."""

        @guarded
        def get(self, submission_id: str) -> None:
            try:
                submission = self.gradebook.find_submission_notebook_by_id(submission_id)
            except MissingEntry:
                raise web.HTTPError(404) from None
            assignment, notebook = submission.assignment.assignment.name, submission.notebook.name
            schemes, problem = schemes_of(self.coursedir, assignment, notebook)
            entered = [cell.name for cell in (*submission.notebook.grade_cells, *submission.notebook.task_cells)]
            order = list(schemes) + [name for name in entered if name not in schemes]
            delay = delay_of(submission.assignment)
            data = {
                "cells": {name: asdict(scheme) for name, scheme in schemes.items()},
                "problem": problem,
                "late": duration(delay.total_seconds()) if delay else None,
                "unmarked": unmarked(self, assignment, notebook, order),
                **comments_of(Path(self.coursedir.root), assignment, schemes),
            }
            self.write(json.dumps(data))

    class Comments(base.BaseApiHandler):
        """Takes a comment into the bank."""

        @guarded
        def post(self) -> None:
            body = self.get_json_body()
            values = [str(body.get(name) or "") for name in ("assignment", "cell", "comment")]
            assignment, cell, comment = values
            at = heading(assignment, cell) if cell else EVERY
            try:
                add_comment(Path(self.coursedir.root), " ".join(at.split()), comment)
            except TplibError as error:
                self.set_status(400)
                self.write(json.dumps({"problem": str(error)}))
                return
            self.write(json.dumps(comments_of(Path(self.coursedir.root), assignment, [cell])))

    class Punctuality(base.BaseApiHandler):
        """Who was late with one notebook, and who lacks it."""

        @guarded
        def get(self, assignment: str, notebook: str) -> None:
            self.write(json.dumps(punctuality(self, assignment, notebook)))

    return [
        (r"/formgrader/tplib/(.*)", web.StaticFileHandler, {"path": str(STATIC)}),
        (r"/formgrader/api/tplib/marking/([^/]+)", Marking),
        (r"/formgrader/api/tplib/comments", Comments),
        (r"/formgrader/api/tplib/lateness/([^/]+)/([^/]+)", Punctuality),
        (r"/formgrader/submissions/([^/]+)/?", with_script("marking", pages.SubmissionHandler)),
        (
            r"/formgrader/gradebook/([^/]+)/([^/]+)/?",
            with_script("submissions", pages.GradebookNotebookSubmissionsHandler),
        ),
    ]


def with_script(name: str, page: Any) -> Any:
    """The handler `page`, whose page loads one of our scripts. No student's text stands before the end of its head."""

    class Page(page):
        def write(self, chunk: Any) -> None:
            if isinstance(chunk, str):
                chunk = chunk.replace("</head>", TAGS.format(base=self.base_url, name=name), 1)
            super().write(chunk)

    return Page


def schemes_of(coursedir: Any, assignment: str, notebook: str) -> tuple[dict[str, Scheme], str | None]:
    """The schemes, or why there are none."""
    folder = coursedir.format_path(coursedir.source_directory, ".", assignment)
    path = Path(folder).resolve() / f"{notebook}.ipynb"
    try:
        return read_schemes(path, coursedir.parent), None
    except (OSError, ValueError, KeyError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or error
        return {}, f"The marking schemes stand in {path}, which cannot be read ({reason})."


def comments_of(root: Path, assignment: str, cells: Iterable[str]) -> dict[str, Any]:
    """The part of the bank that is for these cells, and for every answer."""
    try:
        bank: Bank = read_comments(root)
    except TplibError as error:
        return {"comments": {}, "every": [], "comments_problem": str(error)}
    found = {cell: bank.get(heading(assignment, cell), []) for cell in cells}
    return {"comments": found, "every": bank.get(EVERY, [])}


def unmarked(handler: Any, assignment: str, notebook: str, order: list[str]) -> list[tuple[str, str]]:
    """(submission, cell) of all answers to this notebook that are still to be marked, in the form grader's order."""
    gradebook = handler.gradebook
    submissions = gradebook.notebook_submissions(notebook, assignment)
    shown = {found.id for found in handler.api._filter_existing_notebooks(assignment, submissions)}
    place = {name: number for number, name in enumerate(order)}
    rows = (
        gradebook.db.query(Grade.notebook_id, BaseCell.name)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(Grade.needs_manual_grade, Grade.notebook_id.in_(shown))
        .all()
    )
    return sorted(((found, name) for found, name in rows), key=lambda row: (row[0], place.get(row[1], -1)))


def punctuality(handler: Any, assignment: str, notebook: str) -> dict[str, Any]:
    """For the page of a notebook's submissions. Late ones are named by their number there: marking is anonymous."""
    gradebook, coursedir = handler.gradebook, handler.coursedir
    try:
        entry = gradebook.find_assignment(assignment)
    except MissingEntry:
        raise web.HTTPError(404) from None
    known = {student.id for student in gradebook.students}
    with suppress(TplibError):  # a damaged table of the class: then everybody is expected
        known &= expected(Path(coursedir.root), assignment, known)
    found = read_lateness(entry, known, config=handler.api.config)
    indices = handler.api.get_notebook_submission_indices(assignment, notebook)
    late, missing = [], []
    for submission in gradebook.notebook_submissions(notebook, assignment):
        student = submission.student.id
        if student in found.late and submission.id in indices:
            by = duration(found.late[student].total_seconds())
            late.append({"id": submission.id, "number": indices[submission.id] + 1, "by": by})
        if lacks(coursedir, student, assignment, notebook):
            missing.append(student)
    late.sort(key=lambda row: int(row["number"]))
    return {"due": found.told or None, "late": late, "missing": sorted(missing), "absent": list(found.absent)}


def lacks(coursedir: Any, student: str, assignment: str, notebook: str) -> bool:
    """Whether a student who has handed in did so without this notebook; one that was renamed is there."""

    def path(step: str) -> Path:
        folder = coursedir.format_path(getattr(coursedir, f"{step}_directory"), student, assignment)
        return Path(folder).resolve() / f"{notebook}.ipynb"

    if path("submitted").exists():
        return False
    return any(
        problem.kind == MISSING and problem.notebook == notebook for problem in read_problems(path("autograded"))
    )
