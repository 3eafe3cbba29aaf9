"""What each grading found, kept for the class report: `.tplib/history/ASSIGNMENT.jsonl`, which only grows."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tplib.autograde.coordinator.graded_notebook import graded_notebook
from tplib.autograde.coordinator.secret import FOLDER
from tplib.autograde.messages.grading import GradingResult


@dataclass(frozen=True)
class Found:
    """What a grading found of one graded cell. status, misconception: "" where no examiner judged it."""

    score: float | None
    status: str = ""
    misconception: str = ""


Cells = Mapping[str, Mapping[str, Found]]  # by notebook and grade id


@dataclass(frozen=True)
class Entry:
    """One grading of one student's submission.

    graded     when
    handed_in  when, if the submission says so
    content    a digest of what was handed in; "" where it is not known. A new one is a new attempt
    seconds    of a worker
    failure    why there is no grade, or ""
    """

    student: str
    graded: datetime
    handed_in: datetime | None = None
    content: str = ""
    seconds: float = 0.0
    failure: str = ""
    cells: Cells = field(default_factory=dict)

    def says_the_same(self, other: Entry) -> bool:
        """Whether it adds nothing to `other`: the same work with the same outcome."""
        same_work = self.content == other.content or not (self.content and other.content)
        return same_work and (self.handed_in, self.failure, self.cells) == (other.handed_in, other.failure, other.cells)


class History:
    """The history of an assignment. What is there already is not written again, so that a resumed run adds nothing."""

    def __init__(self, root: Path, assignment: str) -> None:
        self.path = history_path(root, assignment)
        self.last = {entry.student: entry for entry in read_history(root, assignment)}

    def enter(self, entry: Entry) -> None:
        """Add an entry. Raises OSError."""
        last = self.last.get(entry.student)
        if last is not None and entry.says_the_same(last):
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            line = to_line(entry)
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else b"\n" + line  # a run was killed in the middle of a line
            file.write(line)
        self.last[entry.student] = entry


def history_path(root: Path, assignment: str) -> Path:
    return root / FOLDER / "history" / f"{assignment}.jsonl"


def read_history(root: Path, assignment: str) -> list[Entry]:
    """All entries, oldest first. A line that is not whole is left out; without a file there is none."""
    entries: list[Entry] = []
    with contextlib.suppress(OSError), history_path(root, assignment).open("rb") as lines:
        for line in lines:
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                entries.append(from_line(line))
    return entries


def entry_of(result: GradingResult, content: str = "") -> Entry:
    """What to keep of a result that has been entered in the gradebook."""
    cells = {}
    for name, scores in result.notebooks.items():
        verdicts = graded_notebook(result.files.get(f"{name}.ipynb", b"")).verdicts
        cells[name] = {
            grade_id: Found(
                score,
                str(verdicts.get(grade_id, {}).get("status") or ""),
                str(verdicts.get(grade_id, {}).get("misconception") or ""),
            )
            for grade_id, (score, _) in scores.grades.items()
        }
    handed_in = datetime.fromisoformat(result.timestamp).replace(tzinfo=UTC) if result.timestamp else None
    seconds = round(sum(result.timings.values()), 3)
    return Entry(result.student, datetime.now(UTC), handed_in, content, seconds, cells=cells)


def failed_entry(student: str, reason: str) -> Entry:
    """What to keep of a grading that could not be done."""
    return Entry(student, datetime.now(UTC), failure=reason)


def to_line(entry: Entry) -> bytes:
    values = {
        "student": entry.student,
        "graded": entry.graded.isoformat(timespec="seconds"),
        "handed_in": entry.handed_in and entry.handed_in.isoformat(),
        "content": entry.content,
        "seconds": entry.seconds,
        "failure": entry.failure,
        "cells": {
            notebook: {name: [found.score, found.status, found.misconception] for name, found in cells.items()}
            for notebook, cells in entry.cells.items()
        },
    }
    return json.dumps(values).encode() + b"\n"


def from_line(line: bytes) -> Entry:
    """The entry that `to_line` wrote. Raises ValueError, KeyError, TypeError or AttributeError where it did not."""
    values: dict[str, Any] = json.loads(line)
    return Entry(
        values["student"],
        datetime.fromisoformat(values["graded"]),
        datetime.fromisoformat(values["handed_in"]) if values["handed_in"] else None,
        values["content"],
        float(values["seconds"]),
        values["failure"],
        {
            notebook: {name: Found(*found) for name, found in cells.items()}
            for notebook, cells in values["cells"].items()
        },
    )
