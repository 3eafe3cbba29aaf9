"""Wrong numbers that tell their mistake by themselves: negated, transposed, times the batch size, ..."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.graders.exercise import Case


@dataclass(frozen=True)
class Pattern:
    """A relation between expected values, obtained values and arguments, true on every case of a wrong answer."""

    name: str
    question: str
    holds: Callable[[np.ndarray, Any, Case], bool]
    by_size: bool = False  # a factor that hangs on the batch: proven by batches of several sizes


def batch(case: Case) -> int:
    arrays = [arg for arg in case.args if isinstance(arg, np.ndarray) and arg.ndim]
    return arrays[0].shape[0] if arrays else 1


def _scaled(power: float) -> Callable[[np.ndarray, Any, Case], bool]:
    return lambda e, o, case: batch(case) > 0 and close(e * float(batch(case)) ** power, o)


def _times(factor: float) -> Callable[[np.ndarray, Any, Case], bool]:
    return lambda e, o, case: close(e * factor, o)


def _plus(number: float) -> Callable[[np.ndarray, Any, Case], bool]:
    return lambda e, o, case: close(e + number, o)


def _sign_lost(e: np.ndarray, o: Any, case: Case) -> bool:
    return close(np.abs(e), o)


def _biased(e: np.ndarray, o: Any, case: Case) -> bool:
    n = batch(case)
    if n < 2:
        return close(e, o)
    ratios = [r**p for r in (n / (n - 1), (n - 1) / n) for p in (1.0, 0.5)]
    return any(close(e * ratio, o) for ratio in ratios)


def _late(e: np.ndarray, o: Any, case: Case) -> bool:
    o = np.asarray(o)
    return e.ndim > 0 and e.shape == o.shape and len(e) > 1 and close(e[:-1], o[1:])


def _path(e: np.ndarray, o: Any, case: Case) -> bool:
    """Whether the result is the last of a row of results."""
    return np.ndim(o) == e.ndim + 1 and len(o) > 0 and close(e, np.asarray(o)[-1])


def _rounded(e: np.ndarray, o: Any, case: Case) -> bool:
    o = np.asarray(o)
    return o.shape == e.shape and any(np.allclose(e.round(digits), o, rtol=0, atol=1e-12) for digits in range(1, 7))


def close(a: Any, b: Any) -> bool:
    try:
        a, b = np.asarray(a), np.asarray(b)
    except ValueError:  # lists of different lengths in a list
        return False
    if a.shape != b.shape or a.dtype.kind not in "biuf" or b.dtype.kind not in "biuf":
        return False
    return bool(np.allclose(a, b, rtol=1e-5, atol=1e-7, equal_nan=True))


SAME_NUMBERS = (
    Pattern(
        "decimal numbers",
        "The values are right, but whole numbers are asked for. Where do yours become decimal ones?",
        lambda e, o, case: e.dtype.kind in "iu" and np.asarray(o).dtype.kind == "f",
    ),
    Pattern(
        "list instead of array",
        "The values are right, but in a Python list. How do you make an array of them?",
        lambda e, o, case: isinstance(o, list | tuple) and close(e, np.array(o)),
    ),
    Pattern(
        "wrong dtype",
        "The values are right, but of another type. Where does the dtype change?",
        lambda e, o, case: isinstance(o, np.ndarray) and o.dtype != e.dtype and close(e, o),
    ),
)
PATTERNS = (
    *SAME_NUMBERS,
    Pattern(
        "transposed",
        "Your result is the transpose of the right one. Which axis comes first?",
        lambda e, o, c: e.ndim >= 2 and (close(e.T, o) or close(e.swapaxes(-1, -2), o)),
    ),
    Pattern(
        "wrong shape",
        "The values are right, but the shape is not. Which axis is one too many, or missing?",
        lambda e, o, case: np.shape(o) != e.shape and close(e.ravel(), np.ravel(o)),
    ),
    Pattern(
        "negated", "Your result has the opposite sign. Where is a minus lost or added?", lambda e, o, c: close(-e, o)
    ),
    Pattern(
        "sum instead of mean",
        "Your result is ours times the batch size. Is the mean over the batch missing?",
        _scaled(1.0),
        by_size=True,
    ),
    Pattern(
        "mean instead of sum",
        "Your result is ours divided by the batch size. Is there a mean where a sum was asked for?",
        _scaled(-1.0),
        by_size=True,
    ),
    Pattern(
        "biased variance",
        "Your result is off by a factor with n and n - 1. By what do you divide the squares?",
        _biased,
        by_size=True,
    ),
    Pattern("twice the result", "Your result is twice the right one. Which factor is one too many?", _times(2.0)),
    Pattern("half the result", "Your result is half of the right one. Which factor is missing?", _times(0.5)),
    Pattern("sign lost", "The sizes are right, but nothing of yours is negative. Where does the sign go?", _sign_lost),
    Pattern("all steps", "The last of your values is the right one. Are the others asked for?", _path),
    Pattern("one too many", "Each of your numbers is one too large. Where does your counting start?", _plus(1.0)),
    Pattern("one too few", "Each of your numbers is one too small. Where does your counting start?", _plus(-1.0)),
    Pattern("one step late", "Your values are right, one row too late. At which step does the loop start?", _late),
    Pattern(
        "integer division",
        "Your values are ours without their decimals. Is there `//`, `int(...)` or an integer array?",
        lambda e, o, case: close(np.floor(e), o) or close(np.trunc(e), o),
    ),
    Pattern("rounded", "Your values are ours with fewer digits. Is there a `round(...)`?", _rounded),
)
