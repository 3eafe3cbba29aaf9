"""The coordinator's side of the workers: it asks the worker forkserver for them, sends tasks and receives results.

Setups, tasks and results travel as bytes over `multiprocessing`'s connections, which carry whole messages. What comes
back is never unpickled. The end of a connection ends the process behind it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import NoReturn

import platformdirs

from tplib.autograde.messages.grading import NOTE
from tplib.autograde.processes import ONE_THREAD, ForkedProcess, end_at_once, flush, hear_of_children, one_thread

EXTRA_SECONDS = 300.0  # for a worker's start, and for its work beside running notebooks
LAST_SECONDS = 8.0  # for the forkserver to end its workers


class WorkerLost(Exception):
    """The worker process ended, or gave no answer in time."""


class WorkerLate(WorkerLost):
    """The worker process gave no answer in time."""


class WorkerServer:
    """The worker forkserver, kept alive: when something ends it, another one takes its place.

    It imports what workers need while its setup is still being made. It must have the setup before the first fork.
    start: the file that says how the assignment's last run started its candidate server. later: nothing is started
    but that, until `begin`.
    """

    def __init__(self, start: Path | None = None, later: bool = False) -> None:
        self.setup: bytes | None = None
        self.lock, self.closed = threading.Lock(), False
        self.process: subprocess.Popen[bytes] | ForkedProcess | None = None
        self.early: tuple[Path, Connection | None] | None = None if start is None else (start, None)
        self.keeper: subprocess.Popen[bytes] | None = None
        if start is not None and start.exists():
            connection, theirs = Pipe()
            self.early = start, connection
            self.keeper = run_module("early_start", theirs, str(start))
        if not later:
            self._start()

    def begin(self) -> None:
        """Start the forkserver: out of this process as it is now, where that has one thread."""
        if not one_thread():
            self._start()
            return
        self.connection, theirs = Pipe()
        flush()
        pid = os.fork()
        if pid == 0:
            try:
                self.connection.close()
                be_the_forkserver(theirs, self.early)
            finally:
                os._exit(1)
        theirs.close()
        self.process = ForkedProcess(pid)
        self._forget_early()

    def _forget_early(self) -> None:
        """What began early is the first forkserver's."""
        if self.early is not None and self.early[1] is not None:
            self.early[1].close()
        self.early = None

    def prepare(self, setup: bytes) -> None:
        """Get ready to fork workers for `setup`."""
        with self.lock:
            self.setup = setup
            self._send_setup()

    def _start(self) -> None:
        self.connection, theirs = Pipe()
        self.process = run_module("forkserver", theirs, *[part for part in self.early or () if part is not None])
        self._forget_early()
        if self.setup is not None:
            self._send_setup()

    def _send_setup(self) -> None:
        assert self.setup is not None
        with contextlib.suppress(OSError):  # it has ended already: the first fork finds that out
            self.connection.send_bytes(self.setup)

    def fork(self) -> WorkerProcess:
        """A new worker. Raises WorkerLost where none can be started."""
        with self.lock:
            if self.closed:
                raise WorkerLost("the grading is at its end")
            try:
                return self._fork()
            except (OSError, EOFError):
                self._stop()
                self._start()
            try:
                return self._fork()
            except (OSError, EOFError) as error:
                raise WorkerLost("the process that starts workers ended twice") from error

    def _fork(self) -> WorkerProcess:
        ours, theirs = Pipe()
        with theirs:
            try:
                send_handle(self.connection, theirs.fileno(), self.process.pid if self.process else 0)
                return WorkerProcess(ours, int(self.connection.recv_bytes()))
            except (OSError, EOFError):
                ours.close()
                raise

    def leave(self) -> None:
        """Let the forkserver end, and all that belongs to it: `close` waits for that."""
        with self.lock:
            self.closed = True
            if self.process is not None:
                self.connection.close()

    def _stop(self) -> None:
        if self.process is None:
            return
        self.connection.close()
        if self.setup is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(LAST_SECONDS)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        self.leave()
        with self.lock:
            self._stop()
            self._forget_early()
            if self.keeper is not None:
                if self.setup is None:
                    self.keeper.kill()  # nothing was graded: the server that it began ends with it
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.keeper.wait(LAST_SECONDS)


def run_module(name: str, connection: Connection, *more: str | Path | Connection) -> subprocess.Popen[bytes]:
    """Run a module of the workers' with its end of a connection. This process gives up that end."""
    passed = [connection, *(each for each in more if isinstance(each, Connection))]
    words = [str(each.fileno() if isinstance(each, Connection) else each) for each in (connection, *more)]
    with connection:
        return subprocess.Popen(
            [sys.executable, "-m", f"tplib.autograde.worker.{name}", *words],
            pass_fds=[each.fileno() for each in passed],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD,
            start_new_session=True,  # a Ctrl-C is the coordinator's to handle
        )


def be_the_forkserver(coordinator: Connection, early: tuple[Path, Connection | None] | None) -> NoReturn:
    """In a child of the coordinator: go on as the worker forkserver."""
    from tplib.autograde.worker.forkserver import run_forkserver

    os.setsid()
    hear_of_children()
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    with contextlib.suppress(EOFError, OSError), coordinator:
        run_forkserver(coordinator, *(early or ()))
    end_at_once()


class WorkerProcess:
    """A process that grades one task after the other."""

    def __init__(self, connection: Connection, pid: int) -> None:
        self.connection, self.pid = connection, pid
        self.late = False

    def grade(
        self, task: bytes, timeout: float | None = None, note: Callable[[str], None] = lambda notebook: None
    ) -> bytes:
        """The result of `task`. Raises WorkerLost where there is none after `timeout` seconds.

        note: called with the name of each notebook that is about to run.
        """
        # A connection has no time limit of its own for sending, nor for the rest of a message that has begun.
        with self._killed_after(timeout):
            try:
                self.connection.send_bytes(task)
                while (data := self.connection.recv_bytes()).startswith(NOTE):
                    note(data.removeprefix(NOTE).decode())
                return data
            except (OSError, EOFError) as error:
                if self.late:
                    raise WorkerLate(f"the worker process gave no answer for {timeout:g} s") from error
                raise WorkerLost(f"the worker process ended ({type(error).__name__})") from error

    @contextlib.contextmanager
    def _killed_after(self, seconds: float | None) -> Iterator[None]:
        if seconds is None:
            yield
            return
        timer = threading.Timer(seconds, self._kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill(self) -> None:
        self.late = True
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        self.connection.close()


def start_file(course: Path, assignment: str) -> Path:
    """The user's file that says how an assignment's last run started its candidate server (`worker.early_start`)."""
    key = json.dumps([sys.version, sys.prefix, str(course.resolve()), assignment])
    name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return platformdirs.user_cache_path("tplib") / "starts" / f"{name}.json"


def patience(limit: float | None, notebooks: int) -> float | None:
    """Seconds after which a worker is given up that grades so many notebooks, each within `limit` seconds."""
    return None if limit is None else EXTRA_SECONDS + 2 * limit * max(1, notebooks)
