"""Sets as results: of numbers, texts, None, and tuples of those. Their order does not count.

Only exact types are taken: no method of a student's class is called, and the hash of no object of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np

MOST = 2000  # entries: whole numbers can be chosen so that all have the same hash, and then each is compared with all
FEW = 200  # entries that differ and are compared one by one, within the tolerance
SHOWN = 12


def plain_set(entries: Collection[Any]) -> set[Any] | None:
    """The set of these entries, with Python's own numbers and texts; None where there are too many, or others."""
    if len(entries) > MOST:
        return None
    try:
        return set(map(_entry, entries))
    except TypeError:
        return None


def _entry(item: Any) -> Any:
    if isinstance(item, np.generic) and type(item).__module__ == "numpy" and item.dtype.kind in "biufU":
        item = item.item()
    if type(item) is tuple:
        return tuple(map(_entry, item))
    if item is not None and type(item) not in (bool, int, float, str):
        raise TypeError
    return item


def ordered(value: Collection[Any]) -> list[Any]:
    """The entries in an order that is the same at each run: truth values, numbers, texts, tuples, None."""
    return sorted(value, key=_rank)


def _rank(item: Any) -> tuple[Any, ...]:
    if isinstance(item, tuple):
        return (3, *map(_rank, item))
    if isinstance(item, str):
        return 2, item
    if isinstance(item, bool | int | float):
        return (0, item) if isinstance(item, bool) else (1, item) if item == item else (1.5,)  # the last: nan
    return (4, repr(item))


def unlike(
    expected: Collection[Any], obtained: Collection[Any], close: Callable[[Any, Any], bool]
) -> tuple[list[Any], list[Any]]:
    """The entries that are missing, and those that are too much. close: whether one entry stands for another."""
    one, other = ({_rank(item): item for item in items} for items in (expected, obtained))
    missing = ordered([item for rank, item in one.items() if rank not in other])
    surplus = ordered([item for rank, item in other.items() if rank not in one])
    if max(len(missing), len(surplus)) <= FEW:
        for item in [*missing]:
            found = next((k for k, entry in enumerate(surplus) if close(item, entry)), None)
            if found is not None:
                missing.remove(item)
                del surplus[found]
    return missing, surplus


def written(entries: Collection[Any], text: Callable[[Any], str] = repr) -> str:
    """Entries as a set is written, cut where there are many; the empty set is `set()`."""
    shown = [text(item) for item in ordered(entries)[:SHOWN]] + ["..."] * (len(entries) > SHOWN)
    return "{" + ", ".join(shown) + "}" if shown else "set()"
