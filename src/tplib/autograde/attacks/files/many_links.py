"""Hands in five thousand links and named pipes, each of them worth a sentence in the report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    for number in range(2500):
        (folder / f"link-{number}").symlink_to("/nowhere")
        os.mkfifo(folder / f"pipe-{number}")
