"""The scratch folder of a run, and how a run is interrupted or killed without loss."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from tplib.errors import TplibError

PREFIX = ".tp-grade-"


def make_scratch(root: Path) -> Path:
    """A private folder beside the course's own, on the same file system, so that results can be renamed into place."""
    try:
        return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=root))
    except OSError as error:
        raise TplibError(f"cannot write in {root} ({error.strerror}): grading needs to write there") from error


def require_writable(folder: Path) -> None:
    """Make `folder` unless it is there. Raises TplibError where results could not be put in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TplibError(f"cannot make the folder {folder} ({error.strerror}): results go there") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise TplibError(f"cannot write in {folder}: results go there; check its permissions")


def install(new: Path, final: Path, scratch: Path) -> None:
    """Move a whole result into place; the old one stays until then."""
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.exists():
        replaced = Path(tempfile.mkdtemp(prefix="replaced-", dir=scratch))
        (replaced / "path").write_text(str(final), encoding="utf-8")
        final.rename(replaced / "old")
    new.rename(final)


def clear_stale_scratch(root: Path) -> None:
    """Remove what a killed run left, and put back a graded copy that it had just moved away."""
    for scratch in root.glob(f"{PREFIX}*"):
        owner = scratch.name.split("-")[2]
        if owner.isdigit() and process_exists(int(owner)):
            continue
        for replaced in scratch.glob("replaced-*"):
            final, old = Path((replaced / "path").read_text(encoding="utf-8")), replaced / "old"
            if old.exists() and not final.exists():
                old.rename(final)
        shutil.rmtree(scratch, ignore_errors=True)


def process_exists(pid: int) -> bool:
    if os.name == "nt":  # signal 0 is not harmless there
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def interruptible() -> Iterator[list[int]]:
    """Collect the first Ctrl-C in the yielded list instead of raising, so that no result is left half saved."""
    received: list[int] = []

    def on_interrupt(signum: int, frame: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(signum)

    if threading.current_thread() is not threading.main_thread():
        yield received
        return
    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield received
    finally:
        signal.signal(signal.SIGINT, before)
