"""The names and numbers of exercises in a course's overview pages: `course/schedule.md` and the README's table.

Their texts are people's; what the registry knows is put in by the build: the name of each exercise in the row of its
notebook, in the session or at home, and the number of exercises of each assignment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tplib.course.additions import Exercise
from tplib.course.layout import replace_if_changed

ROW = re.compile(r"^\| `(\w+)` \| (.*) \| (\d+) \| (.*) \| (\d+) \|$", re.MULTILINE)
COUNTED = re.compile(r"^(\| (\S+) \| .+ \| )(\d+)( \| \d+, \d+ \|)$", re.MULTILINE)


def schedule(text: str, exercises: Sequence[Exercise]) -> str:
    """The plan, with the exercises that it does not name yet at the end of their cells."""
    sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return "".join(_section(section, exercises) for section in sections)


def _section(section: str, exercises: Sequence[Exercise]) -> str:
    def row(found: re.Match[str]) -> str:
        notebook, now, minutes, later, more = found.groups()
        own = [one for one in exercises if section.startswith(f"## {one.assignment}:") and one.notebook == notebook]
        named = set(re.findall(r"`(\w+)`", f"{now} {later}"))
        new = [one for one in own if one.name not in named]
        now = _more(now, [one.name for one in new if not one.at_home])
        later = _more(later, [one.name for one in new if one.at_home])
        return f"| `{notebook}` | {now} | {minutes} | {later} | {more} |"

    return ROW.sub(row, section)


def _more(cell: str, names: Iterable[str]) -> str:
    return ", ".join(part for part in (cell, *(f"`{name}`" for name in names)) if part)


def readme(text: str, exercises: Sequence[Exercise]) -> str:
    """The table of sessions, with the number of exercises of each assignment that has some."""

    def counted(found: re.Match[str]) -> str:
        number = sum(one.assignment == found[2] for one in exercises)
        return f"{found[1]}{number or found[3]}{found[4]}"

    return COUNTED.sub(counted, text)


PAGES: dict[str, Callable[[str, Sequence[Exercise]], str]] = {"course/schedule.md": schedule, "README.md": readme}


def write_overviews(root: Path, exercises: Sequence[Exercise]) -> list[Path]:
    """Bring the pages that are there up to date; those that changed."""
    return [Path(name) for name, text in _wanted(root, exercises) if replace_if_changed(root / name, text.encode())]


def overview_differences(root: Path, exercises: Sequence[Exercise]) -> list[str]:
    """Which pages are not up to date."""
    return [
        f"{name} does not name all exercises, or their number"
        for name, text in _wanted(root, exercises)
        if (root / name).read_text(encoding="utf-8") != text
    ]


def _wanted(root: Path, exercises: Sequence[Exercise]) -> Iterable[tuple[str, str]]:
    for name, update in PAGES.items():
        if (root / name).is_file():
            yield name, update((root / name).read_text(encoding="utf-8"), exercises)
