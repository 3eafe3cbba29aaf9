"""Cells, outputs and metadata of submissions, made safe for pages.

Scripts, widgets, frames and whatever else a browser could run or fetch are left out. Students' HTML, Markdown and SVG
are sanitised.
"""

from __future__ import annotations

import base64
import functools
import re
import secrets
from collections.abc import Collection
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from tplib.autograde.html.formulas import Formulas
from tplib.autograde.html.safehtml import (
    DEEPEST,
    NOTE,
    clean_html,
    depth,
    harmless,
    preformatted,
    tame_tex,
)
from tplib.autograde.html.svg import svg_picture
from tplib.autograde.limited import Bounds, StoppedError, in_child
from tplib.mime import VERDICT

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
NAME = re.compile(r"[\w.-]{1,200}")
PLAIN = re.compile(r"[\w .+()-]{1,100}")
KNOWN_TEXTS = 1000
LONGEST_MARKDOWN = 50_000  # characters of one text; mistune's time grows with their square
TOO_LONG = "[not shown: the outputs of this notebook take too long to be made safe]"
SHORT = 2000  # characters that are rendered at once, without a child
RENDERING = Bounds(processor=5, clock=60, memory=512 << 20)
IMAGES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}


def render(source: str, attachments: dict[str, Any]) -> str:
    """Markdown as HTML that can be opened, its formulas as MathML; a text that takes too long as it is written."""
    if len(source) > LONGEST_MARKDOWN:
        return NOTE.format("This text is too long to be shown; it begins so:") + preformatted(source)
    if len(source) <= SHORT:
        return _rendered(source, attachments)
    try:
        return in_child(lambda: _rendered(source, attachments).encode("utf-8", "replace"), RENDERING).decode()
    except (StoppedError, OSError):
        return preformatted(source)


def _rendered(source: str, attachments: dict[str, Any]) -> str:
    renderer = Formulas(attachments)
    try:
        return renderer.put_back(clean_html(MarkdownWithMath(renderer=renderer).render(source)))
    except Exception:  # a missing attachment, nesting without end: nbconvert raises many kinds
        return preformatted(source)


def clean_outputs(outputs: list[Any], trusted: bool = False) -> list[NotebookNode]:
    """The outputs of a cell without what a browser could run or fetch.

    trusted: our examiner wrote the cell's HTML, which stays as it is.
    """
    return [NotebookNode(clean_output(output, trusted)) for output in outputs if isinstance(output, dict)]


def clean_output(output: dict[str, Any], trusted: bool = False) -> dict[str, Any]:
    kind = output.get("output_type")
    if kind == "stream":
        return {"output_type": kind, "name": _stream(output.get("name")), "text": text_of(output.get("text"))}
    if kind == "error":
        lines = output.get("traceback")
        lines = [text_of(line) for line in lines] if isinstance(lines, list) else []
        error = {name: text_of(output.get(name)) for name in ("ename", "evalue")}
        return {"output_type": kind, **error, "traceback": lines}
    bundle = output.get("data")
    data = bundle if isinstance(bundle, dict) else {}
    clean: dict[str, Any] = {}
    for mime, value in data.items():
        kept = value if trusted and mime == "text/html" else clean_data(str(mime), value)
        if kept is not None and mime == "image/svg+xml":
            clean.setdefault("text/html", kept)
        elif kept is not None:
            clean[str(mime)] = kept
    if data and not clean.keys() - {VERDICT}:
        clean["text/plain"] = "[not shown: an output of the kind " + ", ".join(map(str, data)) + "]"
    sizes = output.get("metadata")
    node: dict[str, Any] = {"output_type": "display_data", "data": clean, "metadata": _sizes(sizes)}
    if kind == "execute_result":
        node |= {"output_type": kind, "execution_count": count_of(output.get("execution_count"))}
    return node


def clean_data(mime: str, value: Any) -> Any:
    """One representation of an output, an SVG as HTML, or None where it cannot be shown."""
    if mime in IMAGES:
        return value if is_image(mime, value) else None
    if mime == "text/html":
        return clean_html(text_of(value))
    if mime == "text/markdown":
        return text_of(value) if harmless_markdown(text_of(value), {}) else None
    if mime == "text/latex":
        return tame_tex(text_of(value))
    if mime == "image/svg+xml":
        return svg_picture(text_of(value))
    if mime == "text/plain":
        return text_of(value)
    return value if mime == VERDICT and isinstance(value, dict) else None


def is_image(mime: str, value: Any) -> bool:
    """Whether `value` is what its type says: base64 of such an image."""
    try:
        return base64.b64decode(text_of(value).replace("\n", ""), validate=True).startswith(IMAGES[mime])
    except ValueError:  # no base64, or not even ASCII
        return False


def text_of(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")


def count_of(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _stream(name: Any) -> str:
    return "stderr" if name == "stderr" else "stdout"


def _sizes(metadata: Any) -> dict[str, Any]:
    """The width and height of pictures, of an output's metadata: templates write them into the page unquoted."""
    if not isinstance(metadata, dict):
        return {}
    sizes = {
        mime: {
            name: number
            for name, number in metadata[mime].items()
            if name in ("width", "height") and isinstance(number, int | float)
        }
        for mime in IMAGES
        if isinstance(metadata.get(mime), dict)
    }
    return {mime: size for mime, size in sizes.items() if size}


def harmless_markdown(source: str, attachments: dict[str, Any]) -> bool:
    """Whether nbconvert's own rendering of `source` may be opened: sanitising would change nothing in it."""
    if len(source) > LONGEST_MARKDOWN:
        return False
    if not may_act(source):
        return True
    return _harmless_page(source, attachments) if attachments else harmless_text(source)


@functools.lru_cache(KNOWN_TEXTS)
def harmless_text(source: str) -> bool:
    """The same for a text without attachments. It is remembered: most cells of a class are the instructor's."""
    return _harmless_page(source, {})


def _harmless_page(source: str, attachments: dict[str, Any]) -> bool:
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        page = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # as in render
        return False
    return depth(page) <= DEEPEST and harmless(page)


def may_act(source: str) -> bool:
    """Whether Markdown has HTML, pictures or links in it, which have to be looked at."""
    return re.search(r"<[a-zA-Z/!?]|!\[|attachment:|\]\s*[(:\[]|://", source) is not None


def clean_attachments(attachments: Any) -> dict[str, Any]:
    named = attachments.items() if isinstance(attachments, dict) else ()
    return {
        str(name): {mime: text_of(data) for mime, data in kinds.items() if mime in IMAGES and is_image(mime, data)}
        for name, kinds in named
        if isinstance(kinds, dict) and any(mime in IMAGES and is_image(mime, data) for mime, data in kinds.items())
    }


def make_harmless(notebook: NotebookNode, trusted: Collection[int] = ()) -> NotebookNode:
    """Change a graded notebook so that any program may show it.

    Outputs are sanitised. A Markdown cell with HTML that could act becomes a listing of its source. Others stay as they
    are. trusted: indices of cells whose HTML output the examiner wrote.
    """
    for index, cell in enumerate(notebook.cells):
        clean_cell(cell, index in trusted)
        if cell.cell_type == "markdown" and not harmless_markdown(cell.source, cell.get("attachments", {})):
            cell.source = listing(cell.source)
    clean_metadata(notebook)
    return notebook


def make_plain(notebook: NotebookNode, trusted: Collection[int] = ()) -> NotebookNode:
    """The same for a notebook that takes too long: of outputs their text stays, of Markdown with HTML its source."""
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and may_act(cell.source):
            cell.source = listing(cell.source)
        if "attachments" in cell:
            del cell["attachments"]
        for output in cell.get("outputs", []) if index not in trusted else ():
            data = output.get("data", {})
            if data:
                output["data"] = NotebookNode({"text/plain": text_of(data.get("text/plain", TOO_LONG))})
        clean_cell(cell, index in trusted)
    clean_metadata(notebook)
    return notebook


def listing(source: str) -> str:
    """Markdown that shows `source` as it is written."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", source)), default=0))
    reason = "This text holds HTML that could act in a browser, or lacks a picture. Shown is its source."
    return f"*{reason}*\n\n{fence}text\n{source}\n{fence}"


def clean_cell(cell: NotebookNode, trusted: bool = False) -> None:
    marks = cell.metadata.get("nbgrader")
    kept = {name: value for name, value in cell.metadata.items() if name in ("tplib", "deletable", "editable")}
    if isinstance(marks, dict) and NAME.fullmatch(str(marks.get("grade_id", ""))):
        kept["nbgrader"] = marks
    cell.metadata = NotebookNode(kept)
    if "id" in cell and not CELL_ID.fullmatch(str(cell.id)):
        cell.id = secrets.token_hex(4)
    if cell.cell_type == "code":
        cell.execution_count = count_of(cell.get("execution_count"))
        cell.outputs = clean_outputs(cell.get("outputs", []), trusted)
    elif "attachments" in cell:
        cell.attachments = NotebookNode(clean_attachments(cell.attachments))


def lexer_of(metadata: Any) -> str:
    """What colours the code: by the course's kernel. A student's choice could be a lexer that takes hours."""
    spec = metadata.get("kernelspec", {})
    language = str(spec.get("language") or ("python" if "python" in str(spec.get("name", "python")) else "text"))
    return "ipython3" if language.lower() == "python" else language.lower()


def clean_metadata(notebook: NotebookNode) -> None:
    """Keep the kernel's name and what grading wrote. Titles, authors and widgets' states go."""
    kept = {
        name: value for name, value in notebook.metadata.items() if name in ("kernelspec", "language_info", "tplib")
    }
    for part in ("kernelspec", "language_info"):
        values = kept.get(part)
        names = values.items() if isinstance(values, dict) else ()
        kept[part] = {key: text if PLAIN.fullmatch(text) else "" for key, text in names if isinstance(text, str)}
    if kept["language_info"]:
        kept["language_info"]["pygments_lexer"] = lexer_of(kept)
    notebook.metadata = NotebookNode({name: value for name, value in kept.items() if value})
