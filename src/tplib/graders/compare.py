"""Say where two observations differ: type and shape first, then dtype where it counts, then values."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from tplib.graders.facts import OTHER_FORM, Facts, are_parameters, fact, not_found, parameters
from tplib.graders.observe import Foreign, Observation
from tplib.graders.sets import MOST, unlike, written

Kind = Literal["error", "type", "shape", "dtype", "values"]


@dataclass(frozen=True)
class Tolerance:
    """How close two numbers must be, and whether arrays must have the same dtype."""

    rtol: float = 1e-6
    atol: float = 1e-8
    dtype: bool = False


WHOLE = "The result"
USUAL, EXACT = Tolerance(), Tolerance(0.0, 0.0)


@dataclass(frozen=True)
class Difference:
    kind: Kind
    sentence: str


def difference(expected: Observation, obtained: Observation, tolerance: Tolerance) -> Difference | None:
    """None if the obtained value is right."""
    if expected.error or obtained.error:
        if expected.error == obtained.error:
            return None
        if obtained.error:
            return Difference("error", obtained.check or f"Your code raised {obtained.raised}.")
        return Difference("error", f"Here a {expected.error} should be raised; yours returned a value.")
    return _value(expected.value, obtained.value, tolerance, WHOLE)


def agree(expected: Observation, obtained: Observation, tolerance: Tolerance) -> bool:
    """Whether two observations are the same up to the tolerance; of two errors, whether their classes are."""
    return difference(expected, obtained, tolerance) is None


def _value(expected: Any, obtained: Any, tolerance: Tolerance, what: str, path: str | None = "") -> Difference | None:
    """path: where in the result this is, as Python writes it, such as `[0][1]`; None in what is no part of it."""
    if _comma_too_many(expected, obtained, tolerance):
        return Difference("type", f"{what} is a tuple of one entry: a comma at the end makes a tuple.")
    if isinstance(expected, tuple) and isinstance(obtained, np.ndarray):
        obtained = _unpacked(expected, obtained)
    if isinstance(expected, tuple | list):
        if not isinstance(obtained, tuple | list):
            return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained, path)}.")
        if len(expected) != len(obtained):
            word = "entr" if isinstance(expected, list) else "part"
            return Difference("shape", f"{what} should have {_count(len(expected), word)}, yours has {len(obtained)}.")
        pairs = zip(expected, obtained, strict=True)
        word = "Entry" if isinstance(expected, list) else "Part"
        whole = what[0].lower() + what[1:]  # "The result", "Entry 2 of `texts`"
        places = (f"`result{path}[{i}]`" if path else f"{word} {i + 1} of {whole}" for i in range(len(expected)))
        return _first(
            _value(e, o, tolerance, name, None if path is None else f"{path}[{i}]")
            for i, ((e, o), name) in enumerate(zip(pairs, places, strict=True))
        )
    if isinstance(expected, dict):
        return _dictionary(expected, obtained, tolerance, what, path)
    if isinstance(expected, set | frozenset):
        return _set(expected, obtained, tolerance, what)
    if isinstance(expected, np.ndarray) and isinstance(obtained, str) and obtained == "none":  # an observer's word
        return Difference("type", f"{what} should be {_kind(expected)}; there is none.")
    if isinstance(expected, str | None) or isinstance(obtained, str | None):
        if type(expected) is not type(obtained):
            return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained, path)}.")
        return (
            None
            if expected == obtained
            else Difference("values", f"{what} should be {expected!r}, yours is {obtained!r}.")
        )
    return _array(expected, obtained, tolerance, what, path)


def _unpacked(expected: tuple[Any, ...], obtained: np.ndarray) -> Any:
    """An array in place of several of its shape: `a, b = array` gives its rows. Another one stays as it is."""
    parts = [np.asarray(part) for part in obtained] if obtained.ndim and obtained.dtype.kind in "biuf" else []
    right = [np.shape(part) if isinstance(part, np.ndarray | bool | int | float) else None for part in expected]
    return tuple(parts) if parts and [part.shape for part in parts] == right else obtained


def _dictionary(
    expected: dict[str, Any], obtained: Any, tolerance: Tolerance, what: str, path: str | None
) -> Difference | None:
    """What both have comes first: what a check went on to look at hangs on it."""
    facts = isinstance(expected, Facts)
    if not isinstance(obtained, dict):
        if facts:
            return Difference("type", f"{what} {OTHER_FORM}: it is {_kind(obtained, path)}.")
        names = f"the entries {sorted(expected)}"
        return Difference("type", f"{what} should have {names}, yours has {_kind(obtained, path)}.")
    within = None if facts else path
    for key in (key for key in expected if key in obtained):
        if found := _entry(key, expected[key], obtained[key], tolerance, what, within):
            return found
    if expected.keys() == obtained.keys():
        return None
    if facts:
        return Difference("type", not_found(what, expected, obtained))
    both = f"{sorted(expected)}, yours has {sorted(obtained, key=str)}"
    return Difference("type", f"{what} should have the entries {both}.")


def _entry(
    key: str, expected: Any, obtained: Any, tolerance: Tolerance, what: str, path: str | None
) -> Difference | None:
    """The entry of a dictionary; of facts (path None) its name says enough."""
    if are_parameters(key, expected) and are_parameters(key, obtained):
        told = parameters(expected, obtained)
        return Difference("shape", told) if told else None
    if path is None:
        if told := fact(f"{key}{'' if what == WHOLE else f' of {what}'}", expected, obtained, _kind):
            return Difference("values", told)
        return _value(expected, obtained, tolerance, f"`{key}`{'' if what == WHOLE else f' of {what}'}", None)
    name = f"`result{path}[{key!r}]`" if path else f"`{key}`"
    return _value(expected, obtained, tolerance, name, f"{path}[{key!r}]")


def _set(expected: Any, obtained: Any, tolerance: Tolerance, what: str) -> Difference | None:
    if not isinstance(obtained, set | frozenset):
        return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained)}.")
    missing, surplus = unlike(expected, obtained, lambda e, o: _value(e, o, tolerance, what) is None)
    told = [f"lacks {written(missing)}"] * bool(missing) + [f"has {written(surplus)} too much"] * bool(surplus)
    return Difference("values", f"{what} {' and '.join(told)}.") if told else None


def _comma_too_many(expected: Any, obtained: Any, tolerance: Tolerance) -> bool:
    """Whether the right value was returned with a comma after it: `return y,`."""
    if type(obtained) is not tuple or len(obtained) != 1 or (isinstance(expected, tuple) and len(expected) == 1):
        return False
    return _value(expected, obtained[0], tolerance, WHOLE) is None


def _array(expected: Any, obtained: Any, tolerance: Tolerance, what: str, path: str | None = "") -> Difference | None:
    if isinstance(expected, Foreign):  # of a mistake: two objects of one type cannot be told apart
        return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained, path)}.")
    scalar = np.ndim(expected) == 0
    allowed = (np.ndarray, bool, int, float) if scalar else (np.ndarray,)
    if not isinstance(obtained, allowed):
        return Difference("type", f"{what} should be {_kind(expected)}, yours is {_kind(obtained, path)}.")
    e, o = _numbers(expected), _numbers(obtained)
    if e.shape != o.shape:
        return Difference("shape", f"{what} should have shape {e.shape}, yours has {o.shape}.")
    if tolerance.dtype and not scalar and e.dtype != o.dtype:
        return Difference("dtype", f"{what} should have dtype {e.dtype}, yours has {o.dtype}.")
    if e.size and not _stands_for(o.dtype.kind, e.dtype.kind):
        return Difference("type", f"{what} should hold {HOLDS[e.dtype.kind]}, yours holds {HOLDS[o.dtype.kind]}.")
    close = e == o
    if "f" in (e.dtype.kind, o.dtype.kind) and not np.all(close):
        single = np.float32 in (e.dtype, o.dtype)
        rtol, atol = tolerance.rtol, tolerance.atol
        rtol, atol = (max(rtol, 2e-4), max(atol, 2e-6)) if single else (rtol, atol)
        close = np.isclose(o, e, rtol=rtol, atol=atol, equal_nan=True)
    if np.all(close):
        return None
    wrong = int(np.size(close) - np.count_nonzero(close))
    if scalar:
        right, yours = two_numbers(e, o)
        return Difference("values", f"{what} should be {right}, yours is {yours}.")
    at = tuple(int(i) for i in np.argwhere(~close)[0])
    index = at[0] if len(at) == 1 else at
    places = f"{wrong} of {close.size} values differ" if close.size > 1 else "the value differs"
    right, yours = two_numbers(e[at], o[at])
    return Difference("values", f"{what}: {places}; at index {index} it should be {right}, yours is {yours}.")


HOLDS = {"b": "truth values", "i": "whole numbers", "u": "whole numbers", "f": "decimal numbers", "U": "texts"}


def _numbers(value: Any) -> np.ndarray:
    """An array of a known kind: Python's whole numbers may be too large for NumPy's."""
    array = np.asarray(value)
    if array.dtype.kind != "O":
        return array
    try:
        return array.astype(np.float64)
    except OverflowError:  # and for its decimal ones
        return np.asarray(np.inf if value > 0 else -np.inf)


def _stands_for(obtained: str, expected: str) -> bool:
    """Whether a kind of array may stand for another: whole numbers for decimal ones, nothing else."""
    if expected == "f":
        return obtained in "fiu"
    return obtained == expected or (obtained in "iu" and expected in "iu")


def _count(number: int, word: str) -> str:
    ending = {"entr": ("y", "ies"), "part": ("", "s")}[word][number != 1]
    return f"{number} {word}{ending}"


def _first(differences: Any) -> Difference | None:
    return next((found for found in differences if found), None)


def two_numbers(expected: Any, obtained: Any) -> tuple[str, str]:
    """Both in six significant digits, or in as many as it takes to see that they differ."""
    for digits in (6, 9, 12, 17):
        texts = number(expected, digits), number(obtained, digits)
        if texts[0] != texts[1]:
            break
    return texts


def number(value: Any, digits: int = 6) -> str:
    item = np.asarray(value).item()
    return f"{item + 0.0:.{digits}g}" if isinstance(item, float) else repr(item)  # + 0.0: no -0


def _kind(value: Any, path: str | None = "") -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a number"
    if isinstance(value, Foreign):
        if value.type in ("set", "frozenset"):
            return f"a set that cannot be compared (of more than {MOST} entries, or of others than numbers and texts)"
        return f"an object of type {value.type}"
    if isinstance(value, set | frozenset):
        return "a set"
    names = {bool: "a truth value", int: "a number", float: "a number", str: "a text", list: "a list", tuple: "a tuple"}
    if value is None:
        return "None" if path else "nothing (None: is the `return` missing?)"
    return names.get(type(value), type(value).__name__)
