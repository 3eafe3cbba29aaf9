"""Grade an assignment: read the submissions, have workers grade them, enter the results."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import sqlalchemy.exc

from tplib.autograde.bridge.course import Course, database_error, require_assignment
from tplib.autograde.bridge.due_date import enter_due, wanted_due
from tplib.autograde.bridge.execute_options import require_followed
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.coordinator.again import leave, left_to_grade
from tplib.autograde.coordinator.comparer import Comparer
from tplib.autograde.coordinator.gradebook_entry import enter_assignment
from tplib.autograde.coordinator.grader import Backend, Grader, Progress, Waiting
from tplib.autograde.coordinator.journal import AGAIN, Journal
from tplib.autograde.coordinator.local_pool import LocalPool
from tplib.autograde.coordinator.run_results import Run
from tplib.autograde.coordinator.scratch import interruptible, make_scratch, require_writable
from tplib.autograde.coordinator.setup import make_setup
from tplib.autograde.coordinator.worker_process import WorkerServer
from tplib.autograde.messages.execution import Limits
from tplib.autograde.messages.grading import Setup
from tplib.autograde.submissions import enrolment
from tplib.autograde.submissions.lateness import Lateness, read_lateness
from tplib.errors import TplibError
from tplib.files import not_written


def grade_assignment(
    course: Course,
    assignment: str,
    *,
    students: list[str] | None = None,
    force: bool = False,
    workers: int | None = None,
    limits: Limits | None = None,
    warm: bool = True,
    cluster: str | None = None,
    sandbox: bool = False,
    draw: bool = False,
    create_students: bool | None = None,
    compare: bool = False,
    only: list[str] | None = None,
    due_date: str | None = None,
    worker_server: WorkerServer | None = None,
    on_progress: Progress = lambda done, total, failed: None,
    on_waiting: Waiting = lambda under_way: None,
) -> Run:
    """Grade the submissions of `assignment` in `course` that are not graded yet, or newer than their grade.

    create_students: whether students may be new in the gradebook; by default as c.Autograde.create_student says.
    worker_server: one that was started earlier, so that it has imported by now what workers on this machine need.
    due_date: for the gradebook; without one, the configuration's counts, if it has one.
    only: exercises that are judged again, and no others, where a submission has not changed since it was graded.
    compare: grade what the gradebook has a grade of, and write nothing but what differs into the result.
    on_progress: called with the numbers of submissions done, to do and failed; on_waiting, while none gets done, with
    those that are being graded. Raises TplibError for an unknown assignment, where nobody handed in, and for a folder
    or gradebook that cannot be used. What is wrong with a submission is in its result.
    """
    started = time.monotonic()
    require_assignment(course, assignment)
    require_followed(course.app)
    if compare:
        require_entered(course, assignment)
    everyone = choose_students(course, assignment, students)
    date = wanted_due(course, assignment, due_date)
    require_writable(course.all_of("autograded", assignment))
    try:
        with (
            nbgrader_at_work(),
            make_scratch(course.root) as scratch,
            Journal(course.root, assignment) as journal,
            interruptible() as interrupted,
        ):
            left_behind = left_to_grade(course.root, assignment)
            if force and not compare and left_behind | {*everyone} != left_behind:
                left_behind |= {*everyone}
                leave(course.root, assignment, left_behind)
            take_over = force and not (students or compare)
            notes = enter_assignment(course, assignment, scratch, take_over, keep=compare)
            notes += [] if compare else enter_due(course, assignment, date)
            grader = (Comparer if compare else Grader)(course, assignment, scratch, journal, create_students)
            with contextlib.closing(grader):
                if only:
                    grader.judge_only(only)
                grader.resume()
                due = [student for student in everyone if force or student in left_behind or grader.is_due(student)]
                if due and not interrupted:
                    setup = make_setup(
                        course,
                        assignment,
                        grader.plans,
                        limits or course.limits(),
                        warm=warm,
                        sandbox=sandbox,
                        draw=draw,
                        count=len(due),
                        others=grader.others,
                    )
                    count = min(len(due), workers or os.cpu_count() or 1)
                    backend = make_backend(setup, cluster, count, worker_server)
                    with contextlib.closing(backend):
                        try:
                            grader.run(due, backend, on_progress, on_waiting, interrupted)
                        finally:
                            if left_behind and not compare:
                                leave(course.root, assignment, left_behind - grader.graded)
                notes += [] if compare else grader.judged_by.sentences(everyone)
                results = [*grader.collected(everyone, set(due))]
                lateness = read_late(course, assignment, everyone, absent=not students)
    except OSError as error:
        raise TplibError(f"{not_written(Path(error.filename or course.root), error)}. {AGAIN}") from error
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise database_error(course, error) from error
    left = len(everyone) - len(results)
    return Run(
        assignment,
        results,
        bool(interrupted),
        left,
        time.monotonic() - started,
        notes,
        grader.different,
        lateness,
        force,
        course.root,
        grader.cut_off,
    )


def choose_students(course: Course, assignment: str, wanted: list[str] | None) -> list[str]:
    """The students with a submission whom nbgrader's options choose, or those `wanted` among them."""
    handed_in, everyone = course.students(assignment), course.chosen_students(assignment)
    if not handed_in:
        raise TplibError(
            f"nobody has handed in {assignment}: expected folders such as "
            f"{os.path.relpath(course.path('submitted', 'STUDENT', assignment), course.root)} in {course.root}"
        )
    pattern = course.directory.student_id
    unknown = sorted(set(wanted or []) - set(handed_in))
    if not wanted and not any(fnmatchcase(name, pattern) for name in handed_in):
        unknown = [pattern]
    if unknown:
        raise TplibError(
            f"no submission of {assignment} by {', '.join(unknown)}; there is one by: {', '.join(handed_in)}"
        )
    if left_out := sorted(set(wanted or []) - set(everyone)):
        raise TplibError(
            f"{', '.join(left_out)}: left out by the configuration (c.CourseDirectory.student_id, student_id_exclude)"
        )
    return [student for student in everyone if not wanted or student in wanted]


def read_late(course: Course, assignment: str, students: list[str], absent: bool) -> Lateness:
    """Who of `students` was late; with `absent`, also who is expected and has handed in nothing."""
    with course.gradebook() as gradebook:
        entry = gradebook.find_assignment(assignment)
        known = [student.id for student in gradebook.students if absent and course.chooses(student.id)]
        expected = enrolment.expected(course.root, assignment, known) & set(known)
        found = read_lateness(entry, expected, course.students(assignment), course.app.config)
    return replace(found, late={student: delay for student, delay in found.late.items() if student in students})


def make_backend(setup: Setup, cluster: str | None, workers: int, worker_server: WorkerServer | None) -> Backend:
    """A pool on this machine, or on the cluster that is named."""
    if cluster is None:
        return LocalPool(setup, workers, worker_server)
    try:
        from tplib.autograde.coordinator.dask_pool import DaskPool
    except ImportError as error:
        raise TplibError(f"a cluster needs Dask ({error}): run `pip install 'tplib[cluster]'`") from error
    return DaskPool(setup, cluster, workers)


def require_entered(course: Course, assignment: str) -> None:
    """Raise TplibError where the gradebook has nothing to compare with."""
    from nbgrader.api import MissingEntry

    prefix, is_sqlite, path = course.directory.db_url.partition("sqlite:///")
    there = prefix or not is_sqlite or Path(path).exists()
    with contextlib.suppress(MissingEntry):
        if there:
            with course.gradebook() as gradebook:
                if gradebook.find_assignment(assignment).submissions:
                    return
    raise TplibError(f"there is nothing to compare with: no submission of {assignment} is in the gradebook")
