"""What the examiner needs of a candidate, whoever starts it, and how a candidate can fail."""

from __future__ import annotations

from typing import Protocol

from tplib.autograde.messages.execution import NotebookRun, Waits
from tplib.autograde.messages.protocol import Blobs, Message


class Voice(Protocol):
    """A candidate as one sees it who talks with it."""

    def send(self, message: Message, blobs: Blobs, deadline: float | None) -> None: ...

    def receive(self, deadline: float | None) -> tuple[Message, memoryview]: ...

    def pending(self) -> bool:
        """Whether something has come that was not asked for."""


class Candidate(Voice, Protocol):
    """A candidate as the examiner sees it: something that answers messages and can die."""

    def handles(self) -> list[int]:
        """The open file, if there is one, over which a child of ours can talk with it."""

    def end(self, killed: str | None) -> str:
        """End the candidate and say why it ended. killed: the limit for which it is ended, if for one."""

    def times(self) -> tuple[float, float] | None:
        """Seconds that it has computed, and that it has waited for a processor. None where nobody can say."""

    @property
    def ended_at_limit(self) -> bool:
        """Whether it has ended because of the memory or the processes that it took, or perhaps of others'."""


class CandidateSource(Protocol):
    """Where candidates come from."""

    def start(self, run: NotebookRun) -> Candidate: ...


class CandidateDiedError(Exception):
    """The candidate ended before it answered. `killed` names the limit for which it was ended from here.

    waits: what the code waited for that did not stop, where it was to stop early.
    """

    def __init__(self, killed: str | None = None, waits: Waits | None = None) -> None:
        self.killed, self.waits = killed, waits


class NotGradableError(Exception):
    """There is no grade, and the notebook is not to blame: no candidate can start, or an exercise is unknown here."""


class TamperingError(Exception):
    """The candidate said what only a tampered one says."""
