"""The scratch folder of a run; nothing is lost where a run is interrupted or killed."""

from __future__ import annotations

import contextlib
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from tplib.autograde.private_folders import private_folder, remove_abandoned
from tplib.errors import TplibError
from tplib.files import make_writable, not_written

PREFIX = ".tp-grade-"


@contextlib.contextmanager
def make_scratch(root: Path) -> Iterator[Path]:
    """A private folder in the course's own, on the same file system, so that results can be renamed into place.

    Scratch folders of runs that were killed are removed. A graded copy that such a run had just moved is put back.
    """
    remove_abandoned(PREFIX, root, put_back)
    with contextlib.ExitStack() as closing:
        try:
            scratch = closing.enter_context(private_folder(PREFIX, root))
        except OSError as error:
            raise TplibError(f"grading needs to write there: {not_written(root, error)}") from error
        yield scratch


def put_back(scratch: Path) -> None:
    """Put back the graded copies that `install` had moved, and not yet replaced, when its run was killed."""
    for replaced in scratch.glob("replaced-*"):
        old = replaced / "old"
        if old.exists() and not (final := Path((replaced / "path").read_text(encoding="utf-8"))).exists():
            old.rename(final)


def require_writable(folder: Path) -> None:
    """Make `folder` unless it is there. Raises TplibError where no result can be put in it."""
    try:
        make_writable(folder)
    except OSError as error:
        raise TplibError(f"results go there: {not_written(folder, error)}") from error


def install(new: Path, final: Path, scratch: Path) -> None:
    """Move a whole result into place. The old one stays until then."""
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.exists():
        replaced = Path(tempfile.mkdtemp(prefix="replaced-", dir=scratch))
        (replaced / "path").write_text(str(final), encoding="utf-8")
        final.rename(replaced / "old")
    new.rename(final)


@contextlib.contextmanager
def interruptible() -> Iterator[list[int]]:
    """Put the first Ctrl-C into the list that is yielded, instead of raising: so no result is left half saved."""
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
