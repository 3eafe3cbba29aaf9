"""What the examiner needs of a candidate, whoever starts it, and how a candidate can fail."""

from __future__ import annotations

from typing import Protocol

from tplib.autograde.messages.execution import Job
from tplib.autograde.messages.protocol import Blobs, Message


class Process(Protocol):
    """A candidate as the examiner sees it: something that answers messages and can die."""

    def send(self, message: Message, blobs: Blobs, deadline: float | None) -> None: ...

    def receive(self, deadline: float | None) -> tuple[Message, memoryview]: ...

    def idle(self) -> bool: ...

    def end(self, killed: str | None) -> str: ...


class Executor(Protocol):
    def start(self, job: Job) -> Process: ...


class CandidateDiedError(Exception):
    """The candidate ended before it answered; `killed` says for which limit, if it was ended from here."""

    def __init__(self, killed: str | None = None) -> None:
        self.killed = killed


class NotStartedError(Exception):
    """No candidate can be had: the machine's trouble, not the notebook's."""


class TamperingError(Exception):
    """The candidate said what only a tampered one says."""
