"""Enter an assignment in the gradebook when `tp grade` meets it first. A run that is killed leaves no half of it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from tplib.autograde.bridge.course import Course, database_error
from tplib.autograde.coordinator.secret import FOLDER
from tplib.errors import TplibError


def enter_assignment(
    course: Course, assignment: str, scratch: Path, take_over: bool = False, keep: bool = False
) -> list[str]:
    """Enter `assignment` in the gradebook from source/, unless all of it is there already. release/ is not touched.

    take_over: also enter what was changed in source/ since. keep: leave what source/ no longer has. Returns what the
    instructor should know of the differences that are left. Raises TplibError where source/ holds no notebook.
    """
    from nbgrader.api import MissingEntry
    from nbgrader.converters.base import NbGraderException

    from tplib.autograde.coordinator.gone_cells import drop_gone
    from tplib.autograde.coordinator.source_changes import EnterChanges, SourceChanges, find_changes

    make_gradebook(course, scratch)
    # nbgrader enters an assignment in many small steps: this file says that they have begun.
    begun = course.root / FOLDER / f"{assignment}.entering"
    with course.gradebook() as gradebook, contextlib.suppress(MissingEntry):
        if gradebook.find_assignment(assignment).notebooks and not begun.exists():
            entry = gradebook.find_assignment(assignment)
            changes = find_changes(course, entry)
            if not (changes.new and take_over):
                if keep or not (changes.gone_cells or changes.gone_notebooks):
                    return changes.sentences(course.root, assignment)
                dropped = drop_gone(course, gradebook, entry, changes, take_over)
                return [*dropped, *find_changes(course, entry).sentences(course.root, assignment)]
    if not any(course.path("source", ".", assignment).glob("*.ipynb")):
        raise TplibError(
            f"{assignment} is not in the gradebook, and {course.path('source', '.', assignment)} holds no notebook to "
            "enter it from: the released notebooks do not hold the tests. Put the instructor's notebooks there"
        )
    directory = course.directory
    begun.parent.mkdir(mode=0o700, exist_ok=True)
    begun.touch()
    options = {"release_directory": str(scratch / "release"), "assignment_id": assignment, "notebook_id": "*"}
    before = {name: getattr(directory, name) for name in options}
    set_options(directory, options)
    try:
        EnterChanges(coursedir=directory, parent=course.app).start()
    except (NbGraderException, OSError) as error:
        raise TplibError(
            f"{assignment} cannot be entered in the gradebook from {course.path('source', '.', assignment)}: "
            f"{course.last_log_line()}"
        ) from error
    finally:
        set_options(directory, before)
    begun.unlink()
    with course.gradebook() as gradebook:
        entry = gradebook.find_assignment(assignment)
        dropped = drop_gone(course, gradebook, entry, find_changes(course, entry), take_over)
        left = find_changes(course, entry)
    return [*dropped, *SourceChanges(gone=left.gone).sentences(course.root, assignment)]


def set_options(directory: Any, options: dict[str, str]) -> None:
    for name, value in options.items():
        setattr(directory, name, value)


def make_gradebook(course: Course, scratch: Path) -> None:
    """Make a new SQLite gradebook elsewhere, then put it in place: a half-made one would look like an old one."""
    from nbgrader.api import Gradebook

    prefix, is_sqlite, path = course.directory.db_url.partition("sqlite:///")
    if prefix or not is_sqlite or path in ("", ":memory:") or Path(path).exists():
        return
    url = f"sqlite:///{scratch / 'gradebook.db'}"
    try:
        Gradebook(url, course.directory.course_id).close()
    except SQLAlchemyError as error:
        raise database_error(course, error) from error
    with contextlib.suppress(OSError):  # another run was first, or the gradebook lies on another file system
        os.link(scratch / "gradebook.db", path)
