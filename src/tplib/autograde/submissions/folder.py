"""Read a submission's folder into memory: plain files only. The rest is refused and becomes problems."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tplib.autograde.messages.execution import MODE
from tplib.autograde.messages.problems import Problem, few

SIZE_CAP = 512 << 20
COUNT_CAP = 10_000
# Windows, which also lacks the links that students could make, opens files by their paths only.
BY_DESCRIPTOR = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
FOLDER = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC"))
FILE = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
SPARSE_CAP = 16 << 20  # bytes in all of files that take little place on the disk, and all the more here
SPARSE_LENGTH = 1 << 20
PATH_CAP = 500  # bytes of a file's path in the submission: grading copies it below longer folders


@dataclass
class Submission:
    """A submission's files by their path in it, what was left out and why, and when it was read.

    modes: the permissions of the files, where they are not the usual ones.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    modes: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read_at: float = field(default_factory=time.time)


def read_submission(folder: Path) -> Submission:
    """Read the regular files in `folder`, up to 512 MiB in all. Links, devices and the rest become problems.

    Nothing is opened by a path that a student could exchange meanwhile, but by its name in a folder that is open.
    """
    submission = Submission()
    if folder.is_symlink() or folder.parent.is_symlink():
        submission.problems.append(link(folder.name, "the submission's folder"))
        return submission
    try:
        with opened_folder(None, str(folder.parent)) as parent, opened_folder(parent, folder.name) as opened:
            Reader(submission, os.stat(opened).st_uid).read(opened, "")
    except NotADirectoryError:  # a link since the look above, or a file
        submission.problems.append(link(folder.name, "the submission's folder"))
    except FileNotFoundError:
        pass
    submission.problems = few(submission.problems)
    return submission


@contextlib.contextmanager
def opened_folder(above: int | str | None, name: str) -> Iterator[int | str]:
    """A folder in an open one, by its descriptor, or by its path where there are none. Links are refused."""
    if not BY_DESCRIPTOR:
        yield os.path.join(above or "", name)  # type: ignore[arg-type]
        return
    opened = os.open(name, FOLDER, dir_fd=above)  # type: ignore[arg-type]
    try:
        yield opened
    finally:
        os.close(opened)


class TooManyFilesError(Exception):
    """There are more files than are read."""


class Reader:
    """Reads into `submission` what lies in a folder of the user `owner`, one folder after the other."""

    def __init__(self, submission: Submission, owner: int) -> None:
        self.submission, self.owner = submission, owner
        self.left, self.left_sparse = SIZE_CAP, SPARSE_CAP
        self.seen = 0

    def read(self, folder: int | str, path: str) -> None:
        """Read all in the open `folder`, which has the path `path` in the submission."""
        with contextlib.suppress(TooManyFilesError):
            self._read(folder, path)

    def _read(self, folder: int | str, path: str) -> None:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False), entry.is_symlink()) for entry in entries)
        for name, is_folder, is_link in found:
            if not is_folder:
                self._take(folder, name, path + name, is_link)
        for name, is_folder, _ in found:
            if is_folder:
                self._enter(folder, name, path + name)

    def _enter(self, folder: int | str, name: str, path: str) -> None:
        if len(os.fsencode(path)) > PATH_CAP:
            reason = f"folders lie so deep in each other that their path has more than {PATH_CAP} letters"
            reason += "; what is in them was left out"
            self._leave_out(Problem("too large", reason, "Hand in the files higher up"))
        elif name.endswith(".ipynb"):
            reason = f"{name} is a folder, not a notebook; it was left out"
            self._leave_out(Problem("special file", reason, "Hand in the notebook itself"))
        else:
            try:
                with opened_folder(folder, name) as inner:
                    self._read(inner, f"{path}/")
            except OSError as error:
                self._leave_out(unreadable("unreadable file", path, error))

    def _take(self, folder: int | str, name: str, path: str, is_link: bool) -> None:
        self.seen += 1
        if self.seen > COUNT_CAP:
            reason = f"more than {COUNT_CAP} files were handed in; the rest was left out"
            self._leave_out(Problem("too large", reason, "Hand in fewer files"))
            raise TooManyFilesError
        content = link(path, "a file of the submission") if is_link else self._read_file(folder, name, path)
        if isinstance(content, Problem):
            self._leave_out(content)
        else:
            self.submission.files[path.replace(os.sep, "/")] = content
            self.left -= len(content)

    def _read_file(self, folder: int | str, name: str, path: str) -> bytes | Problem:
        """The content of a regular file that is not too large, or why it is left out.

        A file of another user than the folder's may be a hard link to what only graders can read. One that everybody
        can read and that has no other name was put there, by an instructor who corrected something.
        """
        above, at = (folder, name) if isinstance(folder, int) else (None, os.path.join(folder, name))
        try:
            opened = os.open(at, FILE, dir_fd=above)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return link(path, "a file of the submission")
            try:
                is_plain = stat.S_ISREG(os.stat(at, dir_fd=above, follow_symlinks=False).st_mode)
            except OSError:
                is_plain = True
            return unreadable("unreadable file" if is_plain else "special file", path, error)
        with open(opened, "rb") as file:
            # The kind is that of the open file: the file may have been exchanged since it was listed.
            status = os.fstat(file.fileno())
            if (problem := self._refused(status, path)) is not None:
                return problem
            try:
                content = file.read(min(self.left, status.st_size))
            except OSError as error:
                return unreadable("unreadable file", path, error)
        if (mode := status.st_mode & 0o777) != MODE:
            self.submission.modes[path.replace(os.sep, "/")] = mode
        self.left_sparse -= len(content) if is_sparse(status) else 0
        return content

    def _refused(self, status: os.stat_result, path: str) -> Problem | None:
        if not stat.S_ISREG(status.st_mode):
            return Problem("special file", f"{path} is not a plain file; it was left out", "Hand in plain files")
        if status.st_uid != self.owner and (status.st_nlink > 1 or not status.st_mode & stat.S_IROTH):
            what = "a hard link to a file" if status.st_nlink > 1 else "a private file"
            reason = f"{path} is {what} of another user than the folder's; it was left out"
            return Problem("link", reason, "Hand in the file itself")
        if status.st_size > self.left:
            reason = f"{path} was left out: more than {SIZE_CAP >> 20} MiB in all"
            return Problem("too large", reason, "Hand in smaller files")
        if is_sparse(status) and status.st_size > self.left_sparse:
            reason = f"{path} was left out: it says that it is {status.st_size >> 20} MiB long, and is nearly empty"
            return Problem("too large", reason, "Hand in smaller files")
        return None

    def _leave_out(self, problem: Problem) -> None:
        self.submission.problems.append(problem)


def is_sparse(status: os.stat_result) -> bool:
    """Whether a file says that it is much longer than the place that it takes on the disk."""
    return status.st_size > SPARSE_LENGTH and 512 * getattr(status, "st_blocks", status.st_size) < status.st_size // 20


def unreadable(kind: str, path: str, error: OSError) -> Problem:
    return Problem(kind, f"{path} cannot be read ({error.strerror}); it was left out", "Hand in the file again")


def link(name: str, what: str) -> Problem:
    return Problem(
        "link",
        f"{what} ({name}) is a symbolic link, which could point at anything on the grader's machine; it was left out",
        "Hand in the file itself",
        name.removesuffix(".ipynb") if name.endswith(".ipynb") else None,
    )
