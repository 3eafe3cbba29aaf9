"""`tp submit`: what a folder holds of an assignment, and the zip that `tp collect` and a learning platform take."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tplib.autograde.submissions.which_file import NotebookFile, notebook_of, strangers
from tplib.errors import TplibError
from tplib.files import READABLE, not_written, write_atomically
from tplib.graders.public_part import FILE
from tplib.student.answers import Held, examine, with_questions
from tplib.student.assignments import Assignment, known
from tplib.student.places import Place, files_of
from tplib.student.saving import open_since

LARGE = 100 << 20  # bytes: more than many platforms take
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that an archive can say


@dataclass
class HandIn:
    """What would be handed in.

    files: by their name in the zip, where they lie; held: each notebook that is there; missing: those that are not;
    foreign: those whose file holds another notebook's cells, and these; unsaved: those whose kernel worked after the
    file was saved, and when; wrong and notes: sentences on the folder.
    """

    assignment: Assignment
    folder: Path
    files: dict[str, Path] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    foreign: dict[str, frozenset[str]] = field(default_factory=dict)
    unsaved: dict[str, datetime] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def in_order(self) -> bool:
        return not (self.missing or self.unsaved or self.wrong or any(one.broken or one.wrong for one in self.held))


def gather(assignment: Assignment, place: Place) -> HandIn:
    """Look at all that lies in a folder of work; nothing is changed."""
    folder = place.folder
    if not folder.is_dir():
        raise TplibError(f"There is no folder {folder}. {place.new(assignment.name)} makes one to work in.")
    hand_in = HandIn(assignment, folder)
    notebooks: dict[str, Path] = {}
    for path in _files(folder, hand_in.notes):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".ipynb":
            notebooks[name.removesuffix(".ipynb")] = path
        elif name != FILE and not (path.suffix == ".zip" and path.name.startswith(assignment.name)):  # an earlier one
            hand_in.files[name] = path
    rivals = _choose(hand_in, notebooks, place)
    if assignment.folder is None:
        hand_in.assignment = _with_questions(hand_in)
    for stem, released in hand_in.assignment.notebooks.items():
        if (where := hand_in.files.get(f"{stem}.ipynb")) is not None and where.stem not in hand_in.foreign:
            hand_in.held.append(examine(_content(where), where.relative_to(folder).as_posix(), released))
    if hand_in.held and not (rivals or any(one.broken for one in hand_in.held) or _answered(hand_in)):
        hand_in.wrong.append(f"no notebook in {folder} holds an answer: is this the folder that you work in?")
    handed = {path: name for name, path in hand_in.files.items() if name.endswith(".ipynb")}
    hand_in.unsaved = {handed[path]: when for path, when in open_since(handed).items()}
    size = sum(path.stat().st_size for path in hand_in.files.values())
    if size > LARGE:
        hand_in.notes.append(f"all files together have {size >> 20} MiB: does your platform take as much?")
    return hand_in


def _choose(hand_in: HandIn, notebooks: dict[str, Path], place: Place) -> bool:
    """Find each notebook's file, and say where it is not the one of its name. Gives whether others hold answers."""
    choices, looked = files_of(hand_in.assignment, {name: _content(path) for name, path in notebooks.items()})
    taken = {choice.file: stem for stem, choice in choices.items() if choice.file}
    hand_in.files |= {f"{stem}.ipynb": notebooks[file] for file, stem in taken.items()}
    left = {name: path for name, path in notebooks.items() if name not in taken}
    for stem, choice in choices.items():
        file, others = f"{stem}.ipynb", [f"{name}.ipynb" for name in choice.rivals]
        if choice.file not in ("", stem):
            hand_in.notes.append(_instead(stem, f"{choice.file}.ipynb", None if choice.foreign else looked.get(stem)))
            left.pop(stem, None)
        if choice.foreign and stem not in taken:
            hand_in.foreign[stem] = looked[stem].ids
        if not (choice.file or others or choice.foreign):
            hand_in.missing.append(stem)
        if others and not (choice.file and looked[choice.file].work):
            hand_in.wrong.append(f"{' and '.join(others)} each hold answers to {file}: give that name to one of them")
        else:
            hand_in.wrong += [
                f"{other} holds other answers to {file} than {choice.file}.ipynb; only that one is graded"
                for other in others
            ]
        for name in choice.copies:
            what = "with the same text" if looked[name].work else "without an answer"
            hand_in.notes.append(f"{name}.ipynb is a copy of {file} {what}: it is left out")
            left.pop(name, None)
    hand_in.files |= {f"{name}.ipynb": path for name, path in left.items()}
    hand_in.wrong += _strangers(hand_in, {name: looked[name].ids for name in left}, place)
    return any(choice.rivals for choice in choices.values())


def _instead(stem: str, file: str, own: NotebookFile | None) -> str:
    """The sentence on a file that is handed in under another name than its own."""
    if own is None:
        return f"{file} is {stem}.ipynb by its cells: the zip holds it under that name"
    why = "holds no answer" if own.readable else "cannot be read"
    then = ". Delete the empty one" if own.readable else ""
    return f"{stem}.ipynb {why} and {file} holds yours: the zip holds {file} as {stem}.ipynb{then}"


def _strangers(hand_in: HandIn, left: dict[str, frozenset[str]], place: Place) -> list[str]:
    """What the files are that bear a notebook's name and hold another one, or that are another assignment's."""
    own = {stem: released.ids for stem, released in hand_in.assignment.notebooks.items()}
    files = {name: ids for name, ids in left.items() if ids and not notebook_of(ids, own)} | hand_in.foreign
    others = [one for one in known(place.course) if one.name != hand_in.assignment.name] if files else []
    cells = {one.name: {stem: released.ids for stem, released in one.notebooks.items()} for one in others}
    said = strangers(own, cells, files, hand_in.foreign)
    for name in hand_in.foreign:
        then = f"give it another name, and {place.new(hand_in.assignment.name)} puts the right one there"
        if any(file == f"{name}.ipynb" for file, path in hand_in.files.items() if path.stem != name):
            then = "give it another name"
        said[name] += f": {then}"
    return list(said.values())


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
    except OSError as error:
        raise TplibError(not_written(target, error, "name another file with -o")) from None
    except zipfile.BadZipFile as error:
        raise TplibError(f"{target} was not written as it should be ({error}): name another file with -o") from None


def _answered(hand_in: HandIn) -> bool:
    return any(one.state not in ("not attempted", "missing") for held in hand_in.held for one in held.standings)


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
