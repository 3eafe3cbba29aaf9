"""The expected and the obtained result entry by entry, with a sign at each that differs, and how far off they are.

The sign stands in the text itself, so that it reaches a reader without colours, a screen reader and a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.graders.compare import Tolerance, number, two_numbers

SIGN = "≠"  # before an entry that differs
ROWS, COLUMNS = 8, 10  # of a table that can still be read
MAP = 40  # rows and columns of a map that only says where it differs
ENTRY = 30  # letters of an entry
SAME, OTHER = "·", "✗"


@dataclass(frozen=True)
class SideBySide:
    """Two results of the same shape.

    part      which part of the result this is, with a comma before it, or ""
    form      shape and dtype of the right result and of the obtained one, or ""
    expected, yours, differs   rows of entries; of a vector or a list, one row
    where     the map of a matrix that is too large for a table: a row of signs for each of its rows
    distance  by how much numbers differ, or ""
    """

    part: str
    form: tuple[str, str]
    expected: list[list[str]]
    yours: list[list[str]]
    differs: list[list[bool]]
    distance: str
    flat: bool = True
    where: tuple[str, ...] = ()

    def lines(self) -> list[tuple[str, str]]:
        """(label, value) for a text without a table."""
        lines = [
            (f"{label}{self.part}", f"{self._aligned(rows)}   {form}".rstrip())
            for label, rows, form in zip(("expected", "yours"), (self.expected, self.yours), self.form, strict=True)
            if rows
        ]
        if self.where:
            lines.append((f"{OTHER} differs", "\n".join(self.where)))
        return [*lines, ("difference", self.distance)] if self.distance else lines

    @property
    def marks(self) -> int:
        """How many places the map marks."""
        return sum(row.count(OTHER) for row in self.where)

    def _aligned(self, rows: list[list[str]]) -> str:
        both = [*self.expected, *self.yours]
        widths = [max(len(row[k]) for row in both) for k in range(len(rows[0]))]
        texts = [" ".join(entry.rjust(width) for entry, width in zip(row, widths, strict=True)) for row in rows]
        return f"[{texts[0]}]" if self.flat else "[" + "\n ".join(f"[{text}]" for text in texts) + "]"


def side_by_side(expected: Any, obtained: Any, tolerance: Tolerance, part: str = "") -> SideBySide | None:
    """Both results entry by entry; None where they are no vectors, matrices or short lists of the same shape.

    Of several parts, the first that differs is shown.
    """
    if isinstance(expected, tuple) and isinstance(obtained, tuple | list) and len(expected) == len(obtained) <= ROWS:
        for k, (one, other) in enumerate(zip(expected, obtained, strict=True), 1):
            if (found := side_by_side(one, other, tolerance, f"{part}, part {k}")) is not None:
                return found
        return None
    if isinstance(expected, dict) and isinstance(obtained, dict) and expected.keys() == obtained.keys():
        for key in list(expected)[:ROWS]:
            if (found := side_by_side(expected[key], obtained[key], tolerance, f"{part}, `{key}`")) is not None:
                return found
        return None
    if isinstance(expected, np.ndarray) and isinstance(obtained, np.ndarray):
        return _arrays(expected, obtained, tolerance, part)
    if isinstance(expected, list) and isinstance(obtained, list) and len(expected) == len(obtained) <= COLUMNS:
        return _lists(expected, obtained, tolerance, part)
    return None


def _arrays(expected: np.ndarray, obtained: np.ndarray, tolerance: Tolerance, part: str) -> SideBySide | None:
    known = {expected.dtype.kind, obtained.dtype.kind} <= set("fiub")
    if expected.shape != obtained.shape or expected.ndim not in (1, 2) or not expected.size or not known:
        return None
    differs = ~_close(expected, obtained, tolerance)
    if not differs.any():
        return None
    distance = _distance(expected, obtained, differs)
    form = f"shape {expected.shape}, {expected.dtype}", f"shape {obtained.shape}, {obtained.dtype}"
    flat, (rows, columns) = expected.ndim == 1, np.atleast_2d(expected).shape
    one, other, marks = np.atleast_2d(expected), np.atleast_2d(obtained), np.atleast_2d(differs)
    if rows > ROWS or columns > COLUMNS:
        if flat or rows > MAP or columns > MAP:
            return None
        where = tuple("".join(OTHER if mark else SAME for mark in row) for row in marks)
        return SideBySide(part, form, [], [], [], distance, False, where)
    digits = _digits(expected[differs], obtained[differs])
    return SideBySide(
        part,
        form,
        [[number(value, digits) for value in row] for row in one],
        [
            [_signed(number(value, digits), mark) for value, mark in zip(*row, strict=True)]
            for row in zip(other, marks, strict=True)
        ],
        marks.tolist(),
        distance,
        flat,
    )


def _lists(expected: list[Any], obtained: list[Any], tolerance: Tolerance, part: str) -> SideBySide | None:
    """Lists of words and numbers, each short enough for a column."""
    if not all(isinstance(item, str | int | float | bool) for item in (*expected, *obtained)):
        return None
    differs = [not _equal(one, other, tolerance) for one, other in zip(expected, obtained, strict=True)]
    if not any(differs):
        return None
    pairs = [_two_texts(one, other) for one, other in zip(expected, obtained, strict=True)]
    if any(len(text) > ENTRY for pair in pairs for text in pair):
        return None
    yours = [_signed(text, mark) for (_, text), mark in zip(pairs, differs, strict=True)]
    return SideBySide(part, ("", ""), [[text for text, _ in pairs]], [yours], [differs], "")


def _equal(one: Any, other: Any, tolerance: Tolerance) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    try:
        return bool(_close(np.asarray(one), np.asarray(other), tolerance))
    except (TypeError, ValueError, OverflowError):  # whole numbers beyond NumPy's
        return bool(one == other)


def _two_texts(one: Any, other: Any) -> tuple[str, str]:
    if isinstance(one, float) and isinstance(other, float):
        return two_numbers(one, other)
    return repr(one), repr(other)


def _close(expected: np.ndarray, obtained: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    """Where two arrays agree, as `compare` has it."""
    if "f" not in (expected.dtype.kind, obtained.dtype.kind):
        return np.asarray(expected == obtained)
    single = np.float32 in (expected.dtype, obtained.dtype)
    rtol, atol = (max(tolerance.rtol, 2e-4), max(tolerance.atol, 2e-6)) if single else (tolerance.rtol, tolerance.atol)
    return np.isclose(obtained, expected, rtol=rtol, atol=atol, equal_nan=True)


def _digits(expected: np.ndarray, obtained: np.ndarray) -> int:
    """As many significant digits as it takes to see that each of these pairs differs."""
    for digits in (4, 6, 9, 12):
        if all(number(one, digits) != number(other, digits) for one, other in zip(expected, obtained, strict=True)):
            return digits
    return 17


def _signed(text: str, differs: bool) -> str:
    return f"{SIGN}{text}" if differs else text


def _distance(expected: np.ndarray, obtained: np.ndarray, differs: np.ndarray) -> str:
    """The largest difference between numbers, in their own unit and as a share of the right value."""
    if "b" in (expected.dtype.kind, obtained.dtype.kind):
        return ""
    one, other = expected.astype(float), obtained.astype(float)
    finite = differs & np.isfinite(one) & np.isfinite(other)
    if not finite.any():
        return ""
    with np.errstate(over="ignore"):
        gaps = np.where(finite, np.abs(other - one), -1.0)
    at = tuple(int(k) for k in np.unravel_index(int(gaps.argmax()), gaps.shape))
    most, right = float(gaps[at]), abs(float(one[at]))
    share = f", {_share(most / right)} the right value" if right > 0 else ""
    return f"{'by' if finite.sum() == 1 else 'at most'} {most:.3g}{share}, at index {at[0] if len(at) == 1 else at}"


def _share(ratio: float) -> str:
    return f"{100 * ratio:.3g} % of" if ratio < 10 else f"{ratio:.3g} times"
