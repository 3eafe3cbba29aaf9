"""From `course/` to `source/` and `release/`: read everything, run each notebook, put finished files in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.course.compare import file_differences, first_difference
from tplib.course.dialect import Exercise, read_script
from tplib.course.execute import execute, keep_outputs
from tplib.course.layout import Course, Page, as_bytes, replace_if_changed, require_writable
from tplib.course.overview import overview_differences, write_overviews
from tplib.course.public_file import public_file_differences, write_public_file
from tplib.course.release import student_version
from tplib.errors import TplibError

if TYPE_CHECKING:
    from nbformat import NotebookNode


Progress = Callable[[Page, int, int], None]  # a notebook, how many of its cells are done, how many it has


@dataclass
class Built:
    """What a build did, as paths relative to the root, and what the author should know."""

    pages: list[Page] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_course(course: Course, pages: Sequence[Page], exercises: Iterable[Exercise]) -> dict[Page, NotebookNode]:
    """The unexecuted notebooks; TplibError with everything that is wrong in any of them."""
    exercises = list(exercises)
    problems: list[str] = []
    notebooks: dict[Page, NotebookNode] = {}
    for page in pages:
        try:
            text = course.script(page).read_text(encoding="utf-8")
            notebooks[page] = read_script(text, page.assignment, page.notebook, exercises)
        except TplibError as error:
            problems.append(str(error))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"cannot read {course.script(page)}: {error}")
    owners: dict[str, Page] = {}
    for page, notebook in notebooks.items():
        for cell in notebook.cells:
            owner = owners.setdefault(cell.id, page)
            if owner != page:
                problems.append(f"course/{page}.py and course/{owner}.py both have a cell {cell.id}; rename one")
    if problems:
        raise TplibError("\n".join(problems))
    return notebooks


def require_all_exercises(course: Course, assignments: Iterable[str], exercises: Iterable[Exercise]) -> None:
    """TplibError if an exercise of these assignments belongs to a notebook that course/ does not have."""
    assignments = set(assignments)
    pages = {(page.assignment, page.notebook) for page in course.pages()}
    missing = [
        f"the exercise {exercise.name!r} belongs to {exercise.assignment}/{exercise.notebook}, missing in course/"
        for exercise in exercises
        if exercise.assignment in assignments and (exercise.assignment, exercise.notebook) not in pages
    ]
    if missing:
        raise TplibError("\n".join(missing))


def build_course(
    root: Path,
    exercises: Iterable[Exercise],
    assignments: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
    run: bool = True,
    progress: Progress = lambda page, done, cells: None,
) -> Built:
    """Build the notebooks asked for; a notebook's two files are replaced only when both are ready.

    run=False keeps the stored outputs of cells whose source has not changed, and leaves the others without.
    A notebook that fails leaves its files as they were and does not stop the others; TplibError tells all failures.
    """
    course, exercises = Course(root), list(exercises)
    pages = course.pages(assignments, only)
    if not only:
        require_all_exercises(course, {page.assignment for page in pages}, exercises)
    notebooks = read_course(course, pages, exercises)
    chosen = list(dict.fromkeys(page.assignment for page in pages))
    for assignment in chosen:
        for stage in ("source", "release"):
            require_writable(root / stage / assignment)
    built, failures = Built(), []
    built.changed += [] if only else write_overviews(root, exercises)
    for assignment in chosen:
        built.changed += copy_supporting_files(course, assignment)
        changed, notes = write_public_file(course, assignment)
        built.changed += changed
        built.notes += notes
        for stage in ("source", "release"):
            built.notes += [
                f"{file} comes from nothing in course/; remove it" for file in course.strays(stage, assignment)
            ]
    for page, notebook in notebooks.items():
        cells = len(notebook.cells)
        progress(page, 0, cells)
        try:
            if run:
                built.notes += run_apart(course, page, notebook, progress)
            elif course.generated("source", page).is_file():
                keep_outputs(notebook, read_notebook(course.generated("source", page)))
            student = student_version(notebook, page.assignment, page.notebook, root)
            for stage, content in (("source", as_bytes(notebook)), ("release", as_bytes(student))):
                path = course.generated(stage, page)
                if replace_if_changed(path, content):
                    built.changed.append(path.relative_to(root))
            built.pages.append(page)
        except TplibError as error:
            failures.append(str(error))
        progress(page, cells, cells)
    if failures:
        raise TplibError(
            "\n".join(
                [
                    *failures,
                    f"{len(built.pages)} of {len(pages)} notebooks built; the files of the others are as they were",
                ]
            )
        )
    return built


def check_course(
    root: Path,
    exercises: Iterable[Exercise],
    assignments: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
) -> list[Page]:
    """Rebuild the text of source/ and release/ aside; TplibError names each committed file that differs."""
    course, exercises = Course(root), list(exercises)
    pages = course.pages(assignments, only)
    if not only:
        require_all_exercises(course, {page.assignment for page in pages}, exercises)
    problems: list[str] = []
    for page, notebook in read_course(course, pages, exercises).items():
        student = student_version(notebook, page.assignment, page.notebook, root)
        for stage, expected in (("source", notebook), ("release", student)):
            path = course.generated(stage, page)
            try:
                difference = first_difference(expected, read_notebook(path)) if path.is_file() else "it is missing"
            except TplibError as error:
                difference = str(error)
            if difference:
                problems.append(f"{path.relative_to(root)}: {difference}")
    if not only:
        for assignment in dict.fromkeys(page.assignment for page in pages):
            problems += file_differences(course, assignment)
            problems += public_file_differences(course, assignment)
        problems += overview_differences(root, exercises)
    if problems:
        names = " ".join(dict.fromkeys(page.assignment for page in pages))
        raise TplibError(
            "\n".join([*problems, f"`tp build {names}` brings source/ and release/ up to date with course/."])
        )
    return pages


def read_notebook(path: Path) -> NotebookNode:
    """A generated notebook; TplibError if it is not one."""
    import nbformat

    try:
        return nbformat.read(path, as_version=nbformat.NO_CONVERT)
    except (ValueError, OSError) as error:
        reason = str(error).splitlines()[0][:200]
        raise TplibError(f"{path} is not a notebook that can be read: {reason}; delete it and run tp build") from None


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


def copy_supporting_files(course: Course, assignment: str) -> list[Path]:
    """Copy images, tables and the like to source/ and release/; returns what changed."""
    changed = []
    for file in course.supporting_files(assignment):
        content = (course.root / "course" / assignment / file).read_bytes()
        for stage in ("source", "release"):
            if replace_if_changed(course.root / stage / assignment / file, content):
                changed.append(Path(stage, assignment, file))
    return changed
