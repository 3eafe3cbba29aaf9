"""What a candidate may see of the machine: programs and libraries, and nothing that is somebody's own."""

from __future__ import annotations

import contextlib
import os
import pwd
import sys
import tempfile
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
# Settings that languages look for beside their programs, as R does through links in /usr.
LANGUAGES = ("R", "gap", "ghc*", "java*", "julia", "mono", "octave*", "ocamlfind.conf", "php", "sage*", "scilab*")
PROCESSORS = ("/sys/devices/system/cpu", "/sys/devices/system/node")  # PyTorch counts the processors there
COURSE_MARKS = ("nbgrader_config.py", "gradebook.db", "submitted")
SHARED = ("/var/tmp", "/usr/local/share/nbgrader/exchange")  # other people's files, and what students handed in


@dataclass(frozen=True)
class View:
    """Files and folders that a candidate sees, read-only, at their own paths; `hidden` ones among them are empty.

    Where such paths lie in each other, the nearest one above a file decides about it.
    """

    readable: tuple[Path, ...]
    hidden: tuple[Path, ...] = ()


def default_view(extra_readable: Iterable[Path] = (), hidden: Iterable[Path] = ()) -> View:
    """The running Python with its libraries, the system's programs, and `extra_readable` (such as a data cache).

    hidden: what must not be seen, such as the course. The home and folders of temporary files are hidden besides; what
    Python needs in them is seen. A folder of `sys.path` that holds a course, the working folder, the home or temporary
    files is left out: only what lies in it and is on the path itself is seen.
    """
    hidden = [Path(path).absolute() for path in hidden]
    wanted = [Path(path) for path in (*SYSTEM, *SETTINGS, *PROCESSORS)]
    wanted += [path for pattern in LANGUAGES for path in Path("/etc").glob(pattern)]
    wanted += [Path(sys.prefix), Path(sys.exec_prefix), Path(sys.base_prefix), Path(sys.base_exec_prefix)]
    wanted += _executables()
    wanted += [Path(entry) for entry in sys.path if entry and not _is_private(Path(entry), hidden)]
    wanted += [Path(path).absolute() for path in extra_readable]
    spelled = [spelling for path in wanted for spelling in _spellings(path)]
    readable = tuple(path for path in dict.fromkeys(spelled) if path != Path("/") and os.path.exists(path))
    places = [place for place in private_places() if not any(os.path.realpath(path) == place for path in readable)]
    return View(readable, tuple(dict.fromkeys([*hidden, *map(Path, places)])))


def private_places() -> list[str]:
    """The home, by the environment and by the accounts, and where temporary and shared files lie; without links."""
    homes = [os.path.expanduser("~")]
    with contextlib.suppress(KeyError):  # a user without an account
        homes.append(pwd.getpwuid(os.getuid()).pw_dir)
    found = [os.path.realpath(place) for place in (*homes, tempfile.gettempdir(), *SHARED)]
    return [place for place in dict.fromkeys(found) if place != "/" and os.path.isdir(place)]


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


def _is_private(folder: Path, hidden: list[Path]) -> bool:
    real = Path(os.path.realpath(folder))
    if any(os.path.realpath(path) == str(real) for path in hidden):
        return True
    near = [Path.cwd(), Path("/tmp"), *map(Path, private_places())]
    if any(Path(os.path.realpath(place)).is_relative_to(real) for place in near):
        return True
    return any(os.path.exists(real / mark) for mark in COURSE_MARKS)
