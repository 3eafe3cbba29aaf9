"""The one folder that holds pulled data: where it is, what is in it, and whether it is intact."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

from tplib.data.registry import info
from tplib.data.sources import DataSet, File
from tplib.errors import TplibError

EMBEDDED = Path(__file__).parent / "embedded"


def cache_folder() -> Path:
    """`$TPLIB_DATA`, else the user's cache folder of this platform (the one that `pooch.os_cache("tplib")` names)."""
    chosen = os.environ.get("TPLIB_DATA", "").strip()
    return Path(chosen).expanduser().absolute() if chosen else Path(platformdirs.user_cache_dir("tplib"))


def folder(dataset: DataSet) -> Path:
    """Where the files of a set belong, whether they are there or not."""
    return EMBEDDED if dataset.embedded else cache_folder() / dataset.name


def is_cached(name: str) -> bool:
    """Whether every file of a set is there with its full size (`verify` also compares the contents)."""
    dataset = info(name)
    return all(_has_size(folder(dataset) / file.name, file.size) for file in dataset.files)


def path(name: str) -> Path:
    """The folder with the files of a set; raises TplibError if they were not pulled, and says which command does."""
    dataset = info(name)
    if not is_cached(name):
        raise TplibError(
            f"The data set {name!r} is not complete in {folder(dataset)}. "
            f"Run `tp data pull {name}` once with a network connection; after that it works offline."
        )
    return folder(dataset)


def verify(name: str) -> list[str]:
    """Hash every file of a set again: one sentence for each that is missing or damaged, so none if all is well."""
    dataset = info(name)
    cure = "install tplib again" if dataset.embedded else f"run `tp data pull {name}` to get it again"
    return [
        f"{name}: {folder(dataset) / file.name} {fault}: {cure}."
        for file in dataset.files
        if (fault := _fault(folder(dataset) / file.name, file))
    ]


def _fault(where: Path, file: File) -> str:
    try:
        if where.stat().st_size != file.size:
            return f"is damaged (expected {file.size:,} bytes, found {where.stat().st_size:,})"
        with where.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if found == file.sha256 else f"is damaged (expected SHA-256 {file.sha256}, found {found})"


def _has_size(where: Path, size: int) -> bool:
    try:
        return where.stat().st_size == size
    except OSError:
        return False
