"""Feedback pages, made by nbgrader's own converter, in several processes where that pays."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tplib.autograde.bridge.course import Course, open_course, require_assignment
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.coordinator.scratch import install, make_scratch, require_writable
from tplib.autograde.processes import end_quickly, leave_out_slow_imports
from tplib.errors import TplibError

MANY = 12  # students: with fewer, starting processes takes longer than it saves


@dataclass
class Feedback:
    """Where the feedback is, who has it, and why the others have none."""

    pattern: str
    written: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


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

    def write(self, student: str) -> str | None:
        """Make a student's pages. Returns why that failed, or None."""
        converter, assignment = self.converter, self.assignment
        self.course.directory.student_id = student
        graded = self.course.path("autograded", student, assignment)
        converter.notebooks = [str(path) for path in sorted(graded.glob("*.ipynb"))]
        try:
            converter.run_pre_convert_hook()
            converter.init_assignment(assignment, student)
            for notebook in converter.notebooks:
                converter.convert_single_notebook(notebook)
            converter.set_permissions(assignment, student)
            converter.run_post_convert_hook()
        except Exception as error:  # one student's page must not stop the others'
            return f"{type(error).__name__}: {error}"
        return None


_writer: Writer | None = None


def _start_process(root: str, assignment: str, scratch: str) -> None:
    global _writer
    leave_out_slow_imports()
    end_quickly()
    for_life = contextlib.ExitStack()
    atexit.register(for_life.close)
    for_life.enter_context(nbgrader_at_work())
    _writer = Writer(open_course(Path(root)), assignment, Path(scratch))


def _write_in_process(student: str) -> tuple[str, str | None]:
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
    graded = [
        student
        for student in course.students(assignment, "autograded")
        if any(course.path("autograded", student, assignment).glob("*.ipynb"))
    ]
    if not graded:
        raise TplibError(f"nobody is graded in {assignment} yet: run `tp grade {assignment}` first")
    unknown = sorted(set(students or []) - set(graded))
    if unknown:
        raise TplibError(f"{', '.join(unknown)}: not graded in {assignment}; graded are {', '.join(graded)}")
    todo = [student for student in graded if not students or student in students]
    destination = {student: course.path("feedback", student, assignment) for student in todo}
    result = Feedback(str(course.path("feedback", "*", assignment)))
    require_writable(course.path("feedback"))
    with make_scratch(course.root) as scratch:
        on_progress(0, len(todo), 0)
        for student, reason in convert(course, assignment, todo, scratch, workers or os.cpu_count() or 1):
            made = scratch / "feedback"
            made = Path(os.path.normpath(course.directory.format_path(str(made), student, assignment)))
            if reason is None and any(made.glob("*.html")):
                install(made, destination[student], scratch)
                result.written.append(student)
            else:
                result.failed[student] = reason or "no page was made"
            on_progress(len(result.written) + len(result.failed), len(todo), len(result.failed))
    result.written.sort()
    return result


def convert(
    course: Course, assignment: str, students: list[str], scratch: Path, workers: int
) -> Iterator[tuple[str, str | None]]:
    """Make the pages. Yields each student with the reason why their pages could not be made, or None."""
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
        yield from executor.map(_write_in_process, students)
