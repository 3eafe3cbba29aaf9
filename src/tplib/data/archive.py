"""One named file out of an archive, read in memory: nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import IO

from tplib.errors import TplibError

CAP = 512 * 1024 * 1024


def read_member(carrier: Path, steps: tuple[str, ...], cap: int = CAP, label: str = "") -> bytes:
    """The bytes of the file at `steps` (several when an archive lies in an archive), at most `cap` bytes each step.

    No step at all means the download itself. Reads zip files (wheels) and tar files with any compression; raises
    TplibError if the member is not there, is not a plain file or is larger than `cap`. Messages call the carrier
    `label`, else by its file name.
    """
    if not steps:
        return _whole(carrier, cap, label)
    content = b""
    for depth, member in enumerate(steps):
        place = "/".join((label or carrier.name, *steps[: depth + 1]))
        try:
            with io.BytesIO(content) if depth else carrier.open("rb") as source:
                content = _read(source, member, cap)
        except (KeyError, tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise TplibError(f"{place} cannot be read from the download ({error.args[0]}).") from None
        if len(content) > cap:
            raise TplibError(f"{place} is larger than the {cap:,} bytes expected of it, so it was not read.")
    return content


def _whole(carrier: Path, cap: int, label: str) -> bytes:
    if carrier.stat().st_size > cap:
        place = label or carrier.name
        raise TplibError(f"{place} is larger than the {cap:,} bytes expected of it, so it was not read.")
    return carrier.read_bytes()


def _read(source: IO[bytes], member: str, cap: int) -> bytes:
    start = source.read(4)
    source.seek(0)
    if start == b"PK\x03\x04":  # zipfile.is_zipfile would also take a tar file that ends with a zip file
        with zipfile.ZipFile(source) as wheel, wheel.open(member) as stream:
            return stream.read(cap + 1)
    with tarfile.open(fileobj=source) as archive:
        found = archive.getmember(member)
        extracted = archive.extractfile(found) if found.isfile() else None
        if extracted is None:
            raise KeyError(f"{member} is not a plain file")
        return extracted.read(cap + 1)
