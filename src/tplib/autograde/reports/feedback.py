"""Feedback pages, made by nbgrader's own converter, in several processes where that pays."""

from __future__ import annotations

import atexit
import contextlib
import errno
import html
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tplib.autograde.bridge.course import Course, open_course, require_assignment
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.coordinator.handed_in import is_handed_in, without_copy
from tplib.autograde.coordinator.scratch import install, make_scratch, require_writable
from tplib.autograde.limited import StoppedError, in_child, said
from tplib.autograde.processes import end_quickly, leave_out_slow_imports
from tplib.autograde.reports.feedback_index import write_index
from tplib.autograde.reports.pages_made import PagesMade, graded_students, what_pages_tell
from tplib.autograde.texts import printable
from tplib.errors import TplibError
from tplib.graders.public_part import FILE
from tplib.sentences import proposed

FULL, NO_ROOM = os.strerror(errno.ENOSPC), "there is no room left on the disk: make room, then run this command again"
MANY = 12  # students: with fewer, starting processes takes longer than it saves


@dataclass
class Feedback:
    """Where the feedback is, who has it, and why the others have none."""

    pattern: str
    written: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


Pages = tuple[list[str], bool]
"""What went wrong with a student's pages, and whether there are any."""


@dataclass(frozen=True)
class Page:
    """Why a page could not be made, or else what it says of itself."""

    reason: str | None = None
    contents: dict[str, Any] | None = None


class Writer:
    """Makes the pages of one student after the other in the scratch folder. It keeps its converter and templates."""

    def __init__(self, course: Course, assignment: str, scratch: Path) -> None:
        from nbconvert.writers import FilesWriter
        from nbgrader.converters import GenerateFeedback

        from tplib.autograde.bridge.pages import configure

        configure(course.app.config)  # safe pages also where nbgrader_config.py does not ask for them
        self.course, self.assignment = course, assignment
        course.directory.assignment_id = assignment
        course.directory.feedback_directory = str(scratch / "feedback")
        self.converter = GenerateFeedback(coursedir=course.directory, parent=course.app)
        self.converter.writer = FilesWriter(parent=self.converter, config=self.converter.config)
        self.converter.exporter = self.converter.exporter_class(parent=self.converter, config=self.converter.config)
        for preprocessor in self.converter.preprocessors:
            self.converter.exporter.register_preprocessor(preprocessor)

    def write(self, student: str) -> Pages:
        """Make a student's pages."""
        converter, assignment = self.converter, self.assignment
        self.course.directory.student_id = student
        graded = self.course.path("autograded", student, assignment)
        converter.notebooks = [str(path) for path in sorted(graded.glob("*.ipynb"))]
        try:
            converter.run_pre_convert_hook()
            converter.init_assignment(assignment, student)
            made = [self.write_page(notebook, student) for notebook in converter.notebooks]
            unmade = [Path(name).stem for name, page in zip(converter.notebooks, made, strict=True) if page.reason]
            write_index(
                self.folder(student),
                assignment,
                [page.contents for page in made if page.contents],
                unmade,
                self.ungraded(student),
            )
            (self.folder(student) / FILE).unlink(missing_ok=True)  # nbgrader copies all files; no page shows this one
            converter.set_permissions(assignment, student)
            converter.run_post_convert_hook()
        except TplibError as error:
            return [str(error)], False
        except Exception as error:  # one student's page must not stop the others'
            return [said(error)], False
        return [page.reason for page in made if page.reason], True

    def ungraded(self, student: str) -> list[str]:
        """The assignment's notebooks that were handed in and have no graded copy: an earlier run chose others."""
        with self.course.gradebook() as gradebook:
            names = sorted(notebook.name for notebook in gradebook.find_assignment(self.assignment).notebooks)
        left = without_copy(self.course, student, self.assignment, names)
        return [name for name in left if is_handed_in(self.course, student, self.assignment, name)]

    def folder(self, student: str) -> Path:
        """Where a student's new pages lie."""
        directory = self.course.directory
        return Path(os.path.normpath(directory.format_path(directory.feedback_directory, student, self.assignment)))

    def write_page(self, notebook: str, student: str) -> Page:
        """Make one page, in a child with limits. Where these stop it, a page that says so takes its place."""

        from tplib.autograde.bridge.pages import PAGE, STAND_IN

        def work() -> bytes:
            self.converter.convert_single_notebook(notebook)
            contents = getattr(self.converter, "tplib_contents", None)
            return json.dumps(contents.to_dict() if contents else None).encode()

        try:
            return Page(contents=json.loads(in_child(work, PAGE)))
        except StoppedError as stopped:
            if not stopped.limit:
                raise TplibError(str(stopped)) from stopped
            name = Path(notebook).name
            page = STAND_IN.format(name=html.escape(name), reason=html.escape(str(stopped)))
            (self.folder(student) / name).with_suffix(".html").write_text(page, encoding="utf-8")
            return Page(f"{name}: {stopped}")


_writer: Writer | None = None


def _start_process(root: str, assignment: str, scratch: str) -> None:
    global _writer
    leave_out_slow_imports()
    end_quickly()
    for_life = contextlib.ExitStack()
    atexit.register(for_life.close)
    for_life.enter_context(nbgrader_at_work())
    _writer = Writer(open_course(Path(root)), assignment, Path(scratch))


def _write_in_process(student: str) -> tuple[str, Pages]:
    assert _writer is not None
    return student, _writer.write(student)


def write_feedback(
    folder: Path,
    assignment: str,
    *,
    students: list[str] | None = None,
    workers: int | None = None,
    on_progress: Callable[[int, int, int], Any] = lambda done, total, failed: None,
) -> Feedback:
    """Write the feedback of every graded submission of `assignment`, or of `students`.

    A page is replaced when the new one is whole. Raises TplibError where nobody is graded.
    """
    course = open_course(folder)
    require_assignment(course, assignment)
    graded = graded_students(course, assignment)
    if not graded:
        first = proposed(course.root, "grade", assignment)
        raise TplibError(f"nobody is graded in {assignment} yet: run `{first}` first")
    unknown = sorted(set(students or []) - set(graded))
    if unknown:
        raise TplibError(f"{', '.join(unknown)}: not graded in {assignment}; graded are {', '.join(graded)}")
    todo = [student for student in graded if not students or student in students]
    destination = {student: course.path("feedback", student, assignment) for student in todo}
    result = Feedback(str(course.path("feedback", "*", assignment)))
    require_writable(course.all_of("feedback", assignment))
    again = f"`{proposed(course.root, 'grade', assignment, '--force')}` grades it"
    pages, told = PagesMade(course, assignment), what_pages_tell(course, assignment)
    with make_scratch(course.root) as scratch:
        done = 0
        on_progress(done, len(todo), 0)
        for student, (reasons, whole) in convert(course, assignment, todo, scratch, workers or os.cpu_count() or 1):
            made = scratch / "feedback"
            made = Path(os.path.normpath(course.directory.format_path(str(made), student, assignment)))
            if whole and any(made.glob("*.html")):
                install(made, destination[student], scratch)
                if student in told and not reasons:  # else they are made again the next time
                    pages.enter(student, told[student])
                result.written.append(student)
            else:
                reasons = reasons or ["no page was made"]
            if reasons:
                text = printable("; ".join(reasons))
                if "MissingEntry" in text:  # from the gradebook, while autograded/ has the work
                    text = f"the gradebook has no grade of this work; {again}"
                result.failed[student] = NO_ROOM if FULL in text else text
            done += 1
            on_progress(done, len(todo), len(result.failed))
    result.written.sort()
    return result


def convert(
    course: Course, assignment: str, students: list[str], scratch: Path, workers: int
) -> Iterator[tuple[str, Pages]]:
    """Make the pages. Yields each student as their pages are done."""
    if workers == 1 or len(students) < MANY:
        with nbgrader_at_work():
            writer = Writer(course, assignment, scratch)
            for student in students:
                yield student, writer.write(student)
        return
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),  # the progress bar's thread rules out a fork
        initializer=_start_process,
        initargs=(str(course.root), assignment, str(scratch)),
    ) as executor:
        for done in as_completed([executor.submit(_write_in_process, student) for student in students]):
            yield done.result()
