"""Worker processes: forked from one template that has imported nbgrader, or started one by one where that is unsafe.

Setups, tasks and results travel as length-prefixed bytes over a socket; its end ends the process behind it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import Any

from tplib.autograde.candidate.preload import ONE_THREAD
from tplib.autograde.processes import end_quickly, lasting_imports, leave_out_slow_imports

LENGTH = struct.Struct(">Q")
PR_SET_PDEATHSIG = 1
SPARE_SECONDS = 300.0  # for a worker's start, and for what it does beside running notebooks
LAST_SECONDS = 4.0  # for workers to clean up


class WorkerLost(Exception):
    """The worker process ended, or went silent, before it gave a result."""


def send(channel: socket.socket, data: bytes) -> None:
    channel.sendall(LENGTH.pack(len(data)))
    channel.sendall(data)


def receive(channel: socket.socket) -> bytes:
    """One message; raises EOFError when the other side has gone."""
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    return _exactly(channel, length)


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = channel.recv(min(size - len(data), 1 << 20))
        if not part:
            raise EOFError("the channel was closed")
        data += part
    return bytes(data)


class Template:
    """One process with everything imported, which forks a worker each time it is sent a socket.

    It imports while its setup, which it must have before the first fork, is still being made. When something ends it,
    another one takes its place.
    """

    def __init__(self) -> None:
        self.setup: bytes | None = None
        self.lock, self.closed = threading.Lock(), False
        self._start()

    def prepare(self, setup: bytes) -> None:
        """Have it get ready to fork workers for `setup`."""
        with self.lock:
            self.setup = setup
            self._send_setup()

    def _start(self) -> None:
        self.channel, theirs = socket.socketpair()
        self.process = start(theirs, "template")
        if self.setup is not None:
            self._send_setup()

    def _send_setup(self) -> None:
        assert self.setup is not None
        with contextlib.suppress(OSError):  # it has ended already: the first fork tells
            send(self.channel, self.setup)

    def fork(self) -> WorkerProcess:
        """Raises WorkerLost where no worker can be had."""
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
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.channel, [b"w"], [theirs.fileno()])
                return WorkerProcess(ours, int(receive(self.channel)))
            except (OSError, EOFError):
                ours.close()
                raise

    def _stop(self) -> None:
        self.channel.close()
        if self.setup is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(2 * LAST_SECONDS)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        with self.lock:
            self.closed = True
            self._stop()


class WorkerProcess:
    """A process that grades one task after the other."""

    def __init__(self, channel: socket.socket, pid: int) -> None:
        self.channel, self.pid = channel, pid

    def grade(self, task: bytes, timeout: float | None = None) -> bytes:
        """Raises WorkerLost where there is no result."""
        self.channel.settimeout(timeout)
        try:
            send(self.channel, task)
            return receive(self.channel)
        except TimeoutError as error:
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)
            raise WorkerLost(f"the worker process gave no answer for {timeout:g} s") from error
        except (OSError, EOFError) as error:
            raise WorkerLost(f"the worker process ended ({type(error).__name__})") from error

    def close(self) -> None:
        self.channel.close()


def patience(limit: float | None, notebooks: int) -> float | None:
    """Seconds after which a worker that grades so many notebooks, each within `limit` seconds, is given up."""
    return None if limit is None else SPARE_SECONDS + 2 * limit * max(1, notebooks)


def start(channel: socket.socket, kind: str) -> subprocess.Popen[bytes]:
    with channel:
        return subprocess.Popen(
            [sys.executable, "-m", "tplib.autograde.coordinator.worker_process", kind, str(channel.fileno())],
            pass_fds=[channel.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD,
            start_new_session=True,  # a Ctrl-C is the coordinator's to handle
        )


def serve(channel: socket.socket, setup: Any, lent: Any) -> None:
    """Be a worker until the channel ends; one that cannot start says so in place of each result."""
    from tplib.autograde.messages.grading import Result, Task
    from tplib.autograde.worker.grade_submission import Worker

    with contextlib.suppress(EOFError, OSError), contextlib.ExitStack() as closing:
        try:
            grade = closing.enter_context(contextlib.closing(Worker(setup, lent))).grade
        except Exception as error:
            reason = f"a worker cannot start: {type(error).__name__}: {error}"

            def grade(data: bytes) -> bytes:
                return Result(Task.from_data(data).student, failure=reason).to_data()

        while True:
            send(channel, grade(receive(channel)))


def template(channel: socket.socket) -> None:
    with lasting_imports():
        from tplib.autograde.messages.grading import Setup
        from tplib.autograde.private_folders import private_folder
        from tplib.autograde.worker import grade_submission as worker
        from tplib.autograde.worker.warm_start import warm_zygote

    setup = Setup.from_data(receive(channel))
    with private_folder(worker.PREFIX) as folder, contextlib.ExitStack() as closing:
        lent = None
        # Where this fails, each worker tries for itself, and says what is wrong.
        with contextlib.suppress(Exception), lasting_imports():
            lent = warm_zygote(setup, folder)
        if lent is not None:
            closing.callback(lent.close)
        fork_workers(channel, setup, lent)


def fork_workers(channel: socket.socket, setup: Any, lent: Any) -> None:
    """Fork a worker for each socket that comes, until the channel ends."""
    children: set[int] = set()
    while True:
        message, fds, _, _ = socket.recv_fds(channel, 1, 1)
        if not message:
            end(children)
            return
        reap(children)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                channel.close()
                prepare_for_the_end()
                if lent is not None:
                    lent.leave_to_parent()
                serve(socket.socket(fileno=fds[0]), setup, lent)
                status = 0
            except SystemExit:
                status = 0
            finally:
                os._exit(status)
        children.add(pid)
        os.close(fds[0])
        send(channel, str(pid).encode())


def prepare_for_the_end() -> None:
    """In a worker: when the template ends, or asks for it, stop whatever runs, clean up and exit."""

    def on_end(signum: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit()

    signal.signal(signal.SIGTERM, on_end)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def reap(children: set[int]) -> None:
    for pid in list(children):
        if os.waitpid(pid, os.WNOHANG)[0]:
            children.remove(pid)


def end(children: set[int]) -> None:
    """Leave workers that are at their end a moment, stop those that are at work, and kill those that do not stop."""
    for number in (0, signal.SIGTERM, signal.SIGKILL):
        for pid in children:
            os.kill(pid, number)
        until = time.monotonic() + LAST_SECONDS / 2
        while children and time.monotonic() < until:
            reap(children)
            time.sleep(0.01)


if __name__ == "__main__":
    leave_out_slow_imports()
    end_quickly()
    with contextlib.suppress(EOFError), socket.socket(fileno=int(sys.argv[2])) as inherited:
        template(inherited)
