"""Hands in a thousand files, and folders inside each other as deep as a path may be long."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

DEPTH = 60  # names of a hundred letters: more than the 4096 that a path may have


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    for number in range(1000):
        (folder / f"{number}.txt").touch()
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        with contextlib.suppress(OSError):
            for _ in range(DEPTH):
                os.mkdir("d" * 100)
                os.chdir("d" * 100)
                Path("deep.txt").touch()
    finally:
        os.fchdir(here)
        os.close(here)
