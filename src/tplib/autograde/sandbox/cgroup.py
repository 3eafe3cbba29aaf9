"""How much memory the control groups of this process still allow: a container's limit, a session's, a batch job's."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple

ROOT = Path("/sys/fs/cgroup")
NO_LIMIT = 1 << 60  # version 1 writes a huge number where there is none
# By the version's mark in /proc/self/cgroup: where the groups are, and the files with the limit and with what is used.
VERSIONS = {
    "": (ROOT, "memory.max", "memory.current"),
    "memory": (ROOT / "memory", "memory.limit_in_bytes", "memory.usage_in_bytes"),
}


class Room(NamedTuple):
    """Bytes that a group allows, and how many of them are left."""

    limit: int
    left: int


def memory_room(groups: str | None = None, versions: dict[str, tuple[Path, str, str]] = VERSIONS) -> Room | None:
    """The tightest limit of all groups that this process is in; None where there is none, or nobody can say.

    groups: the content of /proc/self/cgroup.
    """
    if groups is None:
        try:
            groups = Path("/proc/self/cgroup").read_text(encoding="utf-8")
        except OSError:
            return None
    rooms = []
    for line in groups.splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in set(controllers.split(",")) & versions.keys():
            root, limit, used = versions[controller]
            own = root / path.lstrip("/")
            for folder in (own, *own.parents):  # inside a container, the path may be the host's and not be there
                if folder.is_relative_to(root):
                    with contextlib.suppress(OSError, ValueError):  # "max" is no number
                        most = int((folder / limit).read_text())
                        if most < NO_LIMIT:
                            rooms.append(Room(most, max(0, most - int((folder / used).read_text()))))
    return min(rooms, key=lambda room: room.left, default=None)
