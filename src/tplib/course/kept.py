"""What an earlier build is still worth: whether a notebook must run again, and which outputs stay as they are.

Only code decides. Who changes a sentence or the points of an exercise has nothing run. Where one code cell differs from
what ran, the whole notebook runs, in a fresh kernel; of its outputs only those from that cell on are taken, because no
cell above can depend on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tplib.course.pictures import describe_pictures
from tplib.course.verdicts import show_anew

if TYPE_CHECKING:
    from nbformat import NotebookNode

COUNTING_TAGS = {"nbval-check-output", "raises-exception", "skip-execution"}  # those that change what a run may do


def first_change(notebook: NotebookNode, earlier: NotebookNode) -> int | None:
    """The index of the first code cell that has not run as it stands; None if all have, one after the other."""
    old = _code(earlier)
    for place, index in enumerate(_code(notebook)):
        if place >= len(old) or not _ran_as(notebook.cells[index], earlier.cells[old[place]]):
            return index
    return None


def keep_above(notebook: NotebookNode, earlier: NotebookNode, change: int | None) -> None:
    """Copy the outputs of the code cells above `change`, or of all of them."""
    for index, old in zip(_code(notebook), _code(earlier), strict=False):
        if change is None or index < change:
            _copy(earlier.cells[old], notebook.cells[index])
    show_anew(notebook)


def keep_unchanged(notebook: NotebookNode, earlier: NotebookNode) -> None:
    """Copy the outputs of every cell that has not changed itself, whatever has changed above it."""
    known = {cell.get("id"): cell for cell in earlier.cells}
    for cell in notebook.cells:
        old = known.get(cell.id)
        if cell.cell_type == "code" and old is not None and old.source == cell.source:
            _copy(old, cell)
    keep_above(notebook, earlier, first_change(notebook, earlier))


def _code(notebook: NotebookNode) -> list[int]:
    return [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]


def _ran_as(cell: NotebookNode, old: NotebookNode) -> bool:
    tags = _counting(cell)
    has_run = old.get("execution_count") is not None or "skip-execution" in tags
    return has_run and bool(old.source == cell.source) and tags == _counting(old)


def _counting(cell: NotebookNode) -> set[str]:
    return COUNTING_TAGS & set(cell.metadata.get("tags", []))


def _copy(old: NotebookNode, cell: NotebookNode) -> None:
    cell.outputs, cell.execution_count = old.get("outputs", []), old.get("execution_count")
    describe_pictures(cell, old.metadata.get("alt", ""))
