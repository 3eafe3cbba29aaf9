"""The memory of candidates, measured from outside: the kernel's limit is for each process, not for many.

Also counted is what the kernel itself holds for a candidate: page tables, and what waits in its sockets.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass

from tplib.autograde.sandbox.libc import SandboxError
from tplib.autograde.sandbox.limits import Limits

# Memory that mmap shares without a file. All that is mapped counts, since it stays when pages are unmapped.
SHARED_MEMORY = b"/dev/zero (deleted)"
SLACK = 256 << 20  # what a candidate shares with the forkserver, or used at the last sample
# Of /proc/PID/status, in kB: together no less than what a process has alone, and quickly had.
COUNTED = (b"RssAnon:", b"VmSwap:", b"VmPTE:", b"HugetlbPages:")
SOCKET = 2 * 212992  # bytes that may wait in a socket, by the kernel's default (twice net.core.wmem_max)
MAPS_CAP = 2 << 20  # bytes of /proc/PID/maps, about 20,000 mappings; PyTorch has about 2,000
LOOK_SECONDS = 3.0  # of the processor, for one look at a candidate
PIECE = 1 << 16


@dataclass(frozen=True)
class Usage:
    """Bytes of memory and number of processes of a candidate and all its descendants."""

    memory: int = 0
    processes: int = 0
    unreadable: bool = False
    too_long: bool = False  # to measure

    def over(self, limits: Limits) -> str | None:
        """Say which limit is passed, or None."""
        if self.unreadable:
            return "a process hid its memory use"
        if self.too_long:
            return "its memory lies in too many pieces to be measured"
        if limits.memory is not None and self.memory > limits.memory + SLACK:
            return f"its processes together used more than {limits.memory / (1 << 30):.3g} GiB of memory"
        if self.processes > limits.processes:
            return f"it had more than {limits.processes} processes"
        return None


class MemoryWatch:
    """Measures, at each `sample`, all processes of the candidates that were added.

    Used inside the sandbox, from where candidates' processes are seen. A sample costs a walk over /proc and, for
    candidates near their limit, about 1 ms per 250 MB.
    """

    def __init__(self) -> None:
        self._namespaces: dict[int, int] = {}  # of its pid namespace -> the candidate
        self._limits: dict[int, Limits] = {}

    def add(self, pid: int, limits: Limits | None = None) -> None:
        """Watch the candidate that `fork` returned as `pid`. With limits, what is far below them is not told apart."""
        try:
            self._namespaces[_namespace(pid)] = pid
        except OSError as error:
            raise SandboxError(f"The memory of process {pid} cannot be watched: {error.strerror}.") from error
        if limits is not None:
            self._limits[pid] = limits

    def remove(self, pid: int) -> None:
        self._namespaces = {namespace: watched for namespace, watched in self._namespaces.items() if watched != pid}
        self._limits.pop(pid, None)

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
        return {candidate: measure(pids, self._limits.get(candidate)) for candidate, pids in members.items()}


class TooLongError(Exception):
    """A look at a candidate takes longer than it may."""


def measure(pids: Iterable[int], limits: Limits | None = None) -> Usage:
    """The processes' memory together. What some of them share counts once.

    limits: where a quick bound lies within them, that is the answer. Files in the candidate's folders do not count:
    they have a limit of their own.
    """
    until = time.process_time() + LOOK_SECONDS
    bound, tables, unreadable = 0, 0, False
    shared: dict[bytes, int] = {}
    alive = []
    try:
        for pid in pids:
            try:
                resident, table = _quick(pid)
                maps = _read(pid, "maps", until, MAPS_CAP)
            except (FileNotFoundError, ProcessLookupError):
                continue
            except PermissionError:
                unreadable = True
                continue
            alive.append(pid)
            bound, tables = bound + resident, tables + table
            for inode, size in _shared(maps).items():
                # One mapping is counted once, however many processes have inherited it.
                shared[inode] = max(shared.get(inode, 0), size)
        more = sum(shared.values()) + (_sockets(alive[0]) if alive else 0)
        if limits is not None and (limits.memory is None or bound + more <= limits.memory):
            return Usage(bound + more, len(alive), unreadable)
        total = tables + more
        for pid in alive:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                for line in _read(pid, "smaps_rollup", until).split(b"\n"):
                    if line.startswith((b"Pss_Anon:", b"SwapPss:", b"Private_Hugetlb:")):
                        total += 1024 * int(line.split()[1])
    except TooLongError:
        return Usage(bound, len(alive), unreadable, too_long=True)
    return Usage(total, len(alive), unreadable)


def _quick(pid: int) -> tuple[int, int]:
    """At least what a process has alone, page tables included; and these tables. In bytes."""
    fields = {}
    for line in _read(pid, "status").split(b"\n"):
        if line.startswith(COUNTED):
            name, size, _ = line.split()
            fields[name] = 1024 * int(size)
    return sum(fields.values()), fields.get(b"VmPTE:", 0)


def _sockets(pid: int) -> int:
    """Bytes that may wait in the sockets of a candidate, open or on their way to another process."""
    with contextlib.suppress(OSError):
        first = _read(pid, "net/sockstat").split(b"\n")[0]  # sockets: used 12
        return SOCKET * int(first.split()[-1])
    return 0


def _shared(maps: bytes) -> dict[bytes, int]:
    sizes: dict[bytes, int] = {}
    if SHARED_MEMORY in maps:
        for line in maps.split(b"\n"):
            if line.endswith(SHARED_MEMORY):
                span, _, _, _, inode, *_ = line.split()
                start, end = (int(address, 16) for address in span.split(b"-"))
                sizes[inode] = sizes.get(inode, 0) + end - start
    return sizes


def _read(pid: int, name: str, until: float | None = None, cap: int | None = None) -> bytes:
    """The whole file. Raises TooLongError where it has more than `cap` bytes, or the processor's time `until` comes."""
    pieces, size = [], 0
    with open(f"/proc/{pid}/{name}", "rb", buffering=0) as file:
        while piece := file.read(PIECE):
            pieces.append(piece)
            size += len(piece)
            if (cap is not None and size > cap) or (until is not None and time.process_time() > until):
                raise TooLongError
    return b"".join(pieces)


def _namespace(pid: int) -> int:
    return os.stat(f"/proc/{pid}/ns/pid").st_ino
