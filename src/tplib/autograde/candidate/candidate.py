"""The candidate: the process that holds a student's notebook. It does what the examiner asks, and nothing else.

It runs cells and observes answers. It never judges, and it holds nothing to judge by.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from tplib.autograde.candidate.own_modules import forget, lies_in, set_aside
from tplib.autograde.candidate.recorder import CellTimeoutError
from tplib.autograde.candidate.runner import Runner, language_info
from tplib.autograde.candidate.working_folder import WorkingFolder
from tplib.autograde.messages.protocol import CAP, ITEMS, Blobs, Channel, Decoder, Message, encode_observation, fits
from tplib.graders.answer import Look, look
from tplib.graders.observe import Observation, none_yet, observe, sentence
from tplib.graders.raised import define


class Candidate:
    """Serves one examiner over one channel, until it is closed."""

    def __init__(self, channel: Channel, runner: Runner, folder: Path) -> None:
        self.channel, self.runner, self.folder = channel, runner, folder
        self.files = WorkingFolder(folder)
        self.observers: dict[tuple[str, str], Callable[..., Any]] = {}
        self.pid = os.getpid()
        self.asked = ""
        runner.give_up = self.give_up

    def serve(self) -> None:
        while True:
            message, blob = self.channel.receive(cap=None)
            blobs = Blobs()
            self.asked = message["id"]
            reply = getattr(self, f"do_{message['do']}")(message, Decoder(blob), blobs)
            if os.getpid() != self.pid:  # a child that the student's code forked and forgot
                os._exit(0)
            self.channel.send({"id": self.asked, **self.known(), **reply}, blobs)

    def known(self) -> Message:
        """What the examiner should know of the code that was late, for this candidate and the next one."""
        found = {"waits": self.runner.waits, "calls": self.runner.calls.to_json()}
        return {key: value for key, value in found.items() if value}

    def give_up(self) -> None:
        """End this process in the middle of code that does not stop."""
        if os.getpid() == self.pid:
            self.channel.send({"id": self.asked, "gave_up": True, **self.known()})
        os._exit(0)

    def do_prepare(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        """Load the observers, then put the submission's own files into the working folder.

        Nothing of the submission is here yet, not even a file to import. So a failure is not the student's.
        """
        try:
            self.observers = load_observers(message["observers"])
        except Exception as error:
            return {"failed": f"{type(error).__name__}: {error}"}
        self.files.put(message["files"], decoder.blob)
        self.files.put_back(message["folders"], message["links"])
        forget(message["course_modules"], self.folder)
        self.runner.calls.learn_json(message["calls"])
        return {"set_aside": set_aside(self.files.start, self.folder)}

    def do_run(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        self.runner.limit = message["seconds"]
        how = (message[name] for name in ("cell", "source", "count", "draw"))
        return {"records": self.runner.run(*how)}

    def do_look(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        how, answer, args = self.observer(message), self.answer(message), decoder.decode(message["args"])
        try:
            with self.runner.within(message["seconds"], message["limit"]):
                forbidden, itself = tuple(message["forbidden"]), message["itself"]
                seen = self.runner.call(lambda: look(answer, message["kind"], how, args, forbidden, itself))
        except BaseException as error:
            seen = Look(message["kind"], first=self.failure(error))
        return {
            "kind": seen.kind,
            "described": seen.described,
            "signature": seen.signature,
            "takes": seen.takes,
            "first": seen.first and encode_observation(small(seen.first, 1), blobs),
            "library_call": seen.library_call,
            "data": seen.data,
        }

    def do_observe(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        """Observe the answer on several cases, in one go: a message to and fro costs as much as a small case."""
        cases = decoder.decode(message["cases"])
        how, answer = self.observer(message), self.answer(message)
        observations: list[Observation] = []
        earlier = none_yet()

        def observe_all() -> None:
            for args in cases:
                try:
                    observations.append(observe(how, answer, args, earlier))
                except BaseException as error:
                    observations.append(self.failure(error))
                    if isinstance(error, CellTimeoutError):
                        break

        try:
            with self.runner.within(message["seconds"], message["limit"]):
                self.runner.call(observe_all)
        except BaseException as error:  # a task in the background was late
            observations.append(self.failure(error))
        observations += [observations[-1]] * (len(cases) - len(observations))
        return {"observations": [encode_observation(small(seen, len(cases)), blobs) for seen in observations]}

    def do_files(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        """What the notebook's code wrote into its working folder: other notebooks see it, and it is kept."""
        written, left_out = self.files.written(message["room"], message["count"])
        for _, content in written:
            blobs.add(content)
        files = [[name, len(content)] for name, content in written]
        rest = {name: found[: message["count"]] for name, found in self.files.state().items()}
        return {"files": files, **rest, "left_out": left_out}

    def do_modules(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        return {"modules": modules_from_outside(self.folder), "language_info": language_info()}

    def do_language(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        return {"language_info": language_info()}

    def answer(self, message: Message) -> Any:
        return self.runner.shell.user_ns.get(message["name"])

    def observer(self, message: Message) -> Callable[..., Any]:
        module, name = message["observer"]
        return self.observers[module, name]

    @staticmethod
    def failure(error: BaseException) -> Observation:
        """An answer that exits, or is interrupted for its time, has raised an error like any other."""
        return Observation(None, type(error).__name__, sentence(error))


def small(observation: Observation, cases: int) -> Observation:
    """The observation, or that it is too large for a message in which there are `cases` of them."""
    if fits(observation.value, ITEMS // (2 * cases), CAP // (2 * cases)):
        return observation
    return Observation(None, "TooLargeError", "the answer gives back far more than the exercise asks for")


def load_observers(observers: list[tuple[str, str, str | None]]) -> dict[tuple[str, str], Callable[..., Any]]:
    """The functions that observe, by module and name. A module that is not installed here comes as its text."""
    modules: dict[str, ModuleType] = {}
    functions: dict[tuple[str, str], Callable[..., Any]] = {}
    for module, name, text in observers:
        if module not in modules and text is None:
            modules[module] = importlib.import_module(module)
        elif module not in modules:
            modules[module] = ModuleType(module)
            define(str(text), f"<{module}>", modules[module].__dict__)
        functions[module, name] = getattr(modules[module], name)
    return functions


def modules_from_outside(folder: Path) -> list[str]:
    """Names of the imported modules that do not lie in the submission's own folder, in import order."""
    return [name for name in list(sys.modules) if name != "__main__" and not lies_in(name, folder)]
