"""Hands in folders where the course has files, files where it has folders, and a folder called timestamp.txt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    for name in ("timestamp.txt", "table.csv", "tables"):
        (folder / name).mkdir()
        (folder / name / "own.txt").write_text("mine", encoding="utf-8")
    (folder / "data").write_text("mine", encoding="utf-8")
