"""What a student's notebook holds: the state of each exercise as its stored verdict says, and what is wrong with it."""

from __future__ import annotations

import ast
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tplib.autograde.submissions.notebook import UnreadableNotebook, read_notebook
from tplib.autograde.submissions.which_file import about, text, untouched
from tplib.graders.failed_cells import names_defined
from tplib.graders.record import digest, record_of
from tplib.graders.slips import left_in_text, misnamed, other_name
from tplib.mime import VERDICT
from tplib.student.assignments import Item, Released
from tplib.student.needed_names import guarded, lacking, look_at, python_of, syntax_fault

State = Literal["right", "partial", "wrong", "not attempted", "unchecked", "by hand", "missing"]
LISTED = 5
JUDGED: tuple[State, ...] = ("right", "partial", "wrong", "not attempted")


@dataclass(frozen=True)
class Standing:
    """Where an exercise or question stands. points: what the stored verdict gives, at most the exercise's."""

    item: Item
    state: State
    points: float = 0.0


@dataclass
class Held:
    """A notebook of the student's: the standing of each item, and sentences on what to look at before handing in.

    broken: why the file is no notebook at all; wrong: what costs points or may; notes: what is only to be known;
    changed: the exercises whose answers are no longer those that were checked; absent: those of which no cell is
    there; defined: the names that its code defines.
    """

    name: str
    file: str
    standings: list[Standing] = field(default_factory=list)
    broken: str = ""
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)

    def count(self, *states: State) -> int:
        return sum(standing.state in states for standing in self.standings)

    @property
    def points(self) -> float:
        return sum(standing.points for standing in self.standings)


def examine(content: bytes, file: str, released: Released) -> Held:
    """Read a notebook file and compare it with the released one."""
    held = Held(released.name, file)
    try:
        read_notebook(content, released.name)
        cells = [cell for cell in json.loads(_decoded(content)).get("cells", []) if isinstance(cell, dict)]
    except UnreadableNotebook as error:
        held.broken = f"{error.problem.reason}. {_mend(content)}"
        return held
    found = _by_id(cells, released)
    sources = {digest(text(cell)) for cell in cells if cell.get("cell_type") == "code"}
    for name, count in Counter(name for name in map(_grade_id, cells) if name in released.ids).items():
        if count > 1:
            held.wrong.append(f"the cell {name} is there {count} times: keep the one with your answer")
    written = [text(cell) for cell in cells if cell.get("cell_type") == "code"]
    held.defined = {name for one in written if "raise NotImplementedError" not in one for name in names_defined(one)}
    for item in released.items:
        held.standings.append(_standing(item, found, released, held, sources))
    if held.changed:
        held.notes.append(f"changed since its check: {', '.join(held.changed)}: run the checks again")
    held.wrong += _of_another_release(held, cells, released)
    held.wrong += _names_wanting(cells, released)
    held.wrong += [
        f"the cell {name} does not parse (line {line}: {reason}): correct it, or all that needs it fails"
        for name, cell in found.items()
        if cell.get("cell_type") == "code" and (fault := syntax_fault(text(cell)))
        for line, reason in [fault]
    ]
    return held


def _of_another_release(held: Held, cells: list[dict[str, Any]], released: Released) -> list[str]:
    """The exercises that are not in the notebook: deleted, or it is a copy of another release."""
    if not held.absent:
        return []
    listed = f"{', '.join(held.absent[:LISTED])}{' and more' if len(held.absent) > LISTED else ''}"
    said = f"it has no cell for {listed}, and nothing in it defines {'it' if len(held.absent) == 1 else 'them'}"
    others = {name.removeprefix("answer-") for cell in cells if (name := _grade_id(cell)) and name not in released.ids}
    if own := sorted(others & held.defined):
        said += f"; {', '.join(own[:LISTED])} is of another release and counts no more"
    return [f"{said}. Take the cells from a fresh copy"]


def _names_wanting(cells: list[dict[str, Any]], released: Released) -> list[str]:
    """What cells of the student's own leave without what they need: they do not run, or a name is gone."""
    code = [cell for cell in cells if cell.get("cell_type") == "code"]
    sources = [python_of(text(cell)) for cell in code]
    seen, said = [look_at(source) for source in sources], []
    for at, cell in enumerate(code):
        name = _grade_id(cell)
        if name is None and (fault := syntax_fault(text(cell))):
            begin = next(iter(text(cell).strip().splitlines()), "")[:40]
            said.append(f"your cell `{begin}` does not parse (line {fault[0]}: {fault[1]}): what needs it fails")
        if name not in released.ids or not str(name).startswith("answer-") or untouched(cell):
            continue
        for wanted, below in lacking(seen, at).items():
            if wanted not in guarded(sources[at]):
                where = "is defined only in a cell below it" if below else "no cell above it defines"
                said.append(f"the cell {name} uses `{wanted}`, which {where}: it fails when it is graded")
    return said


def _mend(content: bytes) -> str:
    """What to try with a file that cannot be read, before it is handed in."""
    if b"<<<<<<<" in content and b">>>>>>>" in content:
        return "In a text editor, keep one of the two versions between <<<<<<< and >>>>>>>, and delete these lines"
    return "Look for an older state of it (in JupyterLab: File, Revert Notebook to Checkpoint)"


def with_questions(released: Released, content: bytes) -> Released:
    """A notebook that only the registry describes, with the questions in words that the student's file holds."""
    try:
        cells = json.loads(_decoded(content)).get("cells", [])
    except (ValueError, AttributeError):
        return released
    marks = {name: about(cell) for cell in cells if (name := _grade_id(cell)) and name not in released.ids}
    questions = tuple(
        Item(name, name, float(mark["points"]), "hand")
        for name, mark in marks.items()
        if ((mark.get("solution") and mark.get("grade")) or mark.get("task"))
        and isinstance(mark.get("points"), int | float)
    )
    ids = released.ids | {question.cell for question in questions}
    order = {name: place for place, name in enumerate(_grade_id(cell) for cell in cells)}
    items = sorted((*released.items, *questions), key=lambda item: order.get(item.cell, len(order)))
    return replace(released, items=tuple(items), ids=ids)


def _decoded(content: bytes) -> str:
    return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def _grade_id(cell: Any) -> str | None:
    return about(cell).get("grade_id") if isinstance(cell, dict) else None


def _by_id(cells: list[dict[str, Any]], released: Released) -> dict[str, dict[str, Any]]:
    """The course's cells; one that lost nbgrader's marks is known by its own id. Of copies the last one counts."""
    marked = {name: cell for cell in cells if (name := _grade_id(cell)) in released.ids}
    by_own_id = {name: cell for cell in cells if (name := cell.get("id")) in released.ids and not about(cell)}
    return {**by_own_id, **marked}


def _standing(
    item: Item, found: dict[str, dict[str, Any]], released: Released, held: Held, sources: set[str]
) -> Standing:
    cell = found.get(item.cell)
    if item.judged == "hand":
        if cell is None:
            held.wrong.append(f"the question {item.name} is missing: take its cell from a fresh copy")
            return Standing(item, "missing")
        return Standing(item, "not attempted" if _nothing_in(cell) else "by hand")
    answer_id = f"answer-{item.name}"
    answer = found.get(answer_id)
    if answer is None and answer_id in released.ids:
        if item.name not in held.defined:
            held.absent.append(item.name)
            return Standing(item, "missing")
        held.wrong.append(f"the answer's cell of {item.name} is missing: code in another cell still counts")
    if cell is None:
        held.notes.append(f"the check of {item.name} is missing; grading puts it back")
    blank = answer is not None and _nothing_in(answer)
    if answer is not None and not blank:
        held.wrong += [f"the answer's cell of {item.name} {fault}" for fault in _faults(item.name, answer)]
    verdict = _verdict(cell, item) if cell else None
    if verdict is None:
        return Standing(item, "not attempted" if blank else "unchecked")
    state, points, checked = verdict
    if checked and answer is not None and checked not in sources:
        held.changed.append(item.name)
        return Standing(item, "not attempted" if blank else "unchecked")
    if state == "not attempted" and not blank:
        return Standing(item, "unchecked")  # written since
    if answer is not None and cell is not None and _ran_later(answer, cell):
        held.notes.append(f"{item.name} was run again after its check: run the check once more to see what it says now")
    return Standing(item, state, points)


def _nothing_in(cell: dict[str, Any]) -> bool:
    """Whether a cell for an answer holds none: it is as it was released, or empty, or has nothing but comments."""
    source = text(cell).strip()
    if cell.get("cell_type") == "code":
        lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        return not lines or untouched(cell)
    return source in ("", "YOUR ANSWER HERE") or untouched(cell)


def _faults(name: str, answer: dict[str, Any]) -> list[str]:
    """What is wrong with the cell of an answer that is there."""
    if answer.get("cell_type") != "code":
        return ["is not a code cell any more, and runs nothing: make it one again (in JupyterLab: Esc, then Y)"]
    faults = []
    if other := _misnamed(name, text(answer)):
        faults.append(f"{misnamed(name, other)}: give it that name")
    if left_in_text(text(answer)):
        faults.append("has code and still its `raise NotImplementedError`: delete it")
    return faults


def _misnamed(name: str, source: str) -> str:
    """The function or class that an answer's cell defines in the place of the exercise's; empty where it is there."""
    if name in names_defined(source):
        return ""
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        body = ast.parse(source).body
        return other_name(name, {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)})
    return ""


def _verdict(cell: dict[str, Any], item: Item) -> tuple[State, float, str] | None:
    """The verdict that a check's cell stores, if it is one: status, points, the digest of the cell it judged."""
    for output in cell.get("outputs") or []:
        data = output.get("data") if isinstance(output, dict) else None
        verdict = data.get(VERDICT) if isinstance(data, dict) else None
        if isinstance(verdict, dict) and verdict.get("exercise") == item.name and verdict.get("status") in JUDGED:
            points = verdict.get("points")
            number = float(points) if isinstance(points, int | float) and 0 <= points <= item.points else 0.0
            return verdict["status"], number, record_of(verdict).digest
    return None


def _ran_later(answer: dict[str, Any], check: dict[str, Any]) -> bool:
    ran, checked = answer.get("execution_count"), check.get("execution_count")
    return type(ran) is int and type(checked) is int and ran > checked
