"""Start the candidate server while all else is still being imported: as the assignment's last run started it.

What decides about a candidate server is remembered: what it sees and what it imports. A server that was started from
that is the one that would be started later, where both are still the same. Else it is ended, and another one started.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.sandbox import SandboxError
from tplib.autograde.worker.course_folder import hide_course
from tplib.files import write_atomically


@dataclass(frozen=True)
class Start:
    """What decides how a candidate server starts.

    root, hidden   of the setup: what this process hides from itself before
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


def load_start(path: Path) -> Start | None:
    """The start that was stored, or None where nothing, or nothing readable, was."""
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Start(**values) if all(isinstance(name, str) for name in values["modules"] + values["never"]) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


class EarlyStart:
    """A candidate server that was started from `path`, where that holds a start. It imports while others do.

    This process must have one thread. Until `take` it has another one.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self.path, self.start = path, load_start(path)
        self.server: CandidateServer | None = None
        self.imported = False
        if self.start is None:
            return
        there = start_of(self.start.root, self.start.hidden, self.start.view, self.start.modules, self.start.never)
        with contextlib.suppress(SandboxError, OSError):
            if there == self.start:
                hide_course(self.start.root, self.start.hidden)
                self.server = CandidateServer(folder, self.start.view, never=self.start.never)
                self.thread = threading.Thread(target=self._preload)
                self.thread.start()

    def _preload(self) -> None:
        assert self.server is not None
        assert self.start is not None
        with contextlib.suppress(Exception):  # seen in `take`
            self.server.preload(self.start.modules)
            self.imported = True

    def has_hidden(self, root: str, hidden: list[str]) -> bool:
        """Whether this process has hidden just that from itself."""
        known = self.start if self.server is not None else None
        return known is not None and start_of(root, hidden, known.view, known.modules, known.never) == known

    def take(self, wanted: Start) -> CandidateServer | None:
        """The server, with all its modules imported, if it was started as `wanted`; else it is ended."""
        server, self.server = self.server, None
        if server is None:
            return None
        if self.start == wanted:
            self.thread.join()
            if self.imported:
                return server
        server.close()
        self.thread.join()
        return None

    def close(self) -> None:
        if self.server is not None:
            self.server.close()
            self.thread.join()
            self.server = None
