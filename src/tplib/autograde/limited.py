"""Work on a stranger's bytes, in a child process with limits: whatever becomes of the child is one exception here."""

from __future__ import annotations

import gc
import math
import os
import select
import signal
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from tplib.autograde.processes import can_fork, end_with_parent

RESULT_CAP = 256 << 20
DONE, RAISED, TOO_LARGE = b"+", b"-", b"m"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Bounds:
    """What a child may take.

    processor   seconds of its processor, which a busy machine does not make longer
    clock       seconds until it is killed in any case; None: no limit
    memory      bytes above what its parent has
    """

    processor: float
    clock: float | None
    memory: int


class StoppedError(Exception):
    """The work was not done. The text says why. `limit`: it took too much, and nothing was wrong besides."""

    def __init__(self, reason: str, limit: bool = False) -> None:
        super().__init__(reason)
        self.limit = limit


def in_child(work: Callable[[], bytes], bounds: Bounds) -> bytes:
    """What `work` returns, from a child of this process. Raises StoppedError.

    Where no child can be started, for want of memory say, it raises OSError: that is no fault of the work's.

    Where this platform cannot fork, `work` runs here without limits.
    """
    if not can_fork():
        try:
            return work()
        except Exception as error:
            raise StoppedError(said(error)) from error
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python's, where other threads run: none is used there
            child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if child == 0:
        try:
            os.close(reading)
            _be_the_child(work, bounds, writing)
        finally:
            os._exit(1)
    os.close(writing)
    until = math.inf if bounds.clock is None else time.monotonic() + bounds.clock
    data: bytes | None = None
    try:
        data = _read(reading, until)
    finally:
        os.close(reading)
        if data is None:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if data is None:
        raise StoppedError(f"it takes more than {bounds.clock or math.inf:g} s, or gives too much", limit=True)
    if data[:1] == DONE:
        return data[1:]
    if data == TOO_LARGE:
        raise StoppedError(f"it takes more than {bounds.memory >> 20} MiB of memory", limit=True)
    if data[:1] == RAISED:
        raise StoppedError(data[1:].decode("utf-8", "replace"))
    raise StoppedError(_ended(os.waitstatus_to_exitcode(status), bounds), limit=True)


def _be_the_child(work: Callable[[], bytes], bounds: Bounds, writing: int) -> None:
    import resource

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's to handle
    end_with_parent(signal.SIGKILL)
    gc.freeze()  # what came from the parent stays shared with it
    with open("/proc/self/statm", encoding="ascii") as file:
        most = int(file.read().split()[0]) * resource.getpagesize() + bounds.memory
    seconds = math.ceil(bounds.processor)
    for kind, soft, hard in (
        (resource.RLIMIT_AS, most, most),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        allowed = resource.getrlimit(kind)[1]
        if allowed != resource.RLIM_INFINITY:
            soft, hard = min(soft, allowed), min(hard, allowed)
        resource.setrlimit(kind, (soft, hard))
    try:
        data = DONE + work()
    except MemoryError:
        data = TOO_LARGE
    except Exception as error:
        data = RAISED + said(error).encode("utf-8", "replace")
    view = memoryview(data)
    while view:
        view = view[os.write(writing, view) :]
    os._exit(0)


def _read(reading: int, until: float) -> bytes | None:
    """All that the child wrote when it has ended; None where it is late, or writes too much."""
    parts: list[bytes] = []
    size = 0
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    while size <= RESULT_CAP and (left := until - time.monotonic()) > 0:
        if not poll.poll(None if left == math.inf else math.ceil(1000 * left)):
            break
        part = os.read(reading, CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    return None


def _ended(code: int, bounds: Bounds) -> str:
    if code == -signal.SIGXCPU:
        return f"it takes more than {bounds.processor:g} s of computing"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"code {code}"
    return f"its process ended ({name})"


def said(error: Exception) -> str:
    """An exception in a few words, which fit on a line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
