"""What a grading run found, for the table, the report and the next run."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.autograde.messages.execution import Outcome
from tplib.autograde.messages.problems import Problem
from tplib.autograde.notebook_files import load

if TYPE_CHECKING:
    from nbgrader.api import SubmittedNotebook


@dataclass
class Score:
    score: float
    max_score: float
    needs_manual: bool = False

    @classmethod
    def of(cls, notebook: SubmittedNotebook) -> Score:
        """The score of a submitted notebook in the gradebook, late penalty taken off."""
        score = notebook.score - (notebook.late_submission_penalty or 0.0)
        return cls(max(0.0, score), notebook.max_score, bool(notebook.needs_manual_grade))


@dataclass
class Graded:
    """One line of the table: what a student has, from this run or from an earlier one."""

    student: str
    state: str  # "graded", "already graded" or "failed"
    notebooks: dict[str, Score] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def score(self) -> float:
        return sum(score.score for score in self.notebooks.values())

    @property
    def max_score(self) -> float:
        return sum(score.max_score for score in self.notebooks.values())


@dataclass
class Run:
    """What a grading run did."""

    assignment: str
    results: list[Graded]
    interrupted: bool = False
    left: int = 0
    seconds: float = 0.0
    entered: bool = False


def execution_problems(name: str, outcome: Outcome) -> list[Problem]:
    """What the execution of a notebook ran into, except for the errors of single cells, which speak for themselves."""
    problems = []
    late = sorted(index for index, cell in outcome.cells.items() if cell.timed_out)
    limit = outcome.job.limits.cell or 0.0
    if own := [index for index in late if index not in outcome.job.checks]:
        cells = ", ".join(cell_name(outcome, index) for index in own)
        reason = f"{name}.ipynb: {cells} was stopped after {limit:g} s"
        problems.append(Problem("time limit", reason, "Look for an endless loop, or make the cell faster", name))
    if checked := [index for index in late if index in outcome.job.checks]:
        cells = ", ".join(cell_name(outcome, index) for index in checked)
        reason = f"{name}.ipynb: the answer that {cells} calls was stopped after {limit:g} s"
        hint = "Call it on a small input yourself, look for an endless loop, or make it faster"
        problems.append(Problem("time limit", reason, hint, name))
    for index, reason in sorted(outcome.crashed.items()):
        if index not in late:
            problems.append(
                Problem(
                    "crash",
                    f"{name}.ipynb: {cell_name(outcome, index)} ended the notebook's process: {reason}; it scores 0, "
                    "the cells after it were run without it",
                    "Restart the kernel, run all cells, and correct the cell where it stops",
                    name,
                )
            )
    if outcome.tampering:
        problems.append(
            Problem(
                "tampering",
                f"{name}.ipynb interfered with its grading: {'; '.join(outcome.tampering)}",
                "Ask the instructor to look at this notebook",
                name,
            )
        )
    if outcome.reason is not None:
        problems.append(
            Problem(
                "stopped",
                f"{name}.ipynb stopped in {cell_name(outcome, outcome.stopped_at or 0)}: {outcome.reason}; "
                "that cell and those after it were not graded",
                "Restart the kernel, run all cells, and correct the cell where it stops",
                name,
            )
        )
    if outcome.cut:
        problems.append(
            Problem(
                "output cut", f"{name}.ipynb prints too much; its output was cut", "Print less", name, repaired=True
            )
        )
    return problems


def cell_name(outcome: Outcome, index: int) -> str:
    """What to call a cell: by its grade id, or by its place, counted from 1."""
    cells = outcome.job.notebook["cells"]
    marks = cells[index]["metadata"].get("nbgrader", {}) if index < len(cells) else {}
    return f"the cell {marks['grade_id']}" if marks.get("grade_id") else f"cell {index + 1} (counted from the top)"


def read_problems(path: Path) -> list[Problem]:
    """The problems that a graded notebook carries."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        notebook = load(path)
        return [Problem.from_dict(values) for values in notebook.metadata["tplib"]["problems"]]
    return []
