"""Extensions of the due date: nbgrader's own, in its gradebook, and those of students who are not in it yet.

nbgrader keeps an extension with a submission. For who has handed in nothing so far it waits in a file of ours, until
the first grading enters the submission.
"""

from __future__ import annotations

import json
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tplib.autograde.bridge.course import Course
from tplib.errors import TplibError
from tplib.files import write_atomically
from tplib.sentences import proposed, proposed_inside


def extensions(course: Course, assignment: str) -> dict[str, timedelta]:
    """By student, in their order."""
    found = {student: timedelta(seconds=seconds) for student, seconds in waiting(course.root, assignment).items()}
    with course.gradebook() as gradebook:
        for submission in _submissions(gradebook, assignment):
            found.pop(submission.student_id, None)
            if submission.extension:
                found[submission.student_id] = submission.extension
    return dict(sorted(found.items()))


def grant(course: Course, assignment: str, students: list[str], extension: timedelta | None) -> list[str]:
    """Give each of these students an extension in the place of any former one; None takes it away.

    Gives those who are graded already. Raises TplibError, and changes nothing, where one is not of the course.
    """
    kept = waiting(course.root, assignment)
    with course.gradebook() as gradebook:
        known = {student.id for student in gradebook.students} | set(course.students(assignment))
        for student in students:
            if student not in known:
                add = proposed_inside(course.root, "nbgrader", "db", "student", "add", student)
                near = get_close_matches(student, known, n=1)
                hint = f"is {near[0]!r} meant?" if near else f"`{add}` enters one."
                raise TplibError(f"there is no student {student!r} in this course: {hint} Nothing was changed")
        rows = {one.student_id: one for one in _submissions(gradebook, assignment) if one.student_id in students}
        for student in students:
            kept.pop(student, None)
            if student in rows:
                rows[student].extension = extension
            elif extension is not None:
                kept[student] = extension.total_seconds()
        gradebook.db.commit()
    every = {**_read(course.root), assignment: kept}
    content = {name: students for name, students in every.items() if students}
    write_atomically(_file(course.root), json.dumps(content, ensure_ascii=False, indent=1).encode())
    return [student for student in students if student in rows]


def waiting(root: Path, assignment: str) -> dict[str, float]:
    """The extensions in seconds of students whose submission may not be in the gradebook yet."""
    return dict(_read(root).get(assignment, {}))


def _submissions(gradebook: Any, assignment: str) -> list[Any]:
    from nbgrader.api import MissingEntry

    try:
        return list(gradebook.find_assignment(assignment).submissions)
    except MissingEntry:
        return []


def _file(root: Path) -> Path:
    return root / ".tplib" / "extensions.json"


def _read(root: Path) -> dict[str, dict[str, float]]:
    path = _file(root)
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
        return {name: {one: float(seconds) for one, seconds in given.items()} for name, given in found.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise TplibError(
            f"{path} cannot be read ({error}): move it away, and give its extensions again: "
            + proposed(root, "extension", "ASSIGNMENT", "STUDENT", "--days", "1")
        ) from error
