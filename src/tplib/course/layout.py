"""Where the notebooks of a course lie, and how a generated file is written: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.errors import TplibError
from tplib.files import READABLE, make_writable, not_written, write_atomically
from tplib.graders import course_folder
from tplib.graders.public_part import FILE

if TYPE_CHECKING:
    from nbformat import NotebookNode

IGNORED_SUFFIXES = {".py", ".pyc", ".ipynb"}


@dataclass(frozen=True)
class Page:
    """One notebook of the course."""

    assignment: str
    notebook: str

    def __str__(self) -> str:
        return f"{self.assignment}/{self.notebook}"


@dataclass(frozen=True)
class Course:
    """A folder that holds `course/`, and `source/` and `release/` made from it."""

    root: Path

    def assignments(self) -> list[str]:
        """The folders of course/ that hold scripts; TplibError if there is no course/."""
        folder = self.root / "course"
        if not folder.is_dir():
            raise TplibError(
                f"no folder course in {self.root.resolve()}; run tp build where course/ lies, or give --root"
            )
        return sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and any(entry.glob("*.py")))

    def pages(self, assignments: Iterable[str] | None = None, only: Iterable[str] | None = None) -> list[Page]:
        """The notebooks asked for, all of them by default; TplibError for a name that course/ does not have."""
        known = self.assignments()
        if not known:
            raise TplibError("course/ holds no notebook; write one as course/<assignment>/<notebook>.py")
        chosen = list(dict.fromkeys(assignments or known))
        for name in chosen:
            if name not in known:
                raise TplibError(f"no assignment {name!r} in course/; it has {', '.join(known)}")
        pages = [
            Page(name, script.stem) for name in chosen for script in sorted((self.root / "course" / name).glob("*.py"))
        ]
        wanted = {name.removesuffix(".py").removesuffix(".ipynb") for name in only or ()}
        missing = wanted - {page.notebook for page in pages}
        if missing:
            listed = ", ".join(str(page) for page in pages) or "none"
            raise TplibError(f"no notebook {', '.join(sorted(missing))} in course/; it has {listed}")
        return [page for page in pages if not wanted or page.notebook in wanted]

    def script(self, page: Page) -> Path:
        return self.root / "course" / page.assignment / f"{page.notebook}.py"

    def generated(self, stage: str, page: Page) -> Path:
        """Where a notebook's `source` or `release` version lies."""
        return self.root / stage / page.assignment / f"{page.notebook}.ipynb"

    def supporting_files(self, assignment: str) -> list[Path]:
        """Images, tables and the like, relative to the assignment's folder in course/."""
        return _files(self.root / "course" / assignment, IGNORED_SUFFIXES)

    def strays(self, stage: str, assignment: str) -> list[Path]:
        """Files of a generated folder that come from nothing in course/, relative to `root`."""
        expected = {Path(f"{page.notebook}.ipynb") for page in self.pages([assignment])}
        expected |= set(self.supporting_files(assignment))
        expected |= {Path(FILE)} if course_folder.current() else set()
        folder = self.root / stage / assignment
        return [Path(stage, assignment, file) for file in _files(folder, set()) if file not in expected]


def _files(folder: Path, ignored: set[str]) -> list[Path]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix not in ignored)
    return sorted(path for path in found if not any(part.startswith((".", "__pycache__")) for part in path.parts))


def as_bytes(notebook: NotebookNode) -> bytes:
    """The one way in which a notebook is written: keys sorted, indented by 1, a newline at the end."""
    import nbformat

    nbformat.validate(notebook)
    return (nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n").encode()


def require_writable(folder: Path) -> None:
    """TplibError, before any long work, if files cannot be put in `folder`."""
    try:
        make_writable(folder)
    except OSError as error:
        raise TplibError(not_written(folder, error, "build the course elsewhere")) from None


def replace_if_changed(path: Path, content: bytes) -> bool:
    """Put `content` at `path` in one step; False, and nothing touched, if it is there already."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        write_atomically(path, content, mode=READABLE)
    except OSError as error:
        raise TplibError(not_written(path, error, "build the course elsewhere")) from None
    return True
