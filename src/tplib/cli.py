"""The `tp` command. Whatever a user can cause ends in a sentence and exit code 1."""

import errno
import os
import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tplib import TplibError, __version__
from tplib.authoring import cli as authoring
from tplib.autograde.commands import extending
from tplib.autograde.commands import grading as autograde
from tplib.autograde.commands import watching as watch_cli
from tplib.autograde.processes import ending_at_once, hear_of_children, leave_out_slow_imports
from tplib.course import cli as course
from tplib.data import cli as data
from tplib.demo import cli as demo
from tplib.files import not_written
from tplib.lms import cli as lms
from tplib.sentences import end_in_sentences, say
from tplib.student import cli as student
from tplib.student import doctor as doctor_cli

OF_A_PLACE = (  # errors of folders that cannot be written, and no defects of ours
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENAMETOOLONG),
    *(errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ELOOP),
)

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.add_typer(data.app, name="data")
app.command()(student.new)
app.command()(student.submit)
app.command()(course.build)
app.command()(authoring.new_course)
app.command()(authoring.new_exercise)
app.command()(authoring.prove)
app.command()(autograde.grade)
app.command()(watch_cli.watch)
app.command()(autograde.feedback)
app.command()(autograde.report)
app.command()(extending.extension)
app.command()(lms.collect)
app.command()(lms.export)
app.command()(doctor_cli.doctor)
app.command()(demo.demo)


@app.command()
def exercises(
    assignment: str = typer.Argument("", help="Only this assignment."),
    everywhere: bool = typer.Option(False, "--all", help="Also those that come with tplib, in a course of your own."),
) -> None:
    """List the exercises of this course with their points and their named misconceptions."""
    from tplib.graders import course_folder
    from tplib.graders import exercises as registry

    found, folder = registry(), course_folder.current()
    own = {e.name for load in (course_folder.loaders(folder) if folder and not everywhere else ()) for e in load()}
    if folder and folder.is_dir() and not (own or everywhere or assignment):
        print("This course has no exercises of its own yet: `tp new-exercise NAME` writes one.")
        print("`tp exercises --all` lists those that come with tplib.")
        return
    chosen = [e for e in found if (e.assignment == assignment if assignment else not own or e.name in own)]
    if not chosen:
        known = ", ".join(sorted({e.assignment for e in found if not own or e.name in own}))
        raise TplibError(f"There is no assignment called {assignment!r}. The course has {known}.")
    table = Table("notebook", "exercise", "points", "lecture", "misconceptions")
    for e in chosen:
        names = ", ".join(m.name for m in e.misconceptions)
        table.add_row(f"{e.assignment}/{e.notebook}", e.name, f"{e.points:g}", e.lecture, names)
    Console().print(table)


@app.command()
def coverage() -> None:
    """Show which exercises cover which concept of the lectures."""
    from tplib.exercises.coverage import CONCEPTS

    table = Table("no.", "concept", "exercises")
    for concept in CONCEPTS:
        table.add_row(str(concept.number), concept.title, ", ".join(concept.exercises) or "[red]none yet[/red]")
    Console().print(table)


def _print_version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit


@app.callback()
def options(
    asked: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Practical sessions on neural networks, graded."""


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


def main() -> None:
    """Entry point."""
    with ending_at_once():
        run_command()


def run_command() -> None:
    """Run the command that was typed, and turn what a user can cause into one sentence."""
    leave_out_slow_imports()
    hear_of_children()
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115  where it was closed
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    try:
        end_in_sentences(app)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tplib"):
            raise
        say(f"This command needs the package {error.name!r}. Install it with `pip install 'tplib[instructor]'`.")
        sys.exit(1)
    except MemoryError:
        say("There is not enough memory for this. Is it limited here (`ulimit -v`)? What was done so far is kept.")
        sys.exit(1)
    except OSError as error:
        if error.errno in (errno.EMFILE, errno.ENFILE):
            say("Too many files are open for this. Raise the limit, with `ulimit -n 256` say, and run it again.")
            sys.exit(1)
        if error.errno not in OF_A_PLACE:
            raise
        where = Path(error.filename or Path.cwd())
        say(f"{not_written(where, error, 'work in another folder', what='written or read')}.")
        sys.exit(1)


if __name__ == "__main__":
    main()
