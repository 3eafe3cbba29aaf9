"""The candidate: in the forked process that holds a student's notebook, do what the examiner asks, and nothing else.

It runs cells and observes answers. It never judges, and holds nothing by which to judge.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from tplib.autograde.candidate.recorder import CellTimeoutError
from tplib.autograde.candidate.runner import Runner, language_info
from tplib.autograde.messages.protocol import Blobs, Channel, Decoder, Message, encode_observation
from tplib.graders.answer import Look, look
from tplib.graders.observe import Observation, observe, sentence


class Candidate:
    """Serves one examiner over one channel, until it is closed."""

    def __init__(self, channel: Channel, runner: Runner, folder: Path) -> None:
        self.channel, self.runner, self.folder = channel, runner, folder
        self.observers: dict[str, ModuleType] = {}
        self.pid = os.getpid()

    def serve(self) -> None:
        while True:
            message, blob = self.channel.receive(cap=None)
            blobs = Blobs()
            reply = getattr(self, f"do_{message['do']}")(message, Decoder(blob), blobs)
            if os.getpid() != self.pid:  # a child that the student's code forked and forgot
                os._exit(0)
            self.channel.send({"id": message["id"], **reply}, blobs)

    def do_files(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        """Lay out the submission's own files in the working folder."""
        at = 0
        for name, size in message["files"]:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(decoder.blob[at : at + size])
            at += size
        return {}

    def do_run(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        self.runner.limit = message["seconds"]
        return {"records": self.runner.run(message["cell"], message["source"], message["count"], message["draw"])}

    def do_look(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        found = self.timed(
            message,
            lambda args: look(
                self.answer(message), message["kind"], self.observer(message), args, tuple(message["forbidden"])
            ),
            lambda error: Look(message["kind"], first=error),
            decoder,
        )
        first = found.first and encode_observation(found.first, blobs)
        return {
            "kind": found.kind,
            "described": found.described,
            "signature": found.signature,
            "takes": found.takes,
            "first": first,
            "library_call": found.library_call,
            "data": found.data,
        }

    def do_observe(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        """Observe the answer on several cases, in one go: a message to and fro costs as much as a small case."""
        cases = decoder.decode(message["cases"])
        how, answer = self.observer(message), self.answer(message)
        found = []
        with self.runner.within(message["seconds"]):
            for args in cases:
                try:
                    found.append(observe(how, answer, args))
                except BaseException as error:
                    found.append(self.failure(error))
                    if isinstance(error, CellTimeoutError):
                        break
        found += [found[-1]] * (len(cases) - len(found))
        return {"observations": [encode_observation(observation, blobs) for observation in found]}

    def do_modules(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        return {"modules": modules_from_outside(self.folder), "language_info": language_info()}

    def do_language(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        return {"language_info": language_info()}

    def answer(self, message: Message) -> Any:
        return self.runner.shell.user_ns.get(message["name"])

    def observer(self, message: Message) -> Callable[..., Any]:
        """The function that observes; where it is not installed here, its module's text comes with the message."""
        module, name, source = message["observer"]
        if source is None:
            return getattr(self.observers.get(module) or importlib.import_module(module), name)
        if module not in self.observers:
            self.observers[module] = ModuleType(module)
            exec(compile(source, f"<{module}>", "exec"), self.observers[module].__dict__)
        return getattr(self.observers[module], name)

    def timed(
        self,
        message: Message,
        work: Callable[[Any], Look],
        failed: Callable[[Observation], Look],
        decoder: Decoder,
    ) -> Look:
        args = decoder.decode(message["args"])
        try:
            with self.runner.within(message["seconds"]):
                return work(args)
        except BaseException as error:
            return failed(self.failure(error))

    @staticmethod
    def failure(error: BaseException) -> Observation:
        """An answer that exits, or is interrupted for its time, has raised an error like any other."""
        return Observation(None, type(error).__name__, sentence(error))


def modules_from_outside(folder: Path) -> list[str]:
    """Names of the imported modules that do not lie in the submission's own folder, in import order."""
    names = []
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name != "__main__" and not (path and os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)):
            names.append(name)
    return names
