"""From `course/` to `source/` and `release/`: read everything, run what changed, put finished files in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.course.dialect import Exercise
from tplib.course.execute import describe, execute, require_full_marks
from tplib.course.judged_file import JudgedFile
from tplib.course.kept import first_change, keep_above, keep_unchanged
from tplib.course.layout import Course, Page, as_bytes, replace_if_changed, require_writable
from tplib.course.overview import write_overviews
from tplib.course.public_file import PublicFile
from tplib.course.reading import read_course, read_notebook, require_all_exercises
from tplib.course.release import student_version
from tplib.course.supporting import changed_files, copy_supporting_files
from tplib.errors import TplibError

if TYPE_CHECKING:
    from nbformat import NotebookNode


Progress = Callable[[Page, int, int], None]  # a notebook, how many of its cells are done, how many it has


@dataclass
class Built:
    """What a build did, as paths relative to the root, and what the author should know."""

    pages: list[Page] = field(default_factory=list)
    ran: dict[Page, str] = field(default_factory=dict)  # with the reason
    changed: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def build_course(
    root: Path,
    exercises: Iterable[Exercise],
    assignments: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
    run: bool | None = None,
    progress: Progress = lambda page, done, cells: None,
) -> Built:
    """Build the notebooks asked for; a notebook's two files are replaced only when both are ready.

    run: None runs the notebooks whose code has changed, or a file that they read; True all of them; False none, and a
    cell whose source has changed is then left without outputs.
    A notebook that fails leaves its files as they were and does not stop the others; TplibError tells all failures.
    """
    course, exercises = Course(root), list(exercises)
    pages = course.pages(assignments, only)
    if not only:
        require_all_exercises(course, {page.assignment for page in pages}, exercises)
    notebooks = read_course(course, pages, exercises)
    chosen = list(dict.fromkeys(page.assignment for page in pages))
    files = {assignment: changed_files(course, assignment) for assignment in chosen}
    public = {assignment: PublicFile(course, assignment) for assignment in chosen}
    judged = {assignment: JudgedFile(course, assignment, exercises) for assignment in chosen}
    built, failures = Built(), []
    for assignment in chosen:
        for stage in ("source", "release"):
            require_writable(root / stage / assignment)
    built.changed += [] if only else write_overviews(root, exercises)
    for assignment in chosen:
        for stage in ("source", "release"):
            built.notes += [
                f"{file} comes from nothing in course/; remove it" for file in course.strays(stage, assignment)
            ]
    for page, notebook in notebooks.items():
        cells = len(notebook.cells)
        progress(page, 0, cells)
        try:
            new = [file for file, readers in files[page.assignment].items() if page in readers]
            others = [*public[page.assignment].changed, *judged[page.assignment].changed]
            fill_in(course, page, notebook, run, new, others, built, progress)
            student = student_version(notebook, page.assignment, page.notebook, root)
            for stage, content in (("source", as_bytes(notebook)), ("release", as_bytes(student))):
                path = course.generated(stage, page)
                if replace_if_changed(path, content):
                    built.changed.append(path.relative_to(root))
            built.pages.append(page)
        except TplibError as error:
            failures.append(str(error))
        progress(page, cells, cells)
    for assignment in chosen:
        built.changed += put_files(course, assignment, files[assignment], built)
        ran = {page for page in built.pages if page in built.ran}
        for changed, notes in (public[assignment].put(ran), judged[assignment].put(built.pages, ran)):
            built.changed += changed
            built.notes += notes
    if failures:
        told = f"{len(built.pages)} of {len(pages)} notebooks built; the files of the others are as they were"
        raise TplibError("\n".join([*failures, told]))
    return built


def fill_in(
    course: Course,
    page: Page,
    notebook: NotebookNode,
    run: bool | None,
    new: list[Path],
    exercises: list[str],
    built: Built,
    progress: Progress,
) -> None:
    """Give the notebook its outputs: those of the last build where they hold, and others by a run."""
    stored = course.generated("source", page)
    if run is False:
        if stored.is_file():
            keep_unchanged(notebook, read_notebook(stored))
        return
    reason, earlier, change = ("--execute", None, None) if run else why_run(course, page, notebook, new, exercises)
    if not reason and earlier is not None:
        keep_above(notebook, earlier, None)
        if _full_marks(notebook, page):
            return
        reason, earlier = "a check gives other points than before", None
    built.notes += run_apart(course, page, notebook, progress)
    if earlier is not None:
        keep_above(notebook, earlier, change)
    built.ran[page] = reason


def why_run(
    course: Course, page: Page, notebook: NotebookNode, new: list[Path], exercises: list[str]
) -> tuple[str, NotebookNode | None, int | None]:
    """(reason, the earlier build if some of it holds, the first cell whose outputs do not): no reason, no run.

    new: files, and exercises: names of exercises, that are others than at the last build.
    """
    stored = course.generated("source", page)
    if not stored.is_file():
        return "it was never built", None, None
    try:
        earlier = read_notebook(stored)
    except TplibError:
        return f"{stored.relative_to(course.root)} cannot be read", None, None
    if new:
        return f"{', '.join(file.as_posix() for file in new)} is new or has changed", None, None
    change = first_change(notebook, earlier)
    checks = {name: index for name in exercises if (index := check_of(notebook, name)) is not None}
    if checks and (change is None or min(checks.values()) < change):
        return f"the exercise {' and '.join(checks)} has changed", earlier, min(checks.values())
    if change is None:
        return "", earlier, None
    return f"{describe(notebook, change)} has not run as it stands", earlier, change


def check_of(notebook: NotebookNode, exercise: str) -> int | None:
    """The index of the cell that checks an exercise."""
    found = (i for i, cell in enumerate(notebook.cells) if cell.source.strip() == f'check("{exercise}")')
    return next(found, None)


def _full_marks(notebook: NotebookNode, page: Page) -> bool:
    try:
        require_full_marks(notebook, str(page))
    except TplibError:
        return False
    return True


def run_apart(course: Course, page: Page, notebook: NotebookNode, progress: Progress) -> list[str]:
    """Execute in a temporary copy of the assignment's supporting files, so that a notebook cannot litter the course."""
    with tempfile.TemporaryDirectory(prefix="tp-build-") as name:
        folder = Path(name).resolve()
        files = course.supporting_files(page.assignment)
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(course.root / "course" / page.assignment / file, folder / file)
        notes = execute(notebook, folder, str(page), lambda index: progress(page, index, len(notebook.cells)))
        left = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
        written = [path for path in left if Path(path) not in files]
        if written:
            notes.append(f"{page} writes {', '.join(written)} into its own folder; students find it there too")
    return notes


def put_files(course: Course, assignment: str, changed: dict[Path, list[Page]], built: Built) -> list[Path]:
    """Copy the supporting files, all but those that a notebook must still run with: the next build sees them as new."""
    waiting = {file: [page for page in readers if page not in built.ran] for file, readers in changed.items()}
    for file, readers in waiting.items():
        if readers:
            names = ", ".join(page.notebook for page in readers)
            built.notes.append(f"{file.as_posix()} is not copied yet: {names} must run with it first")
    return copy_supporting_files(course, assignment, [file for file, readers in waiting.items() if readers])
