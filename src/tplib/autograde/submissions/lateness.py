"""Who handed in late, and who not at all: for the terminal, the class report and feedback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.api import Assignment, SubmittedAssignment

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


@dataclass(frozen=True)
class Lateness:
    """due: the assignment's date, in UTC; None where it has none, and then nobody is late.

    late: by student, how long after the date, an extension of this student's included; the latest first.
    absent: the students of the gradebook who have handed in nothing.
    """

    due: datetime | None = None
    late: dict[str, timedelta] = field(default_factory=dict)
    absent: tuple[str, ...] = ()


def read_lateness(entry: Assignment, enrolled: Iterable[str], handed_in: Iterable[str] = ()) -> Lateness:
    """Of an assignment in the gradebook.

    enrolled: those of whom a submission is expected. handed_in: those with a folder in submitted/, graded or not.
    """
    delays = {submission.student.id: delay_of(submission) for submission in entry.submissions}
    late = {student: delay for student, delay in delays.items() if delay}
    ordered = sorted(late.items(), key=lambda item: (-item[1], item[0]))
    return Lateness(entry.duedate, dict(ordered), tuple(sorted(set(enrolled) - delays.keys() - set(handed_in))))


def delay_of(submission: SubmittedAssignment) -> timedelta:
    """How long after its date a submission came; nothing where the date or the time of handing in is not known."""
    due = submission.assignment.duedate
    if due is None or submission.timestamp is None:
        return timedelta()
    return max(timedelta(), submission.timestamp - due - (submission.extension or timedelta()))


def in_words(delay: timedelta) -> str:
    """`29 days`, `1 day`, `5 hours`: the largest unit that fits, rounded down."""
    seconds = int(delay.total_seconds())
    for name, length in UNITS:
        if count := seconds // length:
            return f"{count} {name}" + ("s" if count > 1 else "")
    return "less than a minute"
