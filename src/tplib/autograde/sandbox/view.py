"""What a candidate may see of the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin")
# Of /etc only what programs need to start, draw text, and tell the time; accounts and hosts are made up.
SETTINGS = (
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/matplotlibrc",
    "/etc/mime.types",
    "/etc/timezone",
)
PROCESSORS = ("/sys/devices/system/cpu", "/sys/devices/system/node")  # PyTorch counts the processors there
COURSE_MARKS = ("nbgrader_config.py", "gradebook.db", "submitted")


@dataclass(frozen=True)
class View:
    """Files and folders that a candidate sees, read-only, at their own paths; `hidden` ones among them are empty."""

    readable: tuple[Path, ...]
    hidden: tuple[Path, ...] = ()


def default_view(extra_readable: Iterable[Path] = (), hidden: Iterable[Path] = ()) -> View:
    """The running Python with its libraries, the system's programs, and `extra_readable` (such as a data cache).

    A folder of `sys.path` that holds a course, the working folder, the home or temporary files is left out: only what
    lies in it and is on the path itself is seen.
    """
    wanted = [Path(path) for path in (*SYSTEM, *SETTINGS, *PROCESSORS)]
    wanted += [Path(sys.prefix), Path(sys.exec_prefix), Path(sys.base_prefix), Path(sys.base_exec_prefix)]
    wanted += _executables()
    wanted += [Path(entry) for entry in sys.path if entry and not _is_private(Path(entry))]
    wanted += [Path(path).absolute() for path in extra_readable]
    spelled = [spelling for path in wanted for spelling in _spellings(path)]
    readable = tuple(path for path in dict.fromkeys(spelled) if path != Path("/") and os.path.exists(path))
    return View(readable, tuple(Path(path).absolute() for path in hidden))


def _spellings(path: Path) -> Iterator[Path]:
    """The path as it is written, and where its links lead."""
    yield path
    yield Path(os.path.realpath(path))


def _executables() -> Iterator[Path]:
    """The interpreter and each link on the way to it."""
    path = Path(sys.executable)
    for _ in range(40):
        yield path
        if not os.path.islink(path):
            return
        path = Path(os.path.normpath(path.parent / os.readlink(path)))


def _is_private(folder: Path) -> bool:
    real = Path(os.path.realpath(folder))
    near = (Path.cwd(), Path(os.path.expanduser("~")), Path("/tmp"), Path("/var/tmp"))
    if any(Path(os.path.realpath(place)).is_relative_to(real) for place in near):
        return True
    return any(os.path.exists(real / mark) for mark in COURSE_MARKS)
