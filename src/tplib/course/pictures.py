"""The alternative texts of stored pictures: what the author says of a figure, then what the kernel measured of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tplib.alt_texts import PNG, shown
from tplib.plots.explore.skin import STILL, still_html

if TYPE_CHECKING:
    from nbformat import NotebookNode


def describe_pictures(cell: NotebookNode, before: str = "") -> None:
    """Give each PNG among the outputs of a cell its words, in its metadata and in HTML, without running anything.

    The words are the cell's `alt` and what the output's own metadata say; `before` is the `alt` that they may still
    begin with, from an earlier build.
    """
    author = cell.metadata.get("alt", "")
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if PNG not in data:
            continue
        about = dict(output.metadata.get(PNG, {}))
        measured = about.pop("alt", "")
        for prefix in (before, author):
            measured = measured.removeprefix(prefix).strip() if prefix else measured
        words = " ".join(part for part in (author, measured) if part)
        if not words:
            continue
        html, metadata = shown(data[PNG], words, about)
        if STILL.strip() in data.get("text/html", ""):
            html = {"text/html": still_html(data[PNG].strip(), words, about)}
        data.update(html)
        output.metadata.update(metadata)
