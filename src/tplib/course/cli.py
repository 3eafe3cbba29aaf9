"""`tp build`: make `source/` and `release/` from `course/`, or check that they are what `course/` makes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tplib.errors import TplibError
from tplib.sentences import end_in_sentences, say

if TYPE_CHECKING:
    from rich.progress import TaskID

    from tplib.course.build import Built, Progress
    from tplib.course.layout import Page


def build(
    assignments: Annotated[list[str] | None, typer.Argument(help="Folders of course/; all of them by default.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if a generated file is out of date.")
    ] = False,
    only: Annotated[list[str] | None, typer.Option(help="Only this notebook, as in --only 1_forward.")] = None,
    execute: Annotated[
        bool | None,
        typer.Option(
            "--execute/--no-execute",
            help="Run all notebooks, or none; by default those whose code has changed in course/.",
            show_default=False,
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Build again whenever a script or an exercise is saved, until Ctrl-C.")
    ] = False,
    root: Annotated[Path, typer.Option(help="The course repository.")] = Path("."),
) -> None:
    """Build the notebooks: course/ -> source/ (executed) -> release/ (for students). What has not changed stays."""
    missing = [name for name in ("jupytext", "nbclient", "nbgrader", "nbformat") if find_spec(name) is None]
    if missing:
        raise TplibError(f"tp build needs {', '.join(missing)}; install it with pip install 'tplib[instructor]'")
    if check and watch:
        raise TplibError("tp build takes --check or --watch; leave one of them out")
    try:
        from tplib.course.build import build_course
        from tplib.course.compare import check_course
        from tplib.course.watching import watch_course
        from tplib.graders import course_folder, exercises

        root = root.resolve()
        course_folder.use_course(root)
        if check:
            pages = check_course(root, exercises(), assignments, only)
            print(f"source/ and release/ are what course/ makes: {_count(len(pages), 'notebook')} checked")
        elif watch:
            watch_course(root, assignments, only, execute)
        else:
            with _Bars() as progress:
                built = build_course(root, exercises(), assignments, only, execute, progress)
            _tell(built)
    except KeyboardInterrupt:
        kept = "Finished notebooks are written; the files of the others are as they were."
        say("Stopped." if check else "Stopped watching." if watch else f"Stopped. {kept}")
        raise typer.Exit(130) from None


class _Bars:
    """A progress bar for each notebook, counted in cells."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        name = TextColumn("{task.description}", markup=False)
        self._bars = Progress(name, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._tasks: dict[Page, TaskID] = {}

    def __enter__(self) -> Progress:
        self._bars.start()
        return self._show

    def __exit__(self, *error: object) -> None:
        self._bars.stop()

    def _show(self, page: Page, done: int, cells: int) -> None:
        if page not in self._tasks:
            self._tasks[page] = self._bars.add_task(str(page), total=cells)
        self._bars.update(self._tasks[page], completed=done)


def _tell(built: Built) -> None:
    for page, reason in built.ran.items():
        print(f"ran {page}: {reason}")
    for note in built.notes:
        print(f"note: {note}")
    for path in built.changed:
        print(f"wrote {path}")
    counts = (_count(len(built.pages), "notebook"), len(built.ran), _count(len(built.changed), "file"))
    print("{} built, {} run, {} changed".format(*counts))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def main() -> None:
    """`python -m tplib.course.cli`."""
    end_in_sentences(lambda: typer.run(build))


if __name__ == "__main__":
    main()
