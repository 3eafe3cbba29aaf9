"""The names of notebooks in what was handed in: their endings, the folders they lie in, whose they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from tplib.autograde.bridge.course import Course
from tplib.autograde.submissions.which_file import Choice, about, choose, look, text
from tplib.errors import TplibError
from tplib.lms.layouts import Placed
from tplib.sentences import proposed

ENDING = re.compile(r"(.+)\.ipynb(?:\.txt|\.json)?", re.IGNORECASE | re.DOTALL)


def named(files: dict[str, bytes]) -> dict[str, bytes]:
    """Give notebooks their ending again, which browsers change: `1.ipynb.txt`, `1.ipynb.json`, `1.IPYNB`."""
    result: dict[str, bytes] = {}
    for name, content in files.items():
        found = ENDING.fullmatch(name)
        right = f"{found[1]}.ipynb" if found else name
        result[name if right in files or right in result else right] = content
    return result


def raised(files: dict[str, bytes]) -> dict[str, bytes]:
    """Bring notebooks that lie in folders to the top, where graders look, with the files beside them.

    A file whose place at the top is taken stays where it is.
    """
    result = dict(files)
    folders = {PurePosixPath(name).parent for name in files if name.endswith(".ipynb")} - {PurePosixPath(".")}
    for folder in sorted(folders, key=lambda folder: (len(folder.parts), str(folder))):
        moved = {
            name: str(PurePosixPath(name).relative_to(folder))
            for name in list(result)
            if folder in PurePosixPath(name).parents
        }
        for name, target in moved.items():
            if target not in result:
                result[target] = result.pop(name)
    return result


def require_own(course: Course, assignment: str, source: Path, own: list[str], placed: Iterable[Placed]) -> None:
    """Raise TplibError where no notebook is this assignment's, and some are another's."""
    found = {name.removesuffix(".ipynb") for file in placed for name in named({PurePosixPath(file.path).name: b""})}
    if not found.isdisjoint(own):
        return
    for other in course.assignments("source"):
        theirs = {path.stem for path in course.path("source", assignment=other).glob("*.ipynb")}
        if other != assignment and not found.isdisjoint(theirs):
            few, right = ", ".join(sorted(found & theirs)[:3]), proposed(course.root, "collect", other, str(source))
            raise TplibError(
                f"{source} holds no notebook of {assignment}, but of {other} ({few}): "
                f"run `{right}`, or take the archive of {assignment}. Nothing was written"
            )


class Recogniser:
    """Says which of a student's files grading takes for which notebook of an assignment."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.wanted: dict[str, list[str]] = {}
        for path in sorted(course.path("source", assignment=assignment).glob("*.ipynb")):
            self.wanted[path.stem] = [about(cell)["grade_id"] for cell in _cells(path) if about(cell)]
        self.known = {name for ids in self.wanted.values() for name in ids}
        self.stubs: dict[str, str] = {}
        for path in course.path("release", assignment=assignment).glob("*.ipynb"):
            cells = [cell for cell in _cells(path) if about(cell).get("solution")]
            self.stubs |= {about(cell)["grade_id"]: text(cell) for cell in cells}

    def odd(self, files: dict[str, bytes]) -> dict[str, Choice]:
        """The choices of notebooks that are not plain from the names; files with other names alone are read for it."""
        here = {name[:-6]: content for name, content in files.items() if name.endswith(".ipynb") and "/" not in name}
        if here.keys() <= self.wanted.keys():
            return {}
        found = choose(self.wanted, {name: look(each, self.known, self.stubs or None) for name, each in here.items()})
        return {name: choice for name, choice in found.items() if choice.rivals or choice.file not in ("", name)}


def _cells(path: Path) -> list[dict[str, Any]]:
    """The cells of one of the course's notebooks; none where it cannot be read, which grading tells."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
