"""Work on a stranger's bytes, in a child process with limits: whatever becomes of the child is one exception here.

Questions go to the child over a socket, which can take open files with them; answers come back over a pipe.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import select
import signal
import socket
import struct
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tplib.autograde.processes import can_fork, end_with_parent

RESULT_CAP = 256 << 20
HEADER = struct.Struct(">Q")  # the length of what follows
DONE, DONE_AT_LAST, RAISED, TOO_LARGE = b"+", b".", b"-", b"m"
CHUNK = 1 << 20
BOUNDS = struct.Struct(">dQ")  # seconds of the processor, bytes of memory
KEPT = 4  # a child that keeps this part of its memory, from one question to the next, is replaced
MOST_KEPT = 256 << 20  # and one that keeps so many bytes

MOST_HANDLES = 4  # open files that come with one question

Work = Callable[[bytes, Sequence[int]], bytes]
"""What a child does: the answer to a question, with which open files may come. It closes them."""


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
    with contextlib.closing(LimitedChild(lambda *_: work(), bounds)) as child:
        return child.ask(b"", bounds.clock)


class Forks(Protocol):
    """Another process that forks limited children for this one, one at a time."""

    def fork(self, asked: int, answering: int) -> int:
        """The pid of a child that has these two ends. Raises OSError."""

    def exit_code(self) -> int:
        """That of the last child, which is about to end."""


class LimitedChild:
    """A child process that answers one question after the other by `work`, each within `bounds`.

    server: what forks it, with the same `work`; by default, or where that has ended, this process does. Where this
    platform cannot fork, `work` runs here without limits. Raises OSError where no child can be started.
    """

    def __init__(self, work: Work, bounds: Bounds, server: Forks | None = None) -> None:
        self.work, self.bounds, self.server = work, bounds, server
        self.pid: int | None = None
        if can_fork():
            self._start()

    def _start(self) -> None:
        with contextlib.ExitStack() as opened:
            asked, self.asking = socket.socketpair()
            self.reading, answering = os.pipe()
            for end in (self.reading, answering):
                opened.callback(os.close, end)
            opened.enter_context(self.asking)
            with asked:
                try:
                    self.pid = self.server.fork(asked.fileno(), answering) if self.server else None
                except OSError:
                    self.server = None
                if self.pid is None:
                    self.pid = self._fork(asked, answering)
            opened.pop_all()
        os.close(answering)

    def _fork(self, asked: socket.socket, answering: int) -> int:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python's, where other threads run: none is used
            pid = os.fork()
        if pid == 0:
            try:
                self.asking.close()
                os.close(self.reading)
                be_the_child(self.work, asked, answering)
            finally:
                os._exit(1)
        return pid

    @property
    def ended(self) -> bool:
        """Whether it answers no more questions."""
        return self.pid is None and can_fork()

    def ask(
        self, question: bytes, clock: float | None, bounds: Bounds | None = None, handles: Sequence[int] = ()
    ) -> bytes:
        """What `work` gives for `question` within `clock` seconds. After a StoppedError the child has ended.

        bounds: of this question, where they are others than the first one's. handles: open files that come with it.
        """
        self.bounds = bounds = bounds or self.bounds
        if not can_fork():
            try:
                return self.work(question, [os.dup(handle) for handle in handles])
            except Exception as error:
                raise StoppedError(said(error)) from error
        until = math.inf if clock is None else time.monotonic() + clock
        answer: bytes | None = None
        with contextlib.suppress(ConnectionError):
            data = BOUNDS.pack(bounds.processor, bounds.memory) + question
            socket.send_fds(self.asking, [HEADER.pack(1 + len(data)) + DONE], handles)
            self.asking.sendall(data)
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
        self.asking.close()
        os.close(self.reading)
        if kill:
            with contextlib.suppress(ProcessLookupError):  # where another process has waited for it
                os.kill(pid, signal.SIGKILL)
        return self.server.exit_code() if self.server else os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def close(self) -> None:
        if self.pid is not None:
            self._end(kill=True)


class SeveralWorks:
    """One child for several works on the same stranger's bytes: forked for the first, and anew where one ended it.

    works: by name; those that are there when the child is forked, or `server` began.
    """

    def __init__(self, works: dict[str, Work], server: Forks | None = None) -> None:
        self.works, self.server = works, server
        self.child: LimitedChild | None = None

    def ask(self, name: str, question: bytes, bounds: Bounds, handles: Sequence[int] = ()) -> bytes:
        """What the work of that name gives for `question`, in the child. Raises as `in_child` does."""
        if self.child is None or self.child.ended:
            self.child = LimitedChild(self.work, bounds, self.server)
        return self.child.ask(b"\n".join([name.encode(), question]), bounds.clock, bounds, handles)

    def work(self, question: bytes, handles: Sequence[int]) -> bytes:
        name, _, content = question.partition(b"\n")
        return self.works[name.decode()](content, handles)

    def close(self) -> None:
        if self.child is not None:
            self.child.close()


def be_the_child(work: Work, asked: socket.socket, answering: int) -> None:
    """In a child that was forked: answer questions until none comes, then end."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's to handle
    end_with_parent(signal.SIGKILL)
    gc.freeze()  # what came from the parent stays shared with it
    start = _size()
    while True:
        handles: list[int] = []
        question = _read(asked, math.inf, handles)
        if question is None or question[:1] != DONE:
            break
        processor, memory = BOUNDS.unpack_from(question, 1)
        _limit(processor, memory)
        try:
            data = DONE + work(question[1 + BOUNDS.size :], handles)
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


def _read(end: int | socket.socket, until: float, handles: list[int] | None = None) -> bytes | None:
    """The next message; what there is of it where the other side ended; None where it is late, or too long.

    handles: gets the open files that come with it, from a socket.
    """
    poll = select.poll()
    poll.register(end, select.POLLIN)
    data, size = bytearray(), HEADER.size
    while len(data) < size:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(None if left == math.inf else math.ceil(1000 * left)):
            return None
        wanted = min(CHUNK, size - len(data))
        if isinstance(end, socket.socket):
            part, came, _, _ = socket.recv_fds(end, wanted, MOST_HANDLES)
            (handles if handles is not None else []).extend(came)
        else:
            part = os.read(end, wanted)
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
