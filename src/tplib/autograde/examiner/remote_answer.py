"""A student's answer as the examiner sees it: in another process, and known only by what comes back from there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tplib.autograde.examiner.conversation import Conversation
from tplib.autograde.examiner.interfaces import NotGradableError
from tplib.autograde.messages.execution import NotebookRun, Waits
from tplib.autograde.messages.protocol import Blobs, Decoder, MalformedError, Message, decode_observation, encode, text
from tplib.errors import TplibError
from tplib.graders import registry
from tplib.graders.answer import CheckFailedError, Look, forbidden_calls, takes_args
from tplib.graders.draw import Arguments
from tplib.graders.exercise import Exercise
from tplib.graders.observe import Observation, foreign_type, plain
from tplib.graders.shortcuts import named_calls

TIMEOUT = "CellTimeoutError"  # the error of an observation that was interrupted
KINDS = ("missing", "function", "class", "other")


class RemoteAnswer:
    """A student's answer in its candidate: it is looked at and observed there, through messages.

    limit: seconds for all observations of the exercise together; sources: the code that the candidate has run.
    """

    def __init__(self, conversation: Conversation, limit: float | None, sources: Sequence[str]) -> None:
        self.conversation, self.limit, self.sources = conversation, limit, sources
        self.deadline = None if limit is None else time.monotonic() + limit
        self.asked = False
        self.late = False  # whether the time ran out on the exercise's own cases, not on the search for a smaller one
        self.waits: Waits | None = None  # and for what, where it was stopped early

    def left(self) -> float | None:
        """Seconds for the next observation."""
        return None if self.deadline is None else max(0.05, self.deadline - time.monotonic())

    def hurry(self, seconds: float) -> None:
        """Give what is asked from now on `seconds` at most."""
        soon = time.monotonic() + seconds
        self.deadline = soon if self.deadline is None else min(self.deadline, soon)

    def question(self, do: str, exercise: Exercise, **more: Any) -> Message:
        question = {"do": do, "name": exercise.name, "observer": observer_of(exercise), "limit": self.limit}
        return {**question, "seconds": self.left(), **more}

    @property
    def calls(self) -> list[Any]:
        """The calls that did not end in the candidate."""
        return self.conversation.calls

    def note_late(self, observations: Sequence[Observation]) -> None:
        """Note whether the answer is out of time, and why. What is asked of it after that gets no time to speak of."""
        if any(map(self.out_of_time, observations)):
            self.hurry(0)
            if not (self.asked or self.late):
                self.late, self.waits = True, self.conversation.waits

    def look(self, exercise: Exercise, args: Arguments) -> Look:
        require_sendable(exercise, args)
        blobs = Blobs()
        message = self.question("look", exercise, kind=exercise.kind, forbidden=forbidden_calls(exercise))
        message["itself"] = takes_args(exercise, args)
        reply, blob = self.conversation.ask({**message, "args": encode(args, blobs)}, blobs, message["seconds"])
        first = reply.get("first")
        seen = Look(
            kind=reply["kind"] if reply.get("kind") in KINDS else "other",
            described=text(reply.get("described"), 100),
            signature=None if reply.get("signature") is None else text(reply["signature"], 200),
            takes=reply.get("takes") is True,
            first=None if first is None else decode_observation(first, Decoder(blob), len(args)),
            library_call=None if reply.get("library_call") is None else text(reply["library_call"], 100),
            data=None if reply.get("data") is None else text(reply["data"], 100),
        )
        if seen.kind == exercise.kind and seen.takes and seen.first is None:
            raise MalformedError("an observation is missing")
        self.note_late([seen.first] if seen.first is not None else [])
        written = named_calls(list(self.sources), exercise.name, forbidden_calls(exercise))
        return replace(seen, library_call=seen.library_call or written)

    def observe(self, exercise: Exercise, cases: Sequence[Arguments]) -> list[Observation]:
        if not cases:  # the last observation could not be that of the cases after it
            return []
        for args in cases:
            require_sendable(exercise, args)
        blobs = Blobs()
        message = self.question("observe", exercise)
        reply, blob = self.conversation.ask({**message, "cases": encode(list(cases), blobs)}, blobs, message["seconds"])
        observations = reply.get("observations")
        if not isinstance(observations, list) or len(observations) != len(cases):
            raise MalformedError("observations are missing")
        decoder = Decoder(blob)
        decoded = [
            decode_observation(observation, decoder, len(args))
            for observation, args in zip(observations, cases, strict=True)
        ]
        self.note_late(decoded)
        self.asked = True
        return decoded

    def out_of_time(self, observation: Observation) -> bool:
        return self.limit is not None and observation.error == TIMEOUT


def require_sendable(exercise: Exercise, args: Arguments) -> None:
    """Raise CheckFailedError where an argument would reach the answer as something else: no answer could be right."""
    for position, value in enumerate(args):
        if kind := foreign_type(plain(value)):
            name = exercise.label(position)
            raise CheckFailedError(
                f"{exercise.name} cannot be checked: its input `{name}` holds an object of type {kind}, which cannot "
                "be sent to a student's answer. Make it of numbers, texts and arrays in observe="
            )


def observer_of(exercise: Exercise) -> tuple[str, str]:
    """Module and name of the function that observes."""
    return exercise.observe.__module__, exercise.observe.__name__


def observer_source(exercise: Exercise) -> str | None:
    """The text of the module that observes, if it lies among exercises, which candidates do not see; else None."""
    path = Path(exercise.observe.__code__.co_filename)
    hidden = any(path.is_relative_to(folder) for folder in registry.folders())
    return path.read_text(encoding="utf-8") if hidden else None


def find_exercises(run: NotebookRun) -> dict[int, Exercise]:
    """The exercises of the check cells. Raises NotGradableError where one is unknown here."""
    try:
        return {index: registry.find(name) for index, name in run.checks.items()}
    except TplibError as error:
        raise NotGradableError(f"a check cannot be judged here: {error}") from error
