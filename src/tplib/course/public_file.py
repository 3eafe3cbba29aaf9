"""The public part of a course's own exercises, beside the notebooks that students get."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.course.layout import Page, replace_if_changed
from tplib.errors import TplibError
from tplib.graders import course_folder
from tplib.graders.public_part import FILE, as_file, entries_in, entry, judges_as, later_because, left_out
from tplib.graders.slow import SLOW, seconds_of_a_call, sentence

if TYPE_CHECKING:
    from tplib.course.layout import Course
    from tplib.graders import Exercise


def own_exercises(assignment: str) -> list[Exercise]:
    """The exercises of an assignment that lie in the course's own folder."""
    folder = course_folder.current()
    found = [one for load in (course_folder.loaders(folder) if folder else ()) for one in load()]
    return [exercise for exercise in found if exercise.assignment == assignment]


class PublicFile:
    """The file of an assignment, as the exercises make it now and as it lies in source/.

    changed: the exercises that no longer judge a right answer as they did when their notebooks ran. Until these have
    run again, the file keeps what it holds of them: else a reference that refuses the notebook's own answer, and so
    the right answers of students, would be given out, and the next build would not see it.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self.exercises = own_exercises(assignment)
        for exercise in self.exercises:
            require_questions(exercise)
        self.made = {exercise.name: entry(exercise) for exercise in self.exercises}
        self.before = entries_in(course.root / "source" / assignment / FILE)
        self.changed = [
            name
            for name, made in self.made.items()
            if name not in self.before or not judges_as(made, self.before[name])
        ]

    def put(self, ran: Container[Page]) -> tuple[list[Path], list[str]]:
        """Put it into source/ and release/; what changed, and what its author should know.

        ran: the notebooks that ran in this build, without a check that refuses their answer.
        """
        if not self.exercises:
            return [], []
        pages = {exercise.name: Page(self.assignment, exercise.notebook) for exercise in self.exercises}
        waiting = [name for name in self.changed if name in self.before and pages[name] not in ran]
        content = as_file(self.before[name] if name in waiting else made for name, made in self.made.items())
        changed = [
            Path(stage, self.assignment, FILE)
            for stage in ("source", "release")
            if replace_if_changed(self.course.root / stage / self.assignment / FILE, content)
        ]
        notes = [
            f"{name} has changed, and {FILE} keeps it as it was: {pages[name].notebook} must run with it first"
            for name in waiting
        ]
        return changed, [*notes, *self._told()]

    def _told(self) -> Iterator[str]:
        for exercise in self.exercises:
            if (seconds := seconds_of_a_call(exercise)) * exercise.draws > SLOW:
                yield f"{exercise.name}: {sentence(exercise, seconds)}"
            made = self.made[exercise.name]
            if not exercise.private and "check" not in made:
                yield f"{exercise.name} is judged only when it is handed in: {later_because(exercise)}"
            for name in left_out(exercise, made):
                yield (
                    f"{exercise.name}: the mistake {name!r} has no name in the notebook: a file cannot hold what it "
                    "returns"
                )


def require_questions(exercise: Exercise) -> None:
    """Raise TplibError where a mistake has no question: students would read an empty hint."""
    for mistake in exercise.misconceptions:
        if mistake.question.strip() in ("", "..."):
            raise TplibError(
                f"{exercise.name}: the mistake {mistake.name!r} has no question yet, which students read as a hint. "
                "Write it, or take the mistake out"
            )


def public_file_differences(course: Course, assignment: str) -> list[str]:
    """Where source/ or release/ does not hold what the exercises make."""
    file = PublicFile(course, assignment)
    if not file.exercises:
        return []
    expected = as_file(file.made.values())
    about = f": {' and '.join(file.changed)} changed since the notebook was run" if file.changed else ""
    return [
        f"{Path(stage, assignment, FILE)} is not what exercises/ makes{about}"
        for stage in ("source", "release")
        if not (path := course.root / stage / assignment / FILE).is_file() or path.read_bytes() != expected
    ]
