"""What each collecting of an assignment changed, written down before it is done, so that it can be taken back."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tplib.files import write_atomically


@dataclass
class Collecting:
    """One run of `tp collect`, by the lines that it wrote.

    students: by id, where the submission went that this run replaced, below the course folder; "" for a new one.
    kept: the files that it put aside. times: by id, the text of the time that a better one replaced.
    people: of the register, before (None: not there) and after. entered: the students who were new in the gradebook.
    handed: how the work of its students had come in before (None: not at all). table: the tables of the class before
    this run changed them.
    """

    source: str
    time: datetime
    students: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    times: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[dict[str, str] | None]] = field(default_factory=dict)
    entered: list[str] = field(default_factory=list)
    handed: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    table: dict[str, Any] | None = None

    @property
    def changed_anything(self) -> bool:
        return bool(self.students or self.kept or self.times or self.people or self.entered or self.table)


class CollectJournal:
    """The journal of an assignment: a line for each thing that a run is about to change, oldest first."""

    def __init__(self, root: Path, assignment: str) -> None:
        self.path = root / ".tplib" / "collected" / f"{assignment}.jsonl"
        self.root = root

    def begin(self, source: Path) -> None:
        now = datetime.now(UTC).isoformat()  # to the microsecond: grading may follow, or have gone before, at once
        self._add({"begin": now, "source": source.name})

    def placing(self, student: str, earlier: Path | None) -> None:
        """A submission is about to be put in its place, after the one there has gone to `earlier`."""
        self._add({"student": student, "earlier": self._below(earlier) if earlier else ""})

    def keeping(self, path: Path) -> None:
        self._add({"kept": self._below(path)})

    def timing(self, student: str, before: bytes) -> None:
        """The time of a submission that stays is about to be put right."""
        self._add({"timed": student, "before": before.decode(errors="replace")})

    def entering(self, **lists: Any) -> None:
        """Students are about to be entered: the fields `people`, `entered`, `handed` and `table` of Collecting."""
        self._add(lists)

    def runs(self) -> list[Collecting]:
        """All that is written down. A line that is not whole, of a run that was killed, is left out."""
        runs: list[Collecting] = []
        with contextlib.suppress(OSError):
            for line in self.path.read_bytes().splitlines():
                with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, IndexError):
                    _take(runs, json.loads(line))
        return runs

    def drop_last(self) -> None:
        """Forget the last run, which has been taken back. Raises OSError."""
        lines = self.path.read_bytes().splitlines(keepends=True)
        begins = [number for number, line in enumerate(lines) if line.startswith(b'{"begin"')]
        write_atomically(self.path, b"".join(lines[: begins[-1]] if begins else []))

    def _below(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _add(self, values: dict[str, Any]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(json.dumps(values).encode() + b"\n")


def _take(runs: list[Collecting], values: dict[str, Any]) -> None:
    if "begin" in values:
        runs.append(Collecting(values["source"], datetime.fromisoformat(values["begin"])))
    elif "student" in values:
        runs[-1].students[values["student"]] = values["earlier"]
    elif "kept" in values:
        runs[-1].kept.append(values["kept"])
    elif "timed" in values:
        runs[-1].times[values["timed"]] = values["before"]
    else:
        run = runs[-1]
        run.people, run.entered = values["people"], values["entered"]
        run.handed, run.table = values["handed"], values["table"]
