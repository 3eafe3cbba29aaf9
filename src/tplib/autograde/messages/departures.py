"""Cells whose points plain nbgrader would give otherwise, on purpose: docs/grading.md has the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Departure:
    """A test cell of a notebook, its points here and in plain nbgrader (None: it stops there), and why."""

    cell: str
    ours: float
    theirs: float | None
    why: str

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Departure:
        return cls(**{item.name: values[item.name] for item in fields(cls)})

    @property
    def points(self) -> str:
        theirs = "no grade" if self.theirs is None else f"{self.theirs:g}"
        return f"{self.ours:g} here, {theirs} in plain nbgrader"


class Shared(NamedTuple):
    """A departure that several students have, in one notebook."""

    notebook: str
    departure: Departure
    students: list[str]


def together(found: Iterable[tuple[str, str, Departure]]) -> list[Shared]:
    """Equal departures once, with all students, the most frequent first. `found`: student, notebook and departure."""
    groups: dict[tuple[str, Departure], list[str]] = {}
    for student, notebook, departure in found:
        groups.setdefault((notebook, departure), []).append(student)
    shared = [Shared(*key, students) for key, students in groups.items()]
    return sorted(shared, key=lambda group: (-len(group.students), group.notebook, group.departure.cell))
