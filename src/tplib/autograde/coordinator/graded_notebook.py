"""What a graded notebook says of its student: verdicts, answers, problems. Only what our examiner wrote is believed."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tplib.autograde.messages.departures import Departure
from tplib.autograde.messages.problems import Problem
from tplib.mime import VERDICT


@dataclass
class GradedNotebook:
    """What a student's graded notebook holds, by grade id.

    answers  a check cell's grade id -> that of the answer cell before it
    order    the graded cells, from top to bottom
    sources  of the answer cells with code
    """

    verdicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    sandbox: bool | None = None
    unprotected: set[str] = field(default_factory=set)
    tampering: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)


def read_graded(path: Path) -> GradedNotebook:
    """Read a graded notebook. An unreadable one says nothing."""
    with contextlib.suppress(OSError):
        return graded_notebook(path.read_bytes())
    return GradedNotebook()


def graded_notebook(content: bytes) -> GradedNotebook:
    """What the graded notebook of these bytes says; of one that cannot be read, what comes before the damage."""
    graded = GradedNotebook()
    with contextlib.suppress(ValueError, KeyError, AttributeError, TypeError):
        notebook = json.loads(content)  # nbformat's own reader takes ten times as long
        ran = notebook["metadata"].get("tplib", {})
        graded.problems = [Problem.from_dict(values) for values in ran.get("problems", ())]
        graded.departures = [Departure.from_dict(values) for values in ran.get("departures", ())]
        graded.sandbox = ran.get("sandbox")
        graded.unprotected = set(ran.get("unprotected", ()))
        graded.tampering = [str(sentence) for sentence in ran.get("tampering", ())]
        _read_cells(graded, notebook["cells"], set(ran.get("judged", ())))
    return graded


def _read_cells(graded: GradedNotebook, cells: list[dict[str, Any]], judged: set[str]) -> None:
    """judged: the cells that our examiner judged; what looks like a verdict elsewhere may be a student's."""
    answer = None
    for cell in cells:
        marks = cell["metadata"].get("nbgrader", {})
        grade_id = marks.get("grade_id")
        if marks.get("solution"):
            answer = grade_id
            if cell["cell_type"] == "code":
                graded.sources[grade_id] = "".join(cell["source"])
        if grade_id is None or not (marks.get("grade") or marks.get("task")):
            continue
        graded.order.append(grade_id)
        if answer is not None:
            graded.answers[grade_id] = answer
        for output in cell.get("outputs", []) if grade_id in judged else ():
            verdict = output.get("data", {}).get(VERDICT)
            if output["output_type"] == "execute_result" and isinstance(verdict, dict):
                graded.verdicts[grade_id] = verdict
