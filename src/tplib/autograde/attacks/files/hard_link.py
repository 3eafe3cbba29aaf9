"""Hands in a hard link to somebody else's file, where the kernel lets students make one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

SOMEBODY = 65534


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    secret = folder.parents[2] / "secret.txt"
    secret.write_text((folder.parents[2] / "CANARY.txt").read_text())
    with contextlib.suppress(PermissionError):  # only root can play two people
        os.chown(secret, SOMEBODY, SOMEBODY)
    if secret.stat().st_uid != folder.stat().st_uid:
        os.link(secret, folder / "notes.txt")
