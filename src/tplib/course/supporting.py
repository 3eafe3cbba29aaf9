"""Images, tables and the like beside the scripts: copied to source/ and release/; what reads a new one must run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tplib.course.layout import Course, Page, replace_if_changed


def changed_files(course: Course, assignment: str) -> dict[Path, list[Page]]:
    """Each supporting file that source/ does not hold as course/ does, and the built notebooks that read it.

    A notebook reads a file if a line of its code names it. A file that no script names may be read by all of them.
    """
    found: dict[Path, list[Page]] = {}
    for file in course.supporting_files(assignment):
        copy = course.root / "source" / assignment / file
        if copy.is_file() and copy.read_bytes() == _original(course, assignment, file).read_bytes():
            continue
        pages = [page for page in course.pages([assignment]) if course.generated("source", page).is_file()]
        texts = {page: course.script(page).read_text(encoding="utf-8", errors="replace") for page in pages}
        if not any(file.name in text for text in texts.values()):
            found[file] = pages
        else:
            found[file] = [page for page, text in texts.items() if any(file.name in line for line in _code(text))]
    return found


def copy_supporting_files(course: Course, assignment: str, but: Iterable[Path] = ()) -> list[Path]:
    """Copy the files to source/ and release/, all but these; returns what changed."""
    changed = []
    for file in course.supporting_files(assignment):
        if file in but:
            continue
        content = _original(course, assignment, file).read_bytes()
        for stage in ("source", "release"):
            if replace_if_changed(course.root / stage / assignment / file, content):
                changed.append(Path(stage, assignment, file))
    return changed


def _original(course: Course, assignment: str, file: Path) -> Path:
    return course.root / "course" / assignment / file


def _code(script: str) -> list[str]:
    return [line for line in script.splitlines() if not line.startswith("#")]
