"""The worker forkserver: a process with nbgrader imported, which forks one worker for each connection it is sent.

`tp grade` forks it from itself when it has imported what both need; elsewhere it runs as
`python -m tplib.autograde.worker.forkserver FD [START [KEEPER]]`. `FD` is its connection to the coordinator
(`coordinator.worker_process`). First it receives the setup, then handles of connections, one for each worker. A worker
receives tasks and sends results over its own connection. It ends when that connection ends. `START` is the file that
says how the candidate server starts, `KEEPER` the connection of one that has started early (`early_start`).
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from tplib.autograde.processes import (
    end_at_once,
    end_with_parent,
    hear_of_children,
    lasting_imports,
    leave_out_slow_imports,
)

if TYPE_CHECKING:
    from tplib.autograde.examiner.candidate_server import CandidateServer
    from tplib.autograde.messages.grading import Setup

LAST_SECONDS = 4.0  # for workers to clean up
AGAIN_SECONDS = 0.001


def main() -> None:
    leave_out_slow_imports()
    hear_of_children()
    number, *early = sys.argv[1:]
    with contextlib.suppress(EOFError, OSError), Connection(int(number)) as coordinator:
        start = Path(early[0]) if early else None
        run_forkserver(coordinator, start, *map(Connection, map(int, early[1:])))
    end_at_once()


def import_all() -> None:
    """Import what the workers need."""
    with lasting_imports():
        from tplib.autograde.worker import grade_submission, warm_start  # noqa: F401


def run_forkserver(coordinator: Connection, start: Path | None = None, keeper: Connection | None = None) -> None:
    """Import, start the candidate server, then fork workers until the coordinator ends."""
    import_all()
    from tplib.autograde.messages.grading import Setup
    from tplib.autograde.private_folders import private_folder
    from tplib.autograde.sandbox import SandboxError
    from tplib.autograde.worker.course_folder import hide_course
    from tplib.autograde.worker.early_start import EarlyServer
    from tplib.autograde.worker.files import PREFIX, place_exercises
    from tplib.autograde.worker.warm_start import prepare_for_any_setup, start_candidate_server

    with private_folder(PREFIX) as folder, contextlib.ExitStack() as closing:
        os.chdir(folder)
        early = EarlyServer(start, keeper) if start is not None else None
        if early is not None:
            closing.callback(early.close)
        prepare_for_any_setup()
        setup = Setup.from_data(coordinator.recv_bytes())
        if setup.sandbox:
            with contextlib.suppress(SandboxError):  # a second wall: the setup names no place where a worker writes
                hide_course(setup.root, setup.hidden)
        candidates = None
        # Where this fails, each worker tries for itself, and says what is wrong.
        with contextlib.suppress(Exception), lasting_imports():
            place_exercises(folder / "exercises", setup.exercises)
            candidates = start_candidate_server(setup, folder, early)
        if candidates is not None:
            closing.callback(candidates.close)
        fork_workers(coordinator, setup, candidates)


def fork_workers(coordinator: Connection, setup: Setup, candidates: CandidateServer | None) -> None:
    """Fork a worker for each connection that comes, until the coordinator ends."""
    children: set[int] = set()
    while True:
        try:
            handle = recv_handle(coordinator)
        except (EOFError, OSError):
            end(children)
            return
        reap(children)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                coordinator.close()
                prepare_for_the_end()
                if candidates is not None:
                    candidates.leave_to_parent()
                serve(Connection(handle), setup, candidates)
                status = 0
            except SystemExit:
                status = 0
            finally:
                os._exit(status)
        children.add(pid)
        os.close(handle)
        coordinator.send_bytes(str(pid).encode())


def serve(tasks: Connection, setup: Setup, candidates: CandidateServer | None) -> None:
    """Be a worker until the connection ends. A worker that cannot start says so in place of each result."""
    from tplib.autograde.messages.grading import NOTE, GradingResult, SubmissionTask
    from tplib.autograde.worker.grade_submission import Worker

    with contextlib.suppress(EOFError, OSError), contextlib.ExitStack() as closing:
        try:
            worker = closing.enter_context(contextlib.closing(Worker(setup, candidates)))
            worker.note = lambda notebook: tasks.send_bytes(NOTE + notebook.encode())
            grade = worker.grade
        except Exception as error:
            reason = f"a worker cannot start: {type(error).__name__}: {error}"

            def grade(data: bytes) -> bytes:
                return GradingResult(SubmissionTask.from_data(data).student, failure=reason).to_data()

        while True:
            tasks.send_bytes(grade(tasks.recv_bytes()))


def prepare_for_the_end() -> None:
    """In a worker: when the forkserver ends, or asks for it, stop whatever runs, clean up and exit."""

    def on_end(signum: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit()

    def not_ended(ignored: sys.UnraisableHookArgs) -> None:
        """The signal came in a destructor, say, out of which nothing is raised: end right after it."""
        if isinstance(ignored.exc_value, SystemExit):
            signal.signal(signal.SIGALRM, on_end)
            signal.setitimer(signal.ITIMER_REAL, AGAIN_SECONDS)
        else:
            sys.__unraisablehook__(ignored)

    sys.unraisablehook = not_ended
    signal.signal(signal.SIGTERM, on_end)
    end_with_parent(signal.SIGTERM)


def reap(children: set[int]) -> None:
    """Forget the workers that have ended."""
    for pid in list(children):
        if os.waitpid(pid, os.WNOHANG)[0]:
            children.remove(pid)


def end(children: set[int]) -> None:
    """Wait a moment for workers that are about to end. Then ask the others to stop, and at last kill them."""
    for number in (0, signal.SIGTERM, signal.SIGKILL):
        for pid in children:
            os.kill(pid, number)
        until = time.monotonic() + LAST_SECONDS / 2
        while children and time.monotonic() < until:
            reap(children)
            time.sleep(0.002)


if __name__ == "__main__":
    main()
