"""The public part of a course's own exercises, beside the notebooks that students get."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tplib.course.layout import replace_if_changed
from tplib.graders import course_folder
from tplib.graders.public_part import FILE, later_because, left_out, write

if TYPE_CHECKING:
    from tplib.course.layout import Course
    from tplib.graders import Exercise


def own_exercises(assignment: str) -> list[Exercise]:
    """The exercises of an assignment that lie in the course's own folder."""
    folder = course_folder.current()
    found = [one for load in (course_folder.loaders(folder) if folder else ()) for one in load()]
    return [exercise for exercise in found if exercise.assignment == assignment]


def write_public_file(course: Course, assignment: str) -> tuple[list[Path], list[str]]:
    """Put it into source/ and release/; what changed, and what its author should know."""
    exercises = own_exercises(assignment)
    if not exercises:
        return [], []
    content = write(exercises)
    changed = [
        Path(stage, assignment, FILE)
        for stage in ("source", "release")
        if replace_if_changed(course.root / stage / assignment / FILE, content)
    ]
    return changed, [
        f"{exercise.name} is judged only when it is handed in: {reason}"
        for exercise in exercises
        if not exercise.private and (reason := later_because(exercise))
    ] + [
        f"{exercise.name}: the mistake {name!r} has no name in the notebook: a file cannot hold what it returns"
        for exercise in exercises
        for name in left_out(exercise)
    ]


def public_file_differences(course: Course, assignment: str) -> list[str]:
    """Where source/ or release/ does not hold what the exercises make."""
    exercises = own_exercises(assignment)
    expected = write(exercises) if exercises else None
    problems = []
    for stage in ("source", "release"):
        path = course.root / stage / assignment / FILE
        if expected is not None and (not path.is_file() or path.read_bytes() != expected):
            problems.append(f"{Path(stage, assignment, FILE)} is not what exercises/ makes")
    return problems
