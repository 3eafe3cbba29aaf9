"""Run a student's answer on one case and keep what happened as plain data."""

import contextlib
import io
import math
import random
import sys
import warnings
from collections import deque
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.graders.draw import Arguments
from tplib.graders.raised import place, told
from tplib.graders.sets import plain_set


@dataclass(frozen=True)
class Observation:
    """What one call gave: a value or an error, which arguments it changed (their positions), and what it left alone.

    lasting: the results of the calls before are still what they were
    """

    value: Any = None
    error: str | None = None  # the exception's class name
    message: str = ""  # its message
    place: str = ""  # the student's line that raised it
    attempted: bool = True
    mutated: tuple[int, ...] = ()
    lasting: bool = True
    check: str = ""  # where no line of theirs raised it: what the check did with what the answer gave

    @property
    def raised(self) -> str:
        """The error as a reader sees it, with the student's line."""
        message = f": {self.message}" if self.message else ""
        return f"{self.error}{message}" + (f" ({self.place})" if self.place else "")


Earlier = deque[tuple[Any, Any]]
"""What an answer returned of late, as it is and as it was: a buffer that is used again shows at a later call."""


def none_yet() -> Earlier:
    return deque(maxlen=16)


def observe(how: Callable[..., Any], candidate: Any, args: Arguments, earlier: Earlier | None = None) -> Observation:
    """Call `how(candidate, *copies of args)`, silently; a student's exception is a result, not a failure of ours.

    earlier: what came of the calls before; this one is added.
    """
    given = fresh(args)
    try:
        with quiet():
            returned = how(candidate, *given)
            value = plain(returned)
    except NotImplementedError as error:
        # The stub raises it bare; PyTorch raises it with a message when an operation lacks a dtype.
        return Observation(None, "NotImplementedError", sentence(error), place(error), attempted=bool(str(error)))
    except (Exception, SystemExit) as error:  # exit() and sys.exit() end no check
        line, check = told(error, how, candidate)
        return Observation(None, type(error).__name__, sentence(error), line, check=check)
    mutated = tuple(i for i, (before, after) in enumerate(zip(args, given, strict=True)) if not same(before, after))
    lasting = all(lasts(then, was) for then, was in earlier or ())
    if earlier is not None:
        earlier.append((returned, value))
    return Observation(value, mutated=mutated, lasting=lasting)


def fresh(value: Any) -> Any:
    """A copy that shares nothing, neither with the value nor within itself: one array in two places becomes two."""
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(map(fresh, value))
    if type(value) is dict:
        return {key: fresh(item) for key, item in value.items()}
    return deepcopy(value)


@contextlib.contextmanager
def quiet() -> Any:
    """Hide prints and warnings of the student's function: it is called on hundreds of inputs."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield


def plain(value: Any) -> Any:
    """A copy that later changes of the student's arrays cannot reach; foreign objects become their type's name."""
    if isinstance(value, str):
        return str(value)  # NumPy's texts, too
    if isinstance(value, int) and abs(value) > sys.float_info.max:
        return math.copysign(math.inf, value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufU":
        return np.array(value)
    if isinstance(value, tuple | list):
        return (tuple if isinstance(value, tuple) else list)(plain(item) for item in value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if type(value) in (set, frozenset) and (found := plain_set(value)) is not None:
        return found
    return Foreign.of(value)


@dataclass(frozen=True)
class Foreign:
    """Stands for a returned object that is neither an array, a number, text, nor a collection that is compared."""

    type: str

    @classmethod
    def of(cls, value: Any) -> "Foreign":
        return cls(f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins."))

    def __repr__(self) -> str:
        return f"<{self.type}>"


def foreign_type(value: Any) -> str:
    """The type of an object in plain data that is neither compared nor sent elsewhere; "" where there is none."""
    if isinstance(value, Foreign):
        return value.type
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return next((name for item in inside if (name := foreign_type(item))), "")


def lasts(then: Any, was: Any) -> bool:
    """Whether a result of an earlier call is still what it `was` when `plain` copied it."""
    return same(then if type(then) is type(was) is np.ndarray else plain(then), was)


def same(a: Any, b: Any) -> bool:
    """Whether an argument, or a result, is still what it was; nan is still nan."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if a.dtype != b.dtype or a.shape != b.shape:
            return False
        if a.dtype.kind in "biufc" and a.tobytes() == b.tobytes():  # nearly always, and ten times as quick
            return True
        return np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if isinstance(a, list | tuple) and type(a) is type(b):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, random.Random | np.random.Generator | np.random.RandomState):
        return True  # whoever draws from it changes it: that is what it is for
    return bool(np.all(a == b))


def sentence(error: BaseException) -> str:
    """The exception's message on one line, cut where it gets long."""
    return " ".join(str(error).split())[:300]
