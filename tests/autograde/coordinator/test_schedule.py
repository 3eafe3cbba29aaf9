"""Who is graded alone: a limit of the machine that was met beside others does not count yet."""

from __future__ import annotations

import pytest
from plain_course import PlainCourse, cells_of

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.coordinator.schedule import Schedule
from tplib.autograde.messages.execution import Limits
from tplib.autograde.processes import can_fork


def play(due: list[str], capacity: int, several: bool, limited: set[str]) -> list[tuple[str, ...]]:
    """Who is under way together, step by step, where `limited` meet a limit whenever others are beside them."""
    schedule, together = Schedule(due), []
    while schedule.more:
        while (student := schedule.next(capacity)) is not None:
            schedule.start(student, several)
        together.append(tuple(schedule.active))
        first = next(iter(schedule.active))
        schedule.end(first, "time" if first in limited else None)
    return together


def test_who_met_a_limit_beside_others_is_graded_once_more_when_all_others_are_done():
    assert play(list("abc"), 2, True, {"a", "c"}) == [("a", "b"), ("b", "c"), ("c",), ("a",), ("c",)]


def test_a_limit_counts_at_once_for_who_was_alone():
    assert play(["a"], 2, True, {"a"}) == [("a",)]
    assert play(list("ab"), 2, False, {"a", "b"}) == [("a", "b"), ("b",)]  # one waits in the queue


HONEST = """
import pathlib, time
place = pathlib.Path({place!r})
try:
    while (place / "busy").exists():  # as slow as the machine is for who shares it
        time.sleep(0.02)
finally:
    (place / "done").touch()
right = True
"""
NEIGHBOUR = """
import pathlib, time
place, until = pathlib.Path({place!r}), time.monotonic() + 0.5
while not (place / "done").exists() and time.monotonic() < until:
    time.sleep(0.02)
right = True
"""


@pytest.mark.skipif(not can_fork(), reason="without candidates nobody knows what a cell waited for")
def test_an_honest_notebook_that_a_busy_neighbour_makes_late_has_its_points(tmp_path):
    (tmp_path / "busy").touch()
    course, test = PlainCourse(tmp_path / "course", lambda *_: None), "# test 1\nassert right"
    course.source(p=cells_of("right = False", test))
    course.hand_in("honest", p=cells_of(HONEST.format(place=str(tmp_path)), test))
    waits = [NEIGHBOUR.format(place=str(tmp_path))] * 60
    course.hand_in("neighbour", p=cells_of(*waits, "(place / 'busy').unlink()", test))
    run = grade_assignment(open_course(course.root), "ps1", workers=2, limits=Limits(cell=1.0, notebook=60))
    honest = next(result for result in run.results if result.student == "honest")
    assert [(problem.kind, problem.repaired) for problem in honest.problems] == [("graded again alone", True)]
    assert honest.score == 1
