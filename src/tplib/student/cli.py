"""The commands `tp new` and `tp submit`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.sentences import sentences

if TYPE_CHECKING:
    from tplib.student.copies import Copied
    from tplib.student.handing_in import HandIn
    from tplib.student.places import Place

LISTED = 12
CourseFolder = Annotated[Path, typer.Option("--course", help="The course's folder, with release/ in it.")]


@sentences()
def new(
    name: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Such as TP6-TrainFFNN, or TP6.")],
    to: Annotated[
        Path | None, typer.Option(help="Where to work; default: work/ASSIGNMENT in the course's folder.")
    ] = None,
    fresh: Annotated[
        str | None, typer.Option(help="Put a fresh copy of this notebook beside yours, under another name.")
    ] = None,
    pull: Annotated[bool, typer.Option("--pull", help="Pull the data that its notebooks load, too.")] = False,
    course: CourseFolder = Path("."),
) -> None:
    """Make a folder to work in: the assignment's notebooks as they were released.

    Nothing that is there is ever written over: run again, it adds what is missing.
    """
    from tplib.student.assignments import WORK, find
    from tplib.student.copies import copy_assignment, copy_fresh
    from tplib.student.places import Place, require_free, short

    console = Console()
    assignment = find(name, course)
    place = assignment.folder.parents[1] if assignment.folder else course
    folder = to or short(place / WORK / assignment.name)
    require_free(folder, assignment, course)
    if fresh is not None:
        copy = copy_fresh(assignment, fresh, folder)
        console.print(f"A fresh copy: {escape(str(copy))}. Yours is as it was.", soft_wrap=True, highlight=False)
    else:
        _print_copied(console, copy_assignment(assignment, folder), assignment.name, Place(folder, course))
    _data(console, assignment.name, pull)
    console.print(f"Open it: jupyter lab {escape(shlex.quote(str(folder)))}", soft_wrap=True, highlight=False)


@sentences()
def submit(
    what: Annotated[str, typer.Argument(metavar="FOLDER|ASSIGNMENT", help="Where you work, or what on.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The zip to write; default: ASSIGNMENT.zip, here.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what would be handed in; write nothing.")] = False,
    course: CourseFolder = Path("."),
) -> None:
    """Say what is missing, unsaved or broken, and with how many points; then make the zip to hand in.

    Exit code 1 if there is something to put right. The zip is written even so, unless no notebook is there.
    """
    from tplib.graders import course_folder
    from tplib.graders.public_part import FILE
    from tplib.student.assignments import is_called, known
    from tplib.student.handing_in import gather, write_zip
    from tplib.student.places import Place, named, whose

    console = Console()
    folder = Path(what)
    if (folder / FILE).is_file():  # a course without a release here says there what its exercises are
        course_folder.use((folder / FILE).resolve())
    if folder.is_dir():
        assignment = whose(folder, course)
    else:
        assignment, folder = named(what, course)
    place = Place(folder, course)
    hand_in = gather(assignment, place)
    called = folder.resolve().name
    other = next((one.name for one in known(course) if is_called(one.name, called)), assignment.name)
    if other != assignment.name:
        hand_in.wrong.append(f"the folder is called {called}, but its notebooks are those of {assignment.name}")
    _print_standings(console, hand_in)
    _print_problems(console, hand_in, place)
    if not check:
        target = output or Path(f"{assignment.name}.zip")
        write_zip(hand_in, target)
        count = len(hand_in.files)
        then = "Hand this in."
        if not hand_in.in_order:
            then = (
                "Put right first what stands after `!`, then run this again. "
                "It can be handed in as it is, but what these lines name may score 0."
            )
        console.print(
            f"Written: {escape(str(target))}, {count} file{'' if count == 1 else 's'}. {then}",
            soft_wrap=True,
            highlight=False,
        )
    if not hand_in.in_order:
        raise typer.Exit(1)


def _print_copied(console: Console, copied: Copied, assignment: str, place: Place) -> None:
    for name in copied.new:
        console.print(f"new: {escape(str(copied.folder / name))}", soft_wrap=True, highlight=False)
    if copied.kept:
        console.print(f"{len(copied.kept)} already there, left as they are.", highlight=False)
    for name, others in copied.renamed.items():
        then = f"{others[0]} holds your answers to it, and `tp submit` takes that file. Rename it {name} to be sure"
        if len(others) > 1:
            then = f"{' and '.join(others)} each hold answers to it. Give that name to the one that counts"
        console.print(
            f"{escape(name)} is not put there: {escape(then)}.",
            soft_wrap=True,
            highlight=False,
        )
    for name, why in copied.broken.items():
        console.print(
            f"[red]![/red] {escape(why)}. {escape(place.new(assignment, name))} puts a new copy beside it.",
            soft_wrap=True,
            highlight=False,
        )
    for name in copied.outdated:
        console.print(
            f"[yellow]{escape(name)} differs from the release in the course's own cells:[/yellow] "
            f"{escape(place.new(assignment, name))} puts the released one beside it.",
            soft_wrap=True,
            highlight=False,
        )


def _data(console: Console, assignment: str, pull: bool) -> None:
    """Pull what the notebooks load, or say which command does."""
    from tplib.data import pull as pull_data
    from tplib.data.cache import is_cached
    from tplib.data.registry import NEEDED

    lacking = [name for name in NEEDED.get(assignment, ()) if not is_cached(name)]
    for name in lacking if pull else ():
        pull_data(name)
        console.print(f"{name}: pulled", highlight=False)
    if lacking and not pull:
        console.print(
            f"Its data are not here yet ({', '.join(lacking)}): run `tp data pull {assignment}` once, with a network.",
            soft_wrap=True,
            highlight=False,
        )


def _print_standings(console: Console, hand_in: HandIn) -> None:
    """A row for each notebook, and what the points are worth."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("notebook", no_wrap=True)
    for column in ("right", "partly", "wrong", "not attempted", "not checked", "by hand", "points"):
        table.add_column(column, justify="right", no_wrap=column == "points")
    for held in hand_in.held:
        if held.broken:
            continue
        counts = [held.count(state) for state in ("right", "partial", "wrong", "not attempted", "unchecked", "by hand")]
        whole = sum(one.item.points for one in held.standings)
        table.add_row(escape(held.name), *(str(count or "-") for count in counts), f"{held.points:g} of {whole:g}")
    console.print(table)
    standings = [one for held in hand_in.held for one in held.standings]
    if any(one.state in ("right", "partial", "wrong") for one in standings):
        whole = sum(one.points for released in hand_in.assignment.notebooks.values() for one in released.items)
        console.print(
            f"The checks in the notebooks give {sum(one.points for one in standings):g} of {whole:g} points. "
            "Once handed in, each answer is judged again, on inputs that no one has seen.",
            soft_wrap=True,
            highlight=False,
        )
    if hand_in.assignment.folder is None and hand_in.missing:
        console.print(
            "Questions in words of the missing notebooks have points too, which are not counted here.",
            soft_wrap=True,
            highlight=False,
        )
    for state, sentence in (
        ("unchecked", "answered, but not checked here: judged only when handed in"),
        ("by hand", "marked by the teacher"),
        ("not attempted", "not attempted"),
    ):
        chosen = [one.item for one in standings if one.state == state]
        if chosen:
            names = ", ".join(item.name for item in chosen[:LISTED])
            rest = f" and {len(chosen) - LISTED} more" if len(chosen) > LISTED else ""
            points = sum(item.points for item in chosen)
            unit = "point" if points == 1 else "points"
            console.print(f"{points:g} {unit} {sentence}: {escape(names)}{rest}.", soft_wrap=True, highlight=False)


def _print_problems(console: Console, hand_in: HandIn, place: Place) -> None:
    assignment = hand_in.assignment
    back = f"{place.new(assignment.name)} brings it back" if assignment.folder else "get it where you got the others"
    problems = [f"{name}.ipynb is missing: {back}" for name in hand_in.missing]
    problems += [
        f"{name} may not be saved: its kernel worked until {when:%H:%M:%S}, after the last save. "
        "Save it in JupyterLab (Ctrl+S), then run this again"
        for name, when in hand_in.unsaved.items()
    ]
    for held in hand_in.held:
        fresh = f". {place.new(assignment.name, held.name)} gives a new copy" if assignment.folder else ""
        problems += [held.broken + fresh] if held.broken else []
    problems += [f"{held.name}: {sentence}" for held in hand_in.held for sentence in held.wrong]
    for sentence in [*problems, *hand_in.wrong]:
        console.print(f"[red]![/red] {escape(_ended(sentence))}", soft_wrap=True, highlight=False)
    notes = [f"{held.name}: {sentence}" for held in hand_in.held for sentence in held.notes]
    for sentence in [*notes, *hand_in.notes]:
        console.print(f"[yellow]-[/yellow] {escape(_ended(sentence))}", soft_wrap=True, highlight=False)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."
