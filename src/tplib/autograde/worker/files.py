"""The files of a submission on their way to and from a worker's folders."""

from __future__ import annotations

import contextlib
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tplib.autograde.candidate.working_folder import is_hidden
from tplib.autograde.messages.execution import MODE, WRITTEN_CAP, WRITTEN_COUNT
from tplib.autograde.messages.grading import Setup

PREFIX = "tp-worker-"  # of the names of workers' private folders


def place_exercises(folder: Path, files: dict[str, bytes]) -> None:
    """Have this process, and those that it forks, know the course's own exercises: those in `files`, and no others."""
    from tplib.graders import course_folder

    if files:
        write_files(folder, files)
    course_folder.use(folder if files else None)


def working_copy(graded: Path, target: Path, handed_in: dict[str, bytes], modes: dict[str, int]) -> Path:
    """The folder in which a submission's notebooks run one after the other: its files, with its notebooks as handed in.

    nbgrader's own copies of the notebooks hold the hidden tests. modes: the permissions that are not the usual ones.
    """
    shutil.copytree(graded, target, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("*.ipynb"))
    write_files(target, {name: content for name, content in handed_in.items() if name.endswith(".ipynb")})
    for path in target.rglob("*"):
        if path.is_file():
            path.chmod(MODE)  # whatever the umask says
    set_modes(target, modes)
    return target


def modes_of(setup: Setup) -> dict[str, int]:
    """The permissions of the files of source/, which lie where a student's of the same name lay."""
    return {name: setup.modes.get(name, MODE) for name in setup.support}


def set_modes(folder: Path, modes: dict[str, int]) -> None:
    """Give files their permissions. They can be read, whatever those say: else no candidate would get them."""
    for name, mode in modes.items():
        if (folder / name).is_file():
            (folder / name).chmod(mode & 0o777 | stat.S_IRUSR)


def apply_changes(
    folder: Path, files: dict[str, bytes], removed: list[str], modes: Mapping[str, int] = MappingProxyType({})
) -> None:
    """Do to `folder` what a notebook's code did to the files of its working folder."""
    for name in removed:
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    for name, content in files.items():
        with contextlib.suppress(OSError):  # a file where another has a folder
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_anyway(folder / name, content)
    set_modes(folder, {**modes})


def write_anyway(path: Path, content: bytes) -> None:
    """Write a file that may be read-only, and keep its permissions."""
    mode = path.stat().st_mode if path.is_file() else MODE
    try:
        path.write_bytes(content)
    except PermissionError:  # whoever may remove it may replace it
        path.unlink()
        path.write_bytes(content)
    path.chmod(mode)


def keep_written(graded: Path, written: dict[str, bytes]) -> int:
    """Keep what code wrote in the graded folder, the smallest files first. Returns how many were left out.

    Notebooks and the time of handing in stay as they are: grading goes by them. Hidden files are not kept, unless they
    were handed in: programs leave them.
    """
    room, count, left_out = WRITTEN_CAP, WRITTEN_COUNT, 0
    for name, content in sorted(written.items(), key=lambda item: len(item[1])):
        if name.endswith(".ipynb") or name == "timestamp.txt" or (is_hidden(name) and not (graded / name).is_file()):
            continue
        if len(content) > room or not count:
            left_out += 1
            continue
        apply_changes(graded, {name: content}, [])
        room, count = room - len(content), count - 1
    return left_out


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write `files` below `folder`, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
