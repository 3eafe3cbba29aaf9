"""What a check records of the way to an answer: how many checks it took, and which mistakes were named on it.

It stands in the check's own output and is saved with the notebook; nothing is sent. A student can edit it as any other
output, so it is for looking at, never for marks: grading judges every answer anew and reads none of this. Which hints
were unfolded is not in it: that happens in the browser, where no code of ours runs.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from tplib.graders.verdict import Verdict
from tplib.mime import VERDICT

MOST = 100_000  # checks; a larger number was written by somebody
SIZE_CAP = 64 << 20  # bytes of a notebook
DIGEST = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True)
class Record:
    """The way to one answer.

    checks    how many times it was checked
    right_at  which of these checks was the first that found it right; None if none was
    mistakes  how many checks named each mistake, and with it asked the question that is its first hint
    digest    of the cell that defined the answer at the last check; empty where it is not known
    """

    checks: int = 0
    right_at: int | None = None
    mistakes: dict[str, int] = field(default_factory=dict)
    digest: str = ""

    def after(self, verdict: Verdict, cell: str | None = None) -> Record:
        """The record once one more check gave this verdict; cell: the text of the one that defined the answer."""
        checks, mistakes = self.checks + 1, dict(self.mistakes)
        if verdict.misconception:
            mistakes[verdict.misconception] = mistakes.get(verdict.misconception, 0) + 1
        right_at = self.right_at or (checks if verdict.status == "right" else None)
        return Record(checks, right_at, mistakes, digest(cell) if cell else "")

    def as_dict(self) -> dict[str, Any]:
        about = {"checks": self.checks, "right_at": self.right_at, "mistakes": self.mistakes}
        return about | ({"digest": self.digest} if self.digest else {})


def record_of(stored: Any) -> Record:
    """The record in a stored verdict; what is not of its form counts as not there."""
    about = stored if isinstance(stored, dict) else {}
    mistakes = about.get("mistakes")
    known = mistakes.items() if isinstance(mistakes, dict) else ()
    counted = {name: n for name, count in known if isinstance(name, str) and len(name) <= 100 and (n := _count(count))}
    checks = _count(about.get("checks"))
    right_at = _count(about.get("right_at")) or None
    known_cell = about.get("digest")
    of_cell = known_cell if isinstance(known_cell, str) and DIGEST.fullmatch(known_cell) else ""
    return Record(checks, right_at if right_at and right_at <= checks else None, counted, of_cell)


def digest(cell: str) -> str:
    """A short text that stands for a cell's source; blank ends of lines do not count."""
    lines = [line.rstrip() for line in cell.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode(errors="replace")).hexdigest()[:16]


def records(content: bytes) -> dict[str, Record]:
    """The records that a notebook file holds, by exercise: {} where it is no notebook.

    For a teacher's page (`wanted`). The bytes are a student's: read them in a child with limits, escape the names of
    mistakes, and show no name that is not among the exercise's own (`exercises()`), which a student could have written.
    """
    found: dict[str, Record] = {}
    try:
        cells = json.loads(content)["cells"] if len(content) <= SIZE_CAP else []
        for cell in cells:
            for output in cell.get("outputs", []):
                stored = output.get("data", {}).get(VERDICT)
                if isinstance(stored, dict) and isinstance(stored.get("exercise"), str):
                    found[stored["exercise"]] = record_of(stored)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return found
    return found


def wanted(settings: Any) -> bool:
    """Whether the course's nbgrader_config.py has its teachers see the records: `c.ClassReport.show_checks = True`."""
    return settings.get("ClassReport", {}).get("show_checks", False) is True


def _count(value: Any) -> int:
    return value if type(value) is int and 0 < value <= MOST else 0
