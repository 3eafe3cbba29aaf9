"""Say where two observations differ: type and shape first, then dtype, then values."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from tplib.graders.observe import Foreign, Observation

Kind = Literal["error", "type", "shape", "dtype", "values"]


@dataclass(frozen=True)
class Difference:
    kind: Kind
    sentence: str


def difference(expected: Observation, obtained: Observation, rtol: float, atol: float) -> Difference | None:
    """None if the obtained value is right."""
    if expected.error or obtained.error:
        if expected.error == obtained.error:
            return None
        if obtained.error:
            return Difference("error", f"Your code raised {obtained.raised}.")
        return Difference("error", f"Here a {expected.error} should be raised; yours returned a value.")
    return _value(expected.value, obtained.value, rtol, atol, "The result")


def agree(expected: Observation, obtained: Observation, rtol: float, atol: float) -> bool:
    """Whether two observations are the same up to the tolerance."""
    return difference(expected, obtained, rtol, atol) is None


def _value(expected: Any, obtained: Any, rtol: float, atol: float, what: str) -> Difference | None:
    if isinstance(expected, tuple | list):
        if not isinstance(obtained, tuple | list):
            return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained)}.")
        if len(expected) != len(obtained):
            return Difference("shape", f"{what} should have {len(expected)} parts, yours has {len(obtained)}.")
        pairs = zip(expected, obtained, strict=True)
        return _first(_value(e, o, rtol, atol, f"Part {i} of the result") for i, (e, o) in enumerate(pairs, 1))
    if isinstance(expected, dict):
        if not isinstance(obtained, dict) or expected.keys() != obtained.keys():
            names = sorted(obtained) if isinstance(obtained, dict) else _kind(obtained)
            return Difference("type", f"{what} should have the entries {sorted(expected)}, yours has {names}.")
        return _first(_value(e, obtained[key], rtol, atol, f"`{key}`") for key, e in expected.items())
    if isinstance(expected, str | None) or isinstance(obtained, str | None):
        if type(expected) is not type(obtained):
            return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained)}.")
        return (
            None
            if expected == obtained
            else Difference("values", f"{what} should be {expected!r}, yours is {obtained!r}.")
        )
    return _array(expected, obtained, rtol, atol, what)


def _array(expected: Any, obtained: Any, rtol: float, atol: float, what: str) -> Difference | None:
    scalar = np.ndim(expected) == 0
    allowed = (np.ndarray, bool, int, float) if scalar else (np.ndarray,)
    if not isinstance(obtained, allowed):
        return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained)}.")
    e, o = np.asarray(expected), np.asarray(obtained)
    if e.shape != o.shape:
        return Difference("shape", f"{what} should have shape {e.shape}, yours has {o.shape}.")
    if not scalar and e.dtype != o.dtype:
        return Difference("dtype", f"{what} should have dtype {e.dtype}, yours has {o.dtype}.")
    if (e.dtype.kind in "US") != (o.dtype.kind in "US"):
        return Difference("type", f"{what} should hold {e.dtype}, yours holds {o.dtype}.")
    close = e == o
    if "f" in (e.dtype.kind, o.dtype.kind) and not np.all(close):
        single = np.float32 in (e.dtype, o.dtype)
        rtol, atol = (max(rtol, 2e-4), max(atol, 2e-6)) if single else (rtol, atol)
        close = np.isclose(o, e, rtol=rtol, atol=atol, equal_nan=True)
    if np.all(close):
        return None
    wrong = int(np.size(close) - np.count_nonzero(close))
    if scalar:
        return Difference("values", f"{what} should be {number(e)}, yours is {number(o)}.")
    at = tuple(int(i) for i in np.argwhere(~close)[0])
    index = at[0] if len(at) == 1 else at
    places = f"{wrong} of {close.size} values differ" if close.size > 1 else "the value differs"
    return Difference(
        "values", f"{what}: {places}; at index {index} it should be {number(e[at])}, yours is {number(o[at])}."
    )


def _first(differences: Any) -> Difference | None:
    return next((found for found in differences if found), None)


def number(value: Any) -> str:
    """Six significant digits: enough to see a difference, short enough to read."""
    item = np.asarray(value).item()
    return f"{item:.6g}" if isinstance(item, float) else repr(item)


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a number"
    if isinstance(value, Foreign):
        return f"an object of type {value.type}"
    names = {bool: "a truth value", int: "a number", float: "a number", str: "a text", list: "a list", tuple: "a tuple"}
    return "nothing (None: is the `return` missing?)" if value is None else names.get(type(value), type(value).__name__)
