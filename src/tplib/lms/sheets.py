"""Tables of learning platforms (CSV), in which cells can be changed and all else keeps every byte."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from tplib.errors import TplibError

SEPARATORS = ",;\t"
CELL = r'(?P<cell>"(?:[^"]|"")*"|[^SEP\r\n]*)(?P<end>SEP|\r\n|\n|\r|\Z)'


@dataclass
class Sheet:
    """A table: `rows` of raw cells, the first with the titles, and the raw text that ends each cell."""

    path: Path
    encoding: str
    separator: str
    rows: list[list[str]]
    ends: list[list[str]]
    titles: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.titles = [self.value(0, column).strip() for column in range(len(self.rows[0]))]

    def __len__(self) -> int:
        return len(self.rows)

    def value(self, row: int, column: int) -> str:
        """The text of a cell, without quotation marks; empty where a row is too short."""
        cells = self.rows[row]
        cell = cells[column] if column < len(cells) else ""
        return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell

    def put(self, row: int, column: int, text: str) -> None:
        """Change a cell. Quotation marks are set where the cell had them, or where the text needs them."""
        quoted = self.rows[row][column].startswith('"') or any(mark in text for mark in f'"\r\n{self.separator}')
        self.rows[row][column] = '"' + text.replace('"', '""') + '"' if quoted else text

    def column(self, *titles: str) -> int | None:
        """The first column with one of these titles, whatever their capitals; None where there is none."""
        lowered = [title.lower() for title in self.titles]
        return next((lowered.index(title.lower()) for title in titles if title.lower() in lowered), None)

    def encoded(self) -> bytes:
        text = "".join(
            cell + end
            for cells, ends in zip(self.rows, self.ends, strict=True)
            for cell, end in zip(cells, ends, strict=True)
        )
        return text.encode(self.encoding)


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file of any usual encoding and separator. Raises TplibError where it is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TplibError(f"{path} cannot be read ({error.strerror}): expected the platform's table (CSV)") from error
    if path.suffix.lower() == ".zip":
        raise TplibError(f"{path} is a zip archive: expected the platform's table (CSV)")
    if content[:2] in (b"PK", b"\xd0\xcf"):
        raise TplibError(f"{path} is a spreadsheet: save it as CSV (comma separated values), or download it as CSV")
    text, encoding = _decoded(content)
    separator = _separator(text)
    rows, ends = _cells(text, separator)
    if not rows or len(rows[0]) < 2:
        raise TplibError(f"{path} is no table: expected titles of columns in its first line, between commas")
    return Sheet(path, encoding, separator, rows, ends)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, with an encoding that gives the same bytes again."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content.decode(encoding), encoding
    for encoding in ("utf-8", "cp1252"):  # Windows writes Œ and the euro sign where Latin-1 has control characters
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding), encoding
    return content.decode("latin-1"), "latin-1"


def _separator(text: str) -> str:
    """The sign that separates most titles. A comma inside quotation marks separates nothing."""
    first = next(iter(text.splitlines()), "").lstrip("\ufeff")
    counts = {sign: len(next(csv.reader(io.StringIO(first), delimiter=sign), [])) for sign in SEPARATORS}
    return max(counts, key=lambda sign: counts[sign])


def _cells(text: str, separator: str) -> tuple[list[list[str]], list[list[str]]]:
    pattern = re.compile(CELL.replace("SEP", re.escape(separator)))
    rows: list[list[str]] = [[]]
    ends: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        found = pattern.match(text, at)
        assert found is not None  # the second kind of cell takes whatever is no well-formed first kind
        rows[-1].append(found["cell"])
        ends[-1].append(found["end"])
        at = found.end()
        if found["end"] != separator:
            rows.append([])
            ends.append([])
        elif at == len(text):
            rows[-1].append("")
            ends[-1].append("")
    if not rows[-1]:
        rows.pop()
        ends.pop()
    return rows, ends
