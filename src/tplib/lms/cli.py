"""The commands `tp collect` and `tp export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.errors import TplibError
from tplib.lms.older_marks import renew_pages, tell_older
from tplib.sentences import proposed, sentences

if TYPE_CHECKING:
    from tplib.autograde.bridge.course import Course
    from tplib.lms.collect import Collected
    from tplib.lms.rows import Filled

NAMED = 5
LISTED = 25
Assignment = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Name of the assignment, such as TP6-TrainFFNN.")]
CourseFolder = Annotated[Path, typer.Option("--course", help="The course folder.")]


@sentences()
def collect(
    assignment: Assignment,
    source: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The platform's zip archive, or a folder.")
    ] = None,
    course: CourseFolder = Path("."),
    roster: Annotated[
        Path | None, typer.Option(help="The platform's table of the class (CSV): names, addresses, times of hand-in.")
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            help="Zone of the platform's times, such as Europe/Paris; default: the course's, or this machine's."
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last collecting of this assignment.")] = False,
) -> None:
    """Put what Moodle, Canvas, Gradescope or a plain folder gives into submitted/, each file to its student.

    A submission that is replaced is kept in downloaded/. Exit code 1 if a file has no owner: it lies there too.
    """
    from tplib.lms.collect import collect as collect_files

    if undo:
        if source or roster or timezone:
            raise TplibError("--undo takes back the last collecting, whatever its file was: give only the assignment")
        return undo_last(course, assignment)
    if source is None:
        which = proposed(course, "collect", assignment, "FILE.zip")
        raise TplibError(f"which file? {which} (or --undo, to take the last one back)")
    collected = collect_files(course, assignment, source, roster, timezone)
    print_collected(Console(), collected, assignment, course)
    if collected.unplaced:
        raise typer.Exit(1)


@sentences()
def export(
    assignment: Assignment,
    course: CourseFolder = Path("."),
    moodle: Annotated[Path | None, typer.Option(help="Fill in this grading worksheet of Moodle (CSV).")] = None,
    by_name: Annotated[
        bool, typer.Option("--by-name", help="Fill in the worksheet also where no participant number is known.")
    ] = False,
    zeros: Annotated[
        bool, typer.Option("--zeros", help="Write 0 for who is in the class's table and handed in nothing.")
    ] = False,
    canvas: Annotated[Path | None, typer.Option(help="Fill in this export of Canvas's gradebook (CSV).")] = None,
    column: Annotated[str | None, typer.Option(help="Canvas's column; default: the assignment's name.")] = None,
    feedback: Annotated[
        Path | None, typer.Option(help="Write the zip of feedback pages that Moodle takes to this file.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write: .csv or .parquet; default: beside the platform's table."),
    ] = None,
) -> None:
    """Give the marks of ASSIGNMENT to Moodle or Canvas, in their own table, or write them as CSV or Parquet."""
    from tplib.autograde.bridge.course import open_course
    from tplib.lms import export as exporting
    from tplib.lms.marks import missing

    if moodle and canvas:
        raise TplibError("give --moodle or --canvas, not both")
    if zeros and not (moodle or canvas):
        raise TplibError("--zeros is for --moodle and --canvas; tables for other programs say who handed in nothing")
    console, opened = Console(), open_course(course)
    sheet = moodle or canvas
    if sheet is not None:
        target = output or sheet.with_name(f"{sheet.stem}-filled.csv")
        if target.resolve() == sheet.resolve():
            raise TplibError(f"{target} is the platform's own table: write to another file")
        if moodle:
            filled = exporting.fill_moodle(opened, assignment, moodle, target, by_name, zeros)
        else:
            filled = exporting.fill_canvas(opened, assignment, sheet, target, column, zeros)
        print_filled(console, filled, target)
    elif output is not None:
        rows = exporting.write_table(opened, assignment, output)
        console.print(f"{rows} rows: {escape(str(output))}", highlight=False, soft_wrap=True)
        absent = sorted(missing(opened, assignment))
        tell(console, absent, "handed in nothing: rows with missing = True and 0 points, as in nbgrader", "yellow")
    elif feedback is None:
        raise TplibError("say where to: --moodle WORKSHEET.csv, --canvas GRADEBOOK.csv, --feedback FILE.zip or -o FILE")
    if sheet is not None or output is not None:
        tell_ungraded(console, opened, assignment)
    tell_older(console, opened, assignment)
    if feedback is not None:
        renew_pages(console, opened, assignment)
        left = exporting.write_feedback_zip(opened, assignment, feedback, moodle)
        console.print(f"Feedback for Moodle: {escape(str(feedback))}", highlight=False, soft_wrap=True)
        tell(console, left, "feedback has no place in Moodle: `tp collect` did not bring their submission", "yellow")


def undo_last(course: Path, assignment: str) -> None:
    from tplib.autograde.bridge.course import open_course
    from tplib.autograde.submissions.clock import told
    from tplib.lms.undo import undo

    console, undone = Console(), undo(course, assignment)
    when = told(undone.time, open_course(course).app.config)
    console.print(f"Taken back: {escape(undone.source)}, collected on {when}.", highlight=False, soft_wrap=True)
    if not (undone.removed or undone.restored or undone.marked):
        console.print("It had brought no new work: what is in submitted/ stays.", highlight=False, soft_wrap=True)
    if undone.table:
        console.print("The class's table that came with it counts no more.", highlight=False, soft_wrap=True)
    tell(console, undone.timed, "with the former time of handing in again", "yellow")
    tell(console, undone.left, "out of the gradebook, where this archive had brought them", "yellow")
    tell(console, undone.removed, "no longer in submitted/", "yellow")
    tell(console, undone.restored, "with the former submission again", "yellow")
    tell(console, undone.ungraded, "without a grade now: it was of the work that is taken back", "yellow")
    tell(console, undone.marked, "keep theirs: it has marks or comments that a person gave", "red")
    if undone.kept.exists():
        console.print(f"What was there: {escape(str(undone.kept))}", highlight=False, soft_wrap=True)
    if undone.restored:
        console.print(f"Grade them: {escape(proposed(course, 'grade', assignment))}", highlight=False, soft_wrap=True)
    if undone.marked:
        raise typer.Exit(1)


def print_collected(console: Console, collected: Collected, assignment: str, course: Path) -> None:
    """What became of the archive; one line for each kind of thing."""
    again = proposed(course, "grade", assignment)
    counts = [
        f"{len(names)} {what}"
        for names, what in (
            (collected.new, "new"),
            (collected.changed, "handed in again (the former ones are kept)"),
            (collected.unchanged, "as before"),
            (collected.older, "older than what is there (kept aside)"),
        )
        if names
    ]
    console.print(f"{collected.platform}: {', '.join(counts) or 'no submission'}.", highlight=False, soft_wrap=True)
    tell(console, collected.changed, "handed in again", "yellow")
    tell(console, collected.timed, "as before, but for the time of handing in, which is put right now", "yellow")
    tell(console, collected.penalised, f"points that lateness takes off follow with `{again}`", "yellow")
    tell(console, collected.older, "older than what is there, and kept aside", "yellow")
    tell(
        console,
        collected.renumbered,
        f"with another number in this archive than before. Is it another group's, with people of the same names? "
        f"`{proposed(course, 'collect', assignment, '--undo')}` takes it back",
        "red",
    )
    tell(console, collected.late, "late, as the platform says", "yellow")
    tell(
        console,
        collected.doubtful,
        "with a name that several have; their ids hold for this assignment only. Give the class's table with --roster",
        "yellow",
    )
    tell(console, collected.strangers, "not in the table that --roster gives", "yellow")
    tell(console, collected.absent, "in the table, and nothing handed in", "yellow")
    tell(
        console,
        collected.lacking,
        "handed in, as the table says, and nothing of theirs is here: is the archive older, or of one group?",
        "red",
    )
    tell(
        console,
        collected.gone,
        "no more in the table: nothing is expected of them. What they handed in stays",
        "yellow",
    )
    tell(console, collected.renamed, "with a notebook under another name, known by its cells", "yellow")
    tell(
        console,
        collected.unclear,
        "with several files of different answers to one notebook: ask which counts, and give it the notebook's name",
        "red",
    )
    for sentence in collected.strange[:LISTED]:
        console.print(f"[red]![/red] {escape(sentence)}", highlight=False, soft_wrap=True)
    if len(collected.strange) > LISTED:
        console.print(f"  ... and {len(collected.strange) - LISTED} more", highlight=False)
    for note in collected.notes[:LISTED]:
        console.print(f"[yellow]Note:[/yellow] {escape(note)}", highlight=False, soft_wrap=True)
    for path, reason in collected.unplaced[:LISTED]:
        console.print(f"[red]No place for {escape(path)}[/red]: {escape(reason)}", highlight=False, soft_wrap=True)
    if len(collected.unplaced) > LISTED:
        console.print(f"  ... and {len(collected.unplaced) - LISTED} more", highlight=False)
    if collected.unplaced or collected.changed or collected.older:
        console.print(f"Kept aside: {escape(str(collected.kept))}", highlight=False, soft_wrap=True)
    if collected.new or collected.changed:
        console.print(f"Grade them: {escape(again)}", highlight=False, soft_wrap=True)


def print_filled(console: Console, filled: Filled, target: Path) -> None:
    """How many marks are in the table, and what its user has to know before uploading it."""
    console.print(f"{len(filled.written)} marks: {escape(str(target))}", highlight=False, soft_wrap=True)
    tell(console, filled.unfinished, "with answers still to be marked by hand: these marks are too low", "red")
    changed = "with answers that changed after they were marked by hand: these marks count until you look again"
    tell(console, filled.again, changed, "yellow")
    tell(console, filled.without_row, "a result here, but no row in the table", "red")
    tell(console, filled.locked, "the platform does not let these grades be changed", "yellow")
    tell(console, filled.missing, "handed in nothing: left as they were; --zeros writes 0", "yellow")
    tell(console, filled.zeros, "handed in nothing: 0 was written", "yellow")
    tell(console, filled.without_mark, "in the table, without a result here; left as they were", "dim")
    for note in filled.notes:
        console.print(f"[yellow]Note:[/yellow] {escape(note)}", highlight=False, soft_wrap=True)


def tell_ungraded(console: Console, course: Course, assignment: str) -> None:
    """The notebooks that no run has graded yet: an earlier one chose others."""
    from tplib.lms.marks import not_graded

    if left := not_graded(course, assignment):
        students = len({student for names in left.values() for student in names})
        console.print(
            f"[red]![/red] {escape(', '.join(left))} {'is' if len(left) == 1 else 'are'} not graded yet: run "
            f"`{escape(proposed(course.root, 'grade', assignment))}`. The marks of {students} students are too low",
            highlight=False,
            soft_wrap=True,
        )


def tell(console: Console, names: list[str], what: str, style: str) -> None:
    """How many, what, and who: the first few of them."""
    if names:
        who = ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
        console.print(f"[{style}]{len(names)}[/{style}] {escape(what)}: {escape(who)}", highlight=False, soft_wrap=True)
