"""Hands in symbolic links: as the notebook's neighbour, as a folder, and to what only graders can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    course = folder.parents[2]
    for name, target in {
        "notes.txt": course / "CANARY.txt",
        "relative.txt": Path("../../../CANARY.txt"),
        "system.txt": Path("/etc/passwd"),
        "all": course,
    }.items():
        (folder / name).symlink_to(target)
