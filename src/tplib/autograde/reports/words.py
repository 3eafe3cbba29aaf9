"""Numbers and lists as a page says them."""

from __future__ import annotations

from collections.abc import Sequence

from tplib.autograde.submissions.lateness import duration

FEW = 3


def plural(count: int, word: str) -> str:
    """`1 student`, `2 students`."""
    return f"{count} {word if count == 1 else word + 's'}"


def few(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    more = len(names) - FEW
    return ", ".join(names[:FEW]) + (f" and {more} more" if more > 0 else "")


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def seconds_text(seconds: float) -> str:
    """`4.2 s`, `3 min`, `1 h 20 min`."""
    return f"{seconds:.1f} s" if seconds < 120 else duration(seconds)
