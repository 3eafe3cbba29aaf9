"""Stored verdicts shown as checks show them now, without another run: for a build that keeps outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tplib.errors import TplibError
from tplib.graders import registry
from tplib.graders.failed_cells import names_defined
from tplib.graders.notebook import Checked
from tplib.graders.progress import progress_html
from tplib.graders.record import Record
from tplib.graders.verdict import Verdict
from tplib.mime import VERDICT

if TYPE_CHECKING:
    from nbformat import NotebookNode

FIELDS = ("exercise", "score", "status", "message", "misconception")  # the points are those of the registry now


def show_anew(notebook: NotebookNode) -> None:
    """Write the data of each stored full verdict again, with the points and totals that a run from the top gives there.

    A verdict of less than full marks stays as it is: its counter-example and hints are not among the stored data.
    """
    sofar: dict[str, dict[str, Any]] = {}
    cells: dict[str, str] = {}  # by name, the text of the cell that defined it
    for cell in notebook.cells:
        if cell.get("cell_type") == "code" and all(
            output.get("output_type") != "error" for output in cell.get("outputs", [])
        ):
            cells |= dict.fromkeys(names_defined(cell.source), cell.source)
        for output in cell.get("outputs", []):
            about = output.get("data", {}).get(VERDICT)
            if about is None or about.get("status") != "right":
                continue
            try:
                exercise = registry.find(about["exercise"])
            except TplibError:  # of another course, whose catalogue is not here
                continue
            verdict = Verdict(**{field: about[field] for field in FIELDS}, max_points=exercise.points)
            record = Record().after(verdict, cells.get(verdict.exercise))
            sofar[verdict.exercise] = verdict.as_dict() | record.as_dict()
            below = progress_html(registry.beside(exercise), sofar)
            output["data"] = Checked(verdict, record, below)._repr_mimebundle_()
