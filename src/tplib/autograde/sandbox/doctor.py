"""What this machine offers for grading, and what to do for each thing that it lacks."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tplib.autograde.processes import path_with_own_programs
from tplib.autograde.sandbox.cgroup import memory_room

NEEDED_MEMORY = 2 << 30  # bytes for one notebook that imports PyTorch, and the system beside it

State = Literal["ok", "lacking", "optional"]


@dataclass(frozen=True)
class Finding:
    """One thing and what was seen of it. Where it lacks: what to do, and whether `tp grade` refuses without it."""

    name: str
    state: State
    seen: str
    way_out: str = ""


def examine() -> list[Finding]:
    """Everything that grading uses, in the order in which it matters."""
    return [
        *_sandbox(),
        _python(),
        _nbgrader(),
        _alembic(),
        _kernel(),
        _cores(),
        _memory(),
        _memory_limit(),
        *_data(),
        *_optional(),
    ]


def refuses(findings: list[Finding]) -> bool:
    return any(finding.state == "lacking" for finding in findings)


def _sandbox() -> list[Finding]:
    from tplib.autograde.sandbox import offers, problem

    parts = offers()
    if all(part.ok for part in parts):
        return [Finding("sandbox", "ok", ", ".join(part.name for part in parts))]
    present = [Finding(f"sandbox: {part.name}", "ok", part.detail) for part in parts if part.ok]
    lacking = [Finding(f"sandbox: {part.name}", "lacking", part.detail) for part in parts if not part.ok]
    return [*present, *lacking[:-1], Finding(lacking[-1].name, "lacking", lacking[-1].seen, problem() or "")]


def _python() -> Finding:
    return Finding("Python", "ok", f"{platform.python_version()} at {sys.executable}; tplib {_version('tplib')}")


def _nbgrader() -> Finding:
    install = "Run `pip install 'tplib[instructor]'`."
    if importlib.util.find_spec("nbgrader") is None:
        return Finding("nbgrader", "lacking", "not installed", install)
    return Finding("nbgrader", "ok", f"{_version('nbgrader')}, nbconvert {_version('nbconvert')}")


def _alembic() -> Finding:
    program = shutil.which("alembic", path=path_with_own_programs())
    if program is None:
        return Finding("alembic", "lacking", "not on PATH", "It comes with nbgrader: reinstall nbgrader here.")
    return Finding("alembic", "ok", program)


def _kernel() -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager

    names = sorted(KernelSpecManager().find_kernel_specs())
    if "python3" not in names:
        advice = f"Run `{sys.executable} -m ipykernel install --user`, or name a kernel that is here in the notebooks."
        return Finding("kernels", "optional", ", ".join(names) or "none", advice)
    return Finding("kernels", "ok", ", ".join(names))


def _cores() -> Finding:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Finding("cores", "ok", f"{usable}: so many notebooks at a time, or as --workers says")


def _memory() -> Finding:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        free = 1024 * next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration, ValueError):
        return Finding("memory", "ok", "not known on this system")
    seen = f"{free / (1 << 30):.1f} GiB free"
    room = memory_room()
    if room is not None and room.left < free:  # a container's limit: beyond it the kernel ends processes
        free = room.left
        seen = (
            f"{free / (1 << 30):.1f} GiB left of the {room.limit / (1 << 30):.1f} GiB that this process's group may use"
        )
    if free < NEEDED_MEMORY:
        return Finding("memory", "optional", seen, "Close other programs, or grade with --workers 1.")
    return Finding("memory", "ok", seen)


def _memory_limit() -> Finding:
    """By what a notebook is kept to its memory. Control groups are not used: few machines let their users make any."""
    from tplib.autograde.sandbox.watch import SLACK
    from tplib.autograde.sandbox.watch_process import PERIOD

    seen = f"a process's by the kernel, a notebook's by a look every {PERIOD:g} s, to within {SLACK >> 20} MiB"
    return Finding("memory limits", "ok", seen)


def _data() -> list[Finding]:
    from tplib.data.cache import cache_folder, is_cached
    from tplib.data.registry import names

    known = names()
    absent = [name for name in known if not is_cached(name)]
    seen = f"{len(known) - len(absent)} of {len(known)} data sets in {cache_folder()}"
    if absent:
        advice = f"Submissions have no network. Run `tp data pull {' '.join(absent)}` for the notebooks that use them."
        return [Finding("data", "optional", seen, advice)]
    return [Finding("data", "ok", seen)]


def _optional() -> list[Finding]:
    findings = []
    for name, modules, purpose, extra in (
        ("Dask", ("distributed",), "to grade on several machines (--cluster)", "pip install 'tplib[cluster]'"),
        ("SLURM through Dask", ("dask_jobqueue",), "to grade on a SLURM cluster", "pip install 'tplib[cluster]'"),
        (
            "PostgreSQL driver",
            ("psycopg2", "psycopg"),
            "for a gradebook in PostgreSQL",
            "pip install 'tplib[postgresql]'",
        ),
    ):
        module = next((module for module in modules if importlib.util.find_spec(module)), None)
        if module is None:
            findings.append(Finding(name, "optional", "not installed", f"Needed only {purpose}: `{extra}`."))
        else:
            findings.append(Finding(name, "ok", f"{module} {_version(module.replace('_', '-'))}"))
    return findings


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""
