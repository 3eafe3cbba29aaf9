"""Cells and files of notebooks that are known to be good. nbformat's own functions validate them, which is slow."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient


def new_cell(kind: str, source: str, metadata: dict[str, Any] | None = None) -> NotebookNode:
    """A cell of type "code", "markdown" or "raw"."""
    cell = NotebookNode(
        cell_type=kind,
        id=secrets.token_hex(4),
        metadata=NotebookNode(metadata or {}),
        source=source,
    )
    if kind == "code":
        cell.execution_count, cell.outputs = None, []
    return cell


def load(path: Path) -> NotebookNode:
    """Read a notebook that nbformat or nbgrader wrote. Raises OSError or ValueError."""
    return nbformat.convert(nbformat.reader.reads(path.read_text(encoding="utf-8")), 4)


def save(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook that nothing but nbgrader reads: no indentation."""
    path.write_text(json.dumps(notebook), encoding="utf-8")


def save_readable(notebook: NotebookNode, path: Path) -> None:
    """Write a valid notebook of format 4 with the bytes that nbformat writes. `notebook` cannot be used afterwards."""
    text = json.dumps(strip_transient(split_lines(notebook)), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
