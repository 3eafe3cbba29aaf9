"""The clock of a course: in which time zone dates without one are meant, and in which they are told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from tplib.errors import TplibError

SETTING = "c.NbGraderAPI.timezone"
OFFSET = re.compile(r"[+-]\d\d:?\d\d|Z")
DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d?:\d\d(?::\d\d)?))?(?:\s*([+-]\d\d:?\d\d|[A-Za-z]\S*))?")


def zone(name: str, where: str) -> tzinfo:
    """The time zone of that name, or of an offset such as +02:00. Raises TplibError, with `where` it was given."""
    try:
        if OFFSET.fullmatch(name):
            return datetime.strptime(name, "%z").tzinfo or UTC
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise TplibError(
            f"{where}: there is no time zone {name!r}; write it as Europe/Paris or UTC (on Windows the zones come with "
            "`pip install tzdata`)"
        ) from error


def course_zone(config: Any) -> tzinfo | None:
    """The zone that nbgrader's form grader shows times in, where the configuration says one."""
    name = config.get("NbGraderAPI", {}).get("timezone", "")
    return zone(str(name), SETTING) if name else None


def in_utc(time: datetime, own: tzinfo | None) -> datetime:
    """A time on the clock of a zone, of this machine where that is None, in UTC.

    An hour that the clock shows twice, at the end of summer time, is taken as the first: it counts for the student.
    """
    return (time.replace(tzinfo=own) if own is not None else time).astimezone(UTC)


def told(time: datetime, config: Any) -> str:
    """`2026-11-12 23:59 CET`: a time of the gradebook, which is in UTC, in the course's zone."""
    own = time.replace(tzinfo=time.tzinfo or UTC).astimezone(course_zone(config) or UTC)
    return f"{own:%Y-%m-%d %H:%M %Z}"


def read_date(text: str, config: Any, where: str) -> datetime:
    """A due date as people type it, in UTC: `2026-11-12 23:59`, with a zone after it or in the course's.

    Without hour it is the end of that day. Raises TplibError where it is no date.
    """
    found = DATE.fullmatch(text.strip())
    try:
        day, hour, named = found.groups() if found else (text, None, None)
        time = datetime.fromisoformat(f"{day} {(hour or '23:59:59').zfill(5)}")
    except ValueError as error:
        raise TplibError(
            f"{where}: {text!r} is no date; write it as '2026-11-12 23:59', or with a zone: '2026-11-12 23:59 UTC'"
        ) from error
    return in_utc(time, zone(named, where) if named else course_zone(config))
