"""Where a notebook stands: a line of totals under each check, which unfolds to one line for each exercise.

It is made of the verdicts of this kernel, and for the others of those that the notebook's file stores. So a saved
notebook shows it without a kernel; the newest is under the check that ran last.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any, Protocol

from tplib.graders.record import record_of
from tplib.graders.verdict import WORDS, Status
from tplib.mime import VERDICT

FILE_CAP = 64 << 20  # bytes of a notebook that is read for its verdicts
Stored = dict[str, Any]
"""A verdict as `Verdict.as_dict` gives it."""


class Exercise(Protocol):
    """What is read of an exercise."""

    @property
    def name(self) -> str: ...
    @property
    def points(self) -> float: ...
    @property
    def at_home(self) -> bool: ...


def progress_html(exercises: Iterable[Exercise], verdicts: dict[str, Stored]) -> str:
    """The totals of a notebook and, folded, its exercises in their order with links to their headings."""
    exercises = list(exercises)
    found: list[tuple[Exercise, Status]] = [(one, status_of(verdicts.get(one.name))) for one in exercises]
    earned = sum(float(verdicts[one.name]["points"]) for one in exercises if one.name in verdicts)
    whole = sum(one.points for one in exercises)
    counts = {status: sum(status == of for _, of in found) for status in WORDS}
    told = ", ".join(f"{count} {WORDS[status][1].lower()}" for status, count in counts.items() if count)
    lines = "".join(
        f'<li><a href="#{escape(anchor(one))}" style="text-decoration:underline">{escape(one.name)}</a>: '
        f"{WORDS[status][1].lower()}, {float(verdicts.get(one.name, {}).get('points', 0)):g} of {one.points:g}"
        f"{_checks(verdicts.get(one.name))}</li>"
        for one, status in found
    )
    return (
        f'<details style="margin:.2em 0;max-width:48em"><summary>This notebook: {earned:g} of {whole:g} points '
        f'({told})</summary><ol style="margin:.2em 0">{lines}</ol></details>'
    )


def status_of(verdict: Stored | None) -> Status:
    status = (verdict or {}).get("status")
    return status if status in WORDS else "not attempted"


def _checks(verdict: Stored | None) -> str:
    """How many checks an exercise has had, if more than one, and which of them first found it right."""
    record = record_of(verdict)
    if record.checks < 2:
        return ""
    told = f", checked {record.checks} times"
    return f"{told}, right at the {_ordinal(record.right_at)}" if record.right_at else told


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def anchor(exercise: Exercise) -> str:
    """The place of an exercise's heading, as JupyterLab and nbconvert name it: its text with hyphens for spaces."""
    unit = "point" if exercise.points == 1 else "points"
    home = ", at home" if exercise.at_home else ""
    return f"Exercise {exercise.name} ({exercise.points:g} {unit}){home}".replace(" ", "-")


def stored_verdicts(path: str | None) -> dict[str, Stored]:
    """The verdicts that a notebook file stores, by exercise; none where it cannot be read."""
    found: dict[str, Stored] = {}
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        if path and Path(path).stat().st_size <= FILE_CAP:
            for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
                for output in cell.get("outputs", []):
                    verdict = output.get("data", {}).get(VERDICT)
                    if verdict is not None:
                        found[str(verdict["exercise"])] = {**verdict, "points": float(verdict["points"])}
    return found


def notebook_file(user_ns: dict[str, Any]) -> str | None:
    """The file of the running notebook, where the editor says it: Jupyter's server, or VS Code."""
    path = user_ns.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME")
    return path if isinstance(path, str) and path.endswith(".ipynb") else None
