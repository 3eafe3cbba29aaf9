"""Hands in named pipes, a socket, devices and a folder called like a notebook, to make the reader wait."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "other.ipynb")
    (folder / "folder.ipynb").mkdir()
    here = os.getcwd()
    with socket.socket(socket.AF_UNIX) as end, contextlib.suppress(OSError):
        os.chdir(folder)  # a socket's path is short
        try:
            end.bind("socket.txt")
        finally:
            os.chdir(here)
    with contextlib.suppress(OSError):
        os.mknod(folder / "zero.txt", stat.S_IFCHR | 0o644, os.makedev(1, 5))
