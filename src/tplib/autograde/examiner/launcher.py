"""Candidates on demand: start the warm process, and drive the candidates that it forks."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tplib
from tplib.autograde.candidate.preload import ONE_THREAD, is_below
from tplib.autograde.examiner.examination import Examination
from tplib.autograde.examiner.interfaces import NotStartedError
from tplib.autograde.messages.execution import OFFLINE, Job, Limits, Outcome, explain
from tplib.autograde.messages.protocol import Blobs, Channel, Message
from tplib.autograde.private_folders import private_folder, remove_abandoned

PASSED_ON = (
    *("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX"),
    *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ"),
)
PREFIX = "tp-zygote-"
PACKET_NAMES = 1000  # module names in one packet
ATTEMPTS = 8  # to import everything; after them, only what came before the last thread
STRIKES = 2  # warm processes that may die under a notebook


class ZygoteLostError(Exception):
    """The warm process is gone."""


class Zygote:
    """The warm process, kept alive: it is started again, with the same modules, whenever something kills it.

    Processes may share the one that their parent has `lent` them; who sees it die starts one of its own.
    """

    def __init__(self, scratch: Path, view: dict[str, list[str]] | None = None, lent: Zygote | None = None) -> None:
        self.scratch, self.view = scratch, view
        self.modules: list[str] = list(lent.modules) if lent else []
        self.barred: set[str] = set(lent.barred) if lent else set()
        self.closing = False
        self.ending = contextlib.ExitStack()
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = threading.RLock()
        self.alone = threading.Lock()
        self.address: str = lent.address if lent else ""
        if not lent:
            self._start()

    def _start(self) -> None:
        if self.process is None:
            remove_abandoned(PREFIX)
            # A socket's path may have 107 bytes, so it does not go into `scratch`.
            self.address = str(self.ending.enter_context(private_folder(PREFIX)) / "zygote")
        (self.scratch / "zygote").mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.address)
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(self.address)
            os.chmod(self.address, 0o600)
            listener.listen(128)
            with (self.scratch / "workers.log").open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "tplib.autograde.candidate.forkserver"],
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    cwd=self.scratch / "zygote",
                    env=clean_environment(sandboxed=self.view is not None),
                    start_new_session=True,  # a Ctrl-C is the coordinator's to handle
                    pass_fds=[listener.fileno()],
                    bufsize=0,
                )
                assert self.process.stdin is not None
                settings = {"socket": listener.fileno(), "view": self.view, "scratch": str(self.scratch.resolve())}
                self.process.stdin.write(json.dumps(settings).encode() + b"\n")

    def revive(self, lost: subprocess.Popen[bytes] | None) -> None:
        """Start again, unless that was done since the process `lost` was."""
        with self.lock:
            if not self.closing and self.process is lost:
                self._stop()
                self._start()
                self.preload(self.modules)

    def preload(self, modules: list[str]) -> None:
        """Import `modules` in the warm process; those that start threads are left to the notebooks' own processes.

        No candidate may be running.
        """
        with self.lock:
            self.modules = list(modules)
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    if self._import(cut=attempt == ATTEMPTS):
                        return
                except ZygoteLostError:  # an import killed it
                    self.modules = []
                self._stop()
                self._start()
            self._import()

    def _import(self, cut: bool = False) -> bool:
        """Whether all of the modules came in. Those that cannot are taken out; `cut`: and all after them."""
        reached, away = 0, []
        with Executor(self) as executor:
            for at in range(0, len(self.modules) or 1, PACKET_NAMES):
                names = self.modules[at : at + PACKET_NAMES]
                executor.tell({"preload": names, "barred": sorted(self.barred)})
                done = executor.hear(None)
                reached += done["reached"]
                away += done["away"]
                if done["culprit"] is not None:
                    self.barred.add(done["culprit"])
                    break
        complete = reached == len(self.modules) and not away
        if cut:
            self.modules = self.modules[:reached]
        self.modules = [name for name in self.modules if not is_below(name, away)]
        return complete

    def leave_to_parent(self) -> None:
        """In a child of the process that started it: let its life hang on that one alone."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def _stop(self) -> None:
        if self.process is None:
            return
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        with self.lock:
            self.closing = True
            self._stop()
            self.ending.close()


def sandbox_view(more: Sequence[str] = ()) -> dict[str, list[str]]:
    """What candidates see: this Python, the system's programs, the data cache, `more`; of the exercises, nothing."""
    from tplib.autograde.sandbox import default_view
    from tplib.data.cache import cache_folder

    references = [Path(tplib.__file__).parent / "exercises"]
    data = [cache_folder()] if cache_folder().is_dir() else []
    view = default_view([*data, *map(Path, more)], references)
    return {"readable": [str(path) for path in view.readable], "hidden": [str(path) for path in view.hidden]}


def clean_environment(sandboxed: bool) -> dict[str, str]:
    """What candidates inherit: how to find programs and data, and nothing that could be a secret."""
    from tplib.data.cache import cache_folder

    kept = {key: os.environ[key] for key in (*PASSED_ON, *([] if sandboxed else ["HOME"])) if key in os.environ}
    return (
        kept
        | OFFLINE
        | ONE_THREAD
        | {
            "PYTHONUNBUFFERED": "1",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "TPLIB_DATA": str(cache_folder()),
        }
    )


class Executor:
    """One candidate at a time, forked by the warm process; `run` is the whole grading of one notebook."""

    def __init__(self, zygote: Zygote) -> None:
        self.zygote = zygote
        self.control: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None  # of the zygote that it was connected to last

    def __enter__(self) -> Executor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, job: Job) -> Outcome:
        """Run and judge a notebook. Whatever it does is in the outcome; nothing is raised for it."""
        for strike in range(STRIKES):
            # Whoever killed the warm process shows when those that were running try again one at a time.
            with self.zygote.alone if strike else contextlib.nullcontext():
                try:
                    outcome = Examination(job, self).run()
                    outcome.sandboxed = self.zygote.view is not None
                    return outcome
                except ZygoteLostError:
                    self.close()
                    self.zygote.revive(self.process)
                except NotStartedError as error:
                    return Outcome(job, failed=str(error))
                except Exception as error:  # a thread that ends here would leave the run waiting for ever
                    self.close()
                    return Outcome(job, failed=f"the examiner failed ({type(error).__name__}: {error})")
        if self.zygote.view is not None:  # out of the reach of what is in the sandbox
            return Outcome(job, failed="the process that starts candidates died again and again")
        outcome = Outcome(job)
        outcome.stopped_at, outcome.reason = 0, "the code killed the process that grades it"
        return outcome

    def start(self, job: Job) -> Process:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self.tell({"fork": limits(job.limits), "kernel": job.kernel}, [theirs.fileno()])
            except ZygoteLostError:
                ours.close()
                raise
        return Process(self, Channel(ours), job.limits)

    def tell(self, message: dict[str, Any], handles: list[int] | None = None) -> None:
        try:
            if self.control is None:
                self.process = self.zygote.process
                self.control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                self.control.connect(self.zygote.address)
            socket.send_fds(self.control, [json.dumps(message).encode()], handles or [])
        except OSError as error:
            self.close()
            raise ZygoteLostError from error

    def hear(self, timeout: float | None) -> dict[str, Any]:
        assert self.control is not None
        self.control.settimeout(timeout)
        try:
            packet = self.control.recv(1 << 16)
        except OSError:
            packet = b""
        if not packet:
            self.close()
            raise ZygoteLostError
        message: dict[str, Any] = json.loads(packet)
        return message

    def close(self) -> None:
        if self.control is not None:
            self.control.close()
            self.control = None


def limits(limits: Limits) -> dict[str, Any]:
    cpu = None if limits.notebook is None else int(2 * limits.notebook)
    return {"memory": limits.memory, "cpu": cpu}


class Process:
    """A candidate, seen from the examiner."""

    def __init__(self, executor: Executor, channel: Channel, limits: Limits) -> None:
        self.executor, self.channel, self.limits = executor, channel, limits

    def send(self, message: Message, blobs: Blobs, deadline: float | None) -> None:
        self.channel.send(message, blobs, deadline)

    def receive(self, deadline: float | None) -> tuple[Message, memoryview]:
        return self.channel.receive(deadline)

    def idle(self) -> bool:
        return not self.channel.pending()

    def end(self, killed: str | None) -> str:
        """End the candidate, if it has not ended yet, and say in a few words why it did."""
        self.channel.close()
        self.executor.tell({"kill": True})
        ended = self.executor.hear(30.0)
        if ended["over"]:
            return str(ended["over"])
        return explain(ended["ended"], killed, self.limits)
