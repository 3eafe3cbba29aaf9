"""The notebook's working folder: what is put there at the start, and what the notebook's code made of it."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tplib.autograde.messages.execution import MODE

FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
LOOKED_AT = 20_000  # files
CACHE = "__pycache__"

Signature = tuple[int, int, int]


class WorkingFolder:
    """Remembers the files that were there at the start, to tell later which are new, changed or gone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start: dict[str, Signature] = {}
        self.modes: dict[str, int] = {}  # where they are not the usual ones

    def put(self, files: list[tuple[str, int, int]], content: memoryview) -> None:
        """Write the files, whose bytes follow one another in `content`, each with its permissions."""
        at = 0
        for name, size, mode in files:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content[at : at + size])
            if mode != MODE:
                path.chmod(mode)
                self.modes[name] = mode
            at += size
            self.start[name] = signature(os.lstat(path))

    def put_back(self, folders: list[str], links: dict[str, str]) -> None:
        """Make the folders and symbolic links that an earlier notebook left."""
        for name in folders:
            with contextlib.suppress(OSError):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        for name, target in links.items():
            with contextlib.suppress(OSError):
                (self.folder / name).symlink_to(target)

    def remember(self) -> None:
        """Take what is in the folder now for its start."""
        for path in self.folder.rglob("*"):
            self.start[path.relative_to(self.folder).as_posix()] = signature(os.lstat(path))

    def written(self, room: int, count: int) -> tuple[list[tuple[str, bytes]], int]:
        """At most `count` new or changed files of `room` bytes in all, the smallest first; how many others there are.

        Hidden files come last, and are not counted: programs leave those. Caches of Python are not among them.
        """
        changed = self._changed()
        hidden = {name for name in changed if is_hidden(name) and name not in self.start}
        kept: list[tuple[str, bytes]] = []
        for _, size, name in sorted((name in hidden, size, name) for name, size in changed.items()):
            if size > room or len(kept) == count:
                continue
            try:
                with open(os.open(self.folder / name, FLAGS), "rb") as file:
                    content = file.read(size)
            except OSError:
                continue
            kept.append((name, content))
            room -= len(content)
        return kept, len(changed.keys() - hidden) - len({name for name, _ in kept} - hidden)

    def state(self) -> dict[str, list[Any]]:
        """What is to be known of the folder besides the bytes of files that were written."""
        modes, links, folders = [], [], []
        for own, status in self._all():
            if stat.S_ISDIR(status.st_mode):
                folders.append(own)
            elif stat.S_ISLNK(status.st_mode):
                with contextlib.suppress(OSError):
                    links.append([own, os.readlink(self.folder / own)])
            elif stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) != self.modes.get(own, MODE):
                modes.append([own, stat.S_IMODE(status.st_mode)])
        linked = {own for own, _ in links}
        gone = [name for name in self.start if name in linked or not os.path.lexists(self.folder / name)]
        return {"modes": modes, "links": links, "folders": folders, "removed": gone}

    def _changed(self) -> dict[str, int]:
        return {
            own: status.st_size
            for own, status in self._all()
            if stat.S_ISREG(status.st_mode) and self.start.get(own) != signature(status)
        }

    def _all(self) -> Iterator[tuple[str, os.stat_result]]:
        """The path and the status of all that is in the folder, up to a number; what is hidden comes last."""
        seen, waiting, hidden = 0, [""], list[str]()
        while (waiting or hidden) and seen <= LOOKED_AT:
            here = waiting.pop(0) if waiting else hidden.pop(0)
            with contextlib.suppress(OSError), os.scandir(self.folder / here) as entries:
                for entry in entries:
                    if entry.name == CACHE:
                        continue
                    seen += 1
                    own = f"{here}/{entry.name}" if here else entry.name
                    with contextlib.suppress(OSError):
                        status = entry.stat(follow_symlinks=False)
                        if stat.S_ISDIR(status.st_mode):
                            (hidden if is_hidden(own) else waiting).append(own)
                        yield own, status


def is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def signature(status: os.stat_result) -> Signature:
    return status.st_ino, status.st_size, status.st_mtime_ns
