"""Preprocessors in the place of nbgrader's Execute and SaveAutoGrades: the notebook was run somewhere else."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass, field
from typing import Any

from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode, from_dict
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets.utils.importstring import import_item

from tplib.autograde.bridge.memory_gradebook import one_commit
from tplib.autograde.bridge.partial_credit import number_meant, shown_in_r
from tplib.autograde.html.sanitize import make_harmless, make_plain
from tplib.autograde.limited import Bounds, SeveralWorks, StoppedError, Work
from tplib.autograde.messages.departures import Departure
from tplib.autograde.messages.execution import CellOutcome, NotebookOutcome, error_output
from tplib.autograde.messages.problems import Problem, note_markdown
from tplib.autograde.notebook_files import new_cell

Resources = dict[str, Any]
HARMLESS = Bounds(processor=20, clock=300, memory=1 << 30)  # for one notebook; an ordinary one takes milliseconds
HARMLESS_WORK: dict[str, Work] = {"harmless": lambda question, _: harmless_bytes(*json.loads(question))}
SILENT = logging.Logger("plain nbgrader", logging.CRITICAL + 1)
SKIP = "skip-execution"
TAGGED = "a student's tag does not keep a test from being run"
SHOWN = 80  # characters of a last value


@dataclass
class Shared:
    """What the converter and its preprocessors tell each other. `resources` will not do: nbconvert copies them.

    child: where the notebook is made harmless.
    """

    problems: list[Problem]
    outcome: NotebookOutcome | None = None
    departures: list[Departure] = field(default_factory=list)
    child: SeveralWorks = field(default_factory=lambda: SeveralWorks(HARMLESS_WORK))


def shared(preprocessor: NbGraderPreprocessor) -> Shared:
    common: Shared = preprocessor.parent.parent.shared  # preprocessor -> exporter -> converter
    return common


class Replay(NbGraderPreprocessor):
    """Puts the outputs of the run into the notebook."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        outcome = shared(self).outcome
        if outcome is not None:
            fill(nb, outcome)
        return nb, resources


def fill(nb: NotebookNode, outcome: NotebookOutcome) -> None:
    """Write the outcome's outputs into the code cells. A cell that never ran gets an error that says why."""
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code":
            continue
        ran = outcome.cells.get(index)
        if outcome.stopped_at is not None and index >= outcome.stopped_at and cell.source.strip():
            here = index == outcome.stopped_at
            why = outcome.reason if here else f"an earlier cell stopped the notebook: {outcome.reason}"
            ran = CellOutcome([*(ran.outputs if ran and here else []), error_output(f"not finished: {why}")])
        if ran is not None:
            cell.outputs = [NotebookNode(output) for output in to_nodes(ran.outputs)]
            cell.execution_count = ran.count
    if outcome.language_info:
        nb.metadata["language_info"] = NotebookNode(outcome.language_info)


def to_nodes(outputs: list[dict[str, Any]]) -> list[Any]:
    return [from_dict(output) for output in outputs]


class SaveScores(SaveAutoGrades):
    """nbgrader's SaveAutoGrades with two differences.

    What a grade cell prints to stderr costs no points. The last value of a test cell counts as the number that it means
    (nbgrader knows numbers only by their plain text). One that is no number, or above the cell's maximum, scores 0 and
    becomes a problem. nbgrader gives full marks for the first, and stops at the second.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        with one_commit():
            return super().preprocess(nb, resources)

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        if cell.cell_type != "code":
            super()._add_score(cell, resources)
            return
        outputs = cell.outputs
        cell.outputs = [
            output for output in outputs if not (output.output_type == "stream" and output.name == "stderr")
        ]
        try:
            value, reason = last_value(cell)
            if value is not None:
                cell.outputs = [NotebookNode(output_type="execute_result", data={"text/plain": repr(value)})]
            if reason is not None:
                cell.outputs = [NotebookNode(error_output(reason))]
                shared(self).problems.append(
                    Problem(
                        "invalid score",
                        f"{cell.metadata.nbgrader['grade_id']} scores 0: {reason}",
                        "Ask the instructor to look at this cell",
                        self.notebook_id,
                    )
                )
            super()._add_score(cell, resources)
            if not utils.is_solution(cell):
                ours = nbgraders_points(cell, cell.outputs)
                tagged = SKIP in cell.metadata.get("tags", []) and cell.execution_count is not None
                theirs = nbgraders_points(cell, [] if tagged else outputs)
                if ours is not None and ours != theirs:
                    why = TAGGED if tagged else why_apart(outputs)
                    shared(self).departures.append(Departure(cell.metadata.nbgrader["grade_id"], ours, theirs, why))
        finally:
            cell.outputs = outputs


def nbgraders_points(cell: NotebookNode, outputs: list[NotebookNode]) -> float | None:
    """What plain nbgrader gives for a test cell with `outputs`; None where it stops. The cell keeps its own."""
    kept = cell.outputs
    cell.outputs = outputs
    try:
        return float(utils.determine_grade(cell, SILENT)[0] or 0.0)
    except (ValueError, TypeError, KeyError):  # more than the cell's points
        return None
    finally:
        cell.outputs = kept


def why_apart(outputs: list[NotebookNode]) -> str:
    """Why the points are not plain nbgrader's."""
    if any(output.output_type == "stream" and output.name == "stderr" for output in outputs):
        return "what a test prints to stderr costs nothing"
    return "the last value of a test counts as the number that it means"


def last_value(cell: NotebookNode) -> tuple[float | None, str | None]:
    """The score that a test cell's last value means, or why it means none; both None where there is no such value."""
    if utils.is_solution(cell):
        return None, None
    for output in cell.outputs:
        if output.output_type == "error":
            return None, None
        if output.output_type == "execute_result":
            text = "".join(output["data"].get("text/plain") or "")
            points = float(cell.metadata.nbgrader["points"])
            value = number_meant(text, points)
            if value is None:
                shown = text if len(text) <= SHOWN else text[:SHOWN] + "..."
                return None, f"its last value is no number of points: {shown or 'it has no text'}"
            if math.isnan(value) or value > points:
                return None, f"its result is {value:g}, and it is worth {points:g} points"
            return value, None
    if cell.outputs and cell.outputs[-1].output_type == "display_data":
        shown = "".join(cell.outputs[-1]["data"].get("text/plain") or "")
        return shown_in_r(shown, float(cell.metadata.nbgrader["points"])), None
    return None, None


class Annotate(NbGraderPreprocessor):
    """Puts the problems at the top of the notebook, where feedback shows them, and into its metadata."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        outcome, name = shared(self).outcome, resources["nbgrader"]["notebook"]
        problems = [problem for problem in shared(self).problems if problem.notebook in (name, None)]
        nb.metadata["tplib"] = {"problems": [problem.to_dict() for problem in problems]}
        if departures := shared(self).departures:
            nb.metadata["tplib"]["departures"] = [departure.to_dict() for departure in departures]
        if outcome is not None:
            marks = [cell["metadata"].get("nbgrader", {}) for cell in outcome.run.notebook["cells"]]
            nb.metadata["tplib"] |= {
                "sandbox": outcome.sandboxed,
                "unprotected": [marks[index]["grade_id"] for index in outcome.unprotected],
                "tampering": list(outcome.tampering),
                "judged": [marks[index]["grade_id"] for index in outcome.verdicts],
            }
        if problems:
            nb.cells.insert(0, new_cell("markdown", note_markdown(problems), {"tplib": {"note": True}}))
        return nb, resources


class MakeHarmless(NbGraderPreprocessor):
    """The last step of grading: after it, any program may show the graded copy."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        judged = judged_cells(nb, shared(self).outcome)
        try:
            question = json.dumps([nb, sorted(judged)]).encode()
            cells, metadata = json.loads(shared(self).child.ask("harmless", question, HARMLESS))
        except StoppedError:  # only pages of this student's suffer
            return make_plain(nb, judged), resources
        for index, cell in cells:
            nb.cells[index] = from_dict(cell)
        nb.metadata = from_dict(metadata)
        return nb, resources


def harmless_bytes(notebook: dict[str, Any], judged: list[int]) -> bytes:
    """What `make_harmless` changes, as JSON: the cells with their places, and the metadata."""
    harmless = make_harmless(from_dict(notebook), {*judged})
    pairs = zip(notebook["cells"], harmless.cells, strict=True)
    changed = [(index, after) for index, (before, after) in enumerate(pairs) if before != after]
    return json.dumps([changed, harmless.metadata]).encode()


def judged_cells(nb: NotebookNode, outcome: NotebookOutcome | None) -> set[int]:
    """The places of the check cells whose output the examiner wrote, and no process with a student's code in it."""
    if outcome is None:
        return set()
    marks = [cell["metadata"].get("nbgrader", {}) for cell in outcome.run.notebook["cells"]]
    judged = {marks[index].get("grade_id") for index in outcome.verdicts.keys() - set(outcome.unprotected)}
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
    return {index for index, name in enumerate(names) if name is not None and name in judged}


def replacement(preprocessor: Any) -> Any:
    """Replay for Execute, SaveScores for SaveAutoGrades; any other stays as it is."""
    kind = import_item(preprocessor) if isinstance(preprocessor, str) else preprocessor
    if isinstance(kind, type) and issubclass(kind, ExecutePreprocessor):
        return Replay
    return SaveScores if kind is SaveAutoGrades else preprocessor
