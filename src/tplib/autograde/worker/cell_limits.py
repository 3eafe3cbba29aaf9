"""The limits that the configuration's c.Execute.timeout_func gives to each cell, in the place of one for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode

from tplib.autograde.limited import Bounds, in_child
from tplib.autograde.messages.execution import Limits

ASKING = Bounds(processor=20, clock=60, memory=1 << 30)  # for all cells of a notebook

CellLimits = dict[int, float | None]


def cell_limits(function: Callable[[NotebookNode], Any], notebook: NotebookNode) -> CellLimits:
    """Seconds for each code cell by its place; None for no limit, as nbclient reads what the function gives.

    It sees a stranger's cells, so it is asked in a child. Raises StoppedError where it fails, and OSError.
    """

    def work() -> bytes:
        cells = {index: cell for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"}
        found = {index: function(cell) for index, cell in cells.items()}
        return json.dumps(
            [[index, float(value) if value and value > 0 else None] for index, value in found.items()]
        ).encode()

    return dict(json.loads(in_child(work, ASKING)))


def with_room(limits: Limits, cells: CellLimits) -> Limits:
    """The limits of a notebook with time for cells that may take longer than others, unless it was set by hand."""
    if limits.notebook is None or limits.cell is None or limits.notebook != limits.with_cell(limits.cell).notebook:
        return limits
    if None in cells.values():
        return replace(limits, notebook=None)
    more = sum(max(0.0, (seconds or 0.0) - limits.cell) for seconds in cells.values())
    return replace(limits, notebook=limits.notebook + more)
