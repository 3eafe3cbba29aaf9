"""Right, and made with what limits could break: a shell command, an open file sent to a process, a pool, a watch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import RIGHT, answered, write_notebook

HONEST = True
CELL = """
import multiprocessing, os, pty, socket

said = !echo hello
assert list(said) == ["hello"], said
ours, theirs = socket.socketpair()
with open("/tmp/sent", "w+") as file:
    socket.send_fds(ours, [b"."], [file.fileno()])
[received] = socket.recv_fds(theirs, 1, 1)[1]
os.write(received, b"sent")
with multiprocessing.get_context("fork").Pool(2) as pool:
    assert pool.map(abs, [-1, 2]) == [1, 2]
os.sched_setaffinity(0, os.sched_getaffinity(0))
pty.openpty()
"""


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", answered(CELL + RIGHT))
