"""Notebooks in children forked from one process that has imported everything already."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tplib.autograde.jobs import OFFLINE, Job, Limits, Outcome, finish, read_outcome
from tplib.autograde.learn import imported_modules, with_a_wrong_answer


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

    def preload_imports(self, notebooks: list[NotebookNode]) -> None:
        """Import what the code of `notebooks` imports."""
        self.preload(list(dict.fromkeys(name for notebook in notebooks for name in imported_modules(notebook))))

    def learn(self, notebooks: list[NotebookNode], folders: list[Path], scratch: Path, limits: Limits) -> None:
        """Import what `notebooks` import, then run each once in `folders` to see what else gets imported on the way."""
        self.preload_imports(notebooks)
        names = list(self.modules)
        for number, (notebook, folder) in enumerate(zip(notebooks, folders, strict=True)):
            self.submit(
                Job(
                    f"learn-{number}",
                    with_a_wrong_answer(notebook),
                    folder,
                    scratch / f"learn-{number}",
                    limits,
                    learn=True,
                )
            )
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
