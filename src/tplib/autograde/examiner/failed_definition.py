"""An answer that is not defined because its cell failed: that is a mistake to be told, and no blank answer."""

from __future__ import annotations

import re

from tplib.autograde.messages.execution import NotebookOutcome
from tplib.autograde.texts import printable
from tplib.graders.exercise import Exercise
from tplib.graders.failed_cells import LONGEST, names_defined
from tplib.graders.verdict import Verdict

STUB = "raise NotImplementedError"
PLACE = re.compile(r"\s*\([^()]*, line (\d+)\)$")  # what Python adds to the text of a SyntaxError


def failed_definition(exercise: Exercise, outcome: NotebookOutcome) -> Verdict | None:
    """The verdict on an answer whose last defining cell, which is no stub, ended with an error; None where none did."""
    cells = outcome.run.notebook["cells"]
    defining = [i for i in outcome.cells if exercise.name in names_defined(cells[i]["source"])]
    if not defining or STUB in cells[max(defining)]["source"]:
        return None
    errors = [one for one in outcome.cells[max(defining)].outputs if one.get("output_type") == "error"]
    if not errors:
        return None
    message = f"The cell that should define `{exercise.name}` failed, so there is nothing to judge: {said(errors[-1])}."
    return Verdict(exercise.name, 0.0, "wrong", message, exercise.points)


def said(error: dict[str, object]) -> str:
    """An error's output on one line, in the words of a check in the notebook."""
    name, text = (
        printable(str(error.get("ename", "")))[:LONGEST],
        printable(str(error.get("evalue", "")).partition("\n")[0]),
    )
    place = PLACE.search(text)
    where = f" in line {place[1]}" if place else ""
    text = PLACE.sub("", text)[:LONGEST]
    return f"{name}{where}: {text}" if text else f"{name}{where}"
