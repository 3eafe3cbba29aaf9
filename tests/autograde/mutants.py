"""Changes to a notebook that nobody would think of, drawn by Hypothesis."""

from __future__ import annotations

import copy
import math
from typing import Any

from hypothesis import strategies as st

ODD = [
    *(None, True, False, 0, -1, 3, 10**30, -(10**400), 0.5, 1e308, math.nan, math.inf, -math.inf),
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "\udfff\ud800",
        "é\u202e",
        "x" * 70_000,
        "code",
        "markdown",
        "raw",
        "heading",
        "python3",
    ),
    *([], {}, [[]], [None], [1, "a", {}], {"": None}, {"a": {"b": []}}, ["\ud83d"], "../../etc/passwd", "%%bash\nls"),
]
odd = st.sampled_from(ODD).map(copy.deepcopy) | st.text(max_size=6) | st.integers()
MARKS = ["grade_id", "grade", "solution", "locked", "task", "points", "schema_version", "cell_type", "checksum"]
IDS = ["imports", "sigmoid", "check-sigmoid", "half", "test-half", "part-half", "why", "answer", "none", "a b", ""]
KERNELS = ["python", "ir", "julia-1.9", "conda-env-x-py", "../python3", "", "python2", "\ud800", "tplib"]


def place(draw: st.DrawFn, items: list[Any]) -> int:
    return draw(st.integers(0, len(items) - 1))


def change_cells(draw: st.DrawFn, notebook: dict[str, Any]) -> None:
    """Cells duplicated, dropped, moved, retyped, split, joined, or given another's identity."""
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not cells:
        return
    at = place(draw, cells)
    cell = cells[at]
    match draw(st.integers(0, 9)):
        case 0:
            cells.insert(draw(st.integers(0, len(cells))), copy.deepcopy(cell))
        case 1:
            del cells[at]
        case 2:
            notebook["cells"] = draw(st.permutations(cells))
        case 3 if isinstance(cell, dict):
            cell["cell_type"] = draw(st.sampled_from(["code", "markdown", "raw", "heading", "html"]) | odd)
        case 4 if isinstance(cell, dict) and isinstance(cell.get("metadata"), dict):
            marks = cell["metadata"].setdefault("nbgrader", {})
            if isinstance(marks, dict):
                marks[draw(st.sampled_from(MARKS))] = draw(st.sampled_from(IDS) | odd)
        case 5 if isinstance(cell, dict):
            cell["id"] = draw(st.sampled_from(IDS) | odd)
        case 6 if isinstance(cell, dict):
            cell["source"] = draw(odd | st.lists(odd, max_size=3) | st.sampled_from(SOURCES))
        case 7 if isinstance(cell, dict):
            cell["attachments"] = draw(odd | st.dictionaries(st.text(max_size=3), odd, max_size=2))
        case 8 if isinstance(cell, dict):
            cell["outputs"] = draw(odd | st.lists(odd, max_size=2))
        case 9:
            cells.insert(at, draw(odd))


SOURCES = [
    "def half(x:",
    "%lsmagic",
    "!ls",
    "return",
    "await half(1)",
    "1/0",
    "raise SystemExit",
    "exit()",
    "\x0c\r\n x",
]


def change_frame(draw: st.DrawFn, notebook: dict[str, Any]) -> None:
    """Another kernel, another format, odd metadata."""
    metadata = notebook.get("metadata")
    match draw(st.integers(0, 4)):
        case 0 if isinstance(metadata, dict):
            metadata["kernelspec"] = {"name": draw(st.sampled_from(KERNELS) | odd), "display_name": draw(odd)}
        case 1:
            notebook["nbformat"] = draw(st.sampled_from([1, 2, 3, 4, 5, 99, "4", 4.0]) | odd)
        case 2:
            notebook["nbformat_minor"] = draw(st.sampled_from([0, 1, 4, 5, 99]) | odd)
        case 3:
            notebook["metadata"] = draw(odd)
        case 4:
            notebook["worksheets"] = [{"cells": notebook.pop("cells", []), "metadata": {}}]
            notebook["nbformat"] = draw(st.sampled_from([2, 3]))


def change_node(draw: st.DrawFn, notebook: dict[str, Any]) -> None:
    """Anything anywhere deleted, replaced, renamed, copied or moved."""
    here: Any = notebook
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if isinstance(here[key], dict | list) and here[key] and draw(st.integers(0, 4)):
            here = here[key]
            continue
        match draw(st.integers(0, 3)):
            case 0:
                del here[key]
            case 1:
                here[key] = draw(odd)
            case 2 if isinstance(here, dict):
                here[draw(st.text(max_size=4) | st.sampled_from(["nbgrader", "cells", "tplib"]))] = here.pop(key)
            case 2:
                here.insert(draw(st.integers(0, len(here))), copy.deepcopy(here[key]))
            case _:
                here[key] = [here[key]]
        return


def change_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Cut off, overwritten, in another encoding, nested without end, with numbers that no computer likes."""
    at = draw(st.integers(0, len(data)))
    match draw(st.integers(0, 6)):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + draw(st.binary(max_size=12)) + data[at + draw(st.integers(0, 12)) :]
        case 2:
            return data.decode().encode(draw(st.sampled_from(["utf-16", "utf-8-sig", "utf-32", "utf-16-be"])))
        case 3:
            deep = draw(st.sampled_from(["[", '{"a":', '{"cells":['])) * draw(st.sampled_from([50, 900, 100_000]))
            return data.replace(b"[1, 2]", deep.encode(), 1).replace(b'"plain"', deep.encode(), 1)
        case 4:
            return data.replace(b": 3", b": " + draw(st.sampled_from([b"9" * 5000, b"1e999", b"-NaN", b"0x1"])))
        case 5:
            return data + draw(st.sampled_from([b"}", data, b"\n\n", b"\0", b"<<<<<<< HEAD\n>>>>>>> x"]))
        case _:
            return data.replace(b'"cells"', b'"cells": 3, "cells"', 1)
