"""How long one call of an exercise takes: a check makes many, and an answer is stopped when its time is up."""

from __future__ import annotations

import time

from tplib.graders.exercise import Exercise
from tplib.graders.observe import observe
from tplib.graders.patience import SECONDS

SLOW = 2.0  # seconds of a check that its author should know of


def seconds_of_a_call(exercise: Exercise) -> float:
    """Seconds of the reference on its first input, without what it imports at its first call; 0 where it fails."""
    found = SECONDS
    try:
        for _ in range(2):
            args = next(iter(exercise.cases())).args
            started = time.monotonic()
            if observe(exercise.observe, exercise.reference, args).error:
                return 0.0
            found = min(found, time.monotonic() - started)
            if found * exercise.draws < SLOW:
                break
    except Exception:  # its inputs cannot be drawn
        return 0.0
    return found


def sentence(exercise: Exercise, seconds: float) -> str:
    """What its author should know of a slow exercise."""
    return (
        f"a call takes {seconds:.1f} s, so that each check takes {seconds * exercise.draws:.0f} s or more for the "
        f"{exercise.draws} inputs that it draws. An answer is stopped after {SECONDS:g} s for all of them: draw fewer "
        "with draws=3, or smaller ones"
    )
