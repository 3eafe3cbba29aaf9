"""The files of a submission on their way to and from a worker's folders."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from tplib.autograde.messages.execution import WRITTEN_CAP, WRITTEN_COUNT
from tplib.graders import course_folder

PREFIX = "tp-worker-"  # of the names of workers' private folders
PROGRAM = 0o755  # permissions


def place_exercises(folder: Path, files: dict[str, bytes]) -> None:
    """Have this process, and those that it forks, know the course's own exercises: those in `files`, and no others."""
    if files:
        write_files(folder, files)
    course_folder.use(folder if files else None)


def working_copy(graded: Path, target: Path, handed_in: dict[str, bytes], programs: Iterable[str]) -> Path:
    """The folder in which a submission's notebooks run one after the other: its files, with its notebooks as handed in.

    nbgrader's own copies of the notebooks hold the hidden tests. All is writable, whatever permissions it had, and
    `programs` may be executed.
    """
    shutil.copytree(graded, target, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("*.ipynb"))
    write_files(target, {name: content for name, content in handed_in.items() if name.endswith(".ipynb")})
    make_executable(target, programs)
    return target


def make_executable(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        if (folder / name).is_file():
            (folder / name).chmod(PROGRAM)


def apply_changes(folder: Path, files: dict[str, bytes], removed: list[str], programs: Iterable[str] = ()) -> None:
    """Do to `folder` what a notebook's code did to its working folder."""
    for name in removed:
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    for name, content in files.items():
        with contextlib.suppress(OSError):  # a file where another has a folder
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    make_executable(folder, programs)


def keep_written(graded: Path, written: dict[str, bytes]) -> int:
    """Keep what code wrote in the graded folder, the smallest files first. Returns how many were left out.

    Notebooks and the time of handing in stay as they are: grading goes by them.
    """
    room, count, left_out = WRITTEN_CAP, WRITTEN_COUNT, 0
    for name, content in sorted(written.items(), key=lambda item: len(item[1])):
        if name.endswith(".ipynb") or name == "timestamp.txt":
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
