"""The due date of an assignment: it stands in nbgrader's gradebook, where an option or the configuration may put it."""

from __future__ import annotations

from datetime import UTC, datetime

from tplib.autograde.bridge.course import Course
from tplib.autograde.submissions.clock import read_date, told
from tplib.errors import TplibError

SETTING = "c.Assignments.due"  # a dictionary: by assignment, a date as `tp grade --due` takes it
NONE = "none"


def wanted_due(course: Course, assignment: str, typed: str | None) -> tuple[datetime | None, str] | None:
    """The date that `--due` or else the configuration gives, in UTC, and which of them does; None where neither does.

    `none` takes a date away. Raises TplibError where it is no date.
    """
    where = "--due"
    if typed is None:
        where = f"{SETTING}[{assignment!r}]"
        configured = course.app.config.get("Assignments", {}).get("due", {})
        if not isinstance(configured, dict):
            raise TplibError(f"the configuration's {SETTING} should be a dictionary: {{'ps1': '2026-11-12 23:59'}}")
        if assignment not in configured:
            return None
        typed = str(configured[assignment])
    if typed.strip().lower() == NONE:
        return None, where
    return read_date(typed, course.app.config, where), where


def enter_due(course: Course, assignment: str, wanted: tuple[datetime | None, str] | None) -> list[str]:
    """Put that date into the gradebook, which has the assignment. Gives a sentence where it was another one."""
    if wanted is None:
        return []
    date, where = wanted
    naive = date.astimezone(UTC).replace(tzinfo=None) if date else None
    with course.gradebook() as gradebook:
        entry = gradebook.find_assignment(assignment)
        before = entry.duedate
        if before == naive:
            return []
        entry.duedate = naive
        gradebook.db.commit()

    def text(time: datetime | None) -> str:
        return told(time, course.app.config) if time else "none"

    return [f"the due date is {text(naive)} now, as {where} says; it was {text(before)}"]
