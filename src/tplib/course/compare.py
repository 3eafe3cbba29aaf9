"""`tp build --check`: are `source/` and `release/` what `course/` makes? Outputs are left to nbval."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tplib.course.layout import Course

DIFF_LINES = 12


def first_difference(expected: NotebookNode, found: NotebookNode) -> str | None:
    """The first cell or metadata in which two notebooks differ, with a short diff; None if only outputs do."""
    for number, (mine, theirs) in enumerate(zip(expected.cells, found.cells, strict=False), 1):
        mine_text, theirs_text = _as_lines(mine), _as_lines(theirs)
        if mine_text != theirs_text:
            return f"cell {number} differs\n{_diff(theirs_text, mine_text)}"
    if len(expected.cells) != len(found.cells):
        return f"it has {len(found.cells)} cells, and course/ makes {len(expected.cells)}"
    mine_text, theirs_text = _about(expected), _about(found)
    if mine_text != theirs_text:
        return f"the notebook's metadata differ\n{_diff(theirs_text, mine_text)}"
    return None


def file_differences(course: Course, assignment: str) -> list[str]:
    """Supporting files that are missing or differ in source/ or release/, and files that course/ does not make."""
    problems = []
    for stage in ("source", "release"):
        for file in course.supporting_files(assignment):
            copy = course.root / stage / assignment / file
            if not copy.is_file():
                problems.append(f"{Path(stage, assignment, file)} is missing")
            elif copy.read_bytes() != (course.root / "course" / assignment / file).read_bytes():
                problems.append(f"{Path(stage, assignment, file)} differs from course/")
        problems += [f"{file} comes from nothing in course/; remove it" for file in course.strays(stage, assignment)]
    return problems


def _as_lines(cell: NotebookNode) -> list[str]:
    head = f"{cell.cell_type} cell, id {cell.get('id')}"
    return [head, *_json(cell.metadata), *cell.source.splitlines()]


def _about(notebook: NotebookNode) -> list[str]:
    return [f"nbformat {notebook.nbformat}.{notebook.nbformat_minor}", *_json(notebook.metadata)]


def _json(value: Any) -> list[str]:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).splitlines()


def _diff(found: list[str], expected: list[str]) -> str:
    lines = list(difflib.unified_diff(found, expected, "committed", "from course/", lineterm="", n=1))
    cut = [f"... and {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else []
    return "\n".join(f"    {line}" for line in lines[:DIFF_LINES] + cut)
