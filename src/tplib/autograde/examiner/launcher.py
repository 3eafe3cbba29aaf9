"""The launcher: has a candidate server fork candidates, one at a time, and runs whole notebooks in them."""

from __future__ import annotations

import contextlib
import signal
import socket
from typing import Any

from tplib.autograde.examiner.candidate_server import CandidateServer, ControlLine, ServerLostError
from tplib.autograde.examiner.examination import Examination
from tplib.autograde.examiner.interfaces import NotGradableError
from tplib.autograde.limited import SeveralWorks
from tplib.autograde.messages.execution import Limits, NotebookOutcome, NotebookRun, explain
from tplib.autograde.messages.protocol import Blobs, Channel, Message

STRIKES = 2  # candidate servers that may die under a notebook
END_SECONDS = 30.0  # for a candidate that was killed to end


class Launcher:
    """One candidate at a time, forked by `server`; `run` is the whole grading of one notebook."""

    def __init__(self, server: CandidateServer) -> None:
        self.server = server
        self.control = ControlLine(server)

    def __enter__(self) -> Launcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, run: NotebookRun, child: SeveralWorks | None = None) -> NotebookOutcome:
        """Run and judge a notebook, in `child`. Whatever it does is in the outcome; nothing is raised for it."""
        for strike in range(STRIKES):
            # Whoever killed the server shows when those that were running try again one at a time.
            with self.server.alone if strike else contextlib.nullcontext():
                try:
                    outcome = Examination(run, self, child).conduct()
                    outcome.sandboxed = self.server.view is not None
                    return outcome
                except ServerLostError:
                    self.close()
                    self.server.revive(self.control.process)
                except NotGradableError as error:
                    return NotebookOutcome(run, failed=str(error))
                except Exception as error:  # ours: it must cost neither this student's points nor the others' grades
                    self.close()
                    return NotebookOutcome(run, failed=f"the examiner failed ({type(error).__name__}: {error})")
        if self.server.view is not None:  # out of the reach of what is in the sandbox
            return NotebookOutcome(run, failed="the process that starts candidates died again and again")
        return NotebookOutcome(run, stopped_at=0, reason="the code killed the process that grades it")

    def start(self, run: NotebookRun) -> CandidateHandle:
        """A new candidate for `run`. Raises ServerLostError."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                wanted = {"folder": run.folder.name, "kernel": run.kernel, "shell": not run.learn}
                self.control.send({"fork": candidate_limits(run.limits), **wanted}, [theirs.fileno()])
            except ServerLostError:
                ours.close()
                raise
        return CandidateHandle(self.control, Channel(ours), run.limits)

    def close(self) -> None:
        self.control.close()


def candidate_limits(limits: Limits) -> dict[str, Any]:
    """The limits of the process, in bytes and in seconds of its processor."""
    return {"memory": limits.memory, "cpu": None if limits.notebook is None else int(2 * limits.notebook)}


class CandidateHandle:
    """A candidate that the server has forked, as the examiner sees it."""

    def __init__(self, control: ControlLine, channel: Channel, limits: Limits) -> None:
        self.control, self.channel, self.limits = control, channel, limits
        self.ended: dict[str, Any] | None = None  # how it ended, where that was heard before it was asked
        self.ended_at_limit = False

    def send(self, message: Message, blobs: Blobs, deadline: float | None) -> None:
        self.channel.send(message, blobs, deadline)

    def receive(self, deadline: float | None) -> tuple[Message, memoryview]:
        return self.channel.receive(deadline)

    def pending(self) -> bool:
        return self.channel.pending()

    def handles(self) -> list[int]:
        return [self.channel.end.fileno()]

    def times(self) -> tuple[float, float] | None:
        self.control.send({"look": True})
        reply = self.control.receive(END_SECONDS)
        if "ended" in reply:  # meanwhile
            self.ended, reply = reply, self.control.receive(END_SECONDS)
        return None if reply["times"] is None else (reply["times"][0], reply["times"][1])

    def end(self, killed: str | None) -> str:
        """End the candidate, if it has not ended yet, and say in a few words why it did."""
        self.channel.close()
        self.control.send({"kill": True})
        ended = self.ended or self.control.receive(END_SECONDS)
        # SIGKILL is also the kernel's where memory is short.
        self.ended_at_limit = bool(ended["over"]) or (killed is None and ended["ended"] == -signal.SIGKILL)
        if ended["over"]:
            return str(ended["over"])
        return explain(ended["ended"], killed, self.limits)
