"""The sizes that modules are made of."""

from __future__ import annotations

from operator import index
from typing import Any


def check_sizes(name: str, least: int = 0, **sizes: Any) -> None:
    """Refuse a size of a module that is no integer, such as `hidden / 2`, or too small."""
    for what, size in sizes.items():
        try:
            number = index(size)
        except TypeError:
            hint = "; // divides integers" if isinstance(size, float) else ""
            raise TypeError(f"{name}: expected {what} to be an integer, got {size!r}{hint}") from None
        if number < least:
            raise ValueError(f"{name}: expected {what} to be at least {least}, got {size}")
