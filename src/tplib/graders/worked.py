"""A reference against a result that was found without it, compared as the check compares."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.graders.compare import difference
from tplib.graders.exercise import Exercise
from tplib.graders.observe import Observation, observe, plain


def mismatch(exercise: Exercise, arguments: tuple[Any, ...], result: Any) -> str:
    """Where the reference does not give this result; "" where it does. An array may be written as a list."""
    ours = observe(exercise.observe, exercise.reference, arguments)
    if ours.error:
        return f"The reference raised {ours.raised}."
    value, written = ours.value, _like(ours.value, plain(result))
    if exercise.measure is not None:
        value, written = (exercise.measure(each, *arguments) for each in (value, written))
    found = difference(Observation(value), Observation(written), exercise.tolerance)
    return found.sentence.replace("yours", "the one written down") if found else ""


def _like(ours: Any, result: Any) -> Any:
    """A result that was typed, with arrays where the reference has them."""
    if isinstance(ours, np.ndarray) and ours.ndim and isinstance(result, list):
        try:
            return np.array(result)
        except ValueError:  # rows of several lengths
            return result
    if isinstance(ours, list | tuple) and isinstance(result, list | tuple) and len(ours) == len(result):
        return [_like(one, other) for one, other in zip(ours, result, strict=True)]
    if isinstance(ours, dict) and isinstance(result, dict):
        return {key: _like(ours.get(key), item) for key, item in result.items()}
    return result
