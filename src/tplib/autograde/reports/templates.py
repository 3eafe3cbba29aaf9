"""The templates of all pages for people: the class page, the course page, the page over a student's feedback."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from tplib.autograde.reports.words import number, plural, seconds_text
from tplib.autograde.submissions.lateness import duration

if TYPE_CHECKING:
    import jinja2


def environment(zone: datetime.tzinfo | None = None) -> jinja2.Environment:
    """Templates that escape everything that comes from a submission. zone: of its times; None for this machine's."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("tplib.autograde.reports", "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = number
    made.filters["time"] = lambda when: when.astimezone(zone).strftime("%a %d %b %Y, %H:%M %Z")
    made.filters["short_time"] = lambda when: when.astimezone(zone).strftime("%d %b, %H:%M")
    made.filters["day"] = lambda day: f"{day:%a} {day.day} {day:%b}"
    made.globals |= {"plural": plural, "duration": duration, "seconds_text": seconds_text}
    made.globals["slug"] = lambda status: status.replace(" ", "-")
    made.globals["made"] = f"{datetime.datetime.now().astimezone(zone):%Y-%m-%d %H:%M %Z}"
    return made
