"""The candidate forkserver: inside the sandbox it imports what notebooks import, and forks one candidate per notebook.

It runs as `python -m tplib.autograde.candidate.forkserver`, in an environment without secrets. It reads one JSON object
from standard input: `socket`, the descriptor of a listening Unix socket; `view`, what the sandbox shows, or null for no
sandbox; `scratch`, where candidates work without one; `fonts`, where matplotlib keeps what fonts there are. A launcher
connects and sends one of these:

- {"fork": limits, "folder": name, "kernel": ..., "shell": ...} with one end of a channel. The reply comes when the
  candidate has ended. `folder` is what its working folder is called; `shell`: nothing will be preloaded any more.
- {"kill": true}: the candidate is ended.
- {"look": true}: the reply says how long the candidate has computed, and waited for a processor.
- {"preload": modules, "excluded": modules}. The reply says how far the imports got without a thread.

When standard input ends, this process and all candidates end too.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import itertools
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tplib.autograde.candidate.preload import preload
from tplib.autograde.candidate.processor_time import processor_time
from tplib.autograde.candidate.start import run_candidate, without_sandbox
from tplib.autograde.processes import end_at_once, end_with_parent, hear_of_children
from tplib.errors import TplibError

PACKET = 1 << 17
NOT_STARTED = 70  # exit code
sandbox: Any = None  # the package, where there is to be one


@dataclass(eq=False)
class Child:
    pid: int
    pidfd: int
    folder: str | None  # to remove at its end
    number: int  # of the candidates that run now, each has another one
    core: int | None
    owner: Connection
    over: str | None = None  # the limit that it passed


@dataclass(eq=False)
class Connection:
    """A connection from one launcher, which has at most one candidate."""

    socket: socket.socket
    child: Child | None = None

    def reply(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self.socket.send(json.dumps(message).encode())


class Forkserver:
    """Serves launchers, and watches the candidates that it has forked."""

    def __init__(self, listener: socket.socket, sandboxed: bool, scratch: str, cores: list[int]) -> None:
        self.listener, self.sandboxed, self.scratch, self.cores = listener, sandboxed, scratch, cores
        self.children: dict[int, Child] = {}
        self.connections: set[Connection] = set()
        self.watch: Any = sandbox.WatchProcess() if sandboxed else None
        self.selector = selectors.DefaultSelector()
        self.selector.register(0, selectors.EVENT_READ)
        self.selector.register(listener, selectors.EVENT_READ)
        if self.watch:
            self.selector.register(self.watch, selectors.EVENT_READ, self.watch)

    def serve(self) -> None:
        while True:
            for key, _ in self.selector.select():
                if key.fd == 0:
                    if not os.read(0, PACKET):
                        self.end()
                        return
                elif key.fd == self.listener.fileno():
                    self.accept()
                elif key.data is self.watch:
                    if not self.hear_watch():
                        self.end()
                        return
                elif isinstance(key.data, Connection):
                    if key.data in self.connections:
                        self.hear(key.data)
                elif key.data.pid in self.children:
                    self.reap(key.data)

    def accept(self) -> None:
        connection = Connection(self.listener.accept()[0])
        self.connections.add(connection)
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)

    def hear(self, connection: Connection) -> None:
        try:
            packet, handles, _, _ = socket.recv_fds(connection.socket, PACKET, 1)
        except OSError:
            packet, handles = b"", []
        if not packet:
            self.selector.unregister(connection.socket)
            connection.socket.close()
            self.connections.discard(connection)
            if connection.child:
                self.kill(connection.child)
            return
        message = json.loads(packet)
        if "preload" in message:
            done = preload(message["preload"], message["excluded"])
            gc.freeze()  # without a collection: what is garbage by now stays, which takes less than to look for it
            connection.reply(vars(done))
        elif "fork" in message:
            self.fork(connection, handles[0], message)
        elif "look" in message:
            child = connection.child
            connection.reply({"times": child and processor_time(child.pid, self.sandboxed)})
        elif connection.child:
            self.kill(connection.child)

    def fork(self, connection: Connection, channel: int, wanted: dict[str, Any]) -> None:
        number, core = self.place()
        if wanted["shell"] and not wanted["kernel"]:
            make_shell_ahead()
        try:
            folder = None if self.sandboxed else tempfile.mkdtemp(dir=self.scratch)
            pid = sandbox.fork() if self.sandboxed else os.fork()
        except (OSError, TplibError) as error:  # no memory, no room, too many processes
            print(f"no candidate: {error}", file=sys.stderr, flush=True)
            os.close(channel)
            connection.reply({"ended": NOT_STARTED, "over": None})
            return
        if pid == 0:
            status = NOT_STARTED
            try:
                self.become_candidate(channel, wanted, folder, number, core)
                status = 0
            finally:
                os._exit(status)
        os.close(channel)
        child = Child(pid, os.pidfd_open(pid), folder, number, core, connection)
        if self.watch:
            self.watch.add(pid, sandbox_limits(wanted["fork"]))
        connection.child = self.children[pid] = child
        self.selector.register(child.pidfd, selectors.EVENT_READ, child)

    def place(self) -> tuple[int, int | None]:
        """A number that no other candidate has now, and the processor that has the fewest candidates."""
        taken = {child.number for child in self.children.values()}
        number = next(number for number in itertools.count() if number not in taken)
        used = [child.core for child in self.children.values()]
        return number, min(self.cores, key=used.count, default=None)

    def become_candidate(
        self, channel: int, wanted: dict[str, Any], folder: str | None, number: int, core: int | None
    ) -> None:
        """In the child: close what belongs to the forkserver, give up every right, and serve the examiner."""
        end_with_parent(signal.SIGKILL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if folder is None:
            home = sandbox.confine(sandbox_limits(wanted["fork"]), [channel], number, core)
            # Libraries that count processors find the machine's: the numbers in a notebook are those of a notebook.
            setattr(os, "sched_getaffinity", lambda pid, cores=frozenset(self.cores): set(cores))  # noqa: B010
            run_candidate(channel, home / wanted["folder"], Path("/tmp"), wanted["kernel"])
            return
        os.setsid()
        self.selector.close()
        self.listener.close()
        for connection in self.connections:
            connection.socket.close()
        for other in self.children.values():
            os.close(other.pidfd)
        home = without_sandbox(folder, wanted["fork"]["memory"])
        run_candidate(channel, home / wanted["folder"], Path(folder), wanted["kernel"])

    def kill(self, child: Child) -> None:
        if not self.sandboxed:
            kill_group(child.pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)  # in a pid namespace of its own, all that it started goes with it

    def reap(self, child: Child) -> None:
        if self.watch:
            self.watch.remove(child.pid)
        _, status = os.waitpid(child.pid, 0)
        if not self.sandboxed:
            kill_group(child.pid)  # what the notebook left running in the background
        self.selector.unregister(child.pidfd)
        os.close(child.pidfd)
        del self.children[child.pid]
        child.owner.child = None
        if child.folder:
            shutil.rmtree(child.folder, ignore_errors=True)
        child.owner.reply({"ended": os.waitstatus_to_exitcode(status), "over": child.over})

    def hear_watch(self) -> bool:
        """End a candidate that passed a limit. Whether the watch still runs: without it, nothing may run."""
        heard = self.watch.heard()
        if heard is None:
            return False
        child = self.children.get(heard[0])
        if child is not None and child.over is None:
            child.over = heard[1]
            self.kill(child)
        return True

    def end(self) -> None:
        for child in self.children.values():
            self.kill(child)
            if child.folder:
                shutil.rmtree(child.folder, ignore_errors=True)


def sandbox_limits(limits: dict[str, Any]) -> Any:
    return sandbox.Limits(cpu=limits["cpu"], memory=limits["memory"])


def make_shell_ahead() -> None:
    from tplib.autograde.candidate.shell import shell_made_ahead

    shell_made_ahead()
    gc.freeze()


def kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def remember_fonts(lists: dict[str, bytes]) -> None:
    """Give matplotlib the lists of fonts that it has made outside. With hundreds of fonts a new one takes seconds."""
    with contextlib.suppress(OSError):
        folder = Path.home() / ".cache" / "matplotlib"
        folder.mkdir(parents=True)
        for name, content in lists.items():
            (folder / name).write_bytes(content)


def usable_cores() -> list[int]:
    """The processors, each forkserver beginning with another one: several may run, with one candidate each."""
    if not hasattr(os, "sched_getaffinity"):
        return []
    cores = sorted(os.sched_getaffinity(0))
    first = os.getppid() % len(cores)
    return cores[first:] + cores[:first]


def main() -> None:
    hear_of_children()
    settings = json.loads(sys.stdin.readline())
    listener = socket.socket(fileno=settings["socket"])
    cores = usable_cores()
    sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]
    if settings["view"] is not None:
        global sandbox
        sandbox = importlib.import_module("tplib.autograde.sandbox")
        view = {name: tuple(map(Path, paths)) for name, paths in settings["view"].items()}
        fonts = {path.name: path.read_bytes() for path in Path(settings["fonts"]).glob("fontlist-v*.json")}
        sandbox.enter(sandbox.View(**view))
        remember_fonts(fonts)
    gc.disable()
    preload(["tplib.autograde.candidate.candidate", "tplib.graders"])
    Forkserver(listener, settings["view"] is not None, settings["scratch"], cores).serve()
    end_at_once()


if __name__ == "__main__":
    main()
