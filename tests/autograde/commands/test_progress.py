"""The bar tells how long the rest takes, or whom it waits for; it makes no time up."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tplib.autograde.commands.progress import NAME, QUIET, USUAL, ProgressBar
from tplib.autograde.coordinator.local_pool import UnderWay


class Screen:
    """A bar on a console of 100 columns, at a time that is set."""

    def __init__(self) -> None:
        self.now = 5000.0
        self.console = Console(file=io.StringIO(), width=100)
        self.bar = ProgressBar(self.console, "grading", clock=lambda: self.now)

    def says(self) -> str:
        with self.console.capture() as capture:
            self.console.print(self.bar.progress.get_renderable())
        return capture.get()


@pytest.fixture
def screen():
    screen = Screen()
    yield screen
    screen.bar.progress.stop()


def test_while_submissions_get_done_it_tells_the_rate_and_how_long_the_rest_takes(screen):
    screen.bar.update(0, 40, 0)
    assert "warming up" in screen.says()
    screen.now += 20
    screen.bar.update(10, 40, 2)
    assert "10/40" in screen.says()
    assert "0.5/s, 1 min left" in screen.says()
    assert "2 with problems" in screen.says()
    screen.now += 5
    assert "55 s left" in screen.says()


def test_a_notebook_that_takes_long_is_named_with_its_student_and_no_time_is_made_up(screen):
    screen.bar.update(0, 40, 0)
    screen.now += 20
    screen.bar.update(39, 40, 0)
    screen.bar.waits_for([UnderWay("zoe", "1_forward", screen.now - 5)])
    assert "zoe" not in screen.says()
    screen.now += 235
    screen.bar.waits_for([UnderWay("zoe", "1_forward", screen.now - 240)])
    assert "zoe: 1_forward, 4 min" in screen.says()
    assert "left" not in screen.says()
    screen.bar.update(40, 40, 0)
    assert "zoe" not in screen.says()


def test_it_waits_for_three_times_what_one_submission_takes(screen):
    screen.bar.update(0, 3, 0)
    screen.now += 200
    screen.bar.update(2, 3, 0)
    screen.bar.waits_for([UnderWay("zoe", "", screen.now)])
    screen.now += 100 * USUAL - 1
    assert "left" in screen.says()
    screen.now += 2
    assert "zoe" in screen.says()


def test_the_first_one_is_named_too_and_of_many_the_longest(screen):
    screen.bar.update(0, 40, 0)
    screen.now += QUIET + 1
    runs = [UnderWay(f"student{n}", "p", screen.now - n) for n in range(5)]
    screen.bar.waits_for(runs)
    assert "student4: p, 4 s, student3: p, 3 s and 3 more" in screen.says()


def test_a_name_can_write_nothing_into_the_terminal(screen):
    screen.bar.update(0, 2, 0)
    screen.now += QUIET + 1
    screen.bar.waits_for([UnderWay("a\x1b[2Jb[red]" + "c" * 200, "p\n", screen.now - 1)])
    assert "\x1b[2J" not in screen.says()
    assert "b[red]" in screen.says()
    assert "c" * NAME not in screen.says()


def test_what_stays_of_a_bar_that_was_stopped_tells_of_no_rest(screen):
    with screen.bar:
        screen.bar.update(0, 40, 0)
    assert "0/40" in screen.says()
    assert "warming up" not in screen.says()
