"""Which definitions are missing or old because the cell that should make them failed.

A check sees only what is defined. IPython tells when a cell begins and ends, and so what it left undefined.
"""

from __future__ import annotations

import re
import sys
from typing import Any

DEFINED = re.compile(r"^(?:(?:async )?def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
LONGEST = 200  # letters of an error's text


class FailedCells:
    """The names that a failed cell should have defined, each with the error that stopped it."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.errors: dict[str, str] = {}
        self.before: dict[str, Any] = {}
        self.cell = ""
        self.cells: dict[str, str] = {}  # by name, the text of the cell that defined what it stands for
        shell.events.register("pre_run_cell", self.begin)
        shell.events.register("post_run_cell", self.end)

    def begin(self, info: Any) -> None:
        """Keep what the names stand for that this cell defines."""
        self.cell = info.raw_cell or ""
        self.before = {name: self.shell.user_ns.get(name) for name in names_defined(info.raw_cell)}

    def end(self, result: Any) -> None:
        """Note each name that the cell defines in its text, and that still stands for what it did."""
        error = result.error_before_exec or result.error_in_exec
        for name, earlier in self.before.items():
            if error is not None and self.shell.user_ns.get(name) is earlier:
                self.errors[name] = said(error)
            else:
                self.errors.pop(name, None)
                self.cells[name] = self.cell
        self.before = {}


def names_defined(cell: str) -> set[str]:
    """The functions, classes and variables that a cell defines at its left margin, whether Python reads it or not."""
    return {name for pair in DEFINED.findall(cell or "") for name in pair if name}


def said(error: BaseException) -> str:
    """An error on one line."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__} in line {error.lineno}: {error.msg}"
    lines = str(error).splitlines()
    return f"{type(error).__name__}{': ' if lines else ''}{lines[0][:LONGEST] if lines else ''}"


def watch() -> FailedCells | None:
    """Begin to watch the running notebook; None where there is none."""
    if "ipykernel" not in sys.modules:
        return None
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return FailedCells(shell) if shell is not None else None
