"""The files of a submission on their way to and from a worker's folders."""

from __future__ import annotations

import shutil
from pathlib import Path


def private_copy(source: Path, target: Path) -> Path:
    """Copy a submission's folder for one run. The copy is writable, whatever the original's permissions are."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)
    return target


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write `files` below `folder`, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
