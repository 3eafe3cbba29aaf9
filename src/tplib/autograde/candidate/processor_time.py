"""How long a candidate has computed, and how long it has waited for a processor that others had."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

NANOSECONDS = 1e-9


def processor_time(pid: int, sandboxed: bool) -> list[float] | None:
    """Seconds of the candidate `pid` and all that it started: computed, and waited. None where nobody can say."""
    computed = waited = 0.0
    found = False
    for other in filter(str.isdecimal, os.listdir("/proc")):
        with contextlib.suppress(OSError, ValueError, IndexError):  # it has ended, or this kernel does not say
            if _is_kin(pid, int(other), sandboxed):
                times = _of_process(Path("/proc", other))
                computed, waited, found = computed + times[0], waited + times[1], True
    return [computed, waited] if found else None


def _is_kin(pid: int, other: int, sandboxed: bool) -> bool:
    """Whether two processes are in one process namespace; without the sandbox, in one session."""
    if sandboxed:
        return os.stat(f"/proc/{pid}/ns/pid").st_ino == os.stat(f"/proc/{other}/ns/pid").st_ino
    return os.getsid(pid) == os.getsid(other)


def _of_process(folder: Path) -> tuple[float, float]:
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    computed = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # its own, and that of children that have ended
    waited = [int((task / "schedstat").read_text().split()[1]) for task in (folder / "task").iterdir()]
    return computed, NANOSECONDS * sum(waited)
