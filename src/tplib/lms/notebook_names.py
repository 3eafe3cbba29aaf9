"""The names of notebooks in what was handed in: their endings, the folders they lie in, whose they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from tplib.autograde.bridge.course import Course
from tplib.autograde.submissions.which_file import Choice, about, choose, look, notebook_of, strangers, text
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


@dataclass
class Recognised:
    """What is not plain from the names of a student's files.

    odd: the choices of notebooks that have another file, or several. strange: a sentence on each file that holds
    another notebook.
    """

    odd: dict[str, Choice] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


class Recogniser:
    """Says which of a student's files grading takes for which notebook of an assignment."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self.wanted = _ids(course, assignment)
        self.known = {name for ids in self.wanted.values() for name in ids}
        self.stubs: dict[str, str] = {}
        for path in course.path("release", assignment=assignment).glob("*.ipynb"):
            cells = [cell for cell in _cells(path) if about(cell).get("solution")]
            self.stubs |= {about(cell)["grade_id"]: text(cell) for cell in cells}

    @cached_property
    def others(self) -> dict[str, dict[str, list[str]]]:
        """The ids of other assignments' cells."""
        names = [name for name in self.course.assignments("source") if name != self.assignment]
        return {name: _ids(self.course, name) for name in names}

    def look(self, files: dict[str, bytes]) -> Recognised:
        """Files are read where a name is none of the assignment's, or where no cell of its own is in a file."""
        here = {name[:-6]: content for name, content in files.items() if name.endswith(".ipynb") and "/" not in name}
        if all(name in self.wanted and _mentions(content, self.wanted[name]) for name, content in here.items()):
            return Recognised()
        looked = {name: look(each, self.known, self.stubs or None) for name, each in here.items()}
        found = choose(self.wanted, looked)
        taken = {choice.file for choice in found.values()}
        ids = {name: one.ids for name, one in looked.items() if one.ids and name not in taken}
        foreign = {name for name, choice in found.items() if choice.foreign and name in ids}
        odd = {name: choice for name, choice in found.items() if choice.rivals or choice.file not in ("", name)}
        is_strange = any(name in foreign or not notebook_of(own, self.wanted) for name, own in ids.items())
        said = strangers(self.wanted, self.others, ids, foreign) if is_strange else {}
        return Recognised(odd, list(said.values()))


def _ids(course: Course, assignment: str) -> dict[str, list[str]]:
    """By notebook of an assignment, the ids of its cells."""
    paths = sorted(course.path("source", assignment=assignment).glob("*.ipynb"))
    return {path.stem: [about(cell)["grade_id"] for cell in _cells(path) if about(cell)] for path in paths}


def _mentions(content: bytes, ids: list[str]) -> bool:
    """Whether a file holds one of these ids as a text, or there are none: quicker than to read it as a notebook."""
    return not ids or any(json.dumps(name).encode() in content for name in ids)


def _cells(path: Path) -> list[dict[str, Any]]:
    """The cells of one of the course's notebooks; none where it cannot be read, which grading tells."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
