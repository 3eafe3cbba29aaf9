"""The candidate server: the process that candidates are forked from, kept alive, with modules imported in advance."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from tplib.autograde.candidate.preload import is_below
from tplib.autograde.messages.execution import OFFLINE
from tplib.autograde.private_folders import private_folder, remove_abandoned
from tplib.autograde.processes import ONE_THREAD

PASSED_ON = (
    *("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX"),
    *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ"),
)
PREFIX = "tp-candidates-"
PACKET = 1 << 16
PACKET_NAMES = 1000  # module names in one packet
LOST = "the process that starts candidates has ended"
ATTEMPTS = 8  # to import everything; after them, only what came before the last thread


class ServerLostError(Exception):
    """The candidate server is gone."""


class ControlLine:
    """A connection to a candidate server, over which it is told what to do; each message is one packet."""

    def __init__(self, server: CandidateServer) -> None:
        self.server = server
        self.socket: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None  # of the server that it was connected to last

    def __enter__(self) -> ControlLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, message: dict[str, Any], handles: list[int] | None = None) -> None:
        """Send a message, and open files with it. Raises ServerLostError."""
        try:
            if self.socket is None:
                self.process = self.server.process
                self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                self.socket.connect(self.server.address)
            socket.send_fds(self.socket, [json.dumps(message).encode()], handles or [])
        except OSError as error:
            self.close()
            raise ServerLostError(f"{LOST}: {error}") from error

    def receive(self, timeout: float | None) -> dict[str, Any]:
        """The next message. Raises ServerLostError, also where none comes within `timeout` seconds."""
        assert self.socket is not None
        self.socket.settimeout(timeout)
        try:
            packet = self.socket.recv(PACKET)
        except OSError:
            packet = b""
        if not packet:
            self.close()
            raise ServerLostError(LOST)
        message: dict[str, Any] = json.loads(packet)
        return message

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


@dataclass
class RunningServer:
    """What another process must know of a candidate server to use it."""

    address: str
    modules: list[str]
    never: Sequence[str]
    excluded: list[str]

    @classmethod
    def of(cls, server: CandidateServer) -> RunningServer:
        return cls(server.address, list(server.modules), list(server.never), sorted(server.excluded))


class CandidateServer:
    """The process `candidate.forkserver`: started again, with the same modules, whenever something kills it.

    A process may share the server of another one (`inherited`). When that server dies, it starts one of its own.

    never: packages that are not to be imported in advance.
    """

    def __init__(
        self,
        scratch: Path,
        view: dict[str, list[str]] | None = None,
        inherited: CandidateServer | RunningServer | None = None,
        never: Sequence[str] = (),
    ) -> None:
        self.scratch, self.view = scratch, view
        self.modules: list[str] = list(inherited.modules) if inherited else []
        self.never: Sequence[str] = inherited.never if inherited else never
        self.excluded: set[str] = set(inherited.excluded) if inherited else set(never)
        self.closing = False
        self.ending = contextlib.ExitStack()
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = threading.RLock()
        self.alone = threading.Lock()
        self.address: str = inherited.address if inherited else ""
        if not inherited:
            self._start()

    def _start(self) -> None:
        if self.process is None:
            remove_abandoned(PREFIX)
            # A socket's path may have 107 bytes, so it does not go into `scratch`.
            self.address = str(self.ending.enter_context(private_folder(PREFIX)) / "server")
        folder = self.scratch / "candidates"
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.address)
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(self.address)
            os.chmod(self.address, 0o600)
            listener.listen(128)
            with (self.scratch / "workers.log").open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "tplib.autograde.candidate.forkserver"],
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    cwd=folder,
                    env=clean_environment(sandboxed=self.view is not None),
                    start_new_session=True,  # a Ctrl-C is the coordinator's to handle
                    pass_fds=[listener.fileno()],
                    bufsize=0,
                )
                assert self.process.stdin is not None
                settings = {"socket": listener.fileno(), "view": self.view, "scratch": str(self.scratch.resolve())}
                settings["fonts"] = str(fonts_folder())
                self.process.stdin.write(json.dumps(settings).encode() + b"\n")

    def revive(self, lost: subprocess.Popen[bytes] | None) -> None:
        """Start again, unless that was done since the process `lost` was lost."""
        with self.lock:
            if not self.closing and self.process is lost:
                self._stop()
                self._start()
                self.preload(self.modules)

    def preload(self, modules: list[str]) -> None:
        """Import `modules` in the server. Those that start threads are left to the candidates.

        No candidate may be running.
        """
        with self.lock:
            self.modules = [name for name in modules if not is_below(name, self.never)]
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    if self._import(cut=attempt == ATTEMPTS):
                        return
                except ServerLostError:  # an import killed it
                    self.modules = []
                self._stop()
                self._start()
            self._import()

    def _import(self, cut: bool = False) -> bool:
        """Whether all of the modules came in. Those that cannot are taken off the list; `cut`: and all after them."""
        reached, refused = 0, []
        with ControlLine(self) as line:
            for at in range(0, len(self.modules) or 1, PACKET_NAMES):
                names = self.modules[at : at + PACKET_NAMES]
                line.send({"preload": names, "excluded": sorted(self.excluded)})
                done = line.receive(None)
                reached += done["reached"]
                refused += done["refused"]
                if done["thread_starter"] is not None:
                    self.excluded.add(done["thread_starter"])
                    break
        complete = reached == len(self.modules) and not refused
        if cut:
            self.modules = self.modules[:reached]
        self.modules = [name for name in self.modules if not is_below(name, refused)]
        return complete

    def leave_to_parent(self) -> None:
        """In a child of the process that started the server: the server then ends with that process alone."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def _stop(self) -> None:
        if self.process is None:
            return
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        with self.lock:
            self.closing = True
            self._stop()
            self.ending.close()


def fonts_folder() -> Path:
    """Where matplotlib keeps what fonts there are, outside of the sandbox."""
    own = os.environ.get("MPLCONFIGDIR")
    return Path(own) if own else platformdirs.user_cache_path("matplotlib")


def sandbox_view(more: Sequence[str] = (), hidden: Sequence[str] = ()) -> dict[str, list[str]]:
    """What candidates see: this Python, the system's programs, the data sets that were pulled, and `more`.

    hidden: what they must not see, wherever it lies: the course. Of the exercises they see nothing.
    """
    from tplib.autograde.sandbox import default_view
    from tplib.data import cache
    from tplib.data import registry as data
    from tplib.graders import registry

    pulled = [cache.folder(data.info(name)) for name in data.names()]
    shown = [folder for folder in pulled if folder.is_dir()]
    view = default_view([*shown, *map(Path, more)], [*map(Path, hidden), *registry.folders()])
    return {"readable": [str(path) for path in view.readable], "hidden": [str(path) for path in view.hidden]}


def clean_environment(sandboxed: bool) -> dict[str, str]:
    """What candidates inherit: how to find programs and data, and nothing that could be a secret."""
    from tplib.data.cache import cache_folder

    kept = {key: os.environ[key] for key in (*PASSED_ON, *([] if sandboxed else ["HOME"])) if key in os.environ}
    return (
        kept
        | OFFLINE
        | ONE_THREAD
        | {
            "PYTHONUNBUFFERED": "1",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "TPLIB_DATA": str(cache_folder()),
        }
    )
