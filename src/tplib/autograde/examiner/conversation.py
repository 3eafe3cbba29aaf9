"""Questions to one candidate and its answers, each in time and each to its own question."""

from __future__ import annotations

import secrets
import time

from tplib.autograde.examiner.interfaces import Candidate, CandidateDiedError, TamperingError
from tplib.autograde.messages.protocol import Blobs, ClosedError, LateError, MalformedError, Message

GRACE = 3.0  # seconds between the interrupt of a cell and the kill of its process


class Conversation:
    """What the examiner says to a candidate, until the notebook's time ends at `deadline`."""

    def __init__(self, candidate: Candidate, deadline: float | None) -> None:
        self.candidate, self.deadline = candidate, deadline

    def ask(self, message: Message, blobs: Blobs, seconds: float | None) -> tuple[Message, memoryview]:
        """Send a message and return its own reply, which must come within `seconds`, and some grace.

        Raises CandidateDiedError and TamperingError.
        """
        if not self.candidate.idle():
            raise TamperingError("it spoke when it was not asked")
        own = time.monotonic() + seconds + GRACE if seconds is not None else None
        deadline = min((end for end in (own, self.deadline) if end is not None), default=None)
        name = secrets.token_hex(8)
        try:
            self.candidate.send({"id": name, **message}, blobs, deadline)
            reply, blob = self.candidate.receive(deadline)
        except LateError:
            raise CandidateDiedError("notebook" if deadline == self.deadline else "cell") from None
        except ClosedError:
            raise CandidateDiedError from None
        except MalformedError as error:
            raise TamperingError(str(error)) from None
        if reply.get("id") != name:
            raise TamperingError("it answered another question")
        return reply, blob
