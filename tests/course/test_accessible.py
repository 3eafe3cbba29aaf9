"""Every committed notebook can be read without eyes: headings in order, words for each picture, headers for tables."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tplib.course.layout import Course

ROOT = Path(__file__).parents[2]
PATHS = [path for stage in ("source", "release") for path in sorted((ROOT / stage).glob("*/*.ipynb"))]
LEAST = 40  # letters in which a figure can be told
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+\s*$")


class Elements(HTMLParser):
    """The elements of a piece of HTML: (tag, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def cells(path: Path) -> list[Any]:
    return list(nbformat.read(path, as_version=4).cells)


def texts(path: Path) -> list[str]:
    return [FENCE.sub("", cell.source) for cell in cells(path) if cell.cell_type == "markdown"]


def test_all_notebooks_are_looked_at() -> None:
    assert len(PATHS) == 2 * len(Course(ROOT).pages())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT)))
def test_headings_go_down_one_level_at_a_time(path: Path) -> None:
    headings = [line for text in texts(path) for line in re.findall(r"^#{1,6} .*", text, re.MULTILINE)]
    levels = [len(line.split(" ")[0]) for line in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [
        line for (above, below), line in zip(pairwise(levels), headings[1:], strict=True) if below > above + 1
    ] == []
    assert not any(re.search(r"<h[1-6]\b", text) for text in texts(path))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_picture_has_its_words(path: Path) -> None:
    """In HTML, because JupyterLab shows no alternative text with `image/png` and `image/svg+xml`."""
    wordless = []
    for number, cell in enumerate(cells(path), 1):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            pictures = Elements(data.get("text/html", "")).named("img")
            if any(mime.startswith("image/") for mime in data) and not pictures:
                wordless.append(number)
            wordless += [number for picture in pictures if len(picture.get("alt") or "") < LEAST]
        if cell.cell_type == "markdown":
            wordless += [number for alt in re.findall(r"!\[(.*?)\]\(", cell.source) if len(alt) < LEAST]
            wordless += [number for img in Elements(cell.source).named("img") if len(img.get("alt") or "") < LEAST]
    assert wordless == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_column_of_a_table_has_a_header(path: Path) -> None:
    for text in texts(path):
        lines = text.splitlines()
        for header, rule in pairwise(lines):
            if RULE.match(rule):
                assert all(name.strip() for name in re.split(r"(?<!\\)\|", header)[1:-1]), header
    for cell in cells(path):
        for output in cell.get("outputs", []):
            elements = Elements(output.get("data", {}).get("text/html", ""))
            assert not elements.named("table") or elements.named("th"), cell.source
