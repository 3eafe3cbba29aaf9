"""What the instructor hid in test cells stays hidden in feedback: their text, and outputs that would show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, NbGraderPreprocessor

from tplib.autograde.html.tracebacks import Line, lines_of

FAILED = "A hidden test of this cell failed."
PRINTED = "[What the code printed while hidden tests ran is not shown.]"
SHORTEST = 9  # characters of a hidden line that is looked for in outputs
# How Python, R and Julia give a function its name.
HELPER = re.compile(r"\s*(?:(?:async )?def|class|function)\s+(\w+)|\s*([\w.]+)\s*(?:<-|=)\s*(?:function|lambda)\b")


@dataclass
class Hidden:
    """What is hidden in a notebook.

    lines    by a cell's execution count, the numbers of its hidden lines, from 1
    secrets  hidden lines that are long enough to be known again
    helpers  the functions and classes that hidden lines define: any cell may call them
    """

    lines: dict[int, set[int]] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    helpers: set[str] = field(default_factory=set)

    def add(self, cell: NotebookNode, lines: dict[int, str]) -> None:
        """Take in a cell that has not lost its hidden `lines` yet."""
        if isinstance(count := cell.get("execution_count"), int):
            self.lines[count] = set(lines)
        self.secrets |= {line.strip() for line in lines.values() if len(line.strip()) >= SHORTEST}
        if cell.cell_type == "code":
            inside = any(line[:1].isspace() for line in lines.values())  # a function that is partly hidden
            names = map(HELPER.match, cell.source.split("\n") if inside else lines.values())
            self.helpers |= {name[1] or name[2] for name in names if name}

    def calls_helper(self, source: str) -> bool:
        return not self.helpers.isdisjoint(re.findall(r"[\w.]+", source))

    @cached_property
    def text(self) -> re.Pattern[str]:
        """Finds hidden lines in outputs."""
        return re.compile("|".join(map(re.escape, sorted(self.secrets))) or "(?!)")

    def has(self, line: Line) -> bool:
        """Whether a line of a traceback is of a hidden one, by its number or, where a kernel counts anew, its text."""
        known = line.cell is not None and line.number in self.lines.get(line.cell, ())
        return known or self.text.search(strip_ansi(line.text)) is not None


@dataclass(frozen=True)
class Role:
    """What an instructor's cell has to do with hidden lines: it holds some, or visibly calls what they define."""

    holds: bool
    calls: bool


class HideHidden(NbGraderPreprocessor):
    """For feedback: removes hidden tests and marking schemes, and tracebacks and prints that would show them.

    It cannot help where a student's code reads the tests while they run, and prints them in disguise: hidden tests run
    in the student's process.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        tests, scheme = ClearHiddenTests(parent=self), ClearMarkScheme(parent=self)
        regions = (
            (tests.begin_test_delimeter, tests.end_test_delimeter),
            (scheme.begin_mark_scheme_delimeter, scheme.end_mark_scheme_delimeter),
        )
        hidden = Hidden()
        instructors = [cell for cell in nb.cells if is_instructors(cell)]
        holders: set[int] = set()  # ids of the cells that hold hidden lines
        for cell in instructors:
            visible, lines = split(cell.source, regions)
            if lines:
                hidden.add(cell, lines)
                holders.add(id(cell))
                cell.source = visible
        if not holders:
            return nb, resources
        callers = {id(cell) for cell in instructors if hidden.calls_helper(cell.source)}
        for cell in nb.cells:
            if cell.cell_type == "code":
                role = Role(id(cell) in holders, id(cell) in callers)
                cell.outputs = outputs_shown(cell.outputs, hidden, role)
        return nb, resources


def is_instructors(cell: NotebookNode) -> bool:
    """Whether a cell's regions hide something. In a student's own cell they do not: its lines could be any."""
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("grade_id")) and not marks.get("solution")


def split(source: str, regions: tuple[tuple[str, str], ...]) -> tuple[str, dict[int, str]]:
    """The visible lines, and the hidden ones by their number from 1. A region without an end hides all that follows."""
    visible, hidden, end = [], {}, None
    for number, line in enumerate(source.split("\n"), 1):
        opened = next((closing for opening, closing in regions if opening in line), None)
        if end is None and opened is None:
            visible.append(line)
            continue
        hidden[number] = line
        end = None if end is not None and end in line else end or opened
    return "\n".join(visible), hidden


def outputs_shown(outputs: list[NotebookNode], hidden: Hidden, role: Role) -> list[NotebookNode]:
    """What a cell's outputs say besides what is hidden."""
    shown, guarded = [], role.holds or role.calls
    for output in outputs:
        if output.output_type == "error":
            output = failure_shown(output, hidden, role)
        elif guarded and output.output_type == "stream":
            output = NotebookNode(output_type="stream", name="stdout", text=PRINTED + "\n")
        elif guarded and not (output.output_type == "execute_result" and _is_number(output.data.get("text/plain"))):
            continue
        scrub(output, hidden.text)
        shown.append(output)
    return shown


def failure_shown(output: NotebookNode, hidden: Hidden, role: Role) -> NotebookNode:
    """An error without the hidden lines that it quotes; only its name, if it comes of a hidden test.

    A hidden function that a visible line of the instructor's calls speaks to the student: its message stays.
    """
    lines = list(lines_of("\n".join(output.traceback)))
    ran = [line for line in lines if line.ran]
    if role.calls and (ran or not role.holds):
        secret = bool(ran) and hidden.has(ran[0])  # the line of this cell, from which all the rest was called
    else:
        secret = any(hidden.has(line) for line in ran) or (role.holds and not ran)
    if secret:
        return NotebookNode(output_type="error", ename=output.ename, evalue=FAILED, traceback=[FAILED])
    kept = "\n".join(line.text for line in lines if not hidden.has(line))
    return NotebookNode(output_type="error", ename=output.ename, evalue=output.evalue, traceback=[kept])


def _is_number(text: Any) -> bool:
    try:
        float("".join(text or ""))
    except ValueError:
        return False
    return True


def scrub(output: NotebookNode, hidden: re.Pattern[str]) -> None:
    """Remove the lines of an output that hold a hidden line, which a student's code printed."""

    def keep(text: Any) -> str:
        lines = str("".join(text)).split("\n")
        return "\n".join(line for line in lines if hidden.search(strip_ansi(line)) is None)

    if output.output_type == "stream":
        output.text = keep(output.text)
    elif output.output_type == "error":
        output.traceback = [keep(part) for part in output.traceback]
        output.evalue = keep(output.evalue)
    else:
        for mime, value in output.get("data", {}).items():
            if isinstance(value, str | list) and mime.startswith("text/"):
                output.data[mime] = keep(value)
