"""Look for a failure on an input that a student can follow by hand: a handful of numbers, most of them zero."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tplib.graders.draw import Arguments, LeastDraw, strategy
from tplib.graders.exercise import Exercise

BATCHES = (4, 12, 16, 16)  # of the least inputs; nearly every mistake shows in one of them
CALLS = 60  # of Hypothesis, for the others; a count, so that the same mistake shows the same input everywhere
SECONDS = 0.1  # in all, for answers that are slow by themselves

Fails = Callable[[list[Arguments]], list[bool]]


class _Enough(BaseException):
    """Ends a search that has used up its calls; not an Exception, so that Hypothesis lets it through."""


def smallest(exercise: Exercise, fails: Fails, known: Arguments) -> Arguments:
    """The smallest failing arguments found in a bounded search, at worst the `known` ones."""
    started = time.monotonic()
    for batch in least(exercise):
        failing = [args for args, failed in zip(batch, fails(batch), strict=True) if failed]
        if failing:
            return min(known, *failing, key=size)
        if time.monotonic() - started > SECONDS:
            return known
    return shrunk(exercise, fails, known, SECONDS - (time.monotonic() - started))


def least(exercise: Exercise) -> Iterator[list[Arguments]]:
    """The exercise's inputs with the least to read, in batches of growing size."""
    rng = np.random.default_rng(0)
    drawn = sorted((exercise.draw(LeastDraw(rng)) for _ in range(sum(BATCHES))), key=size)
    for count in BATCHES:
        yield drawn[:count]
        del drawn[:count]


def shrunk(exercise: Exercise, fails: Fails, known: Arguments, seconds: float = SECONDS) -> Arguments:
    """The smallest failing arguments that Hypothesis finds in this time, at worst the `known` ones."""
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import HypothesisException

    best = known
    calls, started = 0, 0.0

    def failing(args: Arguments) -> bool:
        nonlocal best, calls, started
        calls += 1
        started = started or time.monotonic()  # at the first input: Hypothesis is slow to start, once
        if calls > CALLS or time.monotonic() - started > seconds:
            raise _Enough
        [failed] = fails([args])
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
    with leaving_nothing(), contextlib.suppress(_Enough, HypothesisException):
        find(strategy(exercise.draw), failing, settings=options)
    return best


@contextlib.contextmanager
def leaving_nothing() -> Iterator[None]:
    """Keep Hypothesis from making a folder `.hypothesis` where the notebook runs: it does without where it cannot."""
    from hypothesis.configuration import set_hypothesis_home_dir

    set_hypothesis_home_dir(Path(os.devnull, "hypothesis"))
    try:
        yield
    finally:
        set_hypothesis_home_dir(None)


def size(args: Arguments) -> tuple[int, float]:
    """How much there is to read: the number of values, then how far they are from zero. Empty inputs show least."""
    leaves = [np.asarray(leaf) for leaf in _leaves(args)]
    count = sum(leaf.size if leaf.dtype.kind in "biuf" else len(str(leaf)) for leaf in leaves)
    weight = sum(float(np.abs(leaf, dtype=np.float64).sum()) for leaf in leaves if leaf.dtype.kind in "iuf")
    if not all(leaf.size for leaf in leaves):
        return 10**9, 0.0
    return count, weight if np.isfinite(weight) else np.inf


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, tuple | list | set | frozenset):
        return [leaf for item in value for leaf in _leaves(item)]
    if isinstance(value, dict):
        return _leaves(list(value.values()))
    return [value]
