"""What the instructor's notebooks in source/ say otherwise than the gradebook, and how the gradebook takes it over."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import nbgrader.api
import nbgrader.utils
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells

from tplib.autograde.notebook_files import load
from tplib.sentences import proposed, proposed_inside

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode
    from nbgrader.api import Assignment, Notebook

    from tplib.autograde.bridge.course import Course

AUTOTEST = "AUTOTEST"  # nbgrader writes other lines in the place of these


@dataclass
class SourceChanges:
    """What is new in source/, and what only the gradebook has; each a few words."""

    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    gone_cells: set[tuple[str, str]] = field(default_factory=set)  # notebook and cell
    gone_notebooks: set[str] = field(default_factory=set)
    notebooks: set[str] = field(default_factory=set)  # that source/ has

    def sentences(self, root: Path, assignment: str) -> list[str]:
        """What the instructor should know and can do. root: of the course."""
        said, again = [], proposed(root, "grade", assignment, "--force")
        if self.new:
            said.append(
                f"source/ says otherwise than the gradebook: {'; '.join(self.new)}. Grading goes by the gradebook. "
                f"`{again}` takes over what is new and grades all again; grades given by hand stay."
            )
        if self.gone:
            build, keep = proposed(root, "build"), proposed(root, "export", assignment, "-o", "marks.csv")
            remove = proposed_inside(root, "nbgrader", "db", "assignment", "remove", assignment, "--force")
            said.append(
                f"the gradebook has what source/ no longer has: {'; '.join(self.gone)}. It counts as before: it has "
                "grades given by hand, or stands in what was handed in. Was it renamed? Then name it back, and run "
                f"`{build}` and `{again}`. Was it taken out? `{again}` "
                "drops it, unless a human has graded it, or each notebook that holds it lacks a cell of source/ (of a "
                "whole notebook: each submission that holds it lacks a notebook of source/). To "
                f"drop that, too: `{keep}` keeps the marks given by hand, question by "
                f"question (not the comments); then run `{remove}` and `{again}`, and enter those marks again."
            )
        return said


def find_changes(course: Course, entry: Assignment) -> SourceChanges:
    """Compare source/ with the assignment's `entry` in the gradebook. Nothing is new where source/ is not here."""
    found = SourceChanges()
    folder = course.path("source", ".", entry.name)
    entered = {notebook.name: notebook for notebook in entry.notebooks}
    here = {path.stem: path for path in sorted(folder.glob("*.ipynb"))} if folder.is_dir() else {}
    if not here:
        return found
    config = course.app.config
    as_it_is = "preprocessors" not in config.GenerateAssignment and "notebook_id" not in config.CourseDirectory
    for name, path in here.items():
        if name not in entered:
            if course.wants_all_notebooks:
                found.new.append(f"{name}.ipynb is new")
            continue
        with contextlib.suppress(OSError, ValueError, KeyError, AttributeError):
            _compare(name, load(path), entered[name], as_it_is, bool(config.IncludeHeaderFooter), found)
    found.notebooks, found.gone_notebooks = set(here), entered.keys() - here.keys()
    found.gone += [f"{name}.ipynb" for name in sorted(found.gone_notebooks)]
    return found


def _compare(
    name: str, notebook: NotebookNode, entry: Notebook, as_it_is: bool, added_to: bool, found: SourceChanges
) -> None:
    """Compare a notebook's cells. as_it_is: whether tests go into the gradebook as they stand in source/."""
    points = {cell.name: cell.max_score for cell in [*entry.grade_cells, *entry.task_cells]}
    sources = {cell.name: cell.source for cell in entry.source_cells}
    seen = set()
    for cell in notebook.cells:
        if not _is_entered(cell):
            continue
        grade_id = cell.metadata.nbgrader["grade_id"]
        seen.add(grade_id)
        worth = float(cell.metadata.nbgrader.get("points", 0)) if _is_marked(cell) else None
        if grade_id not in sources:
            found.new.append(f"{name}.ipynb has the new cell {grade_id}")
        elif worth != points.get(grade_id):
            found.new.append(f"{name}.ipynb: {grade_id} is worth {worth or 0:g} and not {points.get(grade_id) or 0:g}")
        elif (
            as_it_is
            and not nbgrader.utils.is_solution(cell)
            and not nbgrader.utils.is_task(cell)
            and AUTOTEST not in cell.source
            and cell.source != sources[grade_id]
        ):
            found.new.append(f"{name}.ipynb: {grade_id} has another text")
    if not added_to:
        gone = [cell for cell in sources if cell not in seen]
        found.gone += [f"the cell {cell} of {name}.ipynb" for cell in gone]
        found.gone_cells |= {(name, cell) for cell in gone}


def _is_entered(cell: NotebookNode) -> bool:
    return _is_marked(cell) or nbgrader.utils.is_solution(cell) or nbgrader.utils.is_locked(cell)


def _is_marked(cell: NotebookNode) -> bool:
    return bool(nbgrader.utils.is_grade(cell) or nbgrader.utils.is_task(cell))


class SaveMoreCells(SaveCells):
    """nbgrader's SaveCells, which also adds cells where somebody has handed in: grades given by hand stay."""

    def _create_notebook(self, nb: NotebookNode) -> None:
        with contextlib.suppress(nbgrader.api.MissingEntry):
            if self.gradebook.find_notebook(self.notebook_id, self.assignment_id).submissions:
                for kind in ("grade", "solution", "task", "source"):
                    update: Any = getattr(self.gradebook, f"update_or_create_{kind}_cell")
                    for name, values in getattr(self, f"new_{kind}_cells").items():
                        update(name, self.notebook_id, self.assignment_id, **values)
                return
        super()._create_notebook(nb)


class EnterChanges(GenerateAssignment):
    """nbgrader's GenerateAssignment, which also takes over new cells and notebooks where somebody has handed in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        kinds: Any = GenerateAssignment.preprocessors.__get__(self, type(self))
        self.set_trait("preprocessors", [SaveMoreCells if kind is SaveCells else kind for kind in kinds])

    def _clean_old_notebooks(self, assignment_id: str, student_id: str) -> None:
        """Keep the notebooks that source/ no longer has: there may be grades for them."""
