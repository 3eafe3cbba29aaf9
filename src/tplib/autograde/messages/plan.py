"""What the gradebook says an assignment's notebooks hold, to compare submissions with."""

from __future__ import annotations

import ast
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tplib.autograde.notebook_files import load

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, Notebook

    from tplib.autograde.bridge.course import Course


@dataclass(frozen=True)
class PlannedCell:
    """One of nbgrader's cells as the instructor wrote it."""

    grade_id: str
    cell_type: str
    source: str
    grade: bool
    solution: bool
    task: bool
    locked: bool
    points: float | None
    checksum: str | None

    @property
    def restorable(self) -> bool:
        """Whether putting the cell back cannot override what the student wrote somewhere else."""
        return not self.solution or self.cell_type == "markdown"

    def metadata(self) -> dict[str, Any]:
        values = {
            "grade": self.grade,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "points": self.points,
        }
        return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True)
class Anchor:
    """A cell of the instructor's notebook, as far as it helps to find its place in a submission."""

    grade_id: str | None
    cell_id: str | None
    source: str


@dataclass(frozen=True)
class NotebookPlan:
    name: str
    cells: dict[str, PlannedCell]
    anchors: list[Anchor]
    kernelspec: str | None = None  # JSON, as the gradebook holds it
    checks: dict[str, str] = field(default_factory=dict)  # grade ids of cells that call check(), and their exercises

    @property
    def is_read(self) -> bool:
        """Whether a human marks something in it."""
        return any(cell.task or (cell.grade and cell.solution) for cell in self.cells.values())

    @property
    def max_score(self) -> float:
        return sum(cell.points or 0.0 for cell in self.cells.values())


def read_plan(course: Course, gradebook: Gradebook, assignment: str, scratch: Path) -> dict[str, NotebookPlan]:
    """Plans of the assignment's notebooks by name."""
    plans = {}
    for notebook in gradebook.find_assignment(assignment).notebooks:
        cells = _planned_cells(notebook)
        folders = [scratch / "release" / assignment, course.path("release", ".", assignment)]
        folders.append(course.path("source", ".", assignment))
        anchors = next((found for folder in folders if (found := _anchors(folder / f"{notebook.name}.ipynb"))), None)
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
            Anchor(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.get("id"), cell.source.strip())
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


def cold_kernel(kernelspec: str | None) -> str | None:
    """The kernel to start for this notebook, or None where the warm Python process can run it."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    spec = json.loads(kernelspec) if kernelspec else {}
    name, language = spec.get("name", ""), spec.get("language")
    if not name:
        return None
    is_python = language == "python" or (language is None and name.startswith("python"))
    try:
        program = Path(KernelSpecManager().get_kernel_spec(name).argv[0])
    except (NoSuchKernel, IndexError):
        return None if is_python else str(name)
    another_python = program.is_absolute() and not os.path.samefile(program, sys.executable)
    return str(name) if another_python or not is_python else None
