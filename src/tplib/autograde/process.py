"""Worker processes: forked from one template that has imported nbgrader, or started one by one where that is unsafe.

Setups, tasks and results travel as length-prefixed bytes over a socket; its end ends the process behind it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from typing import Any

LENGTH = struct.Struct(">Q")


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
    """One process with everything imported, which forks a worker each time it is sent a socket."""

    def __init__(self, setup: bytes) -> None:
        ours, theirs = socket.socketpair()
        self.process = start(theirs, "template")
        self.channel, self.lock = ours, threading.Lock()
        send(self.channel, setup)

    def fork(self) -> WorkerProcess:
        ours, theirs = socket.socketpair()
        with theirs, self.lock:
            try:
                socket.send_fds(self.channel, [b"w"], [theirs.fileno()])
                pid = int(receive(self.channel))
            except (OSError, EOFError) as error:
                ours.close()
                raise WorkerLost("the process that starts workers has ended") from error
        return WorkerProcess(ours, pid)

    def close(self) -> None:
        self.channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


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
        except (OSError, EOFError) as error:
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)
            raise WorkerLost(f"the worker process ended or was silent ({type(error).__name__})") from error

    def close(self) -> None:
        self.channel.close()


def start(channel: socket.socket, kind: str) -> subprocess.Popen[bytes]:
    with channel:
        return subprocess.Popen(
            [sys.executable, "-m", "tplib.autograde.process", kind, str(channel.fileno())],
            pass_fds=[channel.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is the coordinator's to handle
        )


def serve(channel: socket.socket, setup: Any) -> None:
    """Be a worker until the channel ends."""
    from tplib.autograde.worker import Worker

    worker = Worker(setup)
    try:
        while True:
            send(channel, worker.grade(receive(channel)))
    except (EOFError, OSError):
        pass
    finally:
        worker.close()


def template(channel: socket.socket) -> None:
    from tplib.autograde import worker  # noqa: F401  imported before the forks, once for all
    from tplib.autograde.task import Setup

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    setup = Setup.from_data(receive(channel))
    while True:
        message, fds, _, _ = socket.recv_fds(channel, 1, 1)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                channel.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                serve(socket.socket(fileno=fds[0]), setup)
                status = 0
            finally:
                os._exit(status)
        os.close(fds[0])
        send(channel, str(pid).encode())


if __name__ == "__main__":
    with contextlib.suppress(EOFError), socket.socket(fileno=int(sys.argv[2])) as inherited:
        template(inherited)
