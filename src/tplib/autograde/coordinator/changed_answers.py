"""Which answers are others than at the last grading: a mark given by hand stays good for an answer that is the same."""

from __future__ import annotations

import contextlib
import json
from typing import Any

SHOWN = ("data", "text", "name", "ename", "evalue")  # what a human sees of an output


def changed_answers(before: bytes, after: bytes) -> set[str] | None:
    """The graded cells (by grade id) whose answer differs between two graded copies; None where one cannot be read.

    A test's answer is the last answer cell above it, with what the test shows.
    """
    try:
        old, new = answers(before), answers(after)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def answers(notebook: bytes) -> dict[str, Any]:
    """For each graded cell what a human marks."""
    found: dict[str, Any] = {}
    above: Any = None
    for cell in json.loads(notebook)["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        outputs = [[output.get(key) for key in SHOWN] for output in cell.get("outputs", ())]
        answer = ["".join(cell["source"]), cell.get("attachments"), outputs]
        if marks.get("solution"):
            above = answer
        if marks.get("grade") or marks.get("task"):
            found[marks["grade_id"]] = answer if marks.get("solution") or marks.get("task") else [answer, above]
    return found


def read_bytes(path: Any) -> bytes:
    """The earlier graded copy, or nothing."""
    with contextlib.suppress(OSError):
        return bytes(path.read_bytes())
    return b""
