"""Read a submission's folder into memory: plain files only. The rest is refused and becomes problems."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path

from tplib.autograde.messages.problems import Problem, few

SIZE_CAP = 512 << 20
COUNT_CAP = 10_000
SPARSE_CAP = 16 << 20  # bytes in all of files that take little place on the disk, and all the more here
SPARSE_LENGTH = 1 << 20
PATH_CAP = 500  # bytes of a file's path in the submission: grading copies it below longer folders


@dataclass
class Submission:
    """A submission's files by their path in it, what was left out and why, and when it was read."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read_at: float = field(default_factory=time.time)


def read_submission(folder: Path) -> Submission:
    """Read the regular files in `folder`, up to 512 MiB in all. Links, devices and the rest become problems."""
    submission = read_files(folder)
    submission.problems = few(submission.problems)
    return submission


def read_files(folder: Path) -> Submission:
    submission = Submission()
    if folder.is_symlink() or folder.parent.is_symlink():
        submission.problems.append(link(folder.name, "the submission's folder"))
        return submission
    total = sparse = seen = 0
    owner = folder.stat().st_uid if folder.is_dir() else None
    for here, folders, names in os.walk(folder):
        for name in sorted(folders):
            if os.path.islink(os.path.join(here, name)):
                folders.remove(name)
                submission.problems.append(link(name, "a folder of the submission"))
            elif len(os.fsencode(os.path.relpath(os.path.join(here, name), folder))) > PATH_CAP:
                folders.remove(name)
                reason = f"folders lie so deep in each other that their path has more than {PATH_CAP} letters"
                submission.problems.append(
                    Problem("too large", f"{reason}; what is in them was left out", "Hand in the files higher up")
                )
            elif name.endswith(".ipynb"):
                folders.remove(name)
                reason = f"{name} is a folder, not a notebook; it was left out"
                submission.problems.append(Problem("special file", reason, "Hand in the notebook itself"))
        for name in sorted(names):
            path = os.path.relpath(os.path.join(here, name), folder)
            seen += 1
            if seen > COUNT_CAP:
                reason = f"more than {COUNT_CAP} files were handed in; the rest was left out"
                submission.problems.append(Problem("too large", reason, "Hand in fewer files"))
                return submission
            content = read_plain_file(Path(here) / name, path, SIZE_CAP - total, owner, SPARSE_CAP - sparse)
            if isinstance(content, Problem):
                submission.problems.append(content)
            else:
                submission.files[path.replace(os.sep, "/")] = content
                total += len(content)
                sparse += len(content) if is_sparse(os.lstat(Path(here) / name)) else 0
    return submission


def is_sparse(status: os.stat_result) -> bool:
    """Whether a file says that it is much longer than the place that it takes on the disk."""
    return status.st_size > SPARSE_LENGTH and 512 * getattr(status, "st_blocks", status.st_size) < status.st_size // 20


def read_plain_file(
    path: Path, name: str, room: int, owner: int | None, sparse_room: int = SPARSE_CAP
) -> bytes | Problem:
    """The content of a regular file of at most `room` bytes, or why it is left out.

    A hard link to a file that is not the folder's owner's would have graders read somebody else's file.
    """
    if os.path.islink(path):
        return link(name, "a file of the submission")
    try:
        # The kind is that of the open file: the file may have been exchanged since it was listed.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with open(opened, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return Problem("special file", f"{name} is not a plain file; it was left out", "Hand in plain files")
            if status.st_nlink > 1 and status.st_uid != owner:
                reason = f"{name} is a hard link to a file of another user; it was left out"
                return Problem("link", reason, "Hand in the file itself")
            if status.st_size > room:
                reason = f"{name} was left out: more than {SIZE_CAP >> 20} MiB in all"
                return Problem("too large", reason, "Hand in smaller files")
            if is_sparse(status) and status.st_size > sparse_room:
                reason = f"{name} was left out: it says that it is {status.st_size >> 20} MiB long, and is nearly empty"
                return Problem("too large", reason, "Hand in smaller files")
            return file.read(room)
    except OSError as error:
        kind = "unreadable file" if os.path.isfile(path) else "special file"
        return Problem(kind, f"{name} cannot be read ({error.strerror}); it was left out", "Hand in the file again")


def link(name: str, what: str) -> Problem:
    return Problem(
        "link",
        f"{what} ({name}) is a symbolic link, which could point at anything on the grader's machine; it was left out",
        "Hand in the file itself",
        name.removesuffix(".ipynb") if name.endswith(".ipynb") else None,
    )
