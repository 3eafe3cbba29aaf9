"""The commands `tp grade`, `tp feedback` and `tp report`."""

from __future__ import annotations

import contextlib
import sys
import webbrowser
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.autograde.processes import lasting_imports
from tplib.errors import TplibError
from tplib.sentences import sentences

if TYPE_CHECKING:
    from tplib.autograde.coordinator.run import Graded, Run
    from tplib.autograde.reports.unnamed import Mistake

INTERRUPTED = 130
SHOWN = 25  # problems that are printed
NAMED = 5  # students who are named for one of them
LARGE, LINES = 3, 10  # students who share a mistake without a name, for it to get a line; and how many get one


class SandboxMode(StrEnum):
    """Whether students' code runs in the sandbox."""

    auto = "auto"
    off = "off"


Assignment = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Name of the assignment, such as TP6-TrainFFNN.")]
CourseFolder = Annotated[Path, typer.Option("--course", help="The course folder.")]


@sentences()
def grade(
    assignment: Assignment,
    course: CourseFolder = Path("."),
    student: Annotated[list[str] | None, typer.Option(help="Grade only this student (repeatable).")] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Grade again what is graded already.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Notebooks at a time; default: all cores.")] = None,
    cell_limit: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds for one cell; default: c.Execute.timeout, or 30.")
    ] = None,
    notebook_limit: Annotated[
        float | None, typer.Option(min=1, help="Seconds for one notebook; default: 600, or 20 cells' time.")
    ] = None,
    memory: Annotated[float, typer.Option(min=0, help="GiB of memory for one notebook; 0: no limit.")] = 4,
    cluster: Annotated[
        str | None, typer.Option(help="Grade on a Dask cluster: a scheduler's address, local, or slurm.")
    ] = None,
    draw: Annotated[
        bool, typer.Option("--draw", help="Draw all figures again; else ungraded ones stay as they were handed in.")
    ] = False,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare", help="Write nothing: grade what is graded and tell each cell that differs; exit code 1 if any."
        ),
    ] = False,
    cold: Annotated[bool, typer.Option("--cold", help="Start a fresh kernel for each notebook (slower).")] = False,
    sandbox: Annotated[
        SandboxMode,
        typer.Option(
            envvar="TPLIB_SANDBOX",
            help="auto: students' code runs in a sandbox, or nothing is graded; off: it runs with your rights.",
        ),
    ] = SandboxMode.auto,
) -> None:
    """Grade what was handed in for ASSIGNMENT and enter the scores in the gradebook.

    What is graded already is skipped, unless it was handed in again since, or with --force.
    """
    from dataclasses import replace

    from tplib.autograde.coordinator.worker_process import WorkerServer

    console = Console()
    with contextlib.ExitStack() as closing:
        worker_server = None
        if cluster is None:  # workers import what they need while this process does
            worker_server = closing.enter_context(contextlib.closing(WorkerServer()))
        with lasting_imports():
            from tplib.autograde.bridge.course import open_course

            opened = open_course(course)
            # after open_course has said what to do where nbgrader is missing
            from tplib.autograde.coordinator.run import grade_assignment
            from tplib.autograde.sandbox.policy import require_sandbox

        if sandbox is SandboxMode.auto:
            if cold:
                raise TplibError(
                    "kernels started with --cold run outside of the sandbox: leave --cold out, or add --sandbox off "
                    "if you trust every submission, or grade in a container that holds nothing else"
                )
            require_sandbox()
        limits = opened.limits()
        if cell_limit is not None:
            limits = limits.with_cell(cell_limit)
        if notebook_limit is not None:
            limits = replace(limits, notebook=notebook_limit)
        limits = replace(limits, memory=int(memory * (1 << 30)) or None)

        with ProgressBar(console, "grading") as bar:
            run = grade_assignment(
                opened,
                assignment,
                students=student,
                force=force,
                workers=workers,
                limits=limits,
                warm=not cold,
                cluster=cluster,
                sandbox=sandbox is SandboxMode.auto,
                draw=draw,
                compare=compare,
                worker_server=worker_server,
                on_progress=bar.update,
            )
    if compare:
        print_comparison(console, run)
        if run.different and not run.interrupted:
            raise typer.Exit(1)
    else:
        print_run(console, run)
    if run.interrupted:
        raise typer.Exit(INTERRUPTED)
    if any(result.state == "failed" for result in run.results):
        raise typer.Exit(1)


class ProgressBar:
    """A Rich progress bar with estimate, rate and failures; it appears at the first update."""

    def __init__(self, console: Console, description: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failures]}"),
            console=console,
        )
        self.task = self.progress.add_task(description, total=None, rate="", failures="")

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def update(self, done: int, total: int, failed: int) -> None:
        self.progress.start()
        elapsed = self.progress.tasks[0].elapsed or 0.0
        self.progress.update(
            self.task,
            completed=done,
            total=total,
            rate=f"{done / elapsed:.1f}/s" if done and elapsed else "warming up",
            failures=f"[red]{failed} with problems[/red]" if failed else "",
        )


def print_run(console: Console, run: Run) -> None:
    """The table at the end, what went wrong, and what to do next."""
    from rich.table import Table

    notebooks = sorted({name for result in run.results for name in result.notebooks})
    table = Table(title=run.assignment, title_justify="left")
    table.add_column("student", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    for name in notebooks:
        table.add_column(escape(name), justify="right", no_wrap=len(notebooks) < 4)
    table.add_column("repaired or failed")
    for result in run.results:
        table.add_row(
            escape(result.student),
            f"{result.score:g} / {result.max_score:g}",
            *(score_text(result, name) for name in notebooks),
            kinds_text(result),
            style="dim" if result.state == "already graded" else None,
        )
    console.print(table)
    print_problems(console, run)
    new = [result for result in run.results if result.state == "graded"]
    rate = f", {run.seconds / len(new):.2f} s each" if new else ""
    before = sum(result.state == "already graded" for result in run.results)
    failed = len(run.results) - len(new) - before
    console.print(
        f"{len(new)} graded in {run.seconds:.1f} s{rate}"
        + (f"; {before} were graded before (dim)" if before else "")
        + (f"; [red]{failed} could not be graded: run the same command again[/red]." if failed else "."),
        highlight=False,
    )
    if any(score.needs_manual for result in run.results for score in result.notebooks.values()):
        console.print("+ : answers to grade by hand, in nbgrader's form grader.", highlight=False)
    for note in run.notes:
        console.print(f"[yellow]Note:[/yellow] {escape(note)}", highlight=False, soft_wrap=True)
    if run.interrupted:
        console.print(f"Stopped. {run.left} are left: run the same command again to go on.", style="yellow")


def print_comparison(console: Console, run: Run) -> None:
    """Each cell whose score differs from the gradebook, and what could not be compared."""
    compared = [result for result in run.results if result.state == "compared"]
    for difference in run.different:
        console.print(escape(str(difference)), highlight=False, soft_wrap=True)
    print_problems(console, run)
    for note in run.notes:
        console.print(f"[yellow]Note:[/yellow] {escape(note)}", highlight=False, soft_wrap=True)
    students = len({difference.student for difference in run.different})
    console.print(
        f"{len(compared)} compared, nothing was written: "
        + (f"{len(run.different)} cells of {students} students differ." if run.different else "all scores are equal."),
        highlight=False,
    )


def score_text(result: Graded, name: str) -> str:
    score = result.notebooks.get(name)
    if score is None:
        return "-"
    return f"{score.score:g} / {score.max_score:g}" + (" +" if score.needs_manual else "")


def kinds_text(result: Graded) -> str:
    kinds = dict.fromkeys((problem.kind, problem.repaired) for problem in result.problems)
    return ", ".join(
        f"[yellow]{escape(kind)} (repaired)[/yellow]" if repaired else f"[red]{escape(kind)}[/red]"
        for kind, repaired in kinds
    )


def print_problems(console: Console, run: Run) -> None:
    """What could not be repaired, with what to do, for those graded now."""
    failed = {
        result.student: [problem for problem in result.problems if not problem.repaired]
        for result in run.results
        if result.state != "already graded"
    }
    failed = {student: problems for student, problems in failed.items() if problems}
    if not failed:
        return
    console.print(
        f"[red]{len(failed)} with problems[/red] (their feedback and `tp report` say so too):", highlight=False
    )
    told: dict[tuple[str, str], list[str]] = {}
    for student, problems in failed.items():
        for problem in problems:
            told.setdefault((problem.reason, problem.hint), []).append(student)
    for (reason, hint), students in list(told.items())[:SHOWN]:
        text = f"  {escape(who(students))}: {escape(reason)}. [dim]{escape(hint)}.[/dim]"
        console.print(text, highlight=False, soft_wrap=True)
    if len(told) > SHOWN:
        console.print(f"  ... and {len(told) - SHOWN} more: see `tp report {escape(run.assignment)}`", highlight=False)


def who(students: list[str]) -> str:
    """The students who share a problem: all of them, or the first few and how many there are."""
    if len(students) <= NAMED:
        return ", ".join(students)
    return f"{len(students)} students ({', '.join(students[:NAMED])}, ...)"


@sentences()
def feedback(
    assignment: Assignment,
    course: CourseFolder = Path("."),
    student: Annotated[list[str] | None, typer.Option(help="Only this student (repeatable).")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; default: all cores.")] = None,
) -> None:
    """Write the feedback pages of everyone graded in ASSIGNMENT, with nbgrader's own converter."""
    from tplib.autograde.reports.feedback import write_feedback

    console = Console()
    with ProgressBar(console, "writing feedback") as bar:
        result = write_feedback(course, assignment, students=student, workers=workers, on_progress=bar.update)
    for name, reason in result.failed.items():
        console.print(f"[red]{escape(name)}: no feedback: {escape(reason)}[/red]", soft_wrap=True)
    console.print(f"Feedback for {len(result.written)} students: {escape(result.pattern)}", soft_wrap=True)


@sentences()
def report(
    assignment: Assignment,
    course: CourseFolder = Path("."),
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write the page.")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write one page on the whole class: scores, success by exercise, misconceptions, problems."""
    from tplib.autograde.reports.report import write_report

    path, summary = write_report(course, assignment, output)
    console = Console()
    print_unnamed(console, [found for found in summary.unnamed.shared if len(found.fitting) < 2])
    console.print(f"Report: {escape(str(path))}", soft_wrap=True, highlight=False)
    if open_page:
        webbrowser.open(path.as_uri())


def print_unnamed(console: Console, shared: list[Mistake]) -> None:
    """One line for each mistake without a name that many share; the page shows what it is, and the others."""
    large = [found for found in shared if len(found.students) >= LARGE][:LINES]
    for found in large:
        console.print(
            f"{len(found.students)} students share a mistake that has no name: {escape(found.exercise)} "
            f"({escape(found.notebook)})",
            highlight=False,
            soft_wrap=True,
        )
    if rest := len(shared) - len(large):
        groups = "group" if rest == 1 else "groups"
        console.print(
            f"{rest} {'smaller ' if large else ''}{groups} of students share a mistake that has no name",
            highlight=False,
        )


app = typer.Typer(add_completion=False, no_args_is_help=True)
app.command()(grade)
app.command()(feedback)
app.command()(report)

if __name__ == "__main__":
    sys.exit(app())
