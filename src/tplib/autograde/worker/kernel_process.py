"""A notebook in a fresh kernel: on platforms that cannot fork, with `--cold`, and for other languages than Python."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tplib.autograde.candidate.working_folder import WorkingFolder
from tplib.autograde.messages.execution import (
    OFFLINE,
    WRITTEN_CAP,
    WRITTEN_COUNT,
    CellOutcome,
    NotebookOutcome,
    NotebookRun,
    explain,
)
from tplib.mime import VERDICT

RESULT_CAP = 256 << 20
LOOK_SECONDS = 0.05  # between two looks at the process


def run_in_fresh_kernel(run: NotebookRun, scratch: Path, log: Path, kernel: str | None = None) -> NotebookOutcome:
    """Run a notebook through nbclient, which a process of its own drives: `kernel_main`.

    kernel: the name of the one to run it in, where the notebook's own is not to say that.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        control = Path(name).resolve()
        (control / "notebook.json").write_text(json.dumps(with_kernel(run.notebook, kernel)), encoding="utf-8")
        (control / "skipped.json").write_text(json.dumps(sorted(run.skipped)), encoding="utf-8")
        (control / "limits.json").write_text(
            json.dumps([run.limit_of(index) for index, _ in enumerate(run.notebook["cells"])]), encoding="utf-8"
        )
        files = WorkingFolder(run.folder)
        files.remember()
        started = time.monotonic()
        with log.open("ab") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "tplib.autograde.worker.kernel_main", str(control)],
                cwd=run.folder,
                env={**os.environ, **OFFLINE},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        try:
            code, killed = wait(process, run.limits.notebook)
        finally:
            kill_session(process)
        outcome = read_outcome(run, control / "cells.jsonl", code, killed, time.monotonic() - started)
        written, outcome.left_out = files.written(WRITTEN_CAP, WRITTEN_COUNT)
        outcome.files = dict(written)
        return outcome


def with_kernel(notebook: dict[str, Any], kernel: str | None) -> dict[str, Any]:
    if kernel is None:
        return notebook
    return {**notebook, "metadata": {**notebook["metadata"], "kernelspec": {"name": kernel, "display_name": kernel}}}


def wait(process: subprocess.Popen[bytes], limit: float | None) -> tuple[int, str | None]:
    """The exit code of `process`, and which limit ended it, if one did."""
    until = None if limit is None else time.monotonic() + limit
    while (code := process.poll()) is None:
        if until is not None and time.monotonic() > until:
            return -signal.SIGTERM, "notebook"
        time.sleep(LOOK_SECONDS)
    return code, None


def kill_session(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the platform has process groups, all that it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def read_outcome(run: NotebookRun, path: Path, code: int, killed: str | None, seconds: float) -> NotebookOutcome:
    """The outcome, from the records that the process wrote to `path` and from how it ended."""
    outcome, finished, begun = NotebookOutcome(run, seconds=seconds), False, False
    with contextlib.suppress(OSError), path.open("rb") as file:
        for line in file.read(RESULT_CAP).split(b"\n"):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue  # the line that a killed process was writing
            if "start" in record:
                outcome.stopped_at, begun = record["start"], True
            elif "cell" in record:
                before = outcome.cells.get(record["cell"], CellOutcome([]))
                outcome.cells[record["cell"]] = CellOutcome(
                    record["outputs"], record.get("count", before.count), record.get("timed_out", before.timed_out)
                )
            elif "done" in record:
                finished = True
                outcome.language_info = record.get("language_info")
    for index in run.checks:  # on these platforms a check judges in the notebook's own process
        for output in outcome.cells[index].outputs if index in outcome.cells else ():
            verdict = output.get("data", {}).get(VERDICT)
            if output.get("output_type") == "execute_result" and isinstance(verdict, dict):
                outcome.verdicts[index] = verdict
                outcome.unprotected.append(index)
    if finished and killed is None:
        outcome.stopped_at = None
    elif not begun:  # the kernel is not here, or did not start: no code of the notebook has run
        outcome.failed = f"its kernel did not start: {explain(code, killed, run.limits)}"
    else:
        outcome.reason = explain(code, killed, run.limits)
        outcome.stopped_at = outcome.stopped_at or 0
    return outcome
