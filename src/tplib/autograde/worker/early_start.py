"""Start the candidate server while all else is still being imported: as the assignment's last run started it.

What decides about a candidate server is remembered: what it sees and what it imports. A server that was started from
that is the one that would be started later, where both are still the same. Else it is ended, and another one started.

A process of its own, the keeper, starts it and ends it: `python -m tplib.autograde.worker.early_start FD PATH`. `FD` is
its connection to whoever may want the server, `PATH` the file with what is remembered. It sends that, and when the
server has imported all, where it is found. The server ends with the connection.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tplib.autograde.examiner.candidate_server import CandidateServer, RunningServer
from tplib.autograde.private_folders import private_folder
from tplib.autograde.processes import end_at_once, hear_of_children
from tplib.autograde.sandbox import SandboxError
from tplib.autograde.worker.course_folder import hide_course
from tplib.autograde.worker.files import PREFIX
from tplib.files import write_atomically


@dataclass(frozen=True)
class Start:
    """What decides how a candidate server starts.

    root, hidden   of the setup: what its keeper hides from itself before
    there          which of `hidden` there are
    view, modules  what the server sees, and what it imports
    never          what it does not import: the course's own modules
    """

    root: str
    hidden: list[str]
    there: list[bool]
    view: dict[str, list[str]]
    modules: list[str]
    never: list[str]

    def store(self, path: Path) -> None:
        with contextlib.suppress(OSError):  # without the file, the next run starts later
            write_atomically(path, json.dumps(asdict(self)).encode())


def start_of(root: str, hidden: list[str], view: dict[str, list[str]], modules: list[str], never: list[str]) -> Start:
    return Start(root, list(hidden), [os.path.exists(place) for place in hidden], view, list(modules), list(never))


def load_start(text: str | bytes) -> Start | None:
    """The start that was stored, or None where nothing readable was."""
    try:
        values: dict[str, Any] = json.loads(text)
        texts = [values["root"], *values["hidden"], *values["modules"], *values["never"]]
        return Start(**values) if all(isinstance(text, str) for text in texts) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


class EarlyServer:
    """The candidate server of a keeper, if there is one, as it is seen by who may want it.

    path: of the file that says how it starts; keeper: None at an assignment's first run.
    """

    def __init__(self, path: Path, keeper: Connection | None) -> None:
        self.path, self.keeper = path, keeper

    def take(self, wanted: Start, folder: Path) -> CandidateServer | None:
        """The server, with all its modules imported, if it was started as `wanted`; else it is ended."""
        if self.keeper is None:
            return None
        with contextlib.suppress(EOFError, OSError, ValueError, TypeError):
            if load_start(self.keeper.recv_bytes()) == wanted:
                running = RunningServer(**json.loads(self.keeper.recv_bytes()))
                return CandidateServer(folder, wanted.view, inherited=running)
        self.close()
        return None

    def close(self) -> None:
        if self.keeper is not None:
            self.keeper.close()


def main() -> None:
    hear_of_children()
    with contextlib.suppress(EOFError, OSError, SandboxError), Connection(int(sys.argv[1])) as asker:
        keep(asker, Path(sys.argv[2]))
    end_at_once()


def keep(asker: Connection, path: Path) -> None:
    """Start a candidate server from `path`, where that holds what it would be started from now. End it at the end."""
    start = load_start(path.read_bytes())
    if start is None or start_of(start.root, start.hidden, start.view, start.modules, start.never) != start:
        return
    with private_folder(PREFIX) as folder:
        os.chdir(folder)
        hide_course(start.root, start.hidden)
        server = CandidateServer(folder, start.view, never=start.never)
        with contextlib.closing(server):
            asker.send_bytes(json.dumps(asdict(start)).encode())
            server.preload(start.modules)
            asker.send_bytes(json.dumps(asdict(RunningServer.of(server))).encode())
            asker.recv_bytes()  # nothing comes but the end


if __name__ == "__main__":
    main()
