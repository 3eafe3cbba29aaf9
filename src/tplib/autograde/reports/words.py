"""Numbers and lists as a page says them."""

from __future__ import annotations

from collections.abc import Sequence

UNITS = ((86_400, "day", "days"), (3600, "h", "h"), (60, "min", "min"))
FEW = 3


def duration(seconds: float) -> str:
    """`29 days`, `3 h 20 min`, `4 min`: the two largest units, days alone from ten on."""
    left, parts = int(seconds), list[str]()
    for size, one, several in UNITS:
        count, left = divmod(left, size)
        if count or parts:
            parts.append(f"{count} {one if count == 1 else several}")
        if len(parts) == 2 or (size == 86_400 and count >= 10):
            break
    kept = [part for part in parts if not part.startswith("0 ")]
    return " ".join(kept) or "less than 1 min"


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
