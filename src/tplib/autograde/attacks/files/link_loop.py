"""Hands in symbolic links in a circle, to nowhere, to a device, and to the reader itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    for name, target in {
        "first": "second",
        "second": "first",
        "nowhere": "/nowhere",
        "memory.txt": "/proc/self/environ",
        "terminal": "/dev/tty",
    }.items():
        (folder / name).symlink_to(target)
