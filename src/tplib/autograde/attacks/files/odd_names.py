"""Hands in files whose names are markup, control characters, other encodings, or look like a way up."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

NAMES = (
    b"<img src=x onerror=steal()>.txt",
    b"[red]bold[" + b"/red].txt".replace(b"/", b"\\"),
    b"line\nbreak\r\x1b[31m.txt",
    b"\xff\xfe not UTF-8.txt",
    b"\xed\xa0\x80.txt",
    b"..\\..\\..\\up.txt",
    b"%2e%2e%2fup.txt",
    b"-rf",
    b"~",
    b"x" * 255,
    b"$(steal).ipynb",
    b"\xff.ipynb",
)


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    for name in NAMES:
        with contextlib.suppress(OSError), open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"{}")
    (folder / "odd").symlink_to("<img src=x onerror=steal()>")
