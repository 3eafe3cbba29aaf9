"""The scripts and notebooks of a course, read: all mistakes of all scripts at once, and no half of a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.course.dialect import Exercise, read_script
from tplib.course.layout import Course, Page
from tplib.errors import TplibError

if TYPE_CHECKING:
    from nbformat import NotebookNode


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


def read_notebook(path: Path) -> NotebookNode:
    """A generated notebook; TplibError if it is not one."""
    import nbformat

    try:
        return nbformat.read(path, as_version=nbformat.NO_CONVERT)
    except (ValueError, OSError) as error:
        reason = str(error).splitlines()[0][:200]
        raise TplibError(f"{path} is not a notebook that can be read: {reason}; delete it and run tp build") from None
