"""Who handed in late, and who not at all: for the terminal, the class report and feedback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tplib.autograde.submissions.clock import told

if TYPE_CHECKING:
    from nbgrader.api import Assignment, SubmittedAssignment

DAY = 86_400
UNITS = ((DAY, "day", "days"), (3600, "h", "h"), (60, "min", "min"))


@dataclass(frozen=True)
class Lateness:
    """due: the assignment's date, in UTC; None where it has none, and then nobody is late.

    late: by student, how long after the date, an extension of this student's included; the latest first.
    absent: the students of whom work is expected and who have handed in nothing. told: the date as people read it.
    """

    due: datetime | None = None
    late: dict[str, timedelta] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    told: str = ""


def read_lateness(
    entry: Assignment, expected: Iterable[str], handed_in: Iterable[str] = (), config: Any = MappingProxyType({})
) -> Lateness:
    """Of an assignment in the gradebook.

    expected: those of whom a submission is expected. handed_in: those with a folder in submitted/, graded or not.
    config: nbgrader's, which may say the course's time zone.
    """
    delays = {submission.student.id: delay_of(submission) for submission in entry.submissions}
    late = {student: delay for student, delay in delays.items() if delay}
    ordered = sorted(late.items(), key=lambda item: (-item[1], item[0]))
    absent = tuple(sorted(set(expected) - delays.keys() - set(handed_in)))
    return Lateness(entry.duedate, dict(ordered), absent, told(entry.duedate, config) if entry.duedate else "")


def delay_of(submission: SubmittedAssignment) -> timedelta:
    """How long after its date a submission came; nothing where the date or the time of handing in is not known."""
    due = submission.assignment.duedate
    if due is None or submission.timestamp is None:
        return timedelta()
    return max(timedelta(), submission.timestamp - due - (submission.extension or timedelta()))


def duration(seconds: float) -> str:
    """`29 days`, `3 h 20 min`, `4 min`: the two largest units, days alone from ten on."""
    left, parts = int(seconds), list[str]()
    for size, one, several in UNITS:
        count, left = divmod(left, size)
        if count or parts:
            parts.append(f"{count} {one if count == 1 else several}")
        if len(parts) == 2 or (size == DAY and count >= 10):
            break
    kept = [part for part in parts if not part.startswith("0 ")]
    return " ".join(kept) or "less than 1 min"
