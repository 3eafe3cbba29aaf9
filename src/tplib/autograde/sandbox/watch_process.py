"""The memory watch in a process of its own: however long a look at a candidate takes, forks do not wait for it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from dataclasses import asdict
from typing import NoReturn

from tplib.autograde.processes import end_with_parent
from tplib.autograde.sandbox.libc import SandboxError
from tplib.autograde.sandbox.limits import Limits
from tplib.autograde.sandbox.namespaces import close_all_but
from tplib.autograde.sandbox.watch import MemoryWatch

PERIOD = 0.3  # seconds between two samples, at least; a sample takes no more than a third of the time
PACKET = 1 << 12


class WatchProcess:
    """A child of the forkserver that watches its candidates, and tells it which one has passed which limit.

    Make it inside the sandbox, while the process is small and has one thread.
    """

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if os.fork() == 0:
            end_with_parent(signal.SIGKILL)
            close_all_but([2, theirs.fileno()])
            watch_forever(theirs)
        theirs.close()

    def fileno(self) -> int:
        return self.socket.fileno()

    def add(self, pid: int, limits: Limits) -> None:
        """Watch the candidate that `fork` returned as `pid`."""
        self._send({"add": pid, "limits": asdict(limits)})

    def remove(self, pid: int) -> None:
        """Forget a candidate. Call it before its process is waited for: its number may be another's afterwards."""
        self._send({"remove": pid})

    def _send(self, message: dict[str, object]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # `heard` says that it has ended
            self.socket.send(json.dumps(message).encode())

    def heard(self) -> tuple[int, str] | None:
        """A candidate that passed a limit, and which. None: the watch has ended, and this process must not go on."""
        packet = self.socket.recv(PACKET)
        if not packet:
            return None
        pid, reason = json.loads(packet)
        return pid, reason


def watch_forever(forkserver: socket.socket) -> NoReturn:
    """Measure the candidates again and again, until the forkserver ends."""
    watch, limits = MemoryWatch(), dict[int, Limits]()
    pause = PERIOD
    while True:
        until = time.monotonic() + pause
        while (left := until - time.monotonic()) > 0 or not limits:
            if select.select([forkserver], [], [], max(0, left) if limits else None)[0]:
                _take(watch, limits, forkserver.recv(PACKET))
        began = time.monotonic()
        for pid, usage in watch.sample().items():
            if (reason := usage.over(limits[pid])) is not None:
                watch.remove(pid)  # once is enough
                forkserver.send(json.dumps([pid, reason]).encode())
        pause = max(PERIOD, 2 * (time.monotonic() - began))


def _take(watch: MemoryWatch, limits: dict[int, Limits], packet: bytes) -> None:
    if not packet:
        os._exit(0)
    message = json.loads(packet)
    if "remove" in message:
        watch.remove(message["remove"])
        limits.pop(message["remove"], None)
        return
    limits[message["add"]] = Limits(**message["limits"])
    with contextlib.suppress(SandboxError):  # it has ended already
        watch.add(message["add"], limits[message["add"]])
