"""Questions to one candidate and its answers, each in time and each to its own question."""

from __future__ import annotations

import secrets
import time
from typing import Any

from tplib.autograde.examiner.interfaces import CandidateDiedError, TamperingError, Voice
from tplib.autograde.messages.execution import Waits
from tplib.autograde.messages.protocol import Blobs, ClosedError, LateError, MalformedError, Message
from tplib.autograde.texts import fit_for_files

GRACE = 3.0  # seconds between the interrupt of a cell and the kill of its process
MOST_CALLS, MOST_ARGUMENTS, LONGEST_NAME = 20, 250, 200


class Conversation:
    """What the examiner says to a candidate, until the notebook's time ends at `deadline`."""

    def __init__(self, candidate: Voice, deadline: float | None, calls: list[Any]) -> None:
        self.candidate, self.deadline = candidate, deadline
        self.calls = calls  # those that did not end: a candidate tells them, and the next one knows them
        self.waits: Waits | None = None  # what the code of the last question waited for when it was stopped early

    def ask(self, message: Message, blobs: Blobs, seconds: float | None) -> tuple[Message, memoryview]:
        """Send a message and return its own reply, which must come within `seconds`, and some grace.

        Raises CandidateDiedError and TamperingError.
        """
        if self.candidate.pending():
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
        self.calls, self.waits = clean_calls(reply.get("calls")) or self.calls, clean_waits(reply.get("waits"))
        if "gave_up" in reply:
            raise CandidateDiedError("cell", self.waits)
        return reply, blob


def clean_calls(calls: Any) -> list[Any]:
    """Calls that did not end, in the form of `EndlessCalls.to_json`. None of them where the form is another."""
    if not isinstance(calls, list) or len(calls) > MOST_CALLS:
        return []
    for call in calls:
        if not isinstance(call, list) or len(call) > MOST_ARGUMENTS or not all(map(is_name, call[:2])) or len(call) < 2:
            return []
        if not all(isinstance(size, list) and len(size) == 2 and is_name(size[0]) for size in call[2:]):
            return []
        if not all(type(size[1]) in (int, float) for size in call[2:]):
            return []
    return calls


def clean_waits(waits: Any) -> Waits | None:
    """The function that code waited for, and the seconds after which it was stopped."""
    if isinstance(waits, list) and len(waits) == 2 and is_name(waits[0]) and type(waits[1]) is int:
        return Waits(fit_for_files(waits[0]), waits[1])
    return None


def is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME
