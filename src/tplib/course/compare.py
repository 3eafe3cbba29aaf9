"""`tp build --check`: are `source/` and `release/` what `course/` makes? Outputs are left to nbval."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tplib.course.dialect import Exercise
from tplib.course.judged_file import JudgedFile
from tplib.course.kept import first_change
from tplib.course.layout import Course, Page
from tplib.course.overview import overview_differences
from tplib.course.public_file import public_file_differences
from tplib.course.reading import read_course, read_notebook, require_all_exercises
from tplib.course.release import student_version
from tplib.errors import TplibError
from tplib.sentences import proposed

if TYPE_CHECKING:
    from nbformat import NotebookNode

DIFF_LINES = 12


def check_course(
    root: Path,
    exercises: Iterable[Exercise],
    assignments: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
) -> list[Page]:
    """Rebuild the text of source/ and release/ aside; TplibError names each committed file that differs."""
    course, exercises = Course(root), list(exercises)
    pages = course.pages(assignments, only)
    if not only:
        require_all_exercises(course, {page.assignment for page in pages}, exercises)
    problems: list[str] = []
    stale: dict[Page, bool] = {}  # whether a build runs it
    for page, notebook in read_course(course, pages, exercises).items():
        student = student_version(notebook, page.assignment, page.notebook, root)
        for stage, expected in (("source", notebook), ("release", student)):
            path = course.generated(stage, page)
            found, difference = None, "it is missing"
            try:
                if path.is_file():
                    found = read_notebook(path)
                    difference = first_difference(expected, found) or ""
            except TplibError as error:
                difference = str(error)
            if difference:
                problems.append(f"{path.relative_to(root)}: {difference}")
                stale.setdefault(page, False)
                if stage == "source" and (found is None or first_change(notebook, found) is not None):
                    stale[page] = True
    names = list(dict.fromkeys(page.assignment for page in pages))
    files: dict[str, list[str]] = {}
    for name in names:
        beside = [] if only else [*file_differences(course, name), *public_file_differences(course, name)]
        if found_here := [*beside, *JudgedFile(course, name, exercises).differences(pages)]:
            files[name] = found_here
    overviews = [] if only else overview_differences(root, exercises)
    if problems or files or overviews:
        told = [problem for found_here in files.values() for problem in found_here]
        made = [name for name, those in files.items() if any("comes from" not in problem for problem in those)]
        raise TplibError("\n".join([*problems, *told, *overviews, *_advice(root, stale, made, bool(overviews))]))
    return pages


def _advice(root: Path, stale: dict[Page, bool], files: list[str], overviews: bool) -> list[str]:
    """The cheapest command that brings the generated files up to date, and what it will run.

    files: the assignments of which files beside the notebooks are to be made. stale: whether a notebook is run.
    """
    if not stale and not files and not overviews:  # there are only files to remove
        return []
    names = sorted({page.assignment for page in stale} | set(files))
    notebooks = [] if files else dict.fromkeys(page.notebook for page in stale)
    words = [*names, *(word for name in notebooks for word in ("--only", name))]
    command = proposed(root, "build", *([] if overviews else words))
    runs = ", ".join(page.notebook for page, run in stale.items() if run)
    cost = f"It runs {runs}, whose code has changed." if runs else "No code has changed: it runs nothing, in seconds."
    if files and not runs:
        cost = "It runs what reads a changed file, or checks a changed exercise."
    return [f"`{command}` brings source/ and release/ up to date with course/. {cost}"]


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
