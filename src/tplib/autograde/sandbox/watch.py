"""The memory of candidates, measured by the forkserver: the kernel's limit is for each process, not for many."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from tplib.autograde.sandbox.libc import SandboxError
from tplib.autograde.sandbox.limits import Limits

# Memory that mmap shares without a file. All that is mapped counts, since it stays when pages are unmapped.
SHARED_MEMORY = b"/dev/zero (deleted)"
SLACK = 256 << 20  # what a candidate shares with the forkserver, or used at the last sample


@dataclass(frozen=True)
class Usage:
    """Bytes of memory and number of processes of a candidate and all its descendants."""

    memory: int = 0
    processes: int = 0
    unreadable: bool = False

    def over(self, limits: Limits) -> str | None:
        """Say which limit is passed, or None."""
        if self.unreadable:
            return "a process hid its memory use"
        if limits.memory is not None and self.memory > limits.memory + SLACK:
            return f"its processes together used more than {limits.memory / (1 << 30):.3g} GiB of memory"
        if self.processes > limits.processes:
            return f"it had more than {limits.processes} processes"
        return None


class MemoryWatch:
    """Measures, at each `sample`, all processes of the candidates that were added (two to four times a second).

    Used in the forkserver inside the sandbox, which sees its candidates' processes. A sample costs a walk over /proc
    and about 1 ms per 250 MB of each candidate.
    """

    def __init__(self) -> None:
        self._namespaces: dict[int, int] = {}  # of its pid namespace -> the candidate

    def add(self, pid: int) -> None:
        """Watch the candidate that `fork` returned as `pid`."""
        try:
            self._namespaces[_namespace(pid)] = pid
        except OSError as error:
            raise SandboxError(f"The memory of process {pid} cannot be watched: {error.strerror}.") from error

    def remove(self, pid: int) -> None:
        self._namespaces = {namespace: watched for namespace, watched in self._namespaces.items() if watched != pid}

    def sample(self) -> dict[int, Usage]:
        """What each candidate that is still there uses now."""
        members: dict[int, list[int]] = {}
        for name in os.listdir("/proc"):
            if name.isdecimal():
                try:
                    candidate = self._namespaces.get(_namespace(int(name)))
                except OSError:
                    continue  # it has ended
                if candidate is not None:
                    members.setdefault(candidate, []).append(int(name))
        return {candidate: measure(pids) for candidate, pids in members.items()}


def measure(pids: Iterable[int]) -> Usage:
    """The processes' memory together. What some of them share counts once.

    Files in the candidate's folders do not count: they have a limit of their own.
    """
    total, count, unreadable = 0, 0, False
    shared: dict[bytes, int] = {}
    for pid in pids:
        try:
            for line in _read(pid, "smaps_rollup").split(b"\n"):
                if line.startswith((b"Pss_Anon:", b"SwapPss:")):
                    total += 1024 * int(line.split()[1])
            maps = _read(pid, "maps")
        except (FileNotFoundError, ProcessLookupError):
            continue
        except PermissionError:
            unreadable = True
            continue
        count += 1
        for inode, size in _shared(maps).items():
            # One mapping is counted once, however many processes have inherited it.
            shared[inode] = max(shared.get(inode, 0), size)
    return Usage(total + sum(shared.values()), count, unreadable)


def _shared(maps: bytes) -> dict[bytes, int]:
    sizes: dict[bytes, int] = {}
    if SHARED_MEMORY in maps:
        for line in maps.split(b"\n"):
            if line.endswith(SHARED_MEMORY):
                span, _, _, _, inode, *_ = line.split()
                start, end = (int(address, 16) for address in span.split(b"-"))
                sizes[inode] = sizes.get(inode, 0) + end - start
    return sizes


def _read(pid: int, name: str) -> bytes:
    with open(f"/proc/{pid}/{name}", "rb") as file:
        return file.read()


def _namespace(pid: int) -> int:
    return os.stat(f"/proc/{pid}/ns/pid").st_ino
