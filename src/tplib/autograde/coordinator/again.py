"""Whom a run with --force has still to grade: a run that is stopped leaves them to the next one.

Such a run first takes over what is new in source/, points included. Until a student is graded again, the gradebook has
points of before beside the maximum of now, so who is left must not pass for graded.

The digest of tests (`newer_work`) does not tell it: a run with --force may have other reasons, an exercise judged
otherwise or another version of a library, and changes no test then.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path

from tplib.autograde.coordinator.secret import FOLDER
from tplib.files import write_atomically


def left_to_grade(root: Path, assignment: str) -> set[str]:
    """The students whom a stopped run has left; none where the list cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        names = json.loads(_path(root, assignment).read_bytes())
        if isinstance(names, list):
            return {name for name in names if isinstance(name, str)}
    return set()


def leave(root: Path, assignment: str, students: Iterable[str]) -> None:
    """Write down who is left, on the disk before anything else is done. Raises OSError."""
    path, names = _path(root, assignment), sorted(students)
    if names:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, json.dumps(names).encode())
    else:
        path.unlink(missing_ok=True)


def _path(root: Path, assignment: str) -> Path:
    return root / FOLDER / "journal" / f"{assignment}.again"
