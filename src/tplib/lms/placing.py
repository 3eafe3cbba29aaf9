"""The places of what was handed in: a submission in `submitted/`, the former ones and what has no owner beside it."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tplib.autograde.submissions.folder import read_submission
from tplib.files import READABLE, write_atomically
from tplib.lms.journal import CollectJournal
from tplib.lms.register import Handed

TIMESTAMP = "timestamp.txt"


@dataclass
class Incoming:
    """What one student hands in: files by their path, and when it was handed in, where that is known.

    sure: whether that time is better than one that an earlier collecting found. moved: whether it took its place.
    """

    how: Handed
    files: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, datetime | None] = field(default_factory=dict)
    time: datetime | None = None
    sure: bool = False
    moved: bool = False
    size: int = 0

    @property
    def work(self) -> dict[str, bytes]:
        """The files without the time, which may be known better later."""
        return {name: content for name, content in self.files.items() if name != TIMESTAMP}


def place(target: Path, student: str, found: Incoming, kept: Path, journal: CollectJournal) -> str:
    """Put a submission at `target`, unless the same one or a later one is there.

    kept: where the former one goes. Gives what became of it: "new", "changed", "unchanged" or "older".
    """
    present = read_submission(target).files if target.is_dir() else {}
    own = {name: content for name, content in present.items() if name != TIMESTAMP}
    before = time_of(present.get(TIMESTAMP))
    if own and own == found.work:
        if found.sure and found.time and found.time != before and TIMESTAMP not in found.files:
            journal.timing(student, present.get(TIMESTAMP, b""))
            write_atomically(target / TIMESTAMP, _text_of(found.time), mode=READABLE)
            found.moved = True
        return "unchanged"
    if own and before and found.time and found.time < before:
        aside = kept / "earlier" / student / _stamp(found.time)
        if not any(_holds(one, found) for one in aside.parent.glob(f"{glob.escape(aside.name)}*")):
            aside = free(aside)
            journal.keeping(aside)
            _fill(aside, found)
        return "older"
    earlier = free(kept / "earlier" / student / _stamp(before)) if own else None
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".collect-") as scratch:
        _fill(Path(scratch) / "new", found)
        journal.placing(student, earlier)
        if earlier:
            earlier.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(target, earlier)
        elif target.is_dir():
            shutil.rmtree(target)  # nothing but a time
        os.replace(Path(scratch) / "new", target)
    return "changed" if own else "new"


def keep(target: Path, content: bytes, journal: CollectJournal) -> None:
    """Keep a file that has no place in a submission, unless it was kept before."""
    same = target.parent.glob(f"{glob.escape(target.stem)}*{glob.escape(target.suffix)}")
    if any(kept.is_file() and kept.read_bytes() == content for kept in same):
        return  # from when the same archive was collected before
    target = free(target)
    journal.keeping(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def free(path: Path) -> Path:
    """A path at which nothing is yet: this one, or one with a number."""
    count, found = 2, path
    while found.exists():
        found = path.with_name(f"{path.stem} ({count}){path.suffix}")
        count += 1
    return found


def _holds(folder: Path, found: Incoming) -> bool:
    """Whether these files were kept there already, when the same archive was collected before."""
    kept = read_submission(folder).files if folder.is_dir() else {}
    return {name: content for name, content in kept.items() if name != TIMESTAMP} == found.work


def _fill(folder: Path, found: Incoming) -> None:
    for name, content in found.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    if found.time and TIMESTAMP not in found.files:
        (folder / TIMESTAMP).write_bytes(_text_of(found.time))


def _text_of(time: datetime) -> bytes:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC".encode()


def _stamp(time: datetime | None) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H.%M.%S}" if time else "without a time"


def time_of(content: bytes | None) -> datetime | None:
    from nbgrader.utils import parse_utc

    try:
        time = parse_utc(content.decode().strip()) if content else None
    except (ValueError, OverflowError, UnicodeDecodeError):
        return None
    return time.replace(tzinfo=UTC) if time else None
