"""The files of an archive or a folder, one after the other, with the archives inside it unpacked as well."""

from __future__ import annotations

import contextlib
import io
import lzma
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from tplib.autograde.submissions.clock import in_utc
from tplib.errors import TplibError

FILE_CAP = 512 << 20  # bytes of one file when unpacked
TOTAL_CAP = 64 << 30  # bytes of all files when unpacked
DEPTH = 4  # archives in archives
UNIX_TIME = 0x5455  # a field of a member that says its time in UTC
UTF8 = 0x800  # a flag of a member whose name is UTF-8
LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__"}
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A file by its path, with its last change where it is known, and why it cannot be had, if so.

    parts: the names of the folders and of the file, composed (NFC). inner: where in `parts` an archive was unpacked.
    whole: its bytes can be had, even where a problem is told.
    """

    parts: tuple[str, ...]
    read: Callable[[], bytes]
    modified: datetime | None = None
    problem: str = ""
    inner: int | None = None
    whole: bool = True

    @property
    def path(self) -> str:
        return "/".join(self.parts)


def entries(path: Path, zone: tzinfo | None = None) -> Iterator[Entry]:
    """The files in the archive or folder `path`. Litter of operating systems is left out.

    zone: of the times in archives, which do not say it; None for this machine's. An archive in it that cannot be
    opened is a file of its own, with a problem. Raises TplibError where `path` itself is no folder and no zip archive.
    """
    if path.is_dir():
        plain = [file for file in sorted(path.rglob("*")) if file.is_file() and not file.is_symlink()]
        found = iter([_on_disk(path, file) for file in plain])
    elif not path.is_file():
        raise TplibError(f"{path} is not there: expected the zip archive or the folder that the learning platform gave")
    else:
        try:
            found = _members(zipfile.ZipFile(path), zone)
        except BROKEN as error:
            raise TplibError(
                f"{path} is no zip archive, or was cut off on its way ({error}): download it again"
            ) from error
    for entry in _unpacked(found, 0, zone):
        if not _is_litter(entry):
            yield entry


def empty_folders(path: Path) -> list[tuple[str, ...]]:
    """The folders in the archive or folder `path` in which nothing lies."""
    if path.is_dir():
        found = [folder for folder in sorted(path.rglob("*")) if folder.is_dir() and not any(folder.iterdir())]
        return [_composed(folder.relative_to(path).parts) for folder in found]
    with zipfile.ZipFile(path) as archive:
        names = {member.filename for member in archive.infolist()}
        above = {"/".join(name.rstrip("/").split("/")[:-1]) + "/" for name in names}
        empty = [member for member in archive.infolist() if member.is_dir() and member.filename not in above]
        return [_composed(_decoded(member).rstrip("/").split("/")) for member in empty]


def _is_litter(entry: Entry) -> bool:
    """What operating systems leave behind; `._name` is what macOS keeps of `name` on other disks."""
    return not LITTER.isdisjoint(entry.parts) or entry.parts[-1].startswith("._")


def _on_disk(root: Path, file: Path) -> Entry:
    modified = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return Entry(_composed(file.relative_to(root).parts), file.read_bytes, modified)


def _unpacked(found: Iterator[Entry], depth: int, zone: tzinfo | None) -> Iterator[Entry]:
    """The entries, with those that are archives themselves replaced by what is in them, in a folder of their name."""
    for entry in found:
        if not entry.parts[-1].lower().endswith(".zip") or entry.problem or _is_litter(entry):
            yield entry
            continue
        if depth == DEPTH:
            yield replace(entry, problem=f"archives lie more than {DEPTH} deep in each other")
            continue
        try:
            archive = zipfile.ZipFile(io.BytesIO(entry.read()))
        except BROKEN as error:
            yield replace(entry, problem=f"it cannot be unpacked ({error})")
            continue
        folder = entry.parts
        for member in _unpacked(_members(archive, zone), depth + 1, zone):
            yield replace(member, parts=folder + member.parts, inner=len(folder), modified=entry.modified)


def _members(archive: zipfile.ZipFile, zone: tzinfo | None) -> Iterator[Entry]:
    total = TOTAL_CAP
    for member in archive.infolist():
        if member.is_dir():
            continue
        names = _decoded(member).replace("\\", "/").split("/")
        parts = tuple(name for name in _composed(names) if name not in ("", "."))
        total -= member.file_size
        problem = ""
        if not parts or ".." in parts or any(ord(letter) < 32 for name in parts for letter in name):
            problem, parts = "its name points outside of the archive", (f"member {member.header_offset}",)
        elif member.flag_bits & 1:
            problem = "it is encrypted"
        elif member.file_size > FILE_CAP or total < 0:
            problem = f"it would have {member.file_size >> 20} MiB"
        yield Entry(parts, _reader(archive, member), _changed(member, zone), problem, whole=not problem)


def _reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        with archive.open(member) as file:  # zipfile gives no more bytes than the member says that it has
            return file.read()

    return read


def _decoded(member: zipfile.ZipInfo) -> str:
    """The name of a member. Programs of macOS and Linux write UTF-8 without saying so, those of Windows older codes."""
    if member.flag_bits & UTF8 or member.filename.isascii():
        return member.filename
    raw = member.filename.encode("cp437")
    for code in ("utf-8", "cp437", "cp850", "cp1252"):
        with contextlib.suppress(UnicodeError):
            name = raw.decode(code)
            if code == "utf-8" or _is_latin(name):
                return name
    return member.filename


def _is_latin(name: str) -> bool:
    """Whether a name reads as one: its letters beyond ASCII are Latin, and no capital follows a small letter."""
    strange = [(before, letter) for before, letter in zip(" " + name, name, strict=False) if not letter.isascii()]
    return all(
        letter.isalpha()
        and unicodedata.name(letter, "").startswith("LATIN")
        and not (before.islower() and letter.isupper())
        for before, letter in strange
    )


def _composed(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", name) for name in names)


def _changed(member: zipfile.ZipInfo, zone: tzinfo | None) -> datetime | None:
    """When a member was changed: in UTC where it says so, else by the clock on the wall where the archive was made."""
    if (seconds := _unix_time(member.extra)) is not None:
        return datetime.fromtimestamp(seconds, UTC)
    try:
        changed = in_utc(datetime(*member.date_time), zone)
    except (ValueError, OverflowError, OSError):
        return None
    return changed if changed.year > 1980 else None  # the first year stands for no time


def _unix_time(extra: bytes) -> int | None:
    """The time that Info-ZIP's field of that name gives, in seconds."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == UNIX_TIME and size >= 5 and at + 9 <= len(extra) and extra[at + 4] & 1:
            seconds: int = struct.unpack_from("<i", extra, at + 5)[0]
            return seconds if seconds > 0 else None
        at += 4 + size
    return None
