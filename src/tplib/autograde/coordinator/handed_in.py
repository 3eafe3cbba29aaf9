"""What was handed in when it was graded, by its digest: files may be newer than their grade, and look older."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.autograde.coordinator.secret import FOLDER
from tplib.autograde.submissions.folder import read_submission

if TYPE_CHECKING:
    from tplib.autograde.bridge.course import Course

TIMESTAMP = "timestamp.txt"


def digest(files: Mapping[str, bytes]) -> str:
    """A hash of files by their names and contents; the time of handing in, which may be put right, is no part of it."""
    whole = hashlib.sha256()
    for name in sorted(files.keys() - {TIMESTAMP}):
        content = hashlib.sha256(files[name]).hexdigest()
        whole.update(f"{name}\0{content}\0".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


class HandedIn:
    """For each student the files as they were at the last grading: their digest, and how they looked then.

    tests: a digest of the tests and points of that grading, where it is known.
    It lies beside the journal, one line an entry; the last of a student's counts. Where it is lost, times decide.
    """

    def __init__(self, root: Path, assignment: str) -> None:
        self.path = root / FOLDER / "handed-in" / f"{assignment}.jsonl"
        self.known: dict[str, tuple[str, str]] = {}
        self.tests: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError, TypeError), self.path.open(encoding="utf-8") as lines:
            for line in lines:
                student, content, look, *tests = json.loads(line)
                self.known[student] = content, look
                if tests:
                    self.tests[student] = tests[0]

    def enter(self, student: str, content: str, look: str, tests: str) -> None:
        """Note what was graded, and by which tests. Raises OSError."""
        if self.known.get(student) == (content, look) and self.tests.get(student) == tests:
            return
        self.known[student], self.tests[student] = (content, look), tests
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([student, content, look, tests]) + "\n")


def look_of(folder: Path) -> str:
    """A hash of the names, sizes and times in `folder`, which is faster to have than that of its contents."""
    found = []
    for here, folders, names in os.walk(folder):
        for name in (*folders, *names):
            with contextlib.suppress(OSError):
                status = os.lstat(os.path.join(here, name))
                found.append((os.path.join(here, name), status.st_size, status.st_mtime_ns, status.st_ino))
    return hashlib.sha256(repr(sorted(found)).encode("utf-8", "surrogatepass")).hexdigest()


def without_copy(course: Course, student: str, assignment: str, names: Iterable[str]) -> list[str]:
    """Those of the notebooks `names` of which there is no graded copy: never graded where they have no score either."""
    graded = course.path("autograded", student, assignment)
    return [name for name in names if not (graded / f"{name}.ipynb").exists()]


def changed_since_graded(course: Course, assignment: str) -> list[str]:
    """The students whose submission is another than the one that was graded, as far as that is known."""
    known = HandedIn(course.root, assignment).known
    changed = []
    for student in course.students(assignment):
        content, look = known.get(student, ("", ""))
        folder = course.path("submitted", student, assignment)
        if content and look_of(folder) != look and digest(read_submission(folder).files) != content:
            changed.append(student)
    return changed


def is_handed_in(course: Course, student: str, assignment: str, name: str) -> bool:
    return (course.path("submitted", student, assignment) / f"{name}.ipynb").exists()
