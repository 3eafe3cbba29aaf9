"""The bar of progress: how many are done, how long the rest will take, and for whom it waits when they take longer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from tplib.autograde.submissions.lateness import duration
from tplib.autograde.texts import printable

if TYPE_CHECKING:
    from rich.console import Console

    from tplib.autograde.coordinator.local_pool import UnderWay

QUIET = 10.0  # seconds, or
USUAL = 3.0  # times what one takes on the mean: with nothing done for longer, nobody knows how long the rest will take
NAMED = 2  # of those who are waited for
NAME = 30  # characters


class Rest(ProgressColumn):
    """How long the rest will take; where nothing has been done for long, whom it waits for instead."""

    def render(self, task: Task) -> Text:
        now, moved, waits = task.get_time(), task.fields["moved"], task.fields["waits"]
        each = (moved - task.start_time) / task.completed if task.completed and task.start_time is not None else 0.0
        if task.total is None or task.completed >= task.total or task.fields["ended"]:
            return Text("")
        if now - moved > max(QUIET, USUAL * each):
            return Text(waits, style="yellow")
        if not task.completed:
            return Text("warming up")
        left = each * (task.total - task.completed) - (now - moved)
        return Text(f"{1 / each:.1f}/s, " * (each > 0) + f"{spoken(left)} left")


class ProgressBar:
    """A Rich progress bar with rate, estimate and failures; it appears at the first update.

    clock: tells the seconds, by default of time.monotonic().
    """

    def __init__(self, console: Console, description: str, clock: Callable[[], float] | None = None) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),  # it moves while nothing is done yet: the first run learns what notebooks import
            Rest(),
            TextColumn("{task.fields[failures]}"),
            console=console,
            get_time=clock,
        )
        moved = self.progress.get_time()
        self.task = self.progress.add_task(description, total=None, failures="", waits="", moved=moved, ended=False)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.update(self.task, ended=True)  # what stays on the screen tells of no rest
        self.progress.stop()

    def update(self, done: int, total: int, failed: int) -> None:
        self.progress.start()
        self.progress.update(
            self.task,
            completed=done,
            total=total,
            failures=f"[red]{failed} with problems[/red]" if failed else "",
            moved=self.progress.get_time(),
        )

    def waits_for(self, under_way: Sequence[UnderWay]) -> None:
        """Say who is being graded, for when nothing is done for long."""
        now = self.progress.get_time()
        longest = sorted(under_way, key=lambda one: one.since)
        told = [who(one.student, one.notebook, now - one.since) for one in longest[:NAMED]]
        more = f" and {len(longest) - NAMED} more" if len(longest) > NAMED else ""
        self.progress.update(self.task, waits=", ".join(told) + more)


def who(student: str, notebook: str, seconds: float) -> str:
    """`zoe: 1_forward, 4 min`."""
    place = f": {printable(notebook)[:NAME]}" if notebook else ""
    return f"{printable(student)[:NAME]}{place}, {spoken(seconds)}"


def spoken(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 60 else duration(seconds)
