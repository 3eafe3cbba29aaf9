"""Hands in a symbolic link to the course's source as the whole submission."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    folder.rmdir()
    folder.symlink_to(folder.parents[2] / "source" / "attacked")
