"""Hands in a symbolic link to the instructor's own notebook instead of a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    (folder / "task.ipynb").symlink_to(folder.parents[2] / "source" / "attacked" / "task.ipynb")
