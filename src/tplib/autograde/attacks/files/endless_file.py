"""Hands in a file that says it is a terabyte long, and takes no place on the disk."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    with open(folder / "data.csv", "wb") as file:
        for size in (1 << 40, 1 << 35):  # some file systems have no files of a terabyte
            with contextlib.suppress(OSError):
                os.truncate(file.fileno(), size)
                return
