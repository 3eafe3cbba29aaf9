"""`tp submit`: what a folder holds of an assignment, and the zip that `tp collect` and a learning platform take."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tplib.errors import TplibError
from tplib.files import READABLE, write_atomically
from tplib.graders.public_part import FILE
from tplib.student.answers import Held, examine, holds_answers, identify, is_blank, with_questions
from tplib.student.assignments import Assignment, known
from tplib.student.saving import open_since

LARGE = 100 << 20  # bytes: more than many platforms take
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that an archive can say


@dataclass
class HandIn:
    """What would be handed in.

    files: by their name in the zip, where they lie; held: each notebook that is there; missing: those that are not;
    unsaved: those whose kernel worked after the file was saved, and when; wrong and notes: sentences on the folder.
    """

    assignment: Assignment
    folder: Path
    files: dict[str, Path] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unsaved: dict[str, datetime] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def in_order(self) -> bool:
        return not (self.missing or self.unsaved or self.wrong or any(one.broken or one.wrong for one in self.held))


def whose(folder: Path, course: Path) -> Assignment:
    """The assignment that a folder is work on: the one with most of its cells in the notebooks there.

    Raises TplibError where no notebook is of any assignment.
    """
    ids: set[str] = set()
    for path in _files(folder):
        if path.suffix == ".ipynb":
            ids |= identify(_content(path))
    counts = {one.name: (len(ids & _ids(one)), one) for one in known(course)}
    best = max(counts.values(), key=lambda pair: pair[0], default=None)
    if best is not None and best[0]:
        return best[1]
    named = [one for name, (_, one) in counts.items() if name == folder.resolve().name]
    if named:
        return named[0]
    raise TplibError(f"No notebook in {folder} is one of the course's. Assignments: {', '.join(counts) or 'none'}.")


def gather(assignment: Assignment, folder: Path) -> HandIn:
    """Look at all that lies in `folder`; nothing is changed."""
    if not folder.is_dir():
        raise TplibError(f"There is no folder {folder}. `tp new {assignment.name}` makes one to work in.")
    hand_in = HandIn(assignment, folder)
    others: dict[str, Path] = {}
    for path in _files(folder, hand_in.notes):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".ipynb" and name.removesuffix(".ipynb") not in assignment.notebooks:
            others[name] = path
        elif name != FILE and not (path.suffix == ".zip" and path.name.startswith(assignment.name)):  # an earlier one
            hand_in.files[name] = path
    _find_renamed(hand_in, others)
    _prefer_answers(hand_in, others)
    if assignment.folder is None:
        hand_in.assignment = _with_questions(hand_in)
    for stem, released in hand_in.assignment.notebooks.items():
        if (where := hand_in.files.get(f"{stem}.ipynb")) is not None:
            hand_in.held.append(examine(_content(where), where.relative_to(folder).as_posix(), released))
    _place_copies(hand_in, others)
    if hand_in.held and not any(one.broken for one in hand_in.held) and not _answered(hand_in):
        hand_in.wrong.append(f"no notebook in {folder} holds an answer: is this the folder that you work in?")
    notebooks = {path: name for name, path in hand_in.files.items() if name.endswith(".ipynb")}
    hand_in.unsaved = {notebooks[path]: when for path, when in open_since(notebooks).items()}
    size = sum(path.stat().st_size for path in hand_in.files.values())
    if size > LARGE:
        hand_in.notes.append(f"all files together have {size >> 20} MiB: does your platform take as much?")
    return hand_in


def _with_questions(hand_in: HandIn) -> Assignment:
    """The assignment, which the registry describes, with the questions in words that its notebooks here hold."""
    notebooks = {
        stem: with_questions(released, _content(where)) if (where := hand_in.files.get(f"{stem}.ipynb")) else released
        for stem, released in hand_in.assignment.notebooks.items()
    }
    return replace(hand_in.assignment, notebooks=notebooks)


def write_zip(hand_in: HandIn, target: Path) -> None:
    """Write the archive and read it back: flat, each file byte for byte. Raises TplibError where that fails."""
    if target.suffix.lower() != ".zip":
        raise TplibError(f"{target} should end in .zip")
    if not any(name.endswith(".ipynb") for name in hand_in.files):
        raise TplibError(f"There is no notebook to hand in in {hand_in.folder}.")
    content = {name: _content(path) for name, path in hand_in.files.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in hand_in.files.items():
            changed = datetime.fromtimestamp(path.stat().st_mtime).timetuple()[:6]
            member = zipfile.ZipInfo(name, max(changed, EARLIEST))
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, READABLE << 16
            archive.writestr(member, content[name])
    try:
        write_atomically(target, packed.getvalue(), mode=READABLE)
        with zipfile.ZipFile(target) as written:
            if any(written.read(name) != content[name] for name in content):
                raise TplibError(f"{target} was not written as it should be: try again, or another folder with -o")
    except (OSError, zipfile.BadZipFile) as error:
        raise TplibError(f"{target} cannot be written ({error}): make room, or name another file with -o") from None


def _find_renamed(hand_in: HandIn, others: dict[str, Path]) -> None:
    """Give a missing notebook the one file that has at least half of its cells."""
    for stem, released in hand_in.assignment.notebooks.items():
        if f"{stem}.ipynb" in hand_in.files:
            continue
        fitting = [
            n for n, path in others.items() if 2 * len(identify(_content(path)) & released.ids) >= len(released.ids)
        ]
        if len(fitting) == 1:
            hand_in.files[f"{stem}.ipynb"] = others.pop(fitting[0])
            hand_in.notes.append(f"{fitting[0]} is {stem}.ipynb by its cells: the zip holds it under that name")
        else:
            hand_in.missing.append(stem)
            if fitting:
                listed = ", ".join(fitting)
                hand_in.wrong.append(f"{listed} could each be {stem}.ipynb: give that name to the one to hand in")


def _prefer_answers(hand_in: HandIn, others: dict[str, Path]) -> None:
    """Where the notebook under its own name has no answer, and exactly one other file has, that one is handed in."""
    for stem, released in hand_in.assignment.notebooks.items():
        own = hand_in.files.get(f"{stem}.ipynb")
        if own is None or own.name != f"{stem}.ipynb" or not is_blank(_content(own), released):
            continue
        work = [name for name, path in others.items() if holds_answers(_content(path), released)]
        if len(work) == 1:
            hand_in.files[f"{stem}.ipynb"] = others.pop(work[0])
            hand_in.notes.append(
                f"{stem}.ipynb holds no answer and {work[0]} holds yours: the zip holds {work[0]} as {stem}.ipynb. "
                "Delete the empty one"
            )


def _place_copies(hand_in: HandIn, others: dict[str, Path]) -> None:
    """Other notebooks go in as they are, but for copies of the course's without any answer."""
    released = hand_in.assignment.notebooks
    for name, path in others.items():
        content = _content(path)
        ids = identify(content)
        original = next(
            (stem for stem, one in released.items() if one.ids and 2 * len(ids & one.ids) >= len(one.ids)), ""
        )
        if original and original not in hand_in.missing:
            copy = examine(content, name, released[original])
            if copy.count("not attempted") == len(copy.standings):
                hand_in.notes.append(f"{name} is a copy of {original}.ipynb without an answer: it is left out")
                continue
            hand_in.wrong.append(f"{name} holds answers to {original}.ipynb too; only {original}.ipynb is graded")
        hand_in.files[name] = path


def _answered(hand_in: HandIn) -> bool:
    return any(one.state not in ("not attempted", "missing") for held in hand_in.held for one in held.standings)


def _ids(assignment: Assignment) -> set[str]:
    return {name for notebook in assignment.notebooks.values() for name in notebook.ids}


def _files(folder: Path, notes: list[str] | None = None) -> Iterator[Path]:
    """The plain files in a folder; what is hidden or a cache is passed over, and links with a note."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") or part == "__pycache__" for part in parts):
            continue
        if path.is_symlink():
            if notes is not None:
                notes.append(f"{path.relative_to(folder)} is a link: it is left out; put the file itself there")
        elif path.is_file():
            yield path


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TplibError(f"{path} cannot be read ({error.strerror or error})") from None
