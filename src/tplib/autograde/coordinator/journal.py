"""The journal of a grading run: results that are safe on disk before they reach the gradebook."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from tplib.autograde.coordinator.secret import FOLDER
from tplib.autograde.private_folders import try_lock
from tplib.errors import TplibError
from tplib.files import not_written

COMPACT_AT = 64 << 20
MAGIC = b"result"
AGAIN = "Then run this command again: what was graded so far is kept"


class BusyError(TplibError):
    """Another process grades this assignment."""


class Journal:
    """An append-only file of results for one assignment, locked by one process at a time.

    `append` returns when the result is on the disk. `entered` says that everything in the journal is in the gradebook
    too. The journal then starts anew if it is large.
    """

    def __init__(self, root: Path, assignment: str) -> None:
        self.path = root / FOLDER / "journal" / f"{assignment}.journal"
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.file = open(self.path, "a+b")  # noqa: SIM115  open as long as the run
        except OSError as error:
            raise TplibError(f"the journal {not_written(self.path, error)}") from error
        if not try_lock(self.file):
            self.file.close()
            raise BusyError(f"another `tp grade` or `tp watch` is at work on {assignment}: wait for it, or stop it")

    def pending(self) -> Iterator[bytes]:
        """The whole results that an earlier run left; what it was writing when it died is cut off."""
        end = 0
        self.file.seek(0)
        while True:
            fields = self.file.readline(256).split()
            if len(fields) != 3 or fields[0] != MAGIC or not fields[1].isdigit():
                break
            data = self.file.read(int(fields[1]))
            if hashlib.sha256(data).hexdigest().encode() != fields[2]:
                break
            end = self.file.tell()
            yield data
            self.file.seek(end)
        self.file.truncate(end)

    def append(self, data: bytes) -> None:
        """Raises TplibError where the disk takes no more; the journal then ends where it did before."""
        end = self.file.seek(0, os.SEEK_END)
        try:
            self.file.write(b"%s %d %s\n" % (MAGIC, len(data), hashlib.sha256(data).hexdigest().encode()) + data)
            self.file.flush()
            os.fsync(self.file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self.file.fileno(), end)
            raise TplibError(f"{not_written(self.path, error)}. {AGAIN}") from error

    def entered(self, finished: bool = False) -> None:
        """Start anew if everything is in the gradebook and the journal is large, or the run is `finished`."""
        if finished or self.file.seek(0, os.SEEK_END) > COMPACT_AT:
            if hasattr(os, "sync"):
                os.sync()  # the graded files were renamed into place: they must be on the disk before the journal goes
            self.file.truncate(0)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        with contextlib.suppress(OSError):  # what could not be written was said when it was
            self.file.close()
