"""The commands `tp new-course`, `tp new-exercise` and `tp prove`."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.errors import TplibError
from tplib.sentences import proposed, sentences

if TYPE_CHECKING:
    from tplib.authoring.proof import Fault
    from tplib.graders import Exercise

CourseFolder = Annotated[Path, typer.Option("--course", help="The course's folder.")]
SIGNS = (("-", "before"), ("+", "after"))  # of a change
FIRST = ("unfinished", "slow", "reference", "grading", "failed")  # faults to be mended before references are changed
FEW_DRAWS = range(3, 23)  # on which a surviving change is judged once more


@sentences()
def new_course(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    assignment: Annotated[str, typer.Option(help="The name of its first session.")] = "Session1",
    notebook: Annotated[str, typer.Option(help="The name of the session's notebook.")] = "1_first",
) -> None:
    """Begin a course: one notebook with one exercise, which builds, grades and reports."""
    from tplib.authoring.skeletons import new_course

    console = Console()
    for path in new_course(folder, assignment, notebook):
        _say(console, f"wrote {path.as_posix()}")
    _say(console, f"Next: cd {shlex.quote(str(folder))}; tp prove; tp build; tp new-exercise NAME")


@sentences()
def new_exercise(
    name: Annotated[str, typer.Argument(help="The function that students will write.")],
    notebook: Annotated[str, typer.Option(help="The notebook that it belongs to, such as Session1/1_first.")] = "",
    points: Annotated[float, typer.Option(help="What it is worth.")] = 1,
    course: CourseFolder = Path("."),
) -> None:
    """Write the skeleton of an exercise: cells, reference with a mistake, test. It fails until that is filled in."""
    from tplib.authoring.skeletons import course_root, new_exercise

    console = Console()
    written, script = new_exercise(course, name, notebook, points)
    for path in written:
        _say(console, f"wrote {_short(path).as_posix()}")
    _say(console, f"added its cells at the end of {_short(script).as_posix()}")
    then = proposed(course_root(course), "prove", name)
    _say(console, f"Next: write what is missing in them; `{then}` says what that is.")


@sentences()
def prove(
    names: Annotated[list[str] | None, typer.Argument(help="Exercises; default: all in exercises/.")] = None,
    draws: Annotated[int, typer.Option(min=1, help="Draws of inputs on which each answer is judged.")] = 10,
    mutants: Annotated[
        bool, typer.Option("--mutants/--no-mutants", help="Change the reference in one place after the other, too.")
    ] = True,
    course: CourseFolder = Path("."),
) -> None:
    """Prove that graders are right: mistakes rejected and named, right answers accepted, changed references rejected.

    Exit code 1 where something is to be mended.
    """
    from tplib.authoring.as_graded import prove_as_graded
    from tplib.authoring.proof import for_author, prove

    console, unproven = Console(), []
    exercises = _chosen(names, course)
    can_change = mutants and _can_change(console)
    for exercise in exercises:
        _warn_of_slow(console, exercise, draws)
        with console.status(f"{exercise.name} ..."):
            try:
                faults = prove(exercise, draws)
            except TplibError as error:
                faults = [_fault("failed", for_author(error))]
            if not faults:
                faults = prove_as_graded(exercise)
            changed = 0
            if can_change and not any(
                fault.kind in ("unfinished", "reference", "slow", "grading", "failed") for fault in faults
            ):
                changed, survivors = _survivors(exercise)
                faults += survivors
        _print(console, exercise, faults, changed)
        unproven += [exercise.name] if faults else []
    count = len(exercises) - len(unproven)
    _say(
        console, f"{count} of {len(exercises)} proven" + (f"; to be mended: {', '.join(unproven)}" if unproven else "")
    )
    if unproven:
        raise typer.Exit(1)


def _warn_of_slow(console: Console, exercise: Exercise, draws: int) -> None:
    """Say before a long silence what takes so long."""
    from tplib.graders.patience import SECONDS
    from tplib.graders.slow import SLOW, seconds_of_a_call, sentence

    if seconds := seconds_of_a_call(exercise):
        answers = 1 + len(exercise.misconceptions) + len(exercise.alternatives)
        whole = 2 * (draws + 1) * answers * exercise.draws * seconds  # of the answer, and of the reference beside it
        if SLOW < exercise.draws * seconds <= SECONDS:  # what is slower is a fault
            text = f"{exercise.name}: {sentence(exercise, seconds)}. Its proof takes about {whole / 60:.0f} min"
            _say(console, f"{text}; --draws 1 and --no-mutants make that shorter.")


def _chosen(names: Sequence[str] | None, course: Path) -> list[Exercise]:
    from tplib.authoring.proof import course_exercises
    from tplib.authoring.skeletons import course_root
    from tplib.graders import registry

    if not names:
        root = course_root(course)
        if found := course_exercises(root):
            registry.exercises()  # says which name is taken twice
            return found
        raise TplibError(f"{root} has no exercises of its own in exercises/: name those to prove")
    with contextlib.suppress(TplibError):  # the named one may be elsewhere; where it is not, that is said below
        course_exercises(course_root(course))
    return [registry.find(name) for name in dict.fromkeys(names)]


def _can_change(console: Console) -> bool:
    lacking = [name for name in ("mutmut", "resource") if find_spec(name) is None]
    if "mutmut" in lacking:
        _say(console, "References are not changed: that needs `pip install mutmut`.")
    elif lacking:
        _say(console, "References are not changed: this system cannot limit the time and memory of changed ones.")
    return not lacking


def _survivors(exercise: Exercise) -> tuple[int, list[Fault]]:
    """How many changes of the reference were judged, and those that are accepted."""
    from tplib.authoring.mutants import run, survived

    try:
        entries = run(exercise.name, more=FEW_DRAWS)
    except TplibError as error:
        return 0, [_fault("failed", str(error))]
    faults = []
    for entry in filter(survived, entries):
        told = entry["told"]
        text = "the reference with one change is accepted as right"
        text += f", though {told} of {len(FEW_DRAWS)} further draws reject it" if told else ""
        text += ": add an input that tells it, or if it is no mistake, end the line with `# pragma: no mutate`"
        change = [f"{sign} {line}" for sign, when in SIGNS for line in entry[when].split("\n")]
        faults.append(_fault("survives", text, *change))
    return len(entries), faults


def _fault(kind: str, sentence: str, *more: str) -> Fault:
    from tplib.authoring.proof import Fault

    return Fault(kind, sentence, more)


def _print(console: Console, exercise: Exercise, faults: Sequence[Fault], changed: int) -> None:
    place = f"{exercise.assignment}/{exercise.notebook}"
    counts = [(len(exercise.misconceptions), "mistake"), (len(exercise.alternatives), "alternative")]
    counts.append((changed, "changed reference"))
    told = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    mark = "[red]✗[/red]" if faults else "[green]✓[/green]"
    console.print(
        f"{mark} [bold]{escape(exercise.name)}[/bold] ({escape(place)}): {told}", soft_wrap=True, highlight=False
    )
    for fault in faults:
        console.print(f"  [red]{fault.kind}[/red]: {escape(fault.sentence)}.", soft_wrap=True, highlight=False)
        for line in fault.more:
            _say(console, f"      {line}")


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)


def _short(path: Path) -> Path:
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
