"""What the execution of a notebook ran into, in words for the student and for the instructor."""

from __future__ import annotations

import re

from tplib.autograde.candidate.own_modules import module_of
from tplib.autograde.examiner.failed_definitions import is_failure
from tplib.autograde.messages.execution import WRITTEN_CAP, WRITTEN_COUNT, CellOutcome, NotebookOutcome
from tplib.autograde.messages.problems import Problem

LONGEST = 100_000  # characters of a message that is looked at
NO_NAME = re.compile(r"gaierror|name resolution|Name or service not known|NameResolutionError")
REFUSED = re.compile(r"\[Errno 1\]|Operation not permitted")
SOCKET = re.compile(r"socket|urlopen|connection", re.IGNORECASE)


def execution_problems(name: str, outcome: NotebookOutcome) -> list[Problem]:
    """The problems of a notebook's run. Errors of single cells are not among them (the notebook shows those),
    but for an answer that is missing by one."""
    problems = []
    late = sorted(index for index, cell in outcome.cells.items() if cell.timed_out)
    early = {index: waits for index in late if (waits := outcome.cells[index].waits) is not None}
    for limit, own in by_limit(outcome, [index for index in late if index not in (*outcome.run.checks, *early)]):
        cells = ", ".join(cell_name(outcome, index) for index in own)
        reason = f"{name}.ipynb: {cells} {'was' if len(own) == 1 else 'were each'} stopped after {limit:g} s"
        problems.append(Problem("time limit", reason, "Look for an endless loop, or make the cell faster", name))
    for limit, checked in by_limit(
        outcome, [index for index in late if index in outcome.run.checks and index not in early]
    ):
        cells = ", ".join(cell_name(outcome, index) for index in checked)
        reason = f"{name}.ipynb: the answer that {cells} calls was stopped after {limit:g} s"
        hint = "Call it on a small input yourself, look for an endless loop, or make it faster"
        problems.append(Problem("time limit", reason, hint, name))
    for function in dict.fromkeys(waits.function for waits in early.values()):
        told = [f"{cell_name(outcome, index)} ({w.seconds} s)" for index, w in early.items() if w.function == function]
        reason = f"{name}.ipynb: stopped early, because {function} did not end before: {', '.join(told)}"
        hint = f"Make {function} end, and look at these cells again"
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
    for index, reason in sorted(outcome.unjudged.items()):
        problems.append(
            Problem(
                "not judged",
                f"{name}.ipynb: the answer that {cell_name(outcome, index)} checks cannot be judged: {reason}; "
                "it scores 0, the others were judged",
                "Give back values of the kind and size that the exercise asks for",
                name,
            )
        )
    for _, verdict in sorted(outcome.verdicts.items()):
        if is_failure(verdict.get("message")):
            reason = f"{name}.ipynb: {str(verdict['message']).strip().removesuffix('.').replace('The', 'the', 1)}"
            hint = "Run this cell, correct what Python says, then restart the kernel and run all cells"
            problems.append(Problem("does not run", reason, hint, name))
    if without := [index for index, cell in sorted(outcome.cells.items()) if outcome.sandboxed and needs_network(cell)]:
        cells = ", ".join(cell_name(outcome, index) for index in without)
        reason = f"{name}.ipynb: {cells} failed for want of a network: the sandbox has none, not even to 127.0.0.1"
        hint = "Do without servers and downloads, or ask the instructor: a test that needs one fails for everybody"
        problems.append(Problem("no network", reason, hint, name))
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
    text = "\n".join(cell["source"] for cell in outcome.run.notebook["cells"])
    for path in outcome.set_aside:
        if (module := module_of(path)) and re.search(rf"\b{re.escape(module)}\b", text):
            reason = f"{path} was not used: {name}.ipynb gets the installed module {module}"
            problems.append(Problem("clashing module", reason, "Give your own module another name", name))
    if outcome.left_out:
        problems.append(files_left_out(f"{name}.ipynb", outcome.left_out, name))
    if outcome.cut:
        problems.append(
            Problem(
                "output cut", f"{name}.ipynb prints too much; its output was cut", "Print less", name, repaired=True
            )
        )
    return problems


def needs_network(cell: CellOutcome) -> bool:
    """Whether a cell failed because no socket could be opened, or no name be found."""
    for output in cell.outputs:
        if output["output_type"] == "error":
            told = f"{output['ename']}: {output['evalue']}"[:LONGEST]
            if NO_NAME.search(told):
                return True
            if REFUSED.search(told) and SOCKET.search("\n".join(map(str, output["traceback"]))[:LONGEST]):
                return True
    return False


def by_limit(outcome: NotebookOutcome, indices: list[int]) -> list[tuple[float, list[int]]]:
    """The cells by their limits."""
    limits = {index: outcome.run.limit_of(index) or 0.0 for index in indices}
    return [(limit, [i for i in indices if limits[i] == limit]) for limit in dict.fromkeys(limits.values())]


def files_left_out(who: str, count: int, notebook: str | None = None) -> Problem:
    """The problem of code that writes more files than are kept."""
    most = f"at most {WRITTEN_COUNT} files of {WRITTEN_CAP >> 20} MiB in all"
    reason = f"{who} writes more files than are kept ({most}): {count} of them were left out"
    return Problem("files left out", reason, "Write fewer or smaller files", notebook, repaired=True)


def cell_name(outcome: NotebookOutcome, index: int) -> str:
    """What to call a cell: by its grade id, or by its place, counted from 1."""
    cells = outcome.run.notebook["cells"]
    marks = cells[index]["metadata"].get("nbgrader", {}) if index < len(cells) else {}
    return f"the cell {marks['grade_id']}" if marks.get("grade_id") else f"cell {index + 1} (counted from the top)"
