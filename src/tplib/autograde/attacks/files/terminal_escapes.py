"""Hands in names and times that hold a terminal's commands: colours, its title, the clipboard, the cursor."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

ESCAPES = ("\x1b]52;c;c3RlYWw=\x07", "\x1b[2A\x1b[2K", "\x9b31m", "\r# heading", "\u2028x", "\u202etxt.exe", "\x08" * 9)


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    for number, text in enumerate(ESCAPES):
        with contextlib.suppress(OSError):
            os.symlink("/nowhere", folder / f"{number}{text}")
        (folder / f"{text}{number}.ipynb").write_text("{}", encoding="utf-8")
    (folder / "timestamp.txt").write_text("".join(ESCAPES), encoding="utf-8")
