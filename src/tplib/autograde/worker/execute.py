"""Executing notebooks side by side: a pool takes jobs and gives outcomes, and never raises for what a notebook does."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tplib.autograde.examiner.launcher import Zygote, sandbox_view
from tplib.autograde.messages.execution import Job, Outcome
from tplib.autograde.worker.kernel_process import ColdPool
from tplib.autograde.worker.warm import WarmPool
from tplib.errors import TplibError


class Pool(Protocol):
    workers: int

    def submit(self, job: Job) -> None: ...

    def wait(self, timeout: float) -> list[Outcome]: ...

    def busy(self) -> int: ...

    def close(self) -> None: ...


def can_fork_warm() -> bool:
    """Whether this platform forks safely after large imports: macOS does not, Windows cannot."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def make_pool(
    workers: int,
    scratch: Path,
    warm: bool,
    sandboxed: bool = False,
    lent: Zygote | None = None,
    readable: Sequence[str] = (),
) -> WarmPool | ColdPool:
    """A pool of `workers`, warm if that is wanted and possible here, and then sandboxed if that is wanted.

    readable: what notebooks see in the sandbox besides what all do.
    """
    if workers < 1:
        raise TplibError(f"at least 1 worker is needed, got {workers}")
    if warm and can_fork_warm():
        return WarmPool(workers, Zygote(scratch, sandbox_view(readable) if sandboxed else None, lent))
    return ColdPool(workers, scratch / "workers.log")


def private_copy(source: Path, target: Path) -> Path:
    """Copy a submission's folder for one run, writable whatever the permissions of the original are."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)
    return target


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
