"""The check of an exercise whose cases are with the teacher: it says so, and what can be said without them."""

from __future__ import annotations

import inspect
from typing import Any

from tplib.graders.exercise import Exercise
from tplib.graders.verdict import Verdict

LATER = "Judged when you hand it in: what it is tried on is with your teacher."


def look_only(exercise: Exercise, candidate: Any) -> Verdict:
    """Whether there is an answer that can be called as the notebook says; it is not run."""

    def verdict(status: Any, message: str) -> Verdict:
        hints = exercise.ladder(None)
        return Verdict(exercise.name, 0.0, status, message, exercise.points, hints=hints)

    if candidate is None:
        return verdict("not attempted", f"`{exercise.name}` is not defined yet. {LATER}")
    kind = "class" if isinstance(candidate, type) else "function" if callable(candidate) else "other"
    if kind != exercise.kind:
        found = "a class" if kind == "class" else f"of type `{type(candidate).__name__}`"
        return verdict("wrong", f"`{exercise.name}` should be a {exercise.kind}, yours is {found}.")
    if _untouched(candidate):
        return verdict("not attempted", f"Replace `raise NotImplementedError` by your code. {LATER}")
    if kind == "function" and not _takes(candidate, len(exercise.parameters)):
        message = f"`{exercise.name}` should be called as `{exercise.signature}`; yours takes "
        return verdict("wrong", f"{message}`{inspect.signature(candidate)}`.")
    return verdict("later", LATER)


def _takes(candidate: Any, count: int) -> bool:
    try:
        inspect.signature(candidate).bind(*[None] * count)
    except TypeError:
        return False
    except ValueError:  # a built-in that does not say what it takes
        return True
    return True


def _untouched(candidate: Any) -> bool:
    """Whether the stub is still there: its last statement raises NotImplementedError."""
    try:
        lines = inspect.getsource(candidate).strip().splitlines()
    except (OSError, TypeError):
        return False
    return bool(lines) and lines[-1].strip() in ("raise NotImplementedError", "raise NotImplementedError()")
