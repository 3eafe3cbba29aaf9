"""Files that appear whole or not at all."""

from __future__ import annotations

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
