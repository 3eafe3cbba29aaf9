"""The notebook's working folder: what is put there at the start, and what the notebook's code made of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
LOOKED_AT = 20_000  # files

Signature = tuple[int, int, int]


class WorkingFolder:
    """Remembers the files that were there at the start, to tell later which are new, changed or gone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start: dict[str, Signature] = {}

    def put(self, files: list[tuple[str, int, bool]], content: memoryview) -> None:
        """Write the files, whose bytes follow one another in `content`, each with whether it may be executed."""
        at = 0
        for name, size, executable in files:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content[at : at + size])
            if executable:
                path.chmod(0o755)
            at += size
            self.start[name] = signature(os.lstat(path))

    def remember(self) -> None:
        """Take what is in the folder now for its start."""
        for path in self.folder.rglob("*"):
            self.start[path.relative_to(self.folder).as_posix()] = signature(os.lstat(path))

    def written(self, room: int, count: int) -> tuple[list[tuple[str, bytes]], int]:
        """At most `count` new or changed files of `room` bytes in all, the smallest first; how many others there are.

        Hidden files and caches of Python are not among them: programs leave those.
        """
        changed = sorted((size, name) for name, size in self._changed().items())
        kept: list[tuple[str, bytes]] = []
        for size, name in changed:
            if size > room or len(kept) == count:
                break
            try:
                with open(os.open(self.folder / name, FLAGS), "rb") as file:
                    content = file.read(size)
            except OSError:
                continue
            kept.append((name, content))
            room -= len(content)
        return kept, len(changed) - len(kept)

    def removed(self) -> list[str]:
        return [name for name in self.start if not os.path.lexists(self.folder / name)]

    def _changed(self) -> dict[str, int]:
        changed: dict[str, int] = {}
        seen = 0
        for here, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
            for name in names:
                seen += 1
                path = os.path.join(here, name)
                own = os.path.relpath(path, self.folder).replace(os.sep, "/")
                try:
                    status = os.lstat(path)
                except OSError:
                    continue
                plain = stat.S_ISREG(status.st_mode) and (own in self.start or not name.startswith("."))
                if plain and self.start.get(own) != signature(status):
                    changed[own] = status.st_size
            if seen > LOOKED_AT:
                break
        return changed


def signature(status: os.stat_result) -> Signature:
    return status.st_ino, status.st_size, status.st_mtime_ns
