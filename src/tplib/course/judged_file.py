"""By which state of the exercises that come with packages the built notebooks were judged: source/.judged-by/.

A course's own exercises need none: what they make lies beside the notebooks (`public_file`).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Container, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.course.layout import Page, replace_if_changed
from tplib.course.public_file import own_exercises
from tplib.graders.exercise import Exercise as Judged
from tplib.graders.fingerprint import fingerprint

if TYPE_CHECKING:
    from tplib.course.dialect import Exercise
    from tplib.course.layout import Course

FOLDER = Path("source", ".judged-by")
Record = dict[str, dict[str, str]]  # by notebook, the fingerprints of its exercises


class JudgedFile:
    """The fingerprints of an assignment's exercises as they are, and as they were when their notebooks ran.

    A mistake that is added or changed judges no right answer otherwise, and has nothing run. An exercise of which
    nothing is written down counts as unchanged.
    """

    def __init__(self, course: Course, assignment: str, exercises: Iterable[Exercise]) -> None:
        self.course, self.assignment = course, assignment
        self.path = FOLDER / f"{assignment}.json"
        notebooks = [page.notebook for page in course.pages([assignment])]
        own = {exercise.name for exercise in own_exercises(assignment)}
        self.now: Record = {}
        for one in exercises:
            if isinstance(one, Judged) and one.assignment == assignment and one.name not in own:
                self.now.setdefault(one.notebook, {})[one.name] = fingerprint(one, mistakes=False)
        before = _read(course.root / self.path)
        self.before = {name: before[name] for name in notebooks if name in before}

    def changed_in(self, notebooks: Container[str]) -> list[str]:
        """The exercises of these notebooks that are not what they were when it ran."""
        return [
            name
            for notebook, now in self.now.items()
            for name, text in now.items()
            if notebook in notebooks and self.before.get(notebook, {}).get(name, text) != text
        ]

    @property
    def changed(self) -> list[str]:
        return self.changed_in(self.now)

    def put(self, built: Container[Page], ran: Container[Page]) -> tuple[list[Path], list[str]]:
        """Write down by what the notebooks of this build were judged; what changed, and what the author should know."""
        if not self.now:
            return [], []
        record, notes = dict(self.before), []
        for notebook, now in self.now.items():
            page = Page(self.assignment, notebook)
            waiting = [] if page in ran else self.changed_in([notebook])
            if page in built:
                record[notebook] = now | {name: self.before[notebook][name] for name in waiting}
                notes += [f"{name} has changed: {notebook} must run with it" for name in waiting]
        content = (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()
        return ([self.path] if replace_if_changed(self.course.root / self.path, content) else []), notes

    def differences(self, pages: Iterable[Page]) -> list[str]:
        """What is to be told where these notebooks were judged by other exercises, or nothing is written down."""
        notebooks = [page.notebook for page in pages if page.assignment == self.assignment]
        if changed := self.changed_in(notebooks):
            return [f"{self.path}: {' and '.join(changed)} changed since the notebook was run"]
        if any(self.before.get(name, {}) != self.now.get(name, {}) for name in notebooks):
            return [f"{self.path} does not say by which exercises the notebooks were judged"]
        return []


def _read(path: Path) -> Record:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: dict(record) for name, record in found.items()}
    return {}
