"""Whose grade is older than what there is now: another version was handed in, or the tests or points are others.

The list of whom a stopped --force left (`again`) does not tell the latter: nbgrader's own `generate_assignment`, a
button of its form grader too, takes over tests and points, and no run of ours is stopped by it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tplib.autograde.coordinator.handed_in import TIMESTAMP, HandedIn, digest, look_of
from tplib.autograde.submissions.folder import read_submission

if TYPE_CHECKING:
    from tplib.autograde.bridge.course import Course


@dataclass
class Older:
    """Students whose marks are not of what there is now.

    replaced   they handed in another version since they were graded
    times      the time at which they handed in was put right since, and their penalty for lateness with it
    tests      they were graded by other tests or for other points than the gradebook has now
    never      they handed in, and are not graded
    """

    replaced: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def find_older(course: Course, assignment: str) -> Older:
    """Whose marks are not of what there is now, by what is in the course folder and in the gradebook."""
    from nbgrader.api import MissingEntry

    older, handed_in = Older(), HandedIn(course.root, assignment)
    with course.gradebook() as gradebook:
        try:
            entry = gradebook.find_assignment(assignment)
        except MissingEntry:
            return older
        names, now = [notebook.name for notebook in entry.notebooks], digest_of_tests(entry)
        known = {submission.student_id for submission in entry.submissions}
    for student in course.chosen_students(assignment):
        if not course.path("autograded", student, assignment).is_dir():
            older.never.extend([] if student in known else [student])
        elif is_other_work(course, student, assignment, names, handed_in):
            older.replaced.append(student)
        elif has_other_time(course, student, assignment):
            older.times.append(student)
        elif handed_in.tests.get(student, now) != now:
            older.tests.append(student)
    return older


def digest_of_tests(entry: Any) -> str:
    """A hash of the points of an assignment in the gradebook, and of the tests that give them."""
    told = []
    for notebook in entry.notebooks:
        points = sorted((cell.name, cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells))
        names = {name for name, _ in points}
        tests = sorted((cell.name, cell.source) for cell in notebook.source_cells if cell.locked and cell.name in names)
        told.append((notebook.name, points, tests))
    return hashlib.sha256(repr(sorted(told)).encode("utf-8", "surrogatepass")).hexdigest()


def is_newer(course: Course, student: str, assignment: str, names: Iterable[str], handed_in: HandedIn) -> bool:
    """Whether what a graded student handed in is not what the grade is of. names: of the notebooks that count."""
    if has_other_time(course, student, assignment):
        return True
    return is_other_work(course, student, assignment, names, handed_in)


def has_other_time(course: Course, student: str, assignment: str) -> bool:
    """Whether the time of handing in is another than the one that the grade is for."""
    folders = [course.path(step, student, assignment) for step in ("submitted", "autograded")]
    with contextlib.suppress(Exception):  # an invalid time in timestamp.txt
        submitted, graded = (course.directory.get_existing_timestamp(str(folder)) for folder in folders)
        return bool(submitted != graded)
    return False


def is_other_work(course: Course, student: str, assignment: str, names: Iterable[str], handed_in: HandedIn) -> bool:
    """Whether the files of a graded student are newer than their grade, or others; whatever their time."""
    graded = course.path("autograded", student, assignment)
    submitted = course.path("submitted", student, assignment)
    notebooks = [path for name in names if (path := graded / f"{name}.ipynb").exists()]
    if last_change(submitted) > min(path.stat().st_mtime for path in notebooks or [graded]):
        return True
    # Another hand-in may be older than the grade of the one before: out of an archive, files keep their times.
    content, look = handed_in.known.get(student, ("", ""))
    return bool(content) and look != look_of(submitted) and content != digest(read_submission(submitted).files)


def last_change(folder: Path) -> float:
    """The newest time of change in `folder`, but for timestamp.txt. Files that lie too deep to be read do not count."""
    newest = 0.0
    for here, folders, names in os.walk(folder):
        for name in (*folders, *names):
            if name == TIMESTAMP and here == str(folder):
                continue
            with contextlib.suppress(OSError):
                newest = max(newest, os.lstat(os.path.join(here, name)).st_mtime)
    return newest
