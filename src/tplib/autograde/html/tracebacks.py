"""Tracebacks of kernels: which lines of which cells they went through, and which lines they quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nbconvert.filters import strip_ansi

# What IPython has written above the frame of a cell since its version 7: the cell's execution count, perhaps the line.
CELL = re.compile(
    r"\s*(?:File )?(?:Cell In\[(\d+)\]|Input In \[(\d+)\]|<ipython-input-(\d+)-[^>]*>)"
    r"(?:[^\n]*?\bline:? (\d+))?"
)
OTHER = re.compile(r"(?:File )?\S+\.\w+(?::\d+)?,? in [\w<]")  # above the frame of a file
QUOTED = re.compile(r"(?:(-+>) ?|\s+)(\d+)(?: |$)")


class Line(NamedTuple):
    """One line of a traceback.

    cell, number  the cell, by its execution count, and the line of it that is quoted here or named
    ran           whether the code went through that line; else it is quoted beside one
    """

    text: str
    cell: int | None = None
    number: int | None = None
    ran: bool = False


def lines_of(traceback: str) -> Iterator[Line]:
    """The lines of a traceback, one after the other."""
    cell: int | None = None
    for text in traceback.split("\n"):
        plain = strip_ansi(text)
        if match := CELL.match(plain):
            cell = int(match[1] or match[2] or match[3])
            yield Line(text, cell, int(match[4]) if match[4] else None, match[4] is not None)
        elif OTHER.match(plain):
            cell = None
            yield Line(text)
        elif cell is not None and (match := QUOTED.match(plain)):
            yield Line(text, cell, int(match[2]), match[1] is not None)
        else:
            yield Line(text)
