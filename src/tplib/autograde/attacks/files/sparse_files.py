"""Hands in forty files that say they are long and take no place on the disk, so that all of them fill the memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    for number in range(40):
        with open(folder / f"{number}.bin", "wb") as file:
            file.truncate(12 << 20)
