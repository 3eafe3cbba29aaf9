"""The commands `tp grade`, `tp feedback` and `tp report`."""

from __future__ import annotations

import contextlib
import os
import sys
import webbrowser
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.autograde.commands.printing import print_comparison, print_run, who
from tplib.autograde.commands.progress import ProgressBar
from tplib.autograde.processes import ONE_THREAD, lasting_imports
from tplib.errors import TplibError
from tplib.sentences import sentences

INTERRUPTED = 130


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
    notebook: Annotated[
        list[str] | None, typer.Option(help="Grade only this notebook, such as 2_losses or '1_*' (repeatable).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Grade again what is graded already.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Judge only this exercise anew, such as softmax, where nothing else changed (repeatable)."),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(help="Put this due date into the gradebook: '2026-11-12 23:59', with a zone after it, or none."),
    ] = None,
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

    from tplib.autograde.coordinator.worker_process import WorkerServer, start_file
    from tplib.autograde.sandbox.capabilities import begin_trial
    from tplib.autograde.worker.forkserver import import_all

    if cluster is not None and cluster not in ("local", "slurm") and "://" not in cluster:
        raise TplibError(f"--cluster {cluster}: expected local, slurm or a scheduler's address such as tcp://host:8786")
    if only and force:
        raise TplibError("--force grades everything again, --only one exercise: leave one of them out")

    console = Console()
    with contextlib.ExitStack() as closing:
        worker_server = trial = None
        if sandbox is SandboxMode.auto and sys.platform == "linux":  # what takes time in other processes begins now
            trial = closing.enter_context(begin_trial())
        if cluster is None:
            if "numpy" not in sys.modules:  # a process with one thread can become the workers' parent, too
                os.environ.update(ONE_THREAD)
            start = start_file(course, assignment) if sandbox is SandboxMode.auto else None
            worker_server = closing.enter_context(contextlib.closing(WorkerServer(start, later=True)))
            with contextlib.suppress(ImportError):  # open_course says what is missing
                import_all()
            worker_server.begin()
        with lasting_imports():
            from tplib.autograde.bridge.course import open_course

            opened = open_course(course)
            opened.wanted = tuple(notebook or ())
            # after open_course has said what to do where nbgrader is missing
            from tplib.autograde.coordinator.run import grade_assignment
            from tplib.autograde.sandbox.policy import require_sandbox

        if sandbox is SandboxMode.auto:
            if cold:
                raise TplibError(
                    "kernels started with --cold run outside of the sandbox: leave --cold out, or add --sandbox off "
                    "if you trust every submission, or grade in a container that holds nothing else"
                )
            require_sandbox(trial)
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
                only=only,
                due_date=due,
                workers=workers,
                limits=limits,
                warm=not cold,
                cluster=cluster,
                sandbox=sandbox is SandboxMode.auto,
                draw=draw,
                compare=compare,
                worker_server=worker_server,
                on_progress=bar.update,
                on_waiting=bar.waits_for,
            )
        if compare:
            print_comparison(console, run)
            none = all(result.state != "compared" for result in run.results)
            if (run.different or none) and not run.interrupted:
                raise typer.Exit(1)
        else:
            print_run(console, run)
    if run.interrupted:
        raise typer.Exit(INTERRUPTED)
    if any(result.state == "failed" for result in run.results):
        raise typer.Exit(1)


@sentences()
def feedback(
    assignment: Assignment,
    course: CourseFolder = Path("."),
    student: Annotated[list[str] | None, typer.Option(help="Only this student (repeatable).")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; default: all cores.")] = None,
) -> None:
    """Write the feedback pages of everyone graded in ASSIGNMENT, with nbgrader's own converter.

    Exit code 1 where a student has none, or not all of it.
    """
    from tplib.autograde.reports.feedback import write_feedback

    console = Console()
    with ProgressBar(console, "writing feedback") as bar:
        result = write_feedback(course, assignment, students=student, workers=workers, on_progress=bar.update)
    told: dict[str, list[str]] = {}
    for name, reason in result.failed.items():
        told.setdefault(reason, []).append(name)
    for reason, names in told.items():
        console.print(f"[red]{escape(who(names))}: no feedback: {escape(reason)}[/red]", soft_wrap=True)
    students = "student" if len(result.written) == 1 else "students"
    console.print(f"Feedback for {len(result.written)} {students}: {escape(result.pattern)}", soft_wrap=True)
    if result.failed:
        raise typer.Exit(1)


@sentences()
def report(
    assignment: Annotated[
        str | None, typer.Argument(metavar="ASSIGNMENT", help="Its name; without one, the whole course.")
    ] = None,
    course: CourseFolder = Path("."),
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write the page.")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write one page on the whole class: scores, exercises, misconceptions, who needs help, answers alike, problems.

    Without ASSIGNMENT, a page on the course, and beside it one for each assignment.
    """
    from tplib.autograde.commands.report_printing import print_summary
    from tplib.autograde.reports.course_report import write_course_report
    from tplib.autograde.reports.report import write_report

    console = Console()
    if assignment is None:
        path, summaries = write_course_report(course, output)
        for each in summaries:
            print_summary(console, each)
    else:
        path, summary = write_report(course, assignment, output)
        print_summary(console, summary)
    console.print(f"Report: {escape(str(path))}", soft_wrap=True, highlight=False)
    if open_page:
        webbrowser.open(path.as_uri())


app = typer.Typer(add_completion=False, no_args_is_help=True)
app.command()(grade)
app.command()(feedback)
app.command()(report)

if __name__ == "__main__":
    sys.exit(app())
