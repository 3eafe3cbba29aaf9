"""Read a student's notebook file, whatever its state: a clean notebook comes out, or the reason why not."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.validator import get_validator

from tplib.autograde.messages.problems import Problem
from tplib.autograde.notebook_files import new_cell
from tplib.autograde.texts import fit_for_files
from tplib.mime import VERDICT

FILE_CAP = 100 << 20
CELL_CAP = 20_000
ENTRY_CAP = 100  # entries of metadata, where some of them are not allowed
BRACKETS = 3_000_000  # of the file: each becomes an object of twenty times its size
DEPTH_CAP = 30  # of metadata
LARGEST = 1e300
CELL_ID = re.compile("[a-zA-Z0-9-_]{1,64}")
UNREADABLE = ("broken file", "empty file", "too large")  # kinds of problems, where nothing of the notebook is read
HAND_IN_AGAIN = (
    "If it opens in JupyterLab on your machine, the upload was cut off: save it and hand it in again. "
    "If not, the last copy that was whole is in the folder .ipynb_checkpoints beside it"
)


class UnreadableNotebook(Exception):
    """Carries the Problem that says why a notebook cannot be graded."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def read_notebook(data: bytes, name: str, outputs: bool = False) -> NotebookNode:
    """A student's notebook as nbformat 4, with its `outputs` or without.

    Raises UnreadableNotebook with the reason and what to do.
    """

    def unreadable(kind: str, reason: str, hint: str = HAND_IN_AGAIN) -> UnreadableNotebook:
        return UnreadableNotebook(Problem(kind, f"{name}.ipynb {reason}", hint, name))

    if len(data) > FILE_CAP:
        raise unreadable("too large", "is larger than 100 MiB", "Clear its outputs, save it and hand it in again")
    if data.count(b"[") + data.count(b"{") > BRACKETS:
        raise unreadable(
            "too large",
            f"has more than {BRACKETS} lists and dictionaries",
            "Clear its outputs, save it and hand it in again",
        )
    if not data.strip():
        raise unreadable("empty file", f"is empty ({len(data)} bytes): the upload was probably cut off")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        content = json.loads(text)
    except UnicodeDecodeError:
        raise unreadable("broken file", "is not a text file, so it is not a notebook") from None
    except RecursionError:
        raise unreadable("broken file", "is nested too deeply to be a notebook") from None
    except ValueError as error:
        if b"<<<<<<<" in data and b">>>>>>>" in data:
            hint = "Remove the lines that start with <<<<<<<, ======= and >>>>>>> (Git left them), save, hand in again"
            raise unreadable("broken file", "holds the marks of an unfinished Git merge", hint) from None
        raise unreadable("broken file", f"is not valid JSON ({error})") from None
    cells = content.get("cells") if isinstance(content, dict) else None
    sheets = content.get("worksheets") if isinstance(content, dict) else None
    if not isinstance(cells, list) and not isinstance(sheets, list):
        raise unreadable("broken file", "is JSON but not a notebook: it has no list of cells")
    if not isinstance(cells, list):
        try:
            content = _converted(content)
        except Exception as error:  # nbformat raises many kinds on malformed content
            reason = f"cannot be read as a notebook ({type(error).__name__}: {error})"
            raise unreadable("broken file", reason) from None
    if len(content["cells"]) > CELL_CAP:
        raise unreadable("too large", f"has more than {CELL_CAP} cells")
    return _well_formed(content, outputs)


def _converted(content: dict[str, Any]) -> dict[str, Any]:
    """A notebook of format 2 or 3, which has its cells in worksheets, as format 4."""
    old = {**content, "nbformat": 2 if content.get("nbformat") == 2 else 3, "nbformat_minor": 0}
    notebook: dict[str, Any] = nbformat.convert(nbformat.reader.reads(json.dumps(old)), 4)
    return notebook


def _well_formed(content: dict[str, Any], outputs: bool) -> NotebookNode:
    """Drop what is not a cell, and make every cell valid. Outputs go unless they are wanted.

    A cell without an id gets one that another reading of the same notebook gives it again.
    """
    cells: list[NotebookNode] = []
    ids: set[str] = set()
    for cell in content["cells"]:
        if not isinstance(cell, dict):
            continue
        source = cell.get("source")
        lines = source if isinstance(source, list) else [source]
        kind = cell.get("cell_type")
        clean = new_cell(
            kind if kind in ("code", "raw") else "markdown",
            fit_for_files("".join(line for line in lines if isinstance(line, str))),
        )
        clean.metadata = _clean_metadata(cell.get("metadata"), clean)
        if not isinstance(clean.metadata.get("nbgrader", {}), dict):
            del clean.metadata["nbgrader"]
        if kind == "code" and outputs:
            clean.outputs = _clean_outputs(cell.get("outputs"), clean)
            count = cell.get("execution_count")
            clean.execution_count = count if type(count) is int and 0 <= count < 1 << 31 else None
        attachments = _clean_attachments(cell.get("attachments"))
        if kind != "code" and attachments:
            clean.attachments = attachments
        cell_id = cell.get("id")
        if isinstance(cell_id, str) and CELL_ID.fullmatch(cell_id) and cell_id not in ids:
            clean.id = cell_id
        else:
            clean.id = _derived_id(len(cells), clean, ids)
        ids.add(clean.id)
        cells.append(clean)
    metadata = _clean_metadata(content.get("metadata"))
    return NotebookNode(cells=cells, metadata=metadata, nbformat=4, nbformat_minor=5)


def _derived_id(place: int, cell: NotebookNode, taken: set[str]) -> str:
    for attempt in itertools.count():
        text = json.dumps([place, cell.cell_type, cell.source, attempt])
        if (found := hashlib.sha256(text.encode()).hexdigest()[:8]) not in taken:
            return found
    raise AssertionError


def _clean_metadata(metadata: Any, cell: NotebookNode | None = None) -> NotebookNode:
    """The entries of a notebook's metadata, or of a cell's, that nbformat allows."""
    entries = _plain(metadata) if isinstance(metadata, dict) else {}
    if entries.keys() - {"nbgrader"} and not _valid(entries, cell):
        few = list(entries.items())[:ENTRY_CAP]  # each is looked at by itself, which takes its time
        entries = {key: value for key, value in few if _valid({key: value}, cell)}
    return nbformat.from_dict(entries)


def _valid(metadata: dict[str, Any], cell: NotebookNode | None) -> bool:
    place = {"cells": [{**cell, "metadata": metadata}], "metadata": {}} if cell else {"cells": [], "metadata": metadata}
    return not any(notebook_validator().iter_errors({**place, "nbformat": 4, "nbformat_minor": 5}))


def notebook_validator() -> Any:
    """nbformat's validator of notebooks. Compiling it takes longer than reading a notebook: nbformat keeps it."""
    return get_validator(4, 5)


def _clean_outputs(outputs: Any, cell: NotebookNode) -> list[NotebookNode]:
    """The outputs of a code cell that nbformat allows, without verdicts: only an examiner's count."""
    clean = []
    for output in _plain(outputs) if isinstance(outputs, list) else []:
        if isinstance(output, dict) and _valid({}, NotebookNode({**cell, "outputs": [output]})):
            output.get("data", {}).pop(VERDICT, None)
            clean.append(nbformat.from_dict(output))
    return clean


def _clean_attachments(attachments: Any) -> NotebookNode:
    bundles = attachments.items() if isinstance(attachments, dict) else ()
    found = {
        fit_for_files(name): {
            fit_for_files(mime): fit_for_files(value) for mime, value in bundle.items() if isinstance(value, str)
        }
        for name, bundle in bundles
        if isinstance(bundle, dict)
    }
    return nbformat.from_dict(found)


def _plain(value: Any, depth: int = DEPTH_CAP) -> Any:
    """The part of JSON that every reader takes: no lone surrogates, no infinite numbers, no endless nesting."""
    if isinstance(value, str):
        return fit_for_files(value)
    if isinstance(value, dict):
        return {fit_for_files(key): _plain(item, depth - 1) for key, item in value.items()} if depth else None
    if isinstance(value, list):
        return [_plain(item, depth - 1) for item in value] if depth else None
    if isinstance(value, int | float) and not -LARGEST < value < LARGEST:
        return None
    return value
