"""Who is still to be graded again since `tp grade --force`: a run that is stopped leaves nobody with old points."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path

from tplib.autograde.coordinator.secret import FOLDER


class Forced:
    """The students who wait, in a file with a line for each thing that happened: who is to be graded, who was."""

    def __init__(self, root: Path, assignment: str) -> None:
        self.path = root / FOLDER / f"{assignment}.forced"
        self.left: set[str] = set()
        with contextlib.suppress(OSError):
            for line in self.path.read_bytes().splitlines():
                with contextlib.suppress(ValueError, KeyError, TypeError):  # cut off when a run was killed
                    event = json.loads(line)
                    self.left |= set(event["again"])
                    self.left -= set(event["done"])

    def begin(self, students: Iterable[str]) -> None:
        """All of these are to be graded again. Raises OSError."""
        again = sorted(students)
        self.left |= set(again)
        self._add({"again": again, "done": []})

    def done(self, student: str) -> None:
        """Raises OSError."""
        if student not in self.left:
            return
        self.left.remove(student)
        if self.left:
            self._add({"again": [], "done": [student]})
        else:
            self.path.unlink(missing_ok=True)

    def _add(self, event: dict[str, list[str]]) -> None:
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(b"\n" + json.dumps(event).encode() + b"\n")
