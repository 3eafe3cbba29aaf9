"""An answer whose own cell failed is an attempt that does not run: its verdict tells the error and its line."""

from __future__ import annotations

import builtins
import re
from dataclasses import replace

from tplib.autograde.messages.execution import NotebookOutcome
from tplib.graders.failed_cells import LONGEST, names_defined
from tplib.graders.verdict import Verdict

MISSING = "is not defined yet"  # what the verdict of an answer that is not there says
PLACE = re.compile(r"\s*\([^()]*line (\d+)\)$")  # where IPython puts the line of a SyntaxError


def failed_definition(outcome: NotebookOutcome, check: int, name: str) -> str | None:
    """The error of the last cell above a check that should have defined `name`, if it failed."""
    for index in sorted(outcome.cells, reverse=True):
        cell = outcome.cells[index]
        if index >= check or index in outcome.run.checks or index in outcome.crashed or cell.timed_out:
            continue
        source = str(outcome.run.notebook["cells"][index]["source"])
        errors = [output for output in cell.outputs if output.get("output_type") == "error"]
        unread = bool(errors) and is_syntax(str(errors[-1].get("ename")))
        if name in names_defined(source) or (unread and re.search(rf"\b{re.escape(name)}\b", source)):
            return said(errors[-1].get("ename"), errors[-1].get("evalue")) if errors else None
    return None


def is_syntax(error: str) -> bool:
    """Whether Python could not even read the cell."""
    kind = getattr(builtins, error, None)
    return isinstance(kind, type) and issubclass(kind, SyntaxError)


def said(name: object, text: object) -> str:
    """An error on one line, a SyntaxError's line in front."""
    first = (str(text or "").splitlines() or [""])[0]
    if is_syntax(str(name)) and (place := PLACE.search(first)):
        return f"{name} in line {place[1]}: {PLACE.sub('', first)[:LONGEST]}"
    return f"{name}: {first[:LONGEST]}" if first else str(name)


def with_failure(verdict: Verdict, error: str | None) -> Verdict:
    """The verdict of an answer that is missing because its cell failed: wrong, not "not attempted"."""
    if error is None or verdict.status != "not attempted" or MISSING not in verdict.message:
        return verdict
    return replace(verdict, status="wrong", message=f"The cell that defines `{verdict.exercise}` failed ({error}).")


def is_failure(message: object) -> bool:
    """Whether a verdict's message is one of these."""
    return str(message).startswith("The cell that defines `")
