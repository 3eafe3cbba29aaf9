"""What an assignment's notebooks should hold, by the gradebook: submissions are compared with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


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
    """What is needed of a cell of the instructor's notebook to find its place in a submission."""

    grade_id: str | None
    cell_id: str | None
    source: str
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class NotebookPlan:
    """A notebook's cells by grade id, and all its cells in their order."""

    name: str
    cells: dict[str, PlannedCell]
    anchors: list[Anchor]
    kernelspec: str | None = None  # JSON, as the gradebook holds it
    checks: dict[str, str] = field(default_factory=dict)  # grade ids of cells that call check(), and their exercises
    kernel: str | None = None  # what the configuration's c.Execute.kernel_name puts in the place of its own

    @property
    def asked_kernel(self) -> str | None:
        """What a run goes by in the place of `kernelspec`."""
        return self.kernelspec if self.kernel is None else json.dumps({"name": self.kernel})

    @property
    def looks_at_modules(self) -> bool:
        """Whether a cell of the instructor's asks what has been imported, as in `"numpy" not in sys.modules`."""
        return any("sys.modules" in cell.source for cell in self.cells.values() if not cell.solution)

    @property
    def is_read(self) -> bool:
        """Whether a human marks a part of it."""
        return any(cell.task or (cell.grade and cell.solution) for cell in self.cells.values())

    @property
    def max_score(self) -> float:
        return sum(cell.points or 0.0 for cell in self.cells.values())
