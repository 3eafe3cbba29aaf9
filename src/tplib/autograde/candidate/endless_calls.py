"""Calls that did not end: once a cell was stopped in one, later calls of the same function are not waited for as long.

An endless answer that eight cells call would cost eight limits. A call counts as one that did not end if it took most
of the limit and no other function of the notebook was found at work in it. A later call of that function is like it if
it, too, is found at work each time, no argument and nothing that it takes from around it is smaller, and it calls
the same functions. Whoever may yet end keeps the whole limit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from types import CodeType, FrameType, FunctionType
from typing import Any

PART = 15  # a call that is like one that did not end gets at least this part of the limit,
LEAST = 5.0  # and so many seconds
LOOKS = 2  # in that time
MOST = 0.8  # of the limit: a call that took so long is the one that did not end
ENOUGH = 3  # calls of a function that did not end, on whatever they were given
KEPT = 20  # calls that are remembered
MOST_SIZES = 200
CELL = "<ipython-input-"  # the files that IPython says cells are
COUNTED = (str, bytes, list, tuple, dict, set, frozenset)

Size = tuple[str, float]


@dataclass(frozen=True)
class Call:
    """A call that did not end: its function, where that stands, and how large what it worked on was."""

    function: str
    place: str
    sizes: tuple[Size, ...]


class EndlessCalls:
    """Looks every `pause` seconds at which function of the notebook is at work, and knows which calls did not end."""

    def __init__(self) -> None:
        self.known: list[Call] = []
        self.start(None)

    def start(self, limit: float | None) -> None:
        """The code to be watched begins, or is at its end. limit: of a whole cell."""
        self.limit = limit or 0.0
        self.frame: FrameType | None = None  # of the function that was found at work
        self.since, self.sizes = time.monotonic(), tuple[Size, ...]()

    @property
    def pause(self) -> float:
        """Seconds between two looks. The last one comes at the limit."""
        if not self.limit:
            return math.inf
        return self.limit / max(1, int(LOOKS * self.limit / max(self.limit / PART, LEAST)))

    def look(self, frame: FrameType | None) -> Call | None:
        """Note what is at work. Returns a known call if this one is like it, and has had its time."""
        found, now = at_work(frame), time.monotonic()
        if found is None or found is not self.frame:
            self.frame, self.since = found, now
            self.sizes = sizes(found) if found is not None else ()
            return None
        if now - self.since < (LOOKS - 0.1) * self.pause:
            return None
        code = found.f_code
        like = [call for call in self.known if (call.function, call.place) == (code.co_name, place(code))]
        if len(like) >= ENOUGH:
            return like[-1]
        return next((call for call in like if no_smaller(self.sizes, call.sizes)), None)

    def stop(self, frame: FrameType | None) -> None:
        """The limit is reached: remember the call that took most of it."""
        lasted = time.monotonic() - self.since + self.pause  # at most: it may have begun just after a look
        if self.frame is not None and at_work(frame) is self.frame and lasted >= MOST * self.limit:
            code = self.frame.f_code
            self.learn([Call(code.co_name, place(code), self.sizes)])

    def learn(self, calls: Iterable[Call]) -> None:
        self.known = [*self.known, *(call for call in calls if call not in self.known)][-KEPT:]

    def to_json(self) -> list[Any]:
        """The calls that did not end, for another candidate of this notebook."""
        return [[call.function, call.place, *map(list, call.sizes)] for call in self.known]

    def learn_json(self, calls: list[Any]) -> None:
        """Learn what another candidate of this notebook knows."""
        self.learn(Call(name, place, tuple((kind, amount) for kind, amount in sizes)) for name, place, *sizes in calls)


def at_work(frame: FrameType | None) -> FrameType | None:
    """The innermost function of the notebook that is at work below `frame`; None for what stands in a cell itself."""
    while frame is not None and not frame.f_code.co_filename.startswith(CELL):
        frame = frame.f_back
    return None if frame is None or frame.f_code.co_name == "<module>" else frame


def place(code: CodeType) -> str:
    return f"{code.co_filename}:{code.co_firstlineno}"


def sizes(frame: FrameType) -> tuple[Size, ...]:
    """How large the arguments of a call are, and what its function takes from around it."""
    code, values, around = frame.f_code, frame.f_locals, frame.f_globals
    flags = sum(bool(code.co_flags & flag) for flag in (0x04, 0x08))  # *args and **kwargs
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + flags]
    used = [values.get(name) for name in (*names, *code.co_freevars)]
    used += [around[name] for name in code.co_names if name in around]
    return tuple(map(size, used[:MOST_SIZES]))


def size(value: Any) -> Size:
    """What a value is, and how large: two of one kind can be compared. Numbers that are no counts have to be equal."""
    kind = type(value)
    if kind is int:
        return "int", min(float(abs(value)), 1e300) if abs(value).bit_length() < 1000 else 1e300
    if kind is float or value is None or kind is bool:
        return f"{value!r}", 0.0
    if kind is FunctionType:
        return place(value.__code__)[-100:], 0.0
    if kind in COUNTED:
        return kind.__name__, float(len(value))
    try:
        count = 1.0
        for side in value.shape:
            count *= float(side)
    except Exception:
        return kind.__qualname__[:100], 0.0
    return kind.__qualname__[:100], count


def no_smaller(these: tuple[Size, ...], those: tuple[Size, ...]) -> bool:
    """Whether none of `these` is smaller than its counterpart."""
    return [kind for kind, _ in these] == [kind for kind, _ in those] and all(
        here >= there for (_, here), (_, there) in zip(these, those, strict=True)
    )
