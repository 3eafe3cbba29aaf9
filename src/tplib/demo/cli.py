"""`tp demo`: the course from end to end on a scratch copy."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from tplib.errors import TplibError
from tplib.files import not_written
from tplib.exercises.catalogue import DEMO_ASSIGNMENT as ASSIGNMENT
from tplib.exercises.catalogue import DEMO_NOTEBOOKS as NOTEBOOKS

MARK = ".tplib-demo"  # says that a folder is ours to throw away
CELL_LIMIT = 3.0  # seconds: the class has an endless loop


def demo(
    folder: Annotated[Path, typer.Option(help="The scratch course; made anew each time.")] = Path("demo"),
    open_page: Annotated[bool | None, typer.Option("--open/--no-open", help="Open the results page.")] = None,
) -> None:
    """Build the student notebooks, hand in the answers of a class of 24, grade them, and show the results."""
    from rich.console import Console

    from tplib.autograde.commands import grading as autograde
    from tplib.autograde.sandbox.capabilities import problem
    from tplib.autograde.sandbox.policy import sandbox_wanted
    from tplib.course.cli import build
    from tplib.demo.classroom import ABSENT, Classroom
    from tplib.graders import exercises

    console = Console()
    scratch(folder)
    console.rule("The student notebooks")
    build([ASSIGNMENT], only=list(NOTEBOOKS), execute=False, root=folder)
    console.rule("A class of 24 hands in")
    classroom = Classroom(
        folder / "release" / ASSIGNMENT,
        folder / "source" / ASSIGNMENT,
        [e for e in exercises() if e.assignment == ASSIGNMENT and e.notebook in NOTEBOOKS],
    )
    students = classroom.hand_in(folder / "submitted", ASSIGNMENT)
    enrol(folder, [*students, ABSENT])
    console.print(f"{len(students)} submissions in {folder / 'submitted'}: {', '.join(students)}")
    console.rule("Grades")
    mode = autograde.SandboxMode.auto if sandbox_wanted() else autograde.SandboxMode.off
    if mode is autograde.SandboxMode.auto and problem():
        console.print("No sandbox on this machine (`tp doctor` says why): this class is made up, it is graded without.")
        mode = autograde.SandboxMode.off
    autograde.grade(ASSIGNMENT, course=folder, cell_limit=CELL_LIMIT, sandbox=mode)
    console.rule("Feedback and report")
    autograde.feedback(ASSIGNMENT, course=folder)
    autograde.report(ASSIGNMENT, course=folder, open_page=has_screen() if open_page is None else open_page)


def scratch(folder: Path) -> None:
    """A copy of the course in an empty folder; an earlier demo there is thrown away, anything else is not."""
    if not Path("course", ASSIGNMENT).is_dir():
        raise TplibError(f"No folder course/{ASSIGNMENT} here. Run `tp demo` where you cloned the course.")
    if folder.exists() and not (folder / MARK).exists():
        raise TplibError(f"{folder} exists and is not an earlier demo. Name another folder with --folder.")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        _copy_course(folder)
    except OSError as error:
        raise TplibError(not_written(folder, error, "name a folder that you may write to, with --folder")) from None


def _copy_course(folder: Path) -> None:
    (folder / MARK).touch()
    for stage, ending in {"course": "py", "source": "ipynb"}.items():
        target = folder / stage / ASSIGNMENT
        target.mkdir(parents=True)
        for notebook in NOTEBOOKS:
            shutil.copy(Path(stage, ASSIGNMENT, f"{notebook}.{ending}"), target)
    config = Path("nbgrader_config.py").read_text(encoding="utf-8")
    config += "\nc.Execute.timeout = 30  # no cell here trains for long, and one answer never ends\n"
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")


def enrol(folder: Path, students: list[str]) -> None:
    """Enter the class and the due date in the gradebook, as a teacher does at the beginning."""
    from tplib.autograde.bridge.course import open_course
    from tplib.demo.classroom import DUE

    with open_course(folder).gradebook() as gradebook:
        gradebook.add_assignment(ASSIGNMENT, duedate=DUE.replace(tzinfo=None))
        for student in students:
            gradebook.add_student(student)


def has_screen() -> bool:
    """Whether a browser window can show up for the person who typed the command."""
    window = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return window and sys.stdout.isatty() and not os.environ.get("CI")
