"""Executing notebooks: notebook JSON and a private folder go in, an outcome with each cell's outputs comes out.

`WarmPool` forks from a process that has imported everything already; `ColdPool` starts a kernel for each notebook, for
platforms that cannot fork and for notebooks in other languages. Both run jobs side by side and never raise for what a
notebook does.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tplib.autograde.learn import imported_modules
from tplib.errors import TplibError

RESULT_CAP = 256 << 20
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "NBGRADER_EXECUTION": "autograde"}


@dataclass(frozen=True)
class Limits:
    """Seconds for one cell and for one notebook, bytes of private memory; None means no limit."""

    cell: float | None = 30
    notebook: float | None = 600
    memory: int | None = 4 << 30


@dataclass
class Job:
    """One notebook to run: nbformat 4 JSON, and the folder that is its working directory."""

    name: str
    notebook: dict[str, Any]
    folder: Path
    control: Path
    limits: Limits
    learn: bool = False
    strikes: int = 0
    started: float = 0.0

    def prepare(self) -> None:
        self.control.mkdir(parents=True, exist_ok=True)
        (self.control / "notebook.json").write_text(json.dumps(self.notebook), encoding="utf-8")


@dataclass
class CellOutcome:
    outputs: list[dict[str, Any]]
    count: int | None = None
    timed_out: bool = False


@dataclass
class Outcome:
    """What became of a job: cells that finished by index, and where and why the notebook ended if it ended early."""

    job: Job
    cells: dict[int, CellOutcome] = field(default_factory=dict)
    stopped_at: int | None = None
    reason: str | None = None
    cut: bool = False
    seconds: float = 0.0
    language_info: dict[str, Any] | None = None
    modules: list[str] = field(default_factory=list)


class Pool(Protocol):
    workers: int

    def submit(self, job: Job) -> None: ...

    def wait(self, timeout: float) -> list[Outcome]: ...

    def busy(self) -> int: ...

    def close(self) -> None: ...


def read_outcome(job: Job) -> tuple[Outcome, bool]:
    """Read what the job wrote to its control folder; also whether it got to its end."""
    outcome, finished = Outcome(job), False
    path = job.control / "cells.jsonl"
    with contextlib.suppress(OSError), path.open("rb") as file:
        for line in file.read(RESULT_CAP).split(b"\n"):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue  # the line that a killed process was writing
            if "start" in record:
                outcome.stopped_at = record["start"]
            elif "cell" in record:
                before = outcome.cells.get(record["cell"], CellOutcome([]))
                outcome.cells[record["cell"]] = CellOutcome(
                    record["outputs"], record.get("count", before.count), record.get("timed_out", before.timed_out)
                )
                outcome.cut |= record.get("cut", False)
            elif "done" in record:
                finished = True
                outcome.cut |= record.get("cut", False)
                outcome.language_info = record.get("language_info")
                outcome.modules = record.get("modules", [])
    return outcome, finished


def explain(code: int, killed: str | None, limits: Limits) -> str:
    """Say in a few words why a process did not get to the end of its notebook."""
    if killed == "cell":
        return f"the cell did not stop after {limits.cell:g} s"
    if killed == "notebook":
        return f"the notebook took longer than {limits.notebook:g} s"
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        causes = {"SIGSEGV": "a crash in compiled code", "SIGKILL": "killed, perhaps out of memory"}
        return f"the Python process died ({name}: {causes.get(name, 'ended by a signal')})"
    return f"the code ended its Python process (exit code {code})"


def finish(job: Job, code: int, killed: str | None, seconds: float) -> Outcome:
    outcome, finished = read_outcome(job)
    outcome.seconds = seconds
    if finished and killed is None:
        outcome.stopped_at = None
    else:
        outcome.reason = explain(code, killed, job.limits)
        if outcome.stopped_at is None:
            outcome.stopped_at = 0
        if killed == "cell" and outcome.stopped_at in outcome.cells:
            outcome.stopped_at += 1
    return outcome


class WarmPool:
    """Notebooks in children forked from one warm process, at most `workers` at a time."""

    def __init__(self, workers: int, log: Path) -> None:
        self.workers, self.log = workers, log
        self.modules: list[str] = []
        self.skipped: set[str] = set()
        self.running: dict[str, Job] = {}
        self.suspects: deque[Job] = deque()
        self.buffer = b""
        self._start()

    def _start(self) -> None:
        environment = {**os.environ, **OFFLINE, "PYTHONUNBUFFERED": "1"}
        environment.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        empty = self.log.parent / "zygote"
        empty.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tplib.autograde.zygote", str(self.workers)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=empty,
                env=environment,
                start_new_session=True,  # a Ctrl-C is the coordinator's to handle
                bufsize=0,
            )
        self.buffer = b""
        assert self.process.stdout is not None
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        if self.modules:
            self.preload(self.modules)

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # its death shows when its replies are read
            self.process.stdin.write(json.dumps(message).encode() + b"\n")

    def _replies(self, timeout: float | None) -> list[dict[str, Any]] | None:
        """Replies that came within `timeout` seconds; None when the warm process is dead."""
        if not self.selector.select(timeout):
            return []
        assert self.process.stdout is not None
        data = os.read(self.process.stdout.fileno(), 1 << 16)
        if not data:
            return None
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        return [json.loads(line) for line in lines]

    def preload(self, modules: list[str]) -> None:
        """Import `modules` in the warm process; one that starts threads is left to the notebooks' own processes.

        No job may be running.
        """
        while True:
            self.modules = [name for name in modules if name not in self.skipped]
            self._send({"preload": self.modules})
            replies: list[dict[str, Any]] | None = []
            while replies == []:
                replies = self._replies(None)
            culprit = replies[0]["culprit"] if replies else None
            if replies and culprit is None:
                return
            if culprit is None:  # an import killed the process: start without any
                self.modules, modules = [], []
            else:
                self.skipped.add(culprit)
            wanted, self.modules = modules, []
            self._stop()
            self._start()
            modules = wanted

    def preload_imports(self, notebooks: list[dict[str, Any]]) -> None:
        """Import what the code of `notebooks` imports."""
        self.preload(list(dict.fromkeys(name for notebook in notebooks for name in imported_modules(notebook))))

    def learn(self, notebooks: list[dict[str, Any]], folders: list[Path], scratch: Path, limits: Limits) -> None:
        """Import what `notebooks` import, then run each once in `folders` to see what else gets imported on the way."""
        self.preload_imports(notebooks)
        names = list(self.modules)
        for number, (notebook, folder) in enumerate(zip(notebooks, folders, strict=True)):
            self.submit(Job(f"learn-{number}", notebook, folder, scratch / f"learn-{number}", limits, learn=True))
        while self.busy():
            for outcome in self.wait(1.0):
                names += outcome.modules
        self.preload(list(dict.fromkeys(names)))

    def submit(self, job: Job) -> None:
        job.prepare()
        job.started = time.monotonic()
        self.running[job.name] = job
        self._send(
            {
                "job": job.name,
                "control": str(job.control.resolve()),
                "folder": str(job.folder.resolve()),
                "cell_limit": job.limits.cell,
                "notebook_limit": job.limits.notebook,
                "memory": job.limits.memory,
                "environment": OFFLINE,
                "learn": job.learn,
            }
        )

    def busy(self) -> int:
        return len(self.running) + len(self.suspects)

    def wait(self, timeout: float) -> list[Outcome]:
        """Outcomes of the jobs that ended; returns at the first, or after `timeout` seconds."""
        if not self.running and self.suspects:
            self.submit(self.suspects.popleft())
        replies = self._replies(timeout)
        if replies is None:
            return self._revive()
        return [
            finish(self.running.pop(reply["job"]), reply["code"], reply["killed"], reply["seconds"])
            for reply in replies
            if reply.get("job") in self.running
        ]

    def _revive(self) -> list[Outcome]:
        """Start again after a notebook killed the warm process; what was running is tried once more, one at a time."""
        lost, self.running = list(self.running.values()), {}
        self._stop()
        self._start()
        outcomes = []
        for job in lost:
            job.strikes += 1
            if job.strikes > 1:
                outcome = read_outcome(job)[0]
                outcome.stopped_at = outcome.stopped_at or 0
                outcome.reason = "the code killed the process that grades it"
                outcomes.append(outcome)
            else:
                self.suspects.append(job)
        return outcomes

    def _stop(self) -> None:
        self.selector.close()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        self._stop()


class ColdPool:
    """Notebooks in fresh kernels through nbclient, each driven by a process of its own."""

    def __init__(self, workers: int, log: Path) -> None:
        self.workers, self.log = workers, log
        self.waiting: deque[Job] = deque()
        self.running: dict[str, tuple[Job, subprocess.Popen[bytes]]] = {}

    def submit(self, job: Job) -> None:
        job.prepare()
        (job.control / "limits.json").write_text(json.dumps({"cell": job.limits.cell}), encoding="utf-8")
        self.waiting.append(job)
        self._start_waiting()

    def _start_waiting(self) -> None:
        while self.waiting and len(self.running) < self.workers:
            job = self.waiting.popleft()
            job.started = time.monotonic()
            with self.log.open("ab") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "tplib.autograde.cold", str(job.control.resolve())],
                    cwd=job.folder,
                    env={**os.environ, **OFFLINE},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            self.running[job.name] = (job, process)

    def busy(self) -> int:
        return len(self.running) + len(self.waiting)

    def wait(self, timeout: float) -> list[Outcome]:
        """Outcomes of the jobs that ended; returns at the first, or after `timeout` seconds."""
        until = time.monotonic() + timeout
        while True:
            outcomes = []
            for name, (job, process) in list(self.running.items()):
                seconds = time.monotonic() - job.started
                code, killed = process.poll(), None
                if code is None and job.limits.notebook is not None and seconds > job.limits.notebook:
                    code, killed = -signal.SIGTERM, "notebook"
                if code is not None:
                    kill_session(process)
                    del self.running[name]
                    outcomes.append(finish(job, code, killed, seconds))
            self._start_waiting()
            if outcomes or time.monotonic() > until:
                return outcomes
            time.sleep(0.05)

    def close(self) -> None:
        for _, process in self.running.values():
            kill_session(process)


def kill_session(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the platform has process groups, all that it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def can_fork_warm() -> bool:
    """Whether this platform forks safely after large imports: macOS does not, Windows cannot."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def make_pool(workers: int, scratch: Path, warm: bool) -> WarmPool | ColdPool:
    """A pool of `workers`, warm if that is wanted and possible here."""
    if workers < 1:
        raise TplibError(f"at least 1 worker is needed, got {workers}")
    kind = WarmPool if warm and can_fork_warm() else ColdPool
    return kind(workers, scratch / "workers.log")


def private_copy(source: Path, target: Path) -> Path:
    """Copy a submission's folder for one run, writable whatever the permissions of the original are."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)
    return target
