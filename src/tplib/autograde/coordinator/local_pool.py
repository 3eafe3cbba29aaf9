"""A pool of worker processes on this machine. A worker that is lost is replaced."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass, field

from tplib.autograde.coordinator.worker_process import WorkerLate, WorkerLost, WorkerProcess, WorkerServer, patience
from tplib.autograde.messages.grading import Setup
from tplib.errors import TplibError

TRIES = 3
LATE_TRIES = 2  # a process that somebody stopped is replaced; nothing that a submission does takes so long


@dataclass
class Done:
    """A task that is done: the bytes of its result, or why there is none."""

    student: str
    data: bytes | None = None
    reason: str = ""


@dataclass
class UnderWay:
    """A submission that is being graded. notebook: which of its notebooks runs; since: time.monotonic() when it did."""

    student: str
    notebook: str = ""
    since: float = field(default_factory=time.monotonic)


class LocalPool:
    """`workers` processes. Each has a thread here, which sends it tasks and waits for its results.

    At most `capacity` tasks should be submitted that `wait` has not returned, so that few are in memory at a time.
    worker_server: what starts them; whoever gave it closes it.
    """

    def __init__(self, setup: Setup, workers: int, worker_server: WorkerServer | None = None) -> None:
        self.capacity, self.several = workers + 1, workers > 1
        self.worker_server = worker_server or WorkerServer()
        self.end = self.worker_server.leave if worker_server else self.worker_server.close
        self.worker_server.prepare(setup.data)
        self.timeout = patience(setup.limits.notebook, len(setup.plans))
        self.tasks: queue.SimpleQueue[tuple[str, bytes] | None] = queue.SimpleQueue()
        self.done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self.graded_now: dict[str, UnderWay] = {}
        self.threads = [threading.Thread(target=self._drive, daemon=True) for _ in range(workers)]
        try:
            for thread in self.threads:
                thread.start()
        except RuntimeError as error:
            self.close()
            raise TplibError(f"{error}: this user has as many processes as are allowed (`ulimit -u`)") from error

    def submit(self, student: str, task: bytes) -> None:
        self.tasks.put((student, task))

    def wait(self, timeout: float) -> list[Done]:
        """The tasks that are done. Returns at the first one, or after `timeout` seconds."""
        try:
            return [self.done.get(timeout=timeout)]
        except queue.Empty:
            return []

    def under_way(self) -> list[UnderWay]:
        """What is being graded now."""
        return list(self.graded_now.values())

    def _drive(self) -> None:
        worker: WorkerProcess | None = None
        while (item := self.tasks.get()) is not None:
            student, task = item
            done, now = Done(student), UnderWay(student)
            self.graded_now[student] = now

            def note(notebook: str, now: UnderWay = now) -> None:
                now.notebook, now.since = notebook, time.monotonic()

            late = 0
            for _ in range(TRIES):
                try:
                    worker = worker or self.worker_server.fork()
                    done.data = worker.grade(task, self.timeout, note)
                    break
                except WorkerLate as error:
                    worker, done.reason, late = None, str(error), late + 1
                    if late == LATE_TRIES:
                        break
                except WorkerLost as error:
                    worker, done.reason = None, f"{error}, {TRIES} times"
                except Exception as error:  # no thread or no memory, say: the command waits for an answer
                    worker, done.reason = None, f"{type(error).__name__}: {error}"
                    break
            del self.graded_now[student]
            self.done.put(done)
        if worker is not None:
            worker.close()

    def close(self) -> None:
        """End the workers. What they are grading is lost."""
        for _ in self.threads:
            self.tasks.put(None)
        self.end()
