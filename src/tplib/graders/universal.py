"""Mistakes that hold for any exercise: recognised from the wrong values themselves, without a wrong implementation."""

from collections.abc import Sequence
from inspect import signature
from itertools import permutations
from typing import Any

import numpy as np

from tplib.graders.compare import EXACT, Tolerance, agree
from tplib.graders.exercise import Case, Exercise
from tplib.graders.observe import Foreign, Observation, observe
from tplib.graders.patterns import PATTERNS, SAME_NUMBERS, Pattern, batch, close

Judgements = Sequence[tuple[Case, Observation, Observation]]  # (case, expected, obtained)

FEW = 3  # wrong cases that prove no pattern
MANY = 5  # right ones, and wrong ones, that are so by more than luck
CLOSE = Tolerance(1e-9, 1e-12)


def recognise(exercise: Exercise, judged: Judgements) -> Pattern | None:
    """The first pattern that explains all (case, expected, obtained) triples, or None.

    A pattern is proven by the whole of each wrong result, in several cases and on more numbers than chance would fit.
    What was measured of an answer, and is not its result, shows none.
    """
    wrong = [(c, e, o) for c, e, o in judged if not agree(e, o, exercise.tolerance)]
    wrong = [(c, e, o) for c, e, o in wrong if filled(e.value)] or wrong  # an empty result shows no pattern
    if not wrong:
        return None
    if any(o.error for _, _, o in wrong):
        return SOME_AXES if _some_numbers_of_axes(exercise, judged) else None
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
    if pattern := _other_parts(exercise, wrong) or _ignored(exercise, judged):
        return pattern
    if all(_spelled_otherwise(e.value, o.value) for _, e, o in wrong):
        return SPELLING
    if sum(_numbers(e.value) for _, e, _ in wrong) < 2 * FEW:
        return None
    if all(_same_numbers(_leaves(e.value, o.value)) for _, e, o in wrong):
        return next((p for p in SAME_NUMBERS if all(_some_hold(p, e.value, o.value, c) for c, e, o in wrong)), None)
    for pattern in PATTERNS:
        if all(_holds(pattern, _leaves(e.value, o.value), case) for case, e, o in wrong) and (
            not pattern.by_size or len({batch(case) for case, _, _ in wrong}) > 1
        ):
            return pattern
    if _other_axis(exercise, wrong):
        return WRONG_AXIS
    return SOME_AXES if _some_numbers_of_axes(exercise, judged) else None


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
    if isinstance(expected, str | set | frozenset | None) or isinstance(
        obtained, str | Foreign | dict | set | frozenset | None
    ):
        return None
    return [(expected, obtained)]


def _holds(pattern: Pattern, pairs: list[tuple[Any, Any]] | None, case: Case) -> bool:
    """True if every leaf shows the pattern."""
    try:
        return bool(pairs) and all(pattern.holds(np.asarray(e), o, case) for e, o in pairs or [])
    except (TypeError, ValueError):
        return False


def _same_numbers(pairs: list[tuple[Any, Any]] | None) -> bool:
    """Whether no number differs: then no relation of numbers says anything."""
    return bool(pairs) and all(close(e, o) for e, o in pairs or [])


def _some_hold(pattern: Pattern, expected: Any, obtained: Any, case: Case) -> bool:
    """True if some leaf shows the pattern: the others may be right."""
    return any(_holds(pattern, [pair], case) for pair in _leaves(expected, obtained) or [])


def _other_parts(exercise: Exercise, wrong: Judgements) -> Pattern | None:
    """Whether the results are all there in another order, or some are missing; in the same way in every case."""
    expected = [e.value for _, e, _ in wrong]
    if not all(isinstance(value, tuple) and len(value) == len(expected[0]) for value in expected):
        return None
    places = range(len(expected[0]))
    for count in range(1, len(places) + 1):
        for chosen in permutations(places, count):
            if count == len(places) and chosen == tuple(places):
                continue
            if all(_is_choice(exercise, e.value, chosen, o.value) for _, e, o in wrong):
                return EXCHANGED if count == len(places) else MISSING_PART
    return None


def _is_choice(exercise: Exercise, expected: Any, chosen: tuple[int, ...], obtained: Any) -> bool:
    parts = [expected[place] for place in chosen]
    ways = (parts[0], parts) if len(parts) == 1 else (parts,)
    return any(agree(Observation(way), Observation(obtained), exercise.tolerance) for way in ways)


def _ignored(exercise: Exercise, judged: Judgements) -> Pattern | None:
    """The optional argument in whose place the answer always takes the default value."""
    for name in exercise.defaults:
        if name not in exercise.parameters or exercise.kind != "function":
            continue
        place, default = exercise.parameters.index(name), signature(exercise.reference).parameters[name].default
        ways = (_replaced(case.args, place, default) for case, _, _ in judged)
        found = (observe(exercise.observe, exercise.reference, args) for args in ways)
        if all(agree(way, o, exercise.tolerance) for way, (_, _, o) in zip(found, judged, strict=True)):
            return Pattern(
                f"{name} ignored", f"Does your result change with `{name}`? Where does your code use it?", _never
            )
    return None


def _replaced(args: tuple[Any, ...], place: int, value: Any) -> tuple[Any, ...]:
    return (*args[:place], value, *args[place + 1 :]) if place < len(args) else args


def _spelled_otherwise(expected: Any, obtained: Any) -> bool:
    if not (isinstance(expected, str) and isinstance(obtained, str)):
        return False
    plain = [text.casefold().replace("_", " ").replace("-", " ").strip(" .!") for text in (expected, obtained)]
    return plain[0] == plain[1]


def _other_axis(exercise: Exercise, wrong: Judgements) -> bool:
    for case, _, obtained in wrong:
        first = case.args[0] if case.args else None
        if not (isinstance(first, np.ndarray) and first.ndim == 2 and isinstance(obtained.value, np.ndarray)):
            return False
        turned = observe(exercise.observe, exercise.reference, (first.T, *case.args[1:]))
        if not (isinstance(turned.value, np.ndarray) and close(turned.value.T, obtained.value)):
            return False
    return True


def _some_numbers_of_axes(exercise: Exercise, judged: Judgements) -> bool:
    """Whether all is right for some numbers of axes of the first argument, and all is wrong for the others.

    An array with an axis of length 1 may be right by luck and proves nothing.
    """
    found: dict[int, list[bool]] = {}
    for case, expected, obtained in judged:
        first = case.args[0] if case.args else None
        if isinstance(first, np.ndarray) and first.size and 1 not in first.shape:
            found.setdefault(first.ndim, []).append(agree(expected, obtained, exercise.tolerance))
    rights = [right for group in found.values() for right in group]
    alike = all(len(set(group)) == 1 for group in found.values())
    return alike and min(rights.count(True), rights.count(False)) >= MANY


def _never(e: np.ndarray, o: Any, case: Case) -> bool:
    """For patterns that are seen otherwise than number by number."""
    return False


EXCHANGED = Pattern(
    "results exchanged",
    "The results are right, but in another order. In which order does the text ask for them?",
    _never,
)
MISSING_PART = Pattern(
    "a result is missing",
    "What you return is right, but something else is asked for, too. What does the text list?",
    _never,
)
SPELLING = Pattern(
    "another spelling", "The text asks for exact words. Compare yours with them, letter by letter.", _never
)
MISSING_RETURN = Pattern(
    "missing return", "Your function gives back None. Does it end with `return`?", lambda e, o, c: o is None
)
TENSOR = Pattern(
    "tensor instead of array", "Your function returns a PyTorch tensor. Which type does the text ask for?", _never
)
ARGUMENT = Pattern(
    "returns its argument",
    "Your function gives back what it was given. Where is the computation?",
    _never,
)
CONSTANT = Pattern(
    "constant", "Your function gives the same result for every input. Does it use its arguments?", _never
)
UNSTEADY = Pattern(
    "not repeatable",
    "The same input gave different results. What does your code keep from one call to the next, or draw at random?",
    lambda e, o, c: False,
)
WRONG_AXIS = Pattern(
    "wrong axis",
    "You worked along the rows where the columns were asked for, or the reverse. Which axis is the batch?",
    _never,
)
SOME_AXES = Pattern(
    "some numbers of axes",
    "Your code is right for some numbers of axes and wrong for the others. Which axes does it count on?",
    _never,
)
