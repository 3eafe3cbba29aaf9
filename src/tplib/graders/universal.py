"""Mistakes that hold for any exercise: recognised from the wrong values themselves, without a wrong implementation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tplib.graders.compare import EXACT, Tolerance, agree
from tplib.graders.exercise import Case, Exercise
from tplib.graders.observe import Foreign, Observation, observe

FEW = 3  # wrong cases that prove no pattern
CLOSE = Tolerance(1e-9, 1e-12)


@dataclass(frozen=True)
class Pattern:
    """A relation between expected value, obtained value and arguments, true on every case of a wrong answer."""

    name: str
    question: str
    holds: Callable[[np.ndarray, Any, Case], bool]
    by_size: bool = False  # a factor that hangs on the batch: proven by batches of several sizes


def recognise(exercise: Exercise, judged: Sequence[tuple[Case, Observation, Observation]]) -> Pattern | None:
    """The first pattern that explains all (case, expected, obtained) triples, or None.

    A pattern is proven by the whole of each wrong result, in several cases and on more numbers than chance would fit.
    What was measured of an answer, and is not its result, shows none.
    """
    wrong = [(c, e, o) for c, e, o in judged if not agree(e, o, exercise.tolerance)]
    wrong = [(c, e, o) for c, e, o in wrong if filled(e.value)] or wrong  # an empty result shows no pattern
    if not wrong or any(o.error for _, _, o in wrong):
        return None
    if all(o.value is None for _, _, o in wrong):
        return MISSING_RETURN
    if all(isinstance(o.value, Foreign) and o.value.type.startswith("torch.") for _, _, o in wrong):
        return TENSOR
    if exercise.measure is not None or len(wrong) < FEW:
        return None
    if all(any(agree(Observation(arg), o, CLOSE) for arg in case.args) for case, _, o in judged):
        return ARGUMENT
    values = [obtained.value for _, _, obtained in judged]
    if all(agree(Observation(values[0]), Observation(value), EXACT) for value in values):
        return CONSTANT
    if sum(_numbers(e.value) for _, e, _ in wrong) < 2 * FEW:
        return None
    for pattern in PATTERNS:
        if all(_holds(pattern, _leaves(e.value, o.value), case) for case, e, o in wrong) and (
            not pattern.by_size or len({_batch(case) for case, _, _ in wrong}) > 1
        ):
            return pattern
    if _other_axis(exercise, wrong):
        return WRONG_AXIS
    return None


def _numbers(value: Any) -> int:
    """How many numbers a result holds."""
    if isinstance(value, tuple | list):
        return sum(map(_numbers, value))
    if isinstance(value, dict):
        return sum(map(_numbers, value.values()))
    return int(np.size(value)) if isinstance(value, np.ndarray | int | float) else 0


def finite(value: Any) -> bool:
    """Whether no number of a result is infinite or nan."""
    if isinstance(value, tuple | list):
        return all(map(finite, value))
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    return not isinstance(value, np.ndarray | float) or bool(np.isfinite(value).all())


def filled(value: Any) -> bool:
    """Whether there is anything in a result by which to recognise a mistake."""
    return not isinstance(value, np.ndarray) or bool(value.size)


def _leaves(expected: Any, obtained: Any) -> list[tuple[Any, Any]] | None:
    """Pairs of arrays of two values of the same structure; None if the structures differ."""
    if isinstance(expected, tuple | list):
        if not isinstance(obtained, tuple | list) or len(expected) != len(obtained):
            return None
        parts = [_leaves(e, o) for e, o in zip(expected, obtained, strict=True)]
        return None if None in parts else [pair for part in parts for pair in part or []]
    if isinstance(expected, dict):
        if not isinstance(obtained, dict) or expected.keys() != obtained.keys():
            return None
        return _leaves(list(expected.values()), [obtained[key] for key in expected])
    if isinstance(expected, str | None) or isinstance(obtained, str | Foreign | dict | None):
        return None
    return [(expected, obtained)]


def _holds(pattern: Pattern, pairs: list[tuple[Any, Any]] | None, case: Case) -> bool:
    """True if every leaf shows the pattern."""
    try:
        return bool(pairs) and all(pattern.holds(np.asarray(e), o, case) for e, o in pairs or [])
    except (TypeError, ValueError):
        return False


def _close(a: Any, b: Any) -> bool:
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or a.dtype.kind not in "biuf" or b.dtype.kind not in "biuf":
        return False
    return bool(np.allclose(a, b, rtol=1e-5, atol=1e-7, equal_nan=True))


def _batch(case: Case) -> int:
    arrays = [arg for arg in case.args if isinstance(arg, np.ndarray) and arg.ndim]
    return arrays[0].shape[0] if arrays else 1


def _scaled(power: float) -> Callable[[np.ndarray, Any, Case], bool]:
    return lambda e, o, case: _batch(case) > 0 and _close(e * float(_batch(case)) ** power, o)


def _biased(e: np.ndarray, o: Any, case: Case) -> bool:
    n = _batch(case)
    if n < 2:
        return _close(e, o)
    ratios = [r**p for r in (n / (n - 1), (n - 1) / n) for p in (1.0, 0.5)]
    return any(_close(e * ratio, o) for ratio in ratios)


def _late(e: np.ndarray, o: Any, case: Case) -> bool:
    o = np.asarray(o)
    return e.ndim > 0 and e.shape == o.shape and len(e) > 1 and _close(e[:-1], o[1:])


def _other_axis(exercise: Exercise, wrong: Iterable[tuple[Case, Observation, Observation]]) -> bool:
    for case, _, obtained in wrong:
        first = case.args[0] if case.args else None
        if not (isinstance(first, np.ndarray) and first.ndim == 2 and isinstance(obtained.value, np.ndarray)):
            return False
        turned = observe(exercise.observe, exercise.reference, (first.T, *case.args[1:]))
        if not (isinstance(turned.value, np.ndarray) and _close(turned.value.T, obtained.value)):
            return False
    return True


MISSING_RETURN = Pattern(
    "missing return", "Your function gives back None. Does it end with `return`?", lambda e, o, c: o is None
)
TENSOR = Pattern(
    "tensor instead of array", "Your function returns a PyTorch tensor. Which type came in?", lambda e, o, c: False
)
ARGUMENT = Pattern(
    "returns its argument",
    "Your function gives back what it was given. Where is the computation?",
    lambda e, o, c: False,
)
CONSTANT = Pattern(
    "constant", "Your function gives the same result for every input. Does it use its arguments?", lambda e, o, c: False
)
UNSTEADY = Pattern(
    "not repeatable",
    "The same input gave different results. What does your code keep from one call to the next, or draw at random?",
    lambda e, o, c: False,
)
WRONG_AXIS = Pattern(
    "wrong axis",
    "You worked along the rows where the columns were asked for, or the reverse. Which axis is the batch?",
    lambda e, o, c: False,
)

PATTERNS = (
    Pattern(
        "list instead of array",
        "The values are right, but in a Python list. How do you make an array of them?",
        lambda e, o, case: isinstance(o, list | tuple) and _close(e, np.array(o)),
    ),
    Pattern(
        "wrong dtype",
        "The values are right, but of another type. Where does the dtype change?",
        lambda e, o, case: isinstance(o, np.ndarray) and o.dtype != e.dtype and _close(e, o),
    ),
    Pattern(
        "transposed",
        "Your result is the transpose of the right one. Which axis comes first?",
        lambda e, o, c: e.ndim >= 2 and (_close(e.T, o) or _close(e.swapaxes(-1, -2), o)),
    ),
    Pattern(
        "wrong shape",
        "The values are right, but the shape is not. Which axis is one too many, or missing?",
        lambda e, o, case: np.shape(o) != e.shape and _close(e.ravel(), np.ravel(o)),
    ),
    Pattern(
        "negated", "Your result has the opposite sign. Where is a minus lost or added?", lambda e, o, c: _close(-e, o)
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
    Pattern("one step late", "Your values are right, one row too late. At which step does the loop start?", _late),
    Pattern(
        "integer division",
        "Your values are ours without their decimals. Is there `//`, `int(...)` or an integer array?",
        lambda e, o, case: _close(np.floor(e), o) or _close(np.trunc(e), o),
    ),
)
