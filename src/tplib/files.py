"""Files that appear whole or not at all, and the sentence on a place where none can."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

READABLE = 0o644  # by everybody


def write_atomically(path: Path, content: bytes | Callable[[IO[bytes]], object], *, mode: int = 0o600) -> None:
    """Put `content`, or what it writes when called with an open file, at `path`, whose folder is made if need be.

    Until the new file is whole and on the disk, the former one stays. mode: its permissions; by default only its owner
    may read it. Raises OSError, and whatever `content` raises; `path` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make_writable(folder: Path) -> None:
    """Make a folder unless it is there. Raises OSError where no file can be put in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def not_written(path: Path, error: OSError, *otherwise: str, what: str = "written") -> str:
    """The sentence on a file or a folder that cannot be written: why, and what to do.

    otherwise: what helps besides, such as "name another folder with --to". It ends without a full stop.
    what: "written or read" where the error may be of either.
    """
    why, remedy = why_not(path, error)
    remedies = ", or ".join([*([remedy] if remedy else []), *otherwise])
    return f"{path} cannot be {what}: {why}" + (f". {remedies[0].upper()}{remedies[1:]}" if remedies else "")


def why_not(path: Path, error: OSError) -> tuple[str, str]:
    """Why nothing can be written at `path`, and what would help there; "" where nothing would."""
    folders = (path.parent, *path.parent.parents)
    ground = next(place for place in folders if place == place.parent or os.path.lexists(place)).absolute()
    ground = path.absolute() if os.path.isdir(path) else ground
    refused = (f"you may not write in {ground}", "change its permissions")
    if os.path.isfile(path) and not os.access(path, os.R_OK):
        refused = ("you may not read it", "change its permissions")
    if os.name == "nt":
        refused = (f"{refused[0]}, or the file is open in another program", "close that")
    told = {
        errno.ENOSPC: ("there is no room left on the disk", "make room"),
        errno.EFBIG: ("a file may not be that large there", ""),
        errno.EACCES: refused,
        errno.EPERM: refused,
        errno.EROFS: (f"{ground} can only be read", ""),
        errno.EISDIR: (f"{path} is a folder", "move it away"),
        errno.ENAMETOOLONG: ("its name is too long", "shorten it"),
        errno.ELOOP: ("a link in it leads to itself", "remove that link"),
        errno.EIO: ("the disk reports an error", "look whether it is broken"),
        errno.EMFILE: ("too many files are open", "close programs"),
        errno.ENFILE: ("too many files are open", "close programs"),
    }
    if hasattr(errno, "EDQUOT"):  # Windows has quotas, and no number for them
        told[errno.EDQUOT] = ("your share of the disk is used up", "make room")
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.ENOENT):
        for place in (ground, path):
            if os.path.islink(place) and not os.path.exists(place):
                return f"{place} is a link to nothing", "remove it"
        if not os.path.isdir(ground):
            return f"{ground} is a file, not a folder", "move it away"
        if error.errno == errno.EEXIST:
            return f"{path} is {'a file, not a folder' if os.path.isfile(path) else 'there already'}", "move it away"
        return f"nothing can be made in {ground}", ""
    return told.get(error.errno or 0, (error.strerror or str(error), ""))
