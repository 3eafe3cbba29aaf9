"""Notebooks in fresh kernels, for platforms that cannot fork and for notebooks in other languages than Python."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

from tplib.autograde.messages.execution import OFFLINE, Job, Outcome, finish


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
                    [sys.executable, "-m", "tplib.autograde.worker.kernel_main", str(job.control.resolve())],
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
