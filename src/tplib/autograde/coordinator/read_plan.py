"""Read an assignment's plan: from the gradebook, and from the released notebooks or the instructor's."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.autograde.messages.plan import Anchor, NotebookPlan, PlannedCell
from tplib.autograde.notebook_files import load

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, Notebook

    from tplib.autograde.bridge.course import Course


def read_plan(course: Course, gradebook: Gradebook, assignment: str, scratch: Path) -> dict[str, NotebookPlan]:
    """Plans of the assignment's notebooks by name."""
    plans = {}
    for notebook in gradebook.find_assignment(assignment).notebooks:
        cells = _planned_cells(notebook)
        folders = [scratch / "release" / assignment, course.path("release", ".", assignment)]
        folders.append(course.path("source", ".", assignment))
        anchors = next((read for folder in folders if (read := _anchors(folder / f"{notebook.name}.ipynb"))), None)
        plans[notebook.name] = NotebookPlan(
            notebook.name,
            cells,
            anchors or [Anchor(cell.grade_id, None, cell.source) for cell in cells.values()],
            notebook.kernelspec,
            find_checks(cells, anchors or []),
        )
    return plans


def _planned_cells(notebook: Notebook) -> dict[str, PlannedCell]:
    grades = {cell.name: cell.max_score for cell in notebook.grade_cells}
    tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    return {
        cell.name: PlannedCell(
            cell.name,
            cell.cell_type,
            cell.source or "",
            cell.name in grades,
            cell.name in solutions,
            cell.name in tasks,
            bool(cell.locked),
            grades.get(cell.name, tasks.get(cell.name)),
            cell.checksum,
        )
        for cell in notebook.source_cells
    }


def _anchors(path: Path) -> list[Anchor] | None:
    try:
        notebook = load(path)
        return [
            Anchor(
                cell.metadata.get("nbgrader", {}).get("grade_id"),
                cell.get("id"),
                cell.source.strip(),
                list(cell.metadata.get("tags", [])),
            )
            for cell in notebook.cells
        ]
    except (OSError, ValueError, AttributeError):
        return None


def find_checks(cells: dict[str, PlannedCell], anchors: list[Anchor]) -> dict[str, str]:
    """Locked grade cells that call `check("name")`, where the notebook imports that from tplib.graders."""
    sources = [anchor.source for anchor in anchors] + [cell.source for cell in cells.values()]
    if not any(_imports_check(source) for source in sources):
        return {}
    graded = [cell for cell in cells.values() if cell.grade and not cell.solution and cell.cell_type == "code"]
    return {cell.grade_id: name for cell in graded if (name := _checked(cell.source)) is not None}


def _imports_check(source: str) -> bool:
    if "tplib.graders" not in source:
        return False
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "tplib.graders"
        and any(alias.name == "check" and alias.asname in (None, "check") for alias in node.names)
        for node in _statements(source)
    )


def _checked(source: str) -> str | None:
    """The exercise that a cell checks, if that is all it does."""
    match _statements(source):
        case [ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str(name))], []))]:
            return name
    return None


def _statements(source: str) -> list[ast.stmt]:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("%")]  # magics
    try:
        return ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError):
        return []
