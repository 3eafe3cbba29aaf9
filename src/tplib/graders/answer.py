"""The answer that is judged: a student's object in this process, or one elsewhere that is asked the same questions."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any, Literal, Protocol

import numpy as np

from tplib.errors import TplibError
from tplib.graders.constants import constants_beside
from tplib.graders.draw import Arguments
from tplib.graders.exercise import Exercise
from tplib.graders.observe import Observation, none_yet, observe
from tplib.graders.patience import SECONDS, within
from tplib.graders.shortcuts import global_names, own_functions, shortcut

Kind = Literal["missing", "function", "class", "other"]


@dataclass(frozen=True)
class Look:
    """What can be said of an answer before its values count.

    described     "a class", "of type `int`": for a sentence
    signature     as the answer's own code states it; takes: whether it accepts the stated arguments
    first         the observation on the first case
    library_call  the forbidden call that it makes
    data          the notebook's variable that it reads instead of an argument
    """

    kind: Kind
    described: str = ""
    signature: str | None = None
    takes: bool = True
    first: Observation | None = None
    library_call: str | None = None
    data: str | None = None


class CheckFailedError(TplibError):
    """The check itself cannot be done: trouble of the machine or of the exercise, and never an answer's fault.

    to_author: the same for who wrote the exercise, with the input that caused it.
    """

    to_author = ""


class Answer(Protocol):
    def look(self, exercise: Exercise, args: Arguments) -> Look: ...

    def observe(self, exercise: Exercise, cases: Sequence[Arguments]) -> list[Observation]: ...


class LocalAnswer:
    """An answer in this process; TooLongError where one step of its judgement takes more than `seconds`."""

    def __init__(self, candidate: Any, seconds: float = SECONDS) -> None:
        self.candidate, self.seconds = candidate, seconds

    def look(self, exercise: Exercise, args: Arguments) -> Look:
        with within(self.seconds):
            forbidden, itself = forbidden_calls(exercise), takes_args(exercise, args)
            return look(self.candidate, exercise.kind, exercise.observe, args, forbidden, itself)

    def observe(self, exercise: Exercise, cases: Sequence[Arguments]) -> list[Observation]:
        with within(self.seconds):
            earlier = none_yet()
            return [observe(exercise.observe, self.candidate, args, earlier) for args in cases]


def forbidden_calls(exercise: Exercise) -> tuple[str, ...]:
    """Dotted names of the calls that give the exercise away, our own functions of its name among them."""
    return (*exercise.forbidden, f"tplib.nn.functional.{exercise.name}", f"tplib.nn.{exercise.name}")


def takes_args(exercise: Exercise, args: Arguments) -> bool:
    """Whether an answer is to take the arguments of a case itself; else the function that observes makes its own."""
    reference = exercise.reference
    theirs = not exercise.inputs and len(exercise.labels) == len(exercise.parameters)
    return theirs or (isinstance(reference, FunctionType) and _signature(reference, args)[1])


def look(
    candidate: Any, kind: str, how: Callable[..., Any], args: Arguments, forbidden: tuple[str, ...], itself: bool
) -> Look:
    """Look at a candidate; goes on to run it only if it is of the right kind and takes the arguments.

    itself: whether it is to take `args` itself; else the function that observes makes its arguments of them.
    """
    if candidate is None:
        return Look("missing")
    found: Kind = "class" if isinstance(candidate, type) else "function" if callable(candidate) else "other"
    described = "a class" if found == "class" else f"of type `{type(candidate).__name__}`"
    if found != kind:
        return Look(found, described)
    signature, takes = _signature(candidate, args) if found == "function" and itself else (None, True)
    if not takes:
        return Look(found, described, signature, takes)
    first = observe(how, candidate, args)
    if not first.attempted:
        return Look(found, described, signature, first=first)
    call = shortcut(candidate, forbidden, lambda: observe(how, candidate, args))
    return Look(found, described, signature, True, first, call, global_data(candidate))


def _signature(candidate: Any, args: Arguments) -> tuple[str | None, bool]:
    try:
        signature = inspect.signature(candidate)
    except (TypeError, ValueError):
        return None, True
    try:
        signature.bind(*args)
    except TypeError:
        return str(signature), False
    return str(signature), True


def global_data(candidate: Any) -> str | None:
    """The name of a notebook array or collection that the student's code reads. Helpers are fine, and constants:
    single numbers, and collections that are written out in the answer's own cell.
    """
    for function in own_functions(candidate):
        if not _in_notebook(function):
            continue
        names = global_names(function)
        for name in sorted(names - constants_beside(function)) if names else ():
            value = function.__globals__[name]
            if isinstance(value, np.ndarray | list | dict | set) or (
                type(value).__module__.startswith("torch") and hasattr(value, "detach")
            ):
                return name
    return None


def _in_notebook(function: FunctionType) -> bool:
    return not str(function.__module__).startswith("tplib.")
