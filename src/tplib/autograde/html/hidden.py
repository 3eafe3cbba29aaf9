"""What the instructor hid in test cells stays hidden in feedback: their text, and outputs that would show it."""

from __future__ import annotations

import re
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, NbGraderPreprocessor

FAILED = "A hidden test of this cell failed."
PRINTED = "[What the code printed while hidden tests ran is not shown.]"
OWN_FRAME = re.compile(r"(?:Cell In\[\d+\], line |Input In \[\d+\], in .*?line |<ipython-input-\S+> in \S+\n-+> )(\d+)")


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
        secrets: set[str] = set()
        for cell in nb.cells:
            marks = cell.metadata.get("nbgrader", {})
            if not marks.get("grade_id") or marks.get("solution"):
                continue  # a student's own region: it hides nothing, and its lines could be any
            visible, hidden = split(cell.source, regions)
            if not hidden:
                continue
            secrets.update(line.strip() for line in hidden.values() if len(line.strip()) > 8)
            if cell.cell_type == "code":
                cell.outputs = [shown for output in cell.outputs if (shown := outputs_shown(output, hidden))]
            cell.source = visible
        if secrets:
            for cell in nb.cells:
                for output in cell.get("outputs", []):
                    scrub(output, secrets)
        return nb, resources


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


def outputs_shown(output: NotebookNode, hidden: dict[int, str]) -> NotebookNode | None:
    """The output of a cell with hidden lines, if it says nothing about them."""
    if output.output_type == "error":
        text = strip_ansi("\n".join(output.traceback))
        frame = OWN_FRAME.search(text)
        if frame is None or int(frame[1]) in hidden:
            return NotebookNode(output_type="error", ename=output.ename, evalue=FAILED, traceback=[FAILED])
        return output
    if output.output_type == "stream":
        return NotebookNode(output_type="stream", name="stdout", text=PRINTED + "\n")
    if output.output_type == "execute_result" and _is_number(output.data.get("text/plain")):
        return output
    return None


def _is_number(text: Any) -> bool:
    try:
        float("".join(text or ""))
    except ValueError:
        return False
    return True


def scrub(output: NotebookNode, secrets: set[str]) -> None:
    """Remove the lines of an output that hold a hidden line, such as those that a traceback quotes."""

    found = re.compile("|".join(map(re.escape, sorted(secrets))))

    def keep(text: Any) -> str:
        lines = str("".join(text)).split("\n")
        return "\n".join(line for line in lines if found.search(strip_ansi(line)) is None)

    if output.output_type == "stream":
        output.text = keep(output.text)
    elif output.output_type == "error":
        output.traceback = [keep(part) for part in output.traceback]
        output.evalue = keep(output.evalue)
    else:
        for mime, value in output.get("data", {}).items():
            if isinstance(value, str | list) and mime.startswith("text/"):
                output.data[mime] = keep(value)
