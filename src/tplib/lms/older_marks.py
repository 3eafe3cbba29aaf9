"""Before marks leave the course: marks of earlier work are named, and pages older than their marks are made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from tplib.sentences import proposed

if TYPE_CHECKING:
    from rich.console import Console

    from tplib.autograde.bridge.course import Course


def tell_older(console: Console, course: Course, assignment: str) -> None:
    """Name whose marks and pages are of earlier work, tests or exercises, who has none yet, and what to run."""
    from tplib.autograde.commands.printing import who
    from tplib.autograde.coordinator.judged_by import JudgedBy
    from tplib.autograde.coordinator.newer_work import find_older

    older, again = find_older(course, assignment), escape(proposed(course.root, "grade", assignment))
    for students, what in (
        (older.replaced, "handed in again since: these marks and pages are of the earlier work"),
        (older.times, "the time of handing in was changed since: points for lateness are by the former one"),
        (older.tests, "graded by other tests or points than the gradebook has now: these marks are not right any more"),
        (older.never, "handed in, and not graded: no mark, no page"),
    ):
        if students:
            console.print(
                f"[red]![/red] {escape(who(students))}: {what}. Run `{again}`, then this again",
                highlight=False,
                soft_wrap=True,
            )
    for sentence in JudgedBy(course.root, assignment, {}).sentences(course.chosen_students(assignment)):
        console.print(f"[red]![/red] {escape(sentence)}", highlight=False, soft_wrap=True)


def renew_pages(console: Console, course: Course, assignment: str) -> None:
    """Make the feedback pages anew that are missing or older than the marks. Says whose, and who has none."""
    from tplib.autograde.commands.printing import who
    from tplib.autograde.commands.progress import ProgressBar
    from tplib.autograde.reports.feedback import write_feedback
    from tplib.autograde.reports.pages_made import old_pages

    old = old_pages(course, assignment)
    if not old:
        return
    with ProgressBar(console, "writing feedback") as bar:
        result = write_feedback(course.root, assignment, students=old, on_progress=bar.update)
    if result.written:
        console.print(
            f"{len(result.written)} had no feedback pages, or pages older than their marks; made anew: "
            + escape(who(result.written)),
            highlight=False,
            soft_wrap=True,
        )
    for student, reason in result.failed.items():
        console.print(
            f"[red]![/red] {escape(student)}: no new feedback: {escape(reason)}", highlight=False, soft_wrap=True
        )
