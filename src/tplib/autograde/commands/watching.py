"""The command `tp watch`: each submission is graded when it arrives, and its feedback written."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.autograde.commands.grading import Assignment, CourseFolder, SandboxMode
from tplib.autograde.commands.printing import print_problems
from tplib.autograde.processes import lasting_imports
from tplib.errors import TplibError
from tplib.sentences import sentences

if TYPE_CHECKING:
    from tplib.autograde.bridge.course import Course
    from tplib.autograde.coordinator.run_results import Run


class Arrivals:
    """Tells which submissions are new or have changed, once nothing more is being written to them."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self.done: dict[str, str] = {}  # how they looked when they were graded
        self.before: dict[str, str] = {}

    def look(self) -> list[str]:
        """The students whose submission looks as at the last call, and not as when it was graded."""
        from tplib.autograde.coordinator.handed_in import look_of

        now = {
            student: look_of(self.course.path("submitted", student, self.assignment))
            for student in self.course.chosen_students(self.assignment)
        }
        settled = [s for s, look in now.items() if look == self.before.get(s) and look != self.done.get(s)]
        self.before = now
        return settled

    def graded(self, students: list[str]) -> None:
        """Remember how the submissions of these looked at the last call."""
        self.done |= {student: self.before[student] for student in students}


@sentences()
def watch(
    assignment: Assignment,
    course: CourseFolder = Path("."),
    every: Annotated[float, typer.Option(min=0.2, help="Seconds between two looks at submitted/.")] = 2.0,
    once: Annotated[bool, typer.Option("--once", help="Stop when all that lies there is graded.")] = False,
    feedback: Annotated[bool, typer.Option(help="Write the feedback pages too.")] = True,
    sandbox: Annotated[SandboxMode, typer.Option(envvar="TPLIB_SANDBOX", help="As in `tp grade`.")] = SandboxMode.auto,
) -> None:
    """Grade each submission of ASSIGNMENT as it arrives in submitted/, until Ctrl-C."""
    console = Console()
    with lasting_imports():
        from tplib.autograde.bridge.course import open_course, require_assignment
        from tplib.autograde.sandbox.policy import require_sandbox

        opened = open_course(course)
    require_assignment(opened, assignment)
    if sandbox is SandboxMode.auto:
        require_sandbox()
    if not once:
        console.print(f"Watching for {escape(assignment)}; Ctrl-C ends this.", highlight=False)
    stopped = True
    with contextlib.suppress(KeyboardInterrupt):
        for run in rounds(opened, assignment, every, once, sandbox is SandboxMode.auto, console):
            tell(console, run)
            graded = [result.student for result in run.results if result.state == "graded"]
            if feedback and graded:
                write_pages(console, course, assignment, graded)
            if run.interrupted:
                break
        else:
            stopped = False
    end = "Stopped: what was graded is kept." if stopped else "Done: nothing in submitted/ waits any more."
    console.print(end, highlight=False)


def rounds(course: Course, assignment: str, every: float, once: bool, sandbox: bool, console: Console) -> Iterator[Run]:
    """Grade whoever has arrived, again and again. What stops one round is said, and the next one tries again."""
    from tplib.autograde.coordinator.journal import BusyError
    from tplib.autograde.coordinator.run import grade_assignment
    from tplib.autograde.coordinator.worker_process import WorkerServer

    arrivals, said = Arrivals(course, assignment), ""
    arrivals.look()
    while True:
        with contextlib.closing(WorkerServer()) as server:  # it imports what workers need while nobody arrives
            while not (students := arrivals.look()):
                if once and set(arrivals.before) == set(arrivals.done):
                    return
                time.sleep(every)
            try:
                run = grade_assignment(course, assignment, students=students, sandbox=sandbox, worker_server=server)
            except TplibError as error:
                if once and not isinstance(error, BusyError):
                    raise
                if str(error) != said:  # the same trouble is told once
                    said = str(error)
                    console.print(f"[red]{escape(said)}[/red]. This goes on trying.", highlight=False, soft_wrap=True)
                time.sleep(every)
                continue
        said = ""
        arrivals.graded(students)
        yield run


def tell(console: Console, run: Run) -> None:
    """One line for each submission that was graded now, and what was wrong with it."""
    for result in run.results:
        if result.state != "already graded":
            score = f"{result.score:g} / {result.max_score:g}" if result.state == "graded" else "[red]not graded[/red]"
            console.print(f"{time.strftime('%H:%M:%S')}  {escape(result.student)}  {score}", highlight=False)
    print_problems(console, run)


def write_pages(console: Console, folder: Path, assignment: str, students: list[str]) -> None:
    from tplib.autograde.reports.feedback import write_feedback

    written = write_feedback(folder, assignment, students=students)
    for name, reason in written.failed.items():
        console.print(f"[red]{escape(name)}: no feedback: {escape(reason)}[/red]", highlight=False, soft_wrap=True)
