"""`tp new`: a working copy of the released notebooks, in which nothing that is there is ever written over."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tplib.autograde.submissions.notebook import UnreadableNotebook, read_notebook
from tplib.autograde.submissions.which_file import about
from tplib.errors import TplibError
from tplib.files import not_written
from tplib.student.assignments import Assignment
from tplib.student.places import files_of

LITTER = {".ipynb_checkpoints", "__pycache__", ".DS_Store"}


@dataclass
class Copied:
    """What became of each file: its path below the folder.

    outdated: notebooks that were there, whose cells of the course are not those of this release;
    renamed: notebooks that are not put there, and the files with answers to each;
    broken: notebooks that were there and cannot be read, and why.
    """

    folder: Path
    new: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    renamed: dict[str, list[str]] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)


def copy_assignment(assignment: Assignment, folder: Path) -> Copied:
    """Copy what `folder` does not have yet. Raises TplibError where it cannot be written."""
    source = _release(assignment)
    copied = Copied(folder, renamed=_held_elsewhere(assignment, folder))
    if source.resolve() == folder.resolve():
        raise TplibError(f"{folder} is the release itself: give another folder with --to")
    for file in sorted(path for path in source.rglob("*") if path.is_file() and LITTER.isdisjoint(path.parts)):
        name = file.relative_to(source)
        if name.as_posix() in copied.renamed:
            continue
        if _put(file, folder / name):
            copied.new.append(name.as_posix())
        else:
            copied.kept.append(name.as_posix())
            if name.suffix == ".ipynb" and (why := _why_broken(folder / name)):
                copied.broken[name.stem] = why
            elif name.suffix == ".ipynb" and is_outdated(assignment, folder / name):
                copied.outdated.append(name.stem)
    return copied


def copy_fresh(assignment: Assignment, notebook: str, folder: Path) -> Path:
    """Put a fresh copy of one notebook beside the others, under a name that nothing has yet."""
    source = _release(assignment)
    stem = notebook.removesuffix(".ipynb")
    if stem not in assignment.notebooks:
        listed = ", ".join(assignment.notebooks)
        raise TplibError(f"{assignment.name} has no notebook {notebook!r}. It has {listed}.")
    number = 1
    while True:
        target = folder / (f"{stem}-fresh.ipynb" if number == 1 else f"{stem}-fresh-{number}.ipynb")
        if _put(source / f"{stem}.ipynb", target):
            return target
        number += 1


def _held_elsewhere(assignment: Assignment, folder: Path) -> dict[str, list[str]]:
    """The notebooks that are not there under their own names, and the files that hold answers to each."""
    if not folder.is_dir():
        return {}
    with suppress(OSError):
        files = {path.stem: path.read_bytes() for path in folder.glob("*.ipynb") if path.is_file()}
        choices, looked = files_of(assignment, files)
        found = {}
        for stem, choice in choices.items():
            chosen = [choice.file] if choice.file and looked[choice.file].work else []
            if stem not in files and (chosen or choice.rivals):
                found[f"{stem}.ipynb"] = [f"{name}.ipynb" for name in (*chosen, *choice.rivals)]
        return found
    return {}


def _why_broken(path: Path) -> str:
    """Why a notebook that was there cannot be read; empty where it can, or is no file."""
    try:
        read_notebook(path.read_bytes(), path.stem)
    except UnreadableNotebook as error:
        return error.problem.reason
    except OSError:
        return ""
    return ""


def is_outdated(assignment: Assignment, copy: Path) -> bool:
    """Whether the course's cells in a copy are not those of this release. What cannot be read is not judged."""
    try:
        cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
        here = {about(cell)["grade_id"]: str(about(cell).get("checksum")) for cell in cells if about(cell)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    released = assignment.notebooks[copy.stem].checksums if copy.stem in assignment.notebooks else {}
    return any(here.get(name) != checksum for name, checksum in released.items())


def _release(assignment: Assignment) -> Path:
    if assignment.folder is None:
        raise TplibError(
            f"The released notebooks of {assignment.name} are not here: run this in the course's folder, which has "
            "release/ in it, or name that folder with --course."
        )
    return assignment.folder


def _put(source: Path, target: Path) -> bool:
    """Write a copy at `target` if nothing is there: no file, no folder, no link."""
    try:
        content = source.read_bytes()
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            try:
                file.write(content)
            except BaseException:
                file.close()
                target.unlink()  # ours, and only a part of it
                raise
    except FileExistsError as error:
        if not target.parent.is_dir():
            raise TplibError(not_written(target, error, "give another folder with --to")) from None
        return False
    except OSError as error:
        raise TplibError(not_written(target, error, "give another folder with --to")) from None
    return True
