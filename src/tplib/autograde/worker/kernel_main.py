"""Run one notebook in a fresh kernel through nbclient, and write what became of each cell.

`python -m tplib.autograde.worker.kernel_main CONTROL` reads `notebook.json`, `skipped.json` and `limits.json` in the
folder CONTROL, and writes `cells.jsonl` there. The working folder is the notebook's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode, from_dict

TIMEOUT_ERROR = {
    "ename": "CellTimeoutError",
    "evalue": "the cell did not finish in time",
    "traceback": ["CellTimeoutError: the cell did not finish in time"],
}
SKIPPED = "skipped"


def main() -> None:
    control = Path(sys.argv[1])
    notebook = from_dict(json.loads((control / "notebook.json").read_text(encoding="utf-8")))
    skipped = json.loads((control / "skipped.json").read_text(encoding="utf-8"))
    for index, cell in enumerate(notebook.cells):
        cell.metadata["tags"] = [SKIPPED] if index in skipped else []
    limits = json.loads((control / "limits.json").read_text(encoding="utf-8"))
    seconds = {id(cell): limit for cell, limit in zip(notebook.cells, limits, strict=True)}
    with (control / "cells.jsonl").open("w", encoding="utf-8") as records:

        def emit(record: dict[str, Any]) -> None:
            records.write(json.dumps(record) + "\n")
            records.flush()

        def on_start(cell: NotebookNode, cell_index: int) -> None:
            emit({"start": cell_index})

        def on_executed(cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
            reply = execute_reply["content"]
            if reply["status"] == "error" and not any(output.get("ename") == reply["ename"] for output in cell.outputs):
                cell.outputs.append(
                    NotebookNode(
                        output_type="error",
                        ename=reply["ename"],
                        evalue=reply["evalue"],
                        traceback=reply["traceback"] or [reply["ename"]],
                    )
                )
            timed_out = reply["status"] == "error" and reply["ename"] == TIMEOUT_ERROR["ename"]
            count = cell.get("execution_count")
            emit({"cell": cell_index, "outputs": cell.outputs, "count": count, "timed_out": timed_out})

        client = NotebookClient(
            notebook,
            timeout_func=lambda cell: seconds[id(cell)],
            skip_cells_with_tag=SKIPPED,
            allow_errors=True,
            interrupt_on_timeout=True,
            error_on_timeout=TIMEOUT_ERROR,
            on_cell_execute=on_start,
            on_cell_executed=on_executed,
        )
        client.execute(cwd=str(Path.cwd()))
        for index, cell in enumerate(notebook.cells):
            if cell.get("outputs"):  # once more: a later cell may have updated a display
                emit({"cell": index, "outputs": cell.outputs})
        emit({"done": True, "language_info": dict(notebook.metadata.get("language_info", {}))})


if __name__ == "__main__":
    main()
