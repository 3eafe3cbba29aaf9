"""Private folders of a process: locked while it lives. Where it was killed, the next run removes them."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

LOCK = "lock"


@contextlib.contextmanager
def private_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A new folder in `parent` (by default where temporary files go), for as long as the context lasts.

    It holds a file `lock`. The operating system unlocks it when this process ends, however it ends.
    """
    folder, lock = _make(prefix, parent or Path(tempfile.gettempdir()))
    try:
        yield folder
    finally:
        if os.name == "nt":
            lock.close()  # an open file cannot be removed there
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def _make(prefix: str, parent: Path) -> tuple[Path, IO[bytes]]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        lock = open(folder / LOCK, "wb")  # noqa: SIM115  open as long as the folder is
        if try_lock(lock) and os.fstat(lock.fileno()).st_nlink:
            return folder, lock
        lock.close()  # `remove_abandoned` of another process was faster


def try_lock(file: IO[bytes]) -> bool:
    """Lock `file` until it is closed or this process ends; whether that was possible.

    Not by the package filelock: it makes the lock file where there is none, also in folders of others.
    """
    try:
        import fcntl
    except ImportError:  # Windows, where an open file cannot be removed: `remove_abandoned` relies on that
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def remove_abandoned(
    prefix: str, parent: Path | None = None, before: Callable[[Path], None] = lambda folder: None
) -> None:
    """Remove this user's folders that `private_folder` made in `parent` and whose process has ended.

    A folder that is locked, by a process here or on another machine that shares it, stays. So does one without a lock.
    before: called with each folder that will go.
    """
    for folder in (parent or Path(tempfile.gettempdir())).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            status = folder.lstat()
            mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
            if not stat.S_ISDIR(status.st_mode) or not mine:
                continue
            with open(folder / LOCK, "r+b") as lock:
                if not try_lock(lock):
                    continue
                if os.name == "nt":
                    lock.close()
                    (folder / LOCK).unlink()  # fails while the folder's own process holds it open
                before(folder)
                shutil.rmtree(folder, ignore_errors=True)
