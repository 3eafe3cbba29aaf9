"""The marking scheme and the model answer of each cell that a person marks, from the instructor's notebook.

A graded copy does not hold them: what a student hands in takes the place of an answer cell, scheme and all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearMarkScheme, ClearSolutions

from tplib.autograde.html.hidden import split
from tplib.autograde.html.safehtml import preformatted
from tplib.autograde.html.sanitize import render
from tplib.autograde.notebook_files import load

ITEM = re.compile(r"^\s*[-*+] +\**(\d+(?:[.,]\d+)?)\b", re.MULTILINE)  # "- 0.5: ..." and "- **0.5** ..."
DECIMAL = re.compile(r"(?<![\d.,])\d+[.,]\d+(?![\d.,]*\d)")
MOST_STEPS = 12
FINEST = 20  # parts of a point: a decimal with finer ones is no number of points


@dataclass(frozen=True)
class Scheme:
    """What stands beside an answer: HTML that is safe to show, and the points that one click gives."""

    scheme: str
    answer: str
    steps: tuple[float, ...]


def read_schemes(path: Path, config: Any) -> dict[str, Scheme]:
    """By grade id, in the order of the notebook. config: the parent of nbgrader's preprocessors.

    Raises OSError and ValueError where the notebook cannot be read.
    """
    scheme, solution = ClearMarkScheme(parent=config), ClearSolutions(parent=config)
    region = (scheme.begin_mark_scheme_delimeter, scheme.end_mark_scheme_delimeter)
    marks = (*region, solution.begin_solution_delimeter, solution.end_solution_delimeter)
    return {
        str(cell.metadata.nbgrader["grade_id"]): scheme_of(cell, region, marks)
        for cell in load(path).cells
        if is_marked_by_hand(cell)
    }


def is_marked_by_hand(cell: NotebookNode) -> bool:
    values = cell.metadata.get("nbgrader", {})
    return bool(values.get("grade_id") and (values.get("task") or (values.get("solution") and values.get("grade"))))


def scheme_of(cell: NotebookNode, region: tuple[str, str], marks: tuple[str, ...]) -> Scheme:
    visible, hidden = split(cell.source, (region,))
    scheme = "\n".join(without(hidden.values(), marks)).strip()
    answer = "\n".join(without(visible.split("\n"), marks)).strip()
    if cell.metadata.nbgrader.get("task"):  # its visible text is the question, which stands in the copy too
        answer = ""
    show = preformatted if cell.cell_type == "code" else lambda text: render(text, cell.get("attachments", {}))
    return Scheme(
        render(scheme, {}) if scheme else "",
        show(answer) if answer else "",
        steps(float(cell.metadata.nbgrader.get("points") or 0), scheme),
    )


def without(lines: Any, marks: tuple[str, ...]) -> Iterator[str]:
    """The lines that hold none of the marks."""
    return (line for line in lines if not any(mark in line for mark in marks))


def steps(points: float, scheme: str) -> tuple[float, ...]:
    """The numbers of points to choose from: all sums that the scheme's items allow; without items, quarters."""
    items = ITEM.findall(scheme)
    named = [float(number.replace(",", ".")) for number in (*items, *(DECIMAL.findall(scheme) if items else ()))]
    parts = [round(FINEST * value) for value in named if 0 < value <= points and (FINEST * value).is_integer()]
    if points <= 0:
        return (0.0,)
    unit = math.gcd(*parts, round(FINEST * points)) / FINEST if parts else points / 4
    while points / unit > MOST_STEPS:
        unit *= 2
    return (*(round(unit * k, 4) for k in range(math.ceil(points / unit - 1e-9))), points)
