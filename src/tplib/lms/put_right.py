"""Better times of handing in are entered with the grades: nobody is graded again for them, unless a penalty changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from tplib.autograde.bridge.course import Course
from tplib.autograde.coordinator.handed_in import TIMESTAMP, HandedIn
from tplib.autograde.coordinator.newer_work import is_other_work
from tplib.autograde.submissions.lateness import delay_of
from tplib.files import READABLE, write_atomically


def put_right(course: Course, assignment: str, times: Mapping[str, datetime]) -> list[str]:
    """Enter new times of work that is graded. times: of those whose time in submitted/ has just changed.

    Gives those whose points for lateness may change with it: they are left to `tp grade`.
    """
    from nbgrader.api import MissingEntry

    left, entered = [], []
    handed_in, penalties = HandedIn(course.root, assignment), has_penalties(course)
    with course.gradebook() as gradebook:
        try:
            entry = gradebook.find_assignment(assignment)
        except MissingEntry:
            return []
        names = [notebook.name for notebook in entry.notebooks]
        for submission in entry.submissions:
            student = submission.student.id
            graded = course.path("autograded", student, assignment)
            if student not in times or not graded.is_dir():
                continue
            if is_other_work(course, student, assignment, names, handed_in):
                continue  # it is graded anyway, with its time
            before, was = delay_of(submission), submission.timestamp
            submission.timestamp = times[student].astimezone(UTC).replace(tzinfo=None)
            if penalties and delay_of(submission) != before:
                submission.timestamp = was
                left.append(student)
            else:
                entered.append(student)
        gradebook.db.commit()
    for student in entered:
        source = course.path("submitted", student, assignment) / TIMESTAMP
        graded = course.path("autograded", student, assignment)
        write_atomically(graded / TIMESTAMP, source.read_bytes(), mode=READABLE)
    return left


def has_penalties(course: Course) -> bool:
    """Whether the course's configuration takes points off for lateness, as nbgrader's own plugin or another does."""
    config = course.app.config
    method = config.get("LateSubmissionPlugin", {}).get("penalty_method", "none")
    return method != "none" or "plugin_class" in config.get("AssignLatePenalties", {})
