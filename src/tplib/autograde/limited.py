"""Work on a stranger's bytes, in a child process with limits: whatever becomes of the child is one exception here."""

from __future__ import annotations

import contextlib
import gc
import math
import os
import select
import signal
import struct
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from tplib.autograde.processes import can_fork, end_with_parent

RESULT_CAP = 256 << 20
HEADER = struct.Struct(">Q")  # the length of what follows
DONE, DONE_AT_LAST, RAISED, TOO_LARGE = b"+", b".", b"-", b"m"
CHUNK = 1 << 20
BOUNDS = struct.Struct(">dQ")  # seconds of the processor, bytes of memory
KEPT = 4  # a child that keeps this part of its memory, from one question to the next, is replaced
MOST_KEPT = 256 << 20  # and one that keeps so many bytes


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
    """
    with contextlib.closing(LimitedChild(lambda _: work(), bounds)) as child:
        return child.ask(b"", bounds.clock)


class LimitedChild:
    """A child of this process that answers one question after the other by `work`, each within `bounds`.

    Where this platform cannot fork, `work` runs here without limits. Raises OSError where no child can be started.
    """

    def __init__(self, work: Callable[[bytes], bytes], bounds: Bounds) -> None:
        self.work, self.bounds = work, bounds
        self.pid: int | None = None
        if can_fork():
            self._fork()

    def _fork(self) -> None:
        with contextlib.ExitStack() as opened:
            ends = [*os.pipe(), *os.pipe()]
            for end in ends:
                opened.callback(os.close, end)
            asked, self.asking, self.reading, answering = ends
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # Python's, where other threads run: none is used
                self.pid = os.fork()
            if self.pid == 0:
                try:
                    os.close(self.asking)
                    os.close(self.reading)
                    _be_the_child(self.work, asked, answering)
                finally:
                    os._exit(1)
            opened.pop_all()
        os.close(asked)
        os.close(answering)

    @property
    def ended(self) -> bool:
        """Whether it answers no more questions."""
        return self.pid is None and can_fork()

    def ask(self, question: bytes, clock: float | None, bounds: Bounds | None = None) -> bytes:
        """What `work` gives for `question` within `clock` seconds. After a StoppedError the child has ended.

        bounds: of this question, where they are others than the first one's.
        """
        self.bounds = bounds = bounds or self.bounds
        if not can_fork():
            try:
                return self.work(question)
            except Exception as error:
                raise StoppedError(said(error)) from error
        until = math.inf if clock is None else time.monotonic() + clock
        answer: bytes | None = None
        with contextlib.suppress(BrokenPipeError):
            _write(self.asking, BOUNDS.pack(bounds.processor, bounds.memory) + question)
        try:
            answer = _read(self.reading, until)
        finally:
            code = 0 if answer and answer[:1] == DONE else self._end(kill=answer is None)
        if answer is None:
            raise StoppedError(f"it takes more than {clock or math.inf:g} s, or gives too much", limit=True)
        kind, content = answer[:1], answer[1:]
        if kind in (DONE, DONE_AT_LAST):
            return content
        if kind == TOO_LARGE:
            raise StoppedError(f"it takes more than {self.bounds.memory >> 20} MiB of memory", limit=True)
        if kind == RAISED:
            raise StoppedError(content.decode("utf-8", "replace"))
        raise StoppedError(_ended(code, self.bounds), limit=True)

    def _end(self, kill: bool) -> int:
        """Wait for the child, which is about to end or is killed. Returns its exit code."""
        assert self.pid is not None
        pid, self.pid = self.pid, None
        os.close(self.asking)
        os.close(self.reading)
        if kill:
            os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def close(self) -> None:
        if self.pid is not None:
            self._end(kill=True)


class SeveralWorks:
    """One child for several works on the same stranger's bytes: forked for the first, and anew where one ended it.

    works: by name; those that are there when the child is forked.
    """

    def __init__(self, works: dict[str, Callable[[bytes], bytes]]) -> None:
        self.works = works
        self.child: LimitedChild | None = None

    def ask(self, name: str, question: bytes, bounds: Bounds) -> bytes:
        """What the work of that name gives for `question`, in the child. Raises as `in_child` does."""
        if self.child is None or self.child.ended:
            self.child = LimitedChild(self._work, bounds)
        return self.child.ask(b"\n".join([name.encode(), question]), bounds.clock, bounds)

    def _work(self, question: bytes) -> bytes:
        name, _, content = question.partition(b"\n")
        return self.works[name.decode()](content)

    def close(self) -> None:
        if self.child is not None:
            self.child.close()


def _be_the_child(work: Callable[[bytes], bytes], asked: int, answering: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's to handle
    end_with_parent(signal.SIGKILL)
    gc.freeze()  # what came from the parent stays shared with it
    start = _size()
    while (question := _read(asked, math.inf)) is not None and question[:1] == DONE:
        processor, memory = BOUNDS.unpack_from(question, 1)
        _limit(processor, memory)
        try:
            data = DONE + work(question[1 + BOUNDS.size :])
        except MemoryError:
            data = TOO_LARGE
        except Exception as error:
            data = RAISED + said(error).encode("utf-8", "replace")
        # The next question finds room in another one.
        if data[:1] == DONE and _size() > start + min(memory // KEPT, MOST_KEPT):
            data = DONE_AT_LAST + data[1:]
        _write(answering, data[1:], data[:1])
        if data[:1] != DONE:
            break
    os._exit(0)


def _size() -> int:
    """Bytes of this process's address space."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _limit(processor: float, memory: int) -> None:
    """Set the limits for the next question. They come on top of what earlier ones took."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {
        resource.RLIMIT_AS: _size() + memory,
        resource.RLIMIT_CPU: math.ceil(used.ru_utime + used.ru_stime + processor),
        resource.RLIMIT_CORE: 0,
    }
    for kind, soft in limits.items():
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _write(end: int, data: bytes, kind: bytes = DONE) -> None:
    for part in (HEADER.pack(1 + len(data)) + kind, data):
        view = memoryview(part)
        while view:
            view = view[os.write(end, view) :]


def _read(end: int, until: float) -> bytes | None:
    """The next message; what there is of it where the other side ended; None where it is late, or too long."""
    poll = select.poll()
    poll.register(end, select.POLLIN)
    data, size = bytearray(), HEADER.size
    while len(data) < size:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(None if left == math.inf else math.ceil(1000 * left)):
            return None
        part = os.read(end, min(CHUNK, size - len(data)))
        if not part:
            return b""
        data += part
        if size == HEADER.size == len(data):
            size += HEADER.unpack(data)[0]
            if size > RESULT_CAP:
                return None
    return bytes(data[HEADER.size :])


def _ended(code: int, bounds: Bounds) -> str:
    if code == -signal.SIGXCPU:
        return f"it takes more than {bounds.processor:g} s of computing"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"code {code}"
    return f"its process ended ({name})"


def said(error: Exception) -> str:
    """An exception in a few words, which fit on a line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
