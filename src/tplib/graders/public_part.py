"""What a student's machine holds of a course's exercises: a file beside the notebooks, `tp-exercises.json`.

It has no reference and no mistake as code. Of a public exercise it holds the inputs of the notebook's check, and what
the reference and each mistake give on them; so the check works there. Of a private one it holds the name, the
signature and the hints: it is judged when it is handed in. So is one whose inputs or results cannot be written down.
Of these a hash says which code they were made of, so that the build sees when it changes.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any

import numpy as np

from tplib.errors import TplibError
from tplib.graders.draw import Arguments
from tplib.graders.exercise import Case, Exercise, Misconception, call
from tplib.graders.fingerprint import fingerprint
from tplib.graders.observe import Foreign, observe
from tplib.graders.raised import define
from tplib.graders.sets import ordered
from tplib.graders.smallest import least

FILE = "tp-exercises.json"
FORMAT = 1
ABOUT = ("name", "assignment", "notebook", "points", "lecture", "signature", "formula", "shapes", "worked", "at_home")
JUDGED_BY = ("kind", "inputs", "forbidden", "rtol", "atol", "keeps_dtype", "aspects")

Entry = dict[str, Any]


class NotStorableError(Exception):
    """A value that a file of text cannot hold: a function, a generator, an object of a library."""


@dataclass(frozen=True, kw_only=True)
class PublicExercise(Exercise):
    """An exercise of which only the public part is here. stored: its cases; without any it is judged when handed in."""

    stored: tuple[Case, ...] = ()

    @property
    def judged_later(self) -> bool:
        return not self.stored

    def cases(self, seed: int | None = None) -> Iterator[Case]:
        yield from self.stored


def write(exercises: Iterable[Exercise]) -> bytes:
    """The public part of some exercises, as a file."""
    return as_file(entry(exercise) for exercise in exercises)


def as_file(entries: Iterable[Entry]) -> bytes:
    found = {"format": FORMAT, "exercises": list(entries)}
    return (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()


def entries_in(path: Path) -> dict[str, Entry]:
    """The entries of such a file by their names; none where it cannot be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] == FORMAT:
            return {entry["name"]: entry for entry in found["exercises"]}
    return {}


def judges_as(one: Entry, other: Entry) -> bool:
    """Whether two entries judge a right answer in the same way: in the notebook's check, nothing else counts."""
    return _judging(one) == _judging(other)


def _judging(entry: Entry) -> str:
    check = entry.get("check")
    if check is None:
        return str(entry.get("made_of"))
    judging = {name: value for name, value in check.items() if name not in ("mistakes", "least", "expected")}
    expected = [check["expected"].get(json.dumps(args)) for _, args in check["cases"]]
    return json.dumps([entry["kind"], entry["signature"], judging, expected])


def later_because(exercise: Exercise) -> str:
    """Why an exercise is judged only when it is handed in; "" where it is judged in the notebook too."""
    if exercise.private:
        return "it is private"
    try:
        _judged_by(exercise)
    except NotStorableError as error:
        return str(error)
    return ""


def left_out(exercise: Exercise, told: Entry) -> list[str]:
    """The mistakes of a public exercise that have no name in its entry, because a file cannot hold their results."""
    named = {name for name, _, _ in told["check"]["mistakes"]} if "check" in told else None
    return [] if named is None else [m.name for m in exercise.misconceptions if m.name not in named]


def read(path: Path) -> tuple[Exercise, ...]:
    """The exercises of such a file. Raises TplibError where it is none."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise TplibError(f"{path} cannot be read ({error.strerror})") from None


@cache
def _read(path: Path, changed: int) -> tuple[Exercise, ...]:
    """The exercises of the file as it was at that time, one object each."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise ValueError(f"it has format {found['format']}, and this tplib reads {FORMAT}")
        return tuple(_exercise(entry) for entry in found["exercises"])
    except Exception as error:  # what the file holds is run, too
        reason = f"{type(error).__name__}: {error}"
        raise TplibError(f"{path} cannot be read ({reason}): get it again from where the notebooks are") from None


def entry(exercise: Exercise) -> Entry:
    """What the file holds of one exercise."""
    told = {name: getattr(exercise, name) for name in (*ABOUT, "kind")}
    if not exercise.private:
        with contextlib.suppress(NotStorableError):
            return {**told, "check": _judged_by(exercise)}
    return {**told, "made_of": fingerprint(exercise, mistakes=False)}


def _judged_by(exercise: Exercise) -> dict[str, Any]:
    """All that the check in the notebook needs. Raises NotStorableError."""
    if exercise.measure is not None:
        raise NotStorableError("a property of its result is measured, not the result itself")
    try:
        cases = list(exercise.cases())
        batches = list(least(exercise))
        few = [args for batch in batches[: 1 if exercise.draws < Exercise.draws else None] for args in batch]
    except Exception as error:  # of a skeleton, say: its check tells
        raise NotStorableError(f"its inputs cannot be drawn ({type(error).__name__}: {error})") from error
    texts = {json.dumps(encode(list(args))): args for args in few}
    return {
        **{name: getattr(exercise, name) for name in JUDGED_BY},
        "cases": [[case.aspect, encode(list(case.args))] for case in cases],
        "least": [json.loads(text) for text in texts],
        "observer": _observer(exercise),
        "expected": _table(exercise, exercise.reference, [*(case.args for case in cases), *texts.values()]),
        "mistakes": [
            [m.name, m.question, table]
            for m in exercise.misconceptions
            if (table := _stored(exercise, m, [case.args for case in cases])) is not None
        ],
    }


def _stored(exercise: Exercise, mistake: Misconception, inputs: list[Arguments]) -> dict[str, Any] | None:
    """What a mistake gives; None where a file cannot hold it: the check works without that name."""
    try:
        return _table(exercise, mistake.candidate, inputs)
    except NotStorableError:
        return None


def _observer(exercise: Exercise) -> list[str] | None:
    """Name and text of the function that observes, which lies apart from all references; None for a plain call."""
    if exercise.observe is call:
        return None
    code = exercise.observe.__code__
    return [exercise.observe.__name__, Path(code.co_filename).read_text(encoding="utf-8")]


def _table(exercise: Exercise, candidate: Any, inputs: Iterable[Arguments]) -> dict[str, Any]:
    """What is observed of a candidate on each input: a value, or the error that it raises."""
    table = {}
    for args in inputs:
        seen = observe(exercise.observe, candidate, args)
        told = {"error": seen.error, "message": seen.message} if seen.error else {"value": encode(seen.value)}
        table[json.dumps(encode(list(args)))] = told
    return table


def _exercise(entry: dict[str, Any]) -> Exercise:
    about = {name: entry[name] for name in (*ABOUT, "kind")}
    check = entry.get("check")
    if check is None:
        return PublicExercise(**about, draw=lambda draw: (), reference=None)
    found = [tuple(decode(args)) for args in check["least"]]
    exercise = PublicExercise(
        **about,
        **{name: _tupled(check[name]) for name in JUDGED_BY if name != "kind"},
        draw=lambda draw: draw.choice(found),
        reference=Stored(check["expected"]),
        observe=_observe(check["observer"]),
        stored=tuple(Case(tuple(decode(args)), aspect) for aspect, args in check["cases"]),
    )
    for name, question, table in check["mistakes"]:
        exercise.misconceptions.append(Misconception(name, Stored(table), question))
    return exercise


class Stored:
    """What was observed of an answer that is not here, by the arguments."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table

    def __call__(self, *args: Any) -> Any:
        told = self.table[json.dumps(encode(list(args)))]
        if "error" in told:
            raise type(told["error"], (Exception,), {})(told["message"])
        return decode(told["value"])


def _observe(observer: list[str] | None) -> Callable[..., Any]:
    """The function that observes an answer; of what is stored there is nothing more to observe."""
    if observer is None:
        return call
    name, text = observer
    module: dict[str, Any] = {"__name__": "observers"}
    define(text, "<observers>", module)

    @wraps(module[name])
    def observed(candidate: Any, *args: Any) -> Any:
        return candidate(*args) if isinstance(candidate, Stored) else module[name](candidate, *args)

    return observed


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def encode(value: Any) -> Any:
    """A value as JSON: numbers, texts and truth values as they are, all else as a pair of its kind and its content."""
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufU":
        return ["array", [value.dtype.str, list(value.shape), value.ravel().tolist()]]
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) in (list, tuple):
        return [type(value).__name__, [encode(item) for item in value]]
    if type(value) in (set, frozenset):
        return [type(value).__name__, [encode(item) for item in ordered(value)]]
    if type(value) is dict:
        return ["dict", [[encode(key), encode(item)] for key, item in value.items()]]
    name = value.type if isinstance(value, Foreign) else type(value).__name__
    raise NotStorableError(f"a file cannot hold an object of type {name}")


def decode(value: Any) -> Any:
    """The value that `encode` made JSON of."""
    if not isinstance(value, list):
        return value
    kind, content = value
    if kind == "array":
        dtype, shape, numbers = content
        return np.array(numbers, dtype=dtype).reshape(shape)
    if kind == "dict":
        return {decode(key): decode(item) for key, item in content}
    return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](map(decode, content))
