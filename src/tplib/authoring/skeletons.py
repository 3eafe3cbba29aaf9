"""Write the first files of a course, and those of a new exercise. Nothing that is there is written over."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from tplib.authoring import templates
from tplib.course.layout import Course, Page
from tplib.errors import TplibError
from tplib.files import READABLE, not_written, write_atomically
from tplib.graders import course_folder, registry

EXAMPLE = "range_of"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")  # of an assignment or a notebook: a file, and part of a cell's id


def new_course(root: Path, assignment: str, notebook: str) -> list[Path]:
    """A course of one notebook with one exercise; the files that were written."""
    for what, name in (("assignment", assignment), ("notebook", notebook)):
        if not NAME.fullmatch(name):
            raise TplibError(f"the {what} {name!r} should be letters, digits, - and _, as in Session1 or 1_first")
    about = {"assignment": assignment, "notebook": notebook, "title": f"{assignment}: {notebook}"}
    files = {
        root / course_folder.CONFIG: templates.CONFIG.format(course=root.resolve().name.replace('"', "")),
        root / ".gitignore": templates.IGNORED,
        root / "course" / assignment / f"{notebook}.py": templates.NOTEBOOK.format(**about),
        root / course_folder.FOLDER / f"{EXAMPLE}.py": templates.EXERCISE.format(**about),
        root / "tests" / "conftest.py": templates.CONFTEST,
        root / "tests" / "test_graders.py": templates.TEST_GRADERS,
        root / "tests" / f"test_{EXAMPLE}.py": templates.TEST.format(name=EXAMPLE, worked=templates.WORKED),
    }
    there = [path for path in (root / course_folder.CONFIG, root / "course") if path.exists()]
    if there:
        raise TplibError(f"{there[0]} is there already: {root} holds a course. Give the name of a new folder")
    return _write(files)


def new_exercise(root: Path, name: str, notebook: str = "", points: float = 1) -> tuple[list[Path], Path]:
    """The skeleton of an exercise at the end of a notebook: the files that were written, and the changed script."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise TplibError(f"{name!r} is no name of a function: it is letters, digits and _, and begins with no digit")
    if not 0 < points < float("inf"):
        raise TplibError(f"--points {points:g}: expected a number above 0")
    root = course_root(root)
    page = find_page(root, notebook)
    course_folder.use_course(root)
    _require_free(name)
    script = Course(root).script(page)
    before = script.read_text(encoding="utf-8")
    about = {"name": name, "assignment": page.assignment, "notebook": page.notebook, "points": points}
    written = _write(
        {
            root / course_folder.FOLDER / f"{name}.py": templates.SKELETON.format(**about),
            root / "tests" / f"test_{name}.py": templates.TEST.format(name=name, worked=""),
        }
    )
    conftest = root / "tests" / "conftest.py"
    if not conftest.exists():
        written += _write({conftest: templates.CONFTEST})
    write_atomically(script, (before.rstrip("\n") + "\n\n" + templates.CELLS.format(**about)).encode(), mode=READABLE)
    return written, script


def course_root(place: Path) -> Path:
    """The folder of the course that `place` lies in. TplibError where there is none."""
    here = place.resolve()
    for root in (here, *here.parents):
        if (root / course_folder.CONFIG).is_file():
            return root
    raise TplibError(
        f"{here} is in no course: there is no {course_folder.CONFIG} here or above. `tp new-course NAME` begins one"
    )


def find_page(root: Path, notebook: str) -> Page:
    """The notebook that is meant: `1_first` or `Session1/1_first`; the only one where none is named."""
    pages = Course(root).pages()
    wanted = notebook.removesuffix(".py").removesuffix(".ipynb").removeprefix("course/")
    chosen = [page for page in pages if wanted in ("", page.notebook, str(page))]
    if len(chosen) == 1:
        return chosen[0]
    listed = ", ".join(map(str, chosen or pages))
    if not chosen:
        raise TplibError(f"there is no notebook {notebook!r} in course/; it has {listed}")
    raise TplibError(f"name the notebook that the exercise belongs to, with --notebook: {listed}")


def _require_free(name: str) -> None:
    try:
        found = registry.find(name)
    except TplibError:
        return
    where = f"{found.assignment}/{found.notebook}"
    raise TplibError(
        f"There is an exercise called {name!r} already, in {where}: `check` knows them by name. Take another"
    )


def _write(files: dict[Path, str]) -> list[Path]:
    there = [str(path) for path in files if path.exists()]
    if there:
        raise TplibError(f"{', '.join(there)}: already there, and nothing was written")
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode(), mode=READABLE)
        except OSError as error:
            raise TplibError(not_written(path, error)) from None
    return list(files)
