"""Shrink a failure with Hypothesis to an input that a student can follow by hand."""

import contextlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.graders.draw import Arguments, strategy
from tplib.graders.exercise import Exercise

CALLS = 100  # enough for nearly every mistake; a count, so that the same mistake shows the same input everywhere
SECONDS = 0.25  # for answers that are slow by themselves


class _Enough(BaseException):
    """Ends a search that has used up its calls; not an Exception, so that Hypothesis lets it through."""


def smallest(exercise: Exercise, fails: Callable[[Arguments], bool], known: Arguments) -> Arguments:
    """The smallest failing arguments found in a bounded search, at worst the `known` ones."""
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import HypothesisException

    best = known
    calls, started = 0, 0.0

    def failing(args: Arguments) -> bool:
        nonlocal best, calls, started
        calls += 1
        started = started or time.monotonic()  # at the first input: Hypothesis is slow to start, once
        if calls > CALLS or time.monotonic() - started > SECONDS:
            raise _Enough
        failed = fails(args)
        if failed and size(args) < size(best):
            best = args
        return failed

    options = settings(
        database=None,
        max_examples=60,
        derandomize=True,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    with contextlib.suppress(_Enough, HypothesisException):
        find(strategy(exercise.draw), failing, settings=options)
    return best


def size(args: Arguments) -> tuple[int, float]:
    """How much there is to read: the number of values, then how far they are from zero. Empty inputs show least."""
    leaves = [np.asarray(leaf) for leaf in _leaves(args)]
    count = sum(leaf.size if leaf.dtype.kind in "biuf" else len(str(leaf)) for leaf in leaves)
    weight = sum(float(np.abs(leaf, dtype=np.float64).sum()) for leaf in leaves if leaf.dtype.kind in "iuf")
    return (count, weight) if all(leaf.size for leaf in leaves) else (10**9, 0.0)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, tuple | list):
        return [leaf for item in value for leaf in _leaves(item)]
    if isinstance(value, dict):
        return _leaves(list(value.values()))
    return [value]
