"""Drop from the gradebook the cells and notebooks that source/ no longer has, where no mark is lost by it.

What was renamed, or was there for a while, would else be demanded of every submission, and count.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tplib.autograde.notebook_files import load

if TYPE_CHECKING:
    from nbgrader.api import Assignment, Gradebook, Notebook

    from tplib.autograde.bridge.course import Course
    from tplib.autograde.coordinator.source_changes import SourceChanges


def drop_gone(
    course: Course, gradebook: Gradebook, entry: Assignment, changes: SourceChanges, taken_out: bool
) -> list[str]:
    """Drop what is gone from the gradebook, but what a human graded, and what was handed in.

    taken_out: also drop what was handed in, unless it seems to be renamed. Returns what the instructor should know.
    """
    dropped = _drop_notebooks(course, gradebook, entry, changes, taken_out)
    dropped += _drop_cells(course, gradebook, entry, changes.gone_cells, taken_out)
    if not dropped:
        return []
    gradebook.db.commit()
    gradebook.db.expire_all()
    return [
        f"source/ no longer has {', '.join(dropped)}, and no human has graded it: it was dropped from the gradebook, "
        "and does not count any more."
    ]


def _drop_notebooks(
    course: Course, gradebook: Gradebook, entry: Assignment, changes: SourceChanges, taken_out: bool
) -> list[str]:
    """A notebook seems to be renamed where source/ has one that nobody who holds the old one handed in."""
    dropped = []
    for notebook in [one for one in entry.notebooks if one.name in changes.gone_notebooks]:
        folders = [course.path("submitted", student, entry.name) for student in course.students(entry.name)]
        holders = [folder for folder in folders if (folder / f"{notebook.name}.ipynb").exists()]
        renamed = bool(holders) and any(
            not any((folder / f"{name}.ipynb").exists() for folder in holders) for name in changes.notebooks
        )
        if not _graded_by_hand(notebook) and (not holders or (taken_out and not renamed)):
            dropped.append(f"{notebook.name}.ipynb")
            gradebook.remove_notebook(notebook.name, entry.name)
    return dropped


def _drop_cells(
    course: Course, gradebook: Gradebook, entry: Assignment, gone: set[tuple[str, str]], taken_out: bool
) -> list[str]:
    if not gone:
        return []
    handed_in = _handed_in(course, entry.name, {name for name, _ in gone})
    dropped = []
    for notebook in entry.notebooks:
        theirs = handed_in.get(notebook.name, [])
        names = {cell for name, cell in gone if name == notebook.name}
        kept = {cell.name for cell in notebook.source_cells} - names
        for name in sorted(names - _graded_by_hand(notebook)):
            holders = [cells for cells in theirs if name in cells]
            renamed = bool(holders) and bool(kept.difference(*holders))
            if not holders or (taken_out and not renamed):
                _drop(gradebook, notebook, name)
                dropped.append(f"{name} of {notebook.name}.ipynb")
    return dropped


def _graded_by_hand(notebook: Notebook) -> set[str]:
    """The cells for which a human gave points or wrote a comment."""
    return {
        cell.name
        for cell in notebook._base_cells
        if any(grade.manual_score is not None or grade.extra_credit for grade in cell.grades)
        or any(comment.manual_comment for comment in cell.comments)
    }


def _drop(gradebook: Gradebook, notebook: Notebook, name: str) -> None:
    for cell in [cell for cell in notebook._base_cells if cell.name == name]:
        for row in [*cell.grades, *cell.comments]:
            gradebook.db.delete(row)
        gradebook.db.delete(cell)
    for source in [source for source in notebook.source_cells if source.name == name]:
        gradebook.db.delete(source)


def _handed_in(course: Course, assignment: str, names: set[str]) -> dict[str, list[set[str]]]:
    """For each notebook, the cells of nbgrader's that each of the submissions holds."""
    found: dict[str, list[set[str]]] = {}
    for student in course.students(assignment):
        for name in names:
            with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
                cells = load(course.path("submitted", student, assignment) / f"{name}.ipynb").cells
                found.setdefault(name, []).append(
                    {cell.metadata["nbgrader"].get("grade_id") for cell in cells if "nbgrader" in cell.metadata}
                )
    return found
