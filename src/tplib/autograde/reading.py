"""Read a student's notebook file, whatever its state: a clean notebook, or the reason why it is none."""

from __future__ import annotations

import json

import nbformat
from nbformat import NotebookNode

from tplib.autograde.notebooks import new_cell
from tplib.autograde.problems import Problem

FILE_CAP = 100 << 20
CELL_CAP = 20_000
HAND_IN_AGAIN = "Open the notebook in JupyterLab, run it, save it and hand it in again"


class UnreadableNotebook(Exception):
    """Carries the Problem that says why a notebook cannot be graded."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def read_notebook(data: bytes, name: str) -> NotebookNode:
    """Read a student's notebook as nbformat 4; raises UnreadableNotebook with the reason and what to do."""

    def unreadable(kind: str, reason: str, hint: str = HAND_IN_AGAIN) -> UnreadableNotebook:
        return UnreadableNotebook(Problem(kind, f"{name}.ipynb {reason}", hint, name))

    if len(data) > FILE_CAP:
        raise unreadable("too large", "is larger than 100 MiB", "Clear its outputs, save it and hand it in again")
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
    cells = content.get("cells", content.get("worksheets")) if isinstance(content, dict) else None
    if not isinstance(cells, list):
        raise unreadable("broken file", "is JSON but not a notebook: it has no list of cells")
    if len(cells) > CELL_CAP:
        raise unreadable("too large", f"has more than {CELL_CAP} cells")
    try:
        major = int(content.get("nbformat", 4))
        notebook = nbformat.from_dict(content) if major >= 4 else nbformat.convert(nbformat.reader.reads(text), 4)
    except Exception as error:  # nbformat raises many kinds on malformed content
        raise unreadable("broken file", f"cannot be read as a notebook ({type(error).__name__}: {error})") from None
    return _well_formed(notebook)


def _well_formed(notebook: NotebookNode) -> NotebookNode:
    """Drop what is not a cell and make every cell valid; outputs go, as they are computed again."""
    cells, ids = [], set()
    for cell in notebook.cells:
        if not isinstance(cell, dict):
            continue
        source = cell.get("source", "")
        source = "".join(map(str, source)) if isinstance(source, list) else str(source)
        source = source.encode("utf-8", "replace").decode("utf-8")
        kind = cell.get("cell_type")
        clean = new_cell(kind if kind in ("code", "raw") else "markdown", source)
        metadata = cell.get("metadata")
        clean.metadata = metadata if isinstance(metadata, dict) else NotebookNode()
        if not isinstance(clean.metadata.get("nbgrader", {}), dict):
            del clean.metadata["nbgrader"]
        attachments = cell.get("attachments")
        if kind != "code" and isinstance(attachments, dict):
            clean.attachments = attachments
        cell_id = cell.get("id")
        if isinstance(cell_id, str) and cell_id and cell_id not in ids:
            clean.id = cell_id
        ids.add(clean.id)
        cells.append(clean)
    metadata = notebook.get("metadata")
    return NotebookNode(
        cells=cells,
        metadata=metadata if isinstance(metadata, dict) else NotebookNode(),
        nbformat=4,
        nbformat_minor=5,
    )
