"""What a worker has no business with: the folders of the course, which it sees empty and cannot write.

A task brings what is graded. So neither a mistake of ours nor a plug-in of a configuration can touch what students
handed in.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tplib.autograde.sandbox.libc import (
    CLONE_NEWNS,
    CLONE_NEWUSER,
    MOUNT_ATTR_RDONLY,
    MS_BIND,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    mount,
    mount_setattr,
    unshare,
)
from tplib.autograde.sandbox.namespaces import is_privileged


def hide_course(root: str, hidden: Iterable[str]) -> None:
    """From now on, for this process and those that it starts, `hidden` is empty and all in `root` read-only.

    This process must have one thread. What is not there, on another machine say, is left out. So is what holds this
    Python or the temporary files. Raises SandboxError where the kernel refuses.
    """
    places = [place for place in dict.fromkeys(hidden) if os.path.exists(place) and not holds_ourselves(place)]
    if is_privileged():
        unshare(CLONE_NEWNS, "a mount namespace")
    else:
        uid, gid = os.geteuid(), os.getegid()
        unshare(CLONE_NEWUSER | CLONE_NEWNS, "a user and a mount namespace")
        maps = {"setgroups": "deny", "uid_map": f"{uid} {uid} 1", "gid_map": f"{gid} {gid} 1"}
        for name, text in maps.items():
            Path("/proc/self", name).write_text(text)
    mount("none", "/", flags=MS_REC | MS_PRIVATE)
    if root and os.path.isdir(root) and not Path(tempfile.gettempdir()).resolve().is_relative_to(root):
        mount(root, root, flags=MS_BIND | MS_REC)
        mount_setattr(root, MOUNT_ATTR_RDONLY, recursive=True)
    for place in places:
        if os.path.isdir(place):
            mount("tmpfs", place, "tmpfs", MS_RDONLY, "size=4k")
        else:
            mount("/dev/null", place, flags=MS_BIND)


def holds_ourselves(place: str) -> bool:
    """Whether this Python, this package or temporary files lie in a folder."""
    needed = (sys.prefix, sys.base_prefix, __file__, tempfile.gettempdir())
    return any(Path(path).resolve().is_relative_to(Path(place).resolve()) for path in needed)
