"""The warm process: it imports what the notebooks import, stays single-threaded, and forks one child per notebook.

Started clean (`python -m tplib.autograde.zygote WORKERS`). Commands come in on standard input, replies go out on
standard output, both one JSON object a line. The end of its input ends it and every child.
"""

from __future__ import annotations

import os

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
for _variable in THREAD_VARIABLES:
    os.environ[_variable] = "1"  # before any import that reads it: the workers share the cores

import contextlib  # noqa: E402
import ctypes  # noqa: E402
import gc  # noqa: E402
import importlib  # noqa: E402
import json  # noqa: E402
import random  # noqa: E402
import resource  # noqa: E402
import selectors  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections import deque  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from tplib.autograde.runner import INLINE_BACKEND, Runner, language_info  # noqa: E402

GRACE = 3.0  # seconds between the interrupt of a cell and the kill of its process
NOTEBOOK_CAP = 48 << 20
FILE_CAP = 1 << 30
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


def preload(names: list[str]) -> str | None:
    """Import the modules `names`; return the first that left a thread behind, or None."""
    for name in names:
        if name in sys.modules or name == INLINE_BACKEND:
            continue
        # A module that fails to import here is imported, and fails or not, in the notebook's own process.
        with contextlib.suppress(BaseException):
            importlib.import_module(name)
        if threads() > 1:
            return name
    return None


def reseed() -> None:
    """Give the child its own random state: a fork copies the parent's. PyTorch's default seed is fixed, so it stays."""
    random.seed()
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed()  # noqa: NPY002  the legacy global state is what notebooks use


def set_limits(memory: int | None) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_CAP, FILE_CAP))
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def modules_from_outside(folder: str) -> list[str]:
    """Names of the imported modules that do not lie in the submission's own folder, in import order."""
    names = []
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name != "__main__" and not (path and os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)):
            names.append(name)
    return names


def run_notebook(job: dict[str, Any], tick: int) -> None:
    """Run the job's cells in this (forked) process; `cells.jsonl` in its control folder gets the results."""
    control, folder = Path(job["control"]), job["folder"]
    captured = {}
    for name, fd in (("stdout", 1), ("stderr", 2)):
        file = os.open(control / name, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        os.dup2(file, fd)
        captured[name] = file
    results = os.open(control / "cells.jsonl", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    cells = json.loads((control / "notebook.json").read_text(encoding="utf-8"))["cells"]
    os.environ.update(job["environment"])
    os.environ["IPYTHONDIR"] = str(control / "ipython")
    os.chdir(folder)
    sys.path.insert(0, "")  # the submission's own folder, as in a kernel
    sys.argv = ["notebook"]
    reseed()
    set_limits(job["memory"])

    written = 0

    def emit(record: dict[str, Any]) -> None:
        nonlocal written
        if "start" in record:
            os.write(tick, b".")
        line = json.dumps(record)
        if written + len(line) > NOTEBOOK_CAP and "outputs" in record:
            kept = [output for output in record["outputs"] if output["output_type"] == "error"]
            line = json.dumps({**record, "outputs": kept, "cut": True})
        data = line.encode() + b"\n"
        written += len(data)
        while data:
            data = data[os.write(results, data) :]

    gc.enable()
    runner = Runner(emit, job["cell_limit"], captured)
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code" and cell["source"].strip():
            runner.run(index, cell["source"])
    done: dict[str, Any] = {"done": True, "cut": runner.recorder.cut, "language_info": language_info()}
    if job["learn"]:
        done["modules"] = modules_from_outside(folder)
    emit(done)


@dataclass
class Child:
    job: dict[str, Any]
    pid: int
    pidfd: int
    tick: int
    started: float
    cell_deadline: float
    deadline: float
    killed: str | None = None


class Zygote:
    def __init__(self, workers: int, commands: int, replies: int) -> None:
        self.workers, self.commands, self.replies = workers, commands, replies
        self.queue: deque[dict[str, Any]] = deque()
        self.children: dict[int, Child] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(commands, selectors.EVENT_READ)
        self.buffer = b""

    def reply(self, message: dict[str, Any]) -> None:
        os.write(self.replies, json.dumps(message).encode() + b"\n")

    def read_commands(self) -> bool:
        """Take in what the coordinator wrote; False at the end of its input."""
        data = os.read(self.commands, 1 << 16)
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        for line in lines:
            command = json.loads(line)
            if "preload" in command:
                self.reply({"culprit": preload(command["preload"])})
                gc.collect()
                gc.freeze()
            else:
                self.queue.append(command)
        return bool(data)

    def fork(self, job: dict[str, Any]) -> None:
        tick_read, tick_write = os.pipe()
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            status = 70
            try:
                os.setsid()
                LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
                # The child must not be able to speak to the coordinator in the zygote's name.
                self.selector.close()
                for fd in (self.commands, self.replies, tick_read):
                    os.close(fd)
                for child in self.children.values():
                    os.close(child.tick)
                    os.close(child.pidfd)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                run_notebook(job, tick_write)
                status = 0
            finally:
                os._exit(status)
        os.close(tick_write)
        os.set_blocking(tick_read, False)
        limit, total = job["cell_limit"], job["notebook_limit"]
        child = Child(
            job,
            pid,
            os.pidfd_open(pid),
            tick_read,
            started,
            # Until the first cell starts there is the shell to make: give it a minute.
            started + (60 if limit is not None else float("inf")),
            started + (total if total is not None else float("inf")),
        )
        self.children[pid] = child
        self.selector.register(child.pidfd, selectors.EVENT_READ, child)
        self.selector.register(child.tick, selectors.EVENT_READ, child)

    def on_tick(self, child: Child) -> None:
        if not os.read(child.tick, 4096):
            self.selector.unregister(child.tick)
        elif child.job["cell_limit"] is not None:
            child.cell_deadline = time.monotonic() + child.job["cell_limit"] + GRACE

    def reap(self, child: Child) -> None:
        _, status = os.waitpid(child.pid, 0)
        kill_group(child.pid)  # what the notebook left running in the background
        for fd in (child.pidfd, child.tick):
            with contextlib.suppress(KeyError):
                self.selector.unregister(fd)
            os.close(fd)
        del self.children[child.pid]
        self.reply(
            {
                "job": child.job["job"],
                "code": os.waitstatus_to_exitcode(status),
                "killed": child.killed,
                "seconds": round(time.monotonic() - child.started, 3),
            }
        )

    def kill_overdue(self) -> None:
        now = time.monotonic()
        for child in self.children.values():
            if child.killed is None and now > min(child.cell_deadline, child.deadline):
                child.killed = "cell" if child.cell_deadline <= child.deadline else "notebook"
                kill_group(child.pid)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)  # in case it has not made its group yet

    def next_deadline(self) -> float | None:
        waiting = [min(c.cell_deadline, c.deadline) for c in self.children.values() if c.killed is None]
        nearest = min(waiting, default=float("inf"))
        return None if nearest == float("inf") else max(0.0, nearest - time.monotonic()) + 0.01

    def serve(self) -> None:
        while True:
            while self.queue and len(self.children) < self.workers:
                self.fork(self.queue.popleft())
            for key, _ in self.selector.select(self.next_deadline()):
                if key.data is None:
                    if not self.read_commands():
                        for child in self.children.values():
                            kill_group(child.pid)
                        return
                elif key.data.pid not in self.children:
                    continue
                elif key.fd == key.data.tick:
                    self.on_tick(key.data)
                else:
                    self.reap(key.data)
            self.kill_overdue()


def kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    workers = int(sys.argv[1])
    commands, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # what a module prints at its import must not reach the replies
    sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]
    gc.disable()
    Zygote(workers, commands, replies).serve()


if __name__ == "__main__":
    main()
