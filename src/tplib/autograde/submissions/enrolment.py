"""Whose work is expected: the platform's tables of the class, as they were given to `tp collect --roster`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tplib.errors import TplibError
from tplib.files import write_atomically

Tables = list[list[str]]  # the ids of the students of each table


@dataclass
class Enrolment:
    """Who stands in the tables of the class.

    tables: by assignment, the one whose tables are newest last. Several where each is another group's.
    listed: everyone who ever stood in one.
    """

    path: Path
    tables: dict[str, Tables] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)

    def enter(self, assignment: str, students: Iterable[str]) -> list[str]:
        """Take in a table. It replaces those of this assignment that share a student with it: they are older ones.

        A table that shares nobody with another is of another group, and both count. Gives who is in none any more.
        """
        table = sorted(set(students))
        before = self.tables.pop(assignment, [])
        self.tables[assignment] = [other for other in before if set(other).isdisjoint(table)] + [table]
        self.listed.update(table)
        return sorted(_union(before) - _union(self.tables[assignment]))

    def before(self, assignment: str) -> dict[str, Any]:
        """What `restore` takes, to undo an `enter`."""
        return {"tables": self.tables.get(assignment, []), "listed": sorted(self.listed)}

    def restore(self, assignment: str, before: dict[str, Any]) -> None:
        self.tables.pop(assignment, None)
        if before["tables"]:
            self.tables[assignment] = before["tables"]
        self.listed = set(before["listed"]) | {one for tables in self.tables.values() for one in _union(tables)}

    def expected(self, assignment: str, known: Iterable[str]) -> set[str]:
        """Of whom work is expected; known: the students of the gradebook.

        The tables of the assignment say it, or the newest ones where it has none. Who never stood in a table was
        entered by hand, or handed in, and is expected too.
        """
        tables = self.tables.get(assignment) or next(reversed(self.tables.values()), [])
        return (set(known) - self.listed) | _union(tables)

    def save(self) -> None:
        """Raises OSError."""
        content = {"tables": self.tables, "listed": sorted(self.listed)}
        write_atomically(self.path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def open_enrolment(root: Path) -> Enrolment:
    """What is known in the course in `root`. Raises TplibError where its file is damaged."""
    enrolment = Enrolment(root / ".tplib" / "enrolled.json")
    if not enrolment.path.exists():
        return enrolment
    try:
        content = json.loads(enrolment.path.read_text("utf-8"))
        enrolment.tables = {
            str(assignment): [[str(student) for student in table] for table in tables]
            for assignment, tables in content["tables"].items()
        }
        enrolment.listed = {str(student) for student in content["listed"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TplibError(
            f"{enrolment.path} cannot be read ({error}): put a copy of it back, or move it away and collect once more "
            "with --roster"
        ) from error
    return enrolment


def expected(root: Path, assignment: str, known: Iterable[str]) -> set[str]:
    """Of whom work for an assignment of the course in `root` is expected; known: the students of the gradebook."""
    return open_enrolment(root).expected(assignment, known)


def _union(tables: Tables) -> set[str]:
    return {student for table in tables for student in table}
