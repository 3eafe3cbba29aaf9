"""The command `tp extension`: more time for a student."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.autograde.commands.grading import Assignment, CourseFolder
from tplib.errors import TplibError
from tplib.sentences import proposed, sentences


@sentences()
def extension(
    assignment: Assignment,
    students: Annotated[
        list[str] | None, typer.Argument(metavar="STUDENT", help="Who gets it; without one, all are listed.")
    ] = None,
    days: Annotated[float | None, typer.Option(help="How much later than the due date, such as 1 or 1.5.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the extension away.")] = False,
    course: CourseFolder = Path("."),
) -> None:
    """Give a student more time for ASSIGNMENT than its due date, or list who has more.

    It takes the place of an extension that the student has. Lateness is counted from then on with it.
    """
    from tplib.autograde.bridge.course import open_course
    from tplib.autograde.bridge.extensions import extensions, grant
    from tplib.autograde.submissions.clock import told
    from tplib.autograde.submissions.lateness import duration

    opened, console = open_course(course), Console()
    if assignment not in opened.assignments("source"):
        listed = ", ".join(opened.assignments("source")) or "none"
        raise TplibError(f"There is no assignment called {assignment!r} in source/. The course has {listed}.")
    if students and remove == (days is not None):
        raise TplibError("say --days N, such as --days 1, or --remove")
    if not students and (remove or days is not None):
        raise TplibError(f"who? {proposed(opened.root, 'extension', assignment, 'STUDENT', '--days', '1')}")
    if days is not None and not 0 < days <= 3650:
        raise TplibError(f"--days {days:g}: expected more than 0; --remove takes an extension away")
    graded = []
    if students:
        graded = grant(opened, assignment, students, None if days is None else timedelta(days=days))
    with opened.gradebook() as gradebook:
        due = next((one.duedate for one in gradebook.assignments if one.name == assignment), None)
    found = extensions(opened, assignment)
    for student in students or found:
        more = found.get(student)
        date = told(due + (more or timedelta()), opened.app.config) if due else ""
        text = f"{duration(more.total_seconds())} more" if more else "no extension"
        text += f": due {date}" if date else ""
        console.print(f"{escape(student)}: {escape(text)}", highlight=False, soft_wrap=True)
    if not students and not found:
        console.print("Nobody has an extension.", highlight=False)
    if due is None:
        give = proposed(opened.root, "grade", assignment, "--due", "2026-11-12 23:59")
        say = f"{assignment} has no due date yet: `{give}` gives it one."
        console.print(f"[yellow]Note:[/yellow] {escape(say)}", highlight=False, soft_wrap=True)
    if graded:
        options = [word for student in graded for word in ("--student", student)]
        pages = proposed(opened.root, "feedback", assignment)
        again = proposed(opened.root, "grade", assignment, *options, "--force")
        say = f"Graded already. Points that lateness took off, and pages, follow with: {again}, then {pages}"
        console.print(escape(say), highlight=False, soft_wrap=True)
