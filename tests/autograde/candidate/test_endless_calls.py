"""Which later calls are like one that did not end, and which keep their whole time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import numpy as np
import pytest

from tplib.autograde.candidate import endless_calls
from tplib.autograde.candidate.endless_calls import ENOUGH, KEPT, LEAST, MOST, PART, Call, EndlessCalls

LIMIT = 300.0
SOURCE = """
def loop(x, n=5, *more, tolerance=1e-3, **named):
    while True:
        yield

def around():
    while True:
        helper, steps
        yield

steps = 100

def helper():
    while True:
        yield
"""


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(endless_calls, "time", clock)
    return clock


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(SOURCE, "<ipython-input-3-abc>", "exec"), names)
    return names


def frame(call: Iterator[Any]) -> FrameType:
    """The frame of a call that is under way: generators keep theirs."""
    next(call)
    return call.gi_frame  # type: ignore[attr-defined]


def stopped_at(calls: EndlessCalls, clock: Clock, at: Callable[[], FrameType]) -> tuple[float, Call | None]:
    """Run a cell in which `at` says what is at work: after how many seconds it is stopped, and for which call."""
    calls.start(LIMIT)
    started = clock.now
    while clock.now < started + LIMIT - calls.pause:
        clock.now += calls.pause
        if (found := calls.look(at())) is not None:
            return clock.now - started, found
    clock.now += calls.pause
    calls.stop(at())
    return clock.now - started, None


def test_the_first_call_gets_the_whole_limit_and_later_ones_that_are_no_smaller_a_part_of_it(clock, notebook):
    calls, loop = EndlessCalls(), notebook["loop"]
    first = frame(loop(np.ones(4)))
    assert stopped_at(calls, clock, lambda: first) == (LIMIT, None)
    for again in (np.zeros(4), np.ones((2, 3)), np.ones(1000)):
        later = frame(loop(again))
        seconds, call = stopped_at(calls, clock, lambda later=later: later)
        assert LIMIT / PART < seconds <= LIMIT / 10
        assert call is not None
        assert call.function == "loop"


@pytest.mark.parametrize(
    "args",
    [
        ((np.ones(3),), {}),
        ((np.ones(4), 4), {}),
        ((np.ones(4),), {"tolerance": 0.1}),
        (([1.0, 2.0, 3.0, 4.0],), {}),
        ((np.ones(4), 5, "one more"), {"seed": 1, "x2": 2}),
    ],
    ids=["a smaller array", "a smaller count", "another tolerance", "another type", "fewer further arguments"],
)
def test_a_call_that_may_end_sooner_keeps_its_whole_time(clock, notebook, args):
    calls, loop = EndlessCalls(), notebook["loop"]
    first = frame(loop(np.ones(4), 5, *(("a", "b") if len(args[0]) > 2 else ())))
    stopped_at(calls, clock, lambda: first)
    positional, named = args
    later = frame(loop(*positional, **named))
    assert stopped_at(calls, clock, lambda: later) == (LIMIT, None)


@pytest.mark.parametrize("change", [{"steps": 99}, {"helper": lambda: None}], ids=["fewer steps", "another helper"])
def test_what_a_function_takes_from_around_it_counts_too(clock, change):
    names: dict[str, Any] = {}
    exec(compile(SOURCE, "<ipython-input-3-abc>", "exec"), names)
    calls = EndlessCalls()
    first, again = frame(names["around"]()), frame(names["around"]())
    stopped_at(calls, clock, lambda: first)
    assert stopped_at(calls, clock, lambda: again)[0] <= LIMIT / 10
    names.update(change)
    later = frame(names["around"]())
    assert stopped_at(calls, clock, lambda: later) == (LIMIT, None)


def test_after_some_calls_that_did_not_end_the_arguments_count_no_more(clock, notebook):
    calls = EndlessCalls()
    for size in range(9, 9 - ENOUGH, -1):
        under_way = frame(notebook["loop"](np.ones(size)))
        assert stopped_at(calls, clock, lambda under_way=under_way: under_way) == (LIMIT, None)
    last = frame(notebook["loop"](np.ones(1)))
    assert stopped_at(calls, clock, lambda: last)[0] <= LIMIT / 10


def test_many_short_calls_of_a_slow_function_are_no_call_that_does_not_end(clock, notebook):
    calls = EndlessCalls()
    for _ in range(2):
        assert stopped_at(calls, clock, lambda: frame(notebook["loop"](1))) == (LIMIT, None)
    assert calls.known == []


def test_a_call_that_others_work_for_is_not_taken_for_an_endless_one(clock, notebook):
    calls, turns = EndlessCalls(), [frame(notebook["loop"](1)), frame(notebook["helper"]())]
    count = iter(range(1000))
    assert stopped_at(calls, clock, lambda: turns[next(count) % 2]) == (LIMIT, None)
    assert calls.known == []


def test_a_call_of_which_too_little_was_seen_is_not_remembered(clock, notebook):
    calls, count = EndlessCalls(), iter(range(1000))
    late = frame(notebook["loop"](1))
    other = frame(notebook["helper"]())
    looks = int((1 - MOST) * LIMIT / 10) + 3
    assert stopped_at(calls, clock, lambda: other if next(count) < looks else late) == (LIMIT, None)
    assert calls.known == []


def test_what_stands_in_a_cell_itself_or_in_a_library_is_nobodys_call(clock):
    names: dict[str, Any] = {}
    exec(compile("import sys\nhere = sys._getframe()", "<ipython-input-4-abc>", "exec"), names)
    calls = EndlessCalls()
    for there in (names["here"], None):
        assert stopped_at(calls, clock, lambda there=there: there) == (LIMIT, None)
    assert calls.known == []


@pytest.mark.parametrize("limit", [0.1, 1.0, LEAST, 10.0, 30.0, 300.0, 3600.0])
def test_the_last_look_comes_at_the_limit(limit):
    calls = EndlessCalls()
    calls.start(limit)
    assert limit / calls.pause == pytest.approx(round(limit / calls.pause))
    assert calls.pause >= min(limit, LEAST / 2)


def test_another_candidate_of_the_notebook_learns_them(clock, notebook):
    calls, other = EndlessCalls(), EndlessCalls()
    first = frame(notebook["loop"]({"a": 1}, 10**400, *"abc", tolerance=None))
    stopped_at(calls, clock, lambda: first)
    other.learn_json(json.loads(json.dumps(calls.to_json())))
    assert other.known == calls.known
    for number in range(2 * KEPT):
        other.learn([Call(f"f{number}", "here", ())])
    assert len(other.known) == KEPT
