"""One notebook to execute, its limits, and what became of it."""

from __future__ import annotations

import contextlib
import json
import signal
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

RESULT_CAP = 256 << 20
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "NBGRADER_EXECUTION": "autograde"}


@dataclass(frozen=True)
class Limits:
    """Seconds for one cell and for one notebook, bytes of private memory; None means no limit."""

    cell: float | None = 30
    notebook: float | None = 600
    memory: int | None = 4 << 30

    def with_cell(self, cell: float | None) -> Limits:
        """The same with another limit for a cell; the notebook's limit leaves room for twenty such cells."""
        return replace(self, cell=cell, notebook=None if cell is None else max(600.0, 20 * cell))


@dataclass
class Job:
    """One notebook to run: nbformat 4 JSON, and the folder with the files beside it.

    checks: for the index of a check cell that the examiner judges, its exercise; seeds: for an exercise, what draws its
    cases (none: the public ones); spared: for the index of a cell whose pictures are not drawn again, those handed in;
    kernel: what to start inside the sandbox, as kernels.describe says it, for a notebook that this Python cannot run.
    """

    name: str
    notebook: dict[str, Any]
    folder: Path
    control: Path
    limits: Limits
    learn: bool = False
    started: float = 0.0
    checks: dict[int, str] = field(default_factory=dict)
    seeds: dict[str, int] = field(default_factory=dict)
    spared: dict[int, list[str]] = field(default_factory=dict)
    kernel: dict[str, Any] | None = None

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
    """What became of a job: cells that finished by index, and where and why the notebook ended if it ended early.

    crashed: for a cell that ended its process, why; unprotected: grade cells that ran inside the candidate;
    verdicts: for a check cell, what the examiner found; tampering: what only a tampered candidate does;
    sandboxed: whether the candidate was (None: it cannot be said); failed: why there is nothing to grade by, where that
    is no doing of the notebook's (no process could be started, the disk is full).
    """

    job: Job
    cells: dict[int, CellOutcome] = field(default_factory=dict)
    stopped_at: int | None = None
    reason: str | None = None
    cut: bool = False
    seconds: float = 0.0
    language_info: dict[str, Any] | None = None
    modules: list[str] = field(default_factory=list)
    crashed: dict[int, str] = field(default_factory=dict)
    unprotected: list[int] = field(default_factory=list)
    verdicts: dict[int, dict[str, Any]] = field(default_factory=dict)
    tampering: list[str] = field(default_factory=list)
    sandboxed: bool | None = None
    failed: str | None = None


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
