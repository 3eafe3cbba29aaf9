"""What a wrong answer does, as plain JSON: what it gave on the public cases, which are the same for all students.

Two students never meet the same secret cases, so their wrong results can only be compared on these.
"""

import json
import math
from typing import Any

import numpy as np

from tplib.graders.answer import Answer
from tplib.graders.compare import agree
from tplib.graders.exercise import Exercise
from tplib.graders.judge import fitting, on_public_cases
from tplib.graders.observe import Foreign, Observation
from tplib.graders.sets import ordered
from tplib.graders.verdict import Counterexample

CAP = 1 << 16  # characters of JSON; the right answers of our exercises need a tenth of it
ROW_CAP = 2000  # characters of a value in a counter-example

Record = list[dict[str, Any]]  # one entry for each case


def behaviour(exercise: Exercise, answer: Answer) -> tuple[Record, list[str]] | None:
    """What the answer gives on the telling public cases, and which of the exercise's own mistakes give the same.

    None where it is right on all of them, or gives too much to keep.
    """
    judged = on_public_cases(exercise, answer)
    cases = record([j.obtained for j in judged])
    return None if cases is None or all(j.right for j in judged) else (cases, fitting(exercise, judged))


def record(observations: list[Observation]) -> Record | None:
    """Values, or errors and their messages, as JSON; None where that is too long to keep."""
    try:
        cases = [
            {"error": o.error, "message": o.message} if o.error is not None else {"value": _encode(o.value)}
            for o in observations
        ]
        return cases if len(json.dumps(cases)) <= CAP else None
    except (RecursionError, ValueError):  # nested too deeply; a number of too many digits
        return None


def rows(counterexample: Counterexample) -> list[list[str]]:
    """The lines (label, value) of a counter-example."""
    return [[_text(label), _text(value)[:ROW_CAP]] for label, value in counterexample.rows()]


def read(cases: Any) -> list[Observation]:
    """The observations that `record` wrote down. Raises ValueError where it did not write this."""
    try:
        return [
            Observation(error=str(case["error"]), message=str(case["message"]))
            if "error" in case
            else Observation(_decode(case["value"]))
            for case in cases
        ]
    except (TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError("this is no record of what an answer does") from error


def unnameable(cases: Any) -> str:
    """The type of an object in such a record that cannot be compared, so that no mistake can be named by it; or ""."""
    if isinstance(cases, dict):
        if isinstance(found := cases.get("object"), str):
            return found
        cases = list(cases.values())
    if not isinstance(cases, list):
        return ""
    return next((found for item in cases if (found := unnameable(item))), "")


def same_mistake(exercise: Exercise, shown: list[Observation], other: list[Observation]) -> bool:
    """Whether `other` gives on each case what `shown` gives, or raises the same error with the same message."""
    return len(shown) == len(other) and all(
        agree(a, b, exercise.tolerance) and a.message == b.message for a, b in zip(shown, other, strict=True)
    )


def _encode(value: Any) -> Any:
    """Numbers and text as they are; lists as lists; an array, a dictionary or another object under its kind's name."""
    if isinstance(value, float) and not math.isfinite(value):
        value = np.array(value)  # JSON has no word for it
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.kind == "U":
            return {"texts": [list(array.shape), [_text(item) for item in array.ravel().tolist()]]}
        return {"array": [array.dtype.str, list(array.shape), [_item(item) for item in array.ravel().tolist()]]}
    if isinstance(value, tuple | list):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        return {"dict": [[_text(str(key)), _encode(item)] for key, item in value.items()]}
    if isinstance(value, set | frozenset):
        return {"set": [_encode(item) for item in ordered(value)]}
    if isinstance(value, Foreign):
        return {"object": value.type}
    return _text(value) if isinstance(value, str) else value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return [_decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "array":
        dtype, shape, items = content
        if np.dtype(dtype).kind not in "biuf":
            raise ValueError(f"an array of {dtype!r} is none of numbers")
        return np.array(items, dtype=dtype).reshape(shape)
    if kind == "texts":
        shape, items = content
        return ["texts", np.array(shape), [str(item) for item in items]]  # compared letter by letter
    if kind == "dict":
        return {str(key): _decode(item) for key, item in content}
    if kind == "set":
        return {"set": [_decode(item) for item in content]}  # written down in order
    if kind == "object":
        return repr(Foreign(str(content)))  # as text: two objects of one type cannot be told apart
    raise ValueError(f"unknown kind of value: {kind!r}")


def _item(item: Any) -> Any:
    return str(item) if isinstance(item, float) and not math.isfinite(item) else item


def _text(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
