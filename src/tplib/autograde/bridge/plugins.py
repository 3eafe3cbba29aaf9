"""The modules of an instructor that a configuration needs, as files: workers import them from there.

What is installed beside nbgrader is not among them: a worker has it too.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import pickletools
import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from tplib.errors import TplibError

NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
READ = {".cfg", ".csv", ".ini", ".json", ".py", ".toml", ".txt", ".yaml", ".yml"}  # by a module, beside itself
CAP = 64 << 20  # bytes in all
BESIDE_CAP = 8 << 20  # of files that only lie beside a module


def plugin_files(config: bytes) -> dict[str, bytes]:
    """The files of the instructor's own modules that a packed configuration names or holds parts of, by their paths.

    Modules that these import are among them. A package comes whole; with a module come small files that lie beside it.
    """
    files: dict[str, bytes] = {}
    waiting, seen = sorted(named_modules(config)), set[str]()
    while waiting:
        name = waiting.pop()
        place = None if name in seen else locate(name)
        seen.add(name)
        if place is None:
            continue
        for path in beside(place):
            content = path.read_bytes()
            files[path.relative_to(place.parent).as_posix()] = content
            if sum(map(len, files.values())) > CAP:
                raise TplibError(f"{place}, which the configuration names, has more than 64 MiB with what it imports")
            if path.suffix == ".py" and (path == place or place.is_dir()):
                waiting += sorted(imported(content) - seen)
    return files


def named_modules(config: bytes) -> set[str]:
    """Top-level names of what may be modules in a packed configuration: text with dots, and what is imported here."""
    texts = {argument for _, argument, _ in pickletools.genops(config) if isinstance(argument, str)}
    found = set()
    for text in texts:
        if NAME.fullmatch(text):
            top, _, rest = text.partition(".")
            if text in sys.modules or (rest and holds(locate(top), rest.partition(".")[0])):
                found.add(top)
    return found


def holds(place: Path | None, name: str) -> bool:
    """Whether a module can have a part of this name: data.csv is not one of a folder that holds data."""
    if place is None or place.is_file():
        return place is not None
    return any((place / part).exists() for part in ("__init__.py", f"{name}.py", name))


def locate(name: str) -> Path | None:
    """The file or folder of the instructor's own top-level module `name`; None for what is installed or unknown."""
    if name in sys.stdlib_module_names or name == __name__.partition(".")[0]:
        return None
    with contextlib.suppress(ImportError, ValueError, AttributeError):
        spec = importlib.util.find_spec(name)
        folders = list(spec.submodule_search_locations or []) if spec else []
        place = Path(folders[0]) if folders else Path(spec.origin) if spec and spec.origin else None
        if place is not None and place.exists() and not is_installed(place):
            return place
    return None


def is_installed(place: Path) -> bool:
    paths = sysconfig.get_paths()
    homes = [Path(paths[kind]) for kind in ("stdlib", "platstdlib", "purelib", "platlib")]
    return any(map(place.is_relative_to, homes)) or bool({"site-packages", "dist-packages"} & set(place.parts))


def beside(place: Path) -> Iterator[Path]:
    """All files of a package. Of a module: itself, and what it may read or import in its folder."""
    if place.is_dir():
        found = (path for path in sorted(place.rglob("*")) if "__pycache__" not in path.parts)
        yield from (path for path in found if path.is_file())
    else:
        yield place
        room = BESIDE_CAP
        for path in sorted(place.parent.iterdir(), key=lambda path: (path.suffix != ".py", path.name)):
            if path.suffix in READ and path != place and path.is_file():
                room -= path.stat().st_size
                if room >= 0:
                    yield path


def imported(source: bytes) -> set[str]:
    """Top-level names of the modules that a Python file imports."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names
