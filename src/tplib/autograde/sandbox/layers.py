"""What a view comes to, as mounts in their order: a folder is shown, one in it is hidden, one in that is shown again.

Of all the paths that a view names, the nearest above a file decides whether candidates see it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tplib.autograde.sandbox.libc import SandboxError
from tplib.autograde.sandbox.view import View


@dataclass(frozen=True)
class Layer:
    """A path that is shown, or covered by something empty."""

    path: Path
    shown: bool


@dataclass(frozen=True)
class Mount:
    """A line of mountinfo: which folder of which file system is seen where."""

    device: str
    root: Path
    place: Path


def layers(view: View) -> list[Layer]:
    """The mounts of a view, each behind those that it lies in.

    Raises SandboxError where a path is to be both hidden and shown.
    """
    shown = list(dict.fromkeys(path for path in view.readable if os.path.exists(path)))
    outermost = _outermost(shown)
    covered = list(dict.fromkeys(name for path in view.hidden for name in names(path, outermost)))
    if both := set(covered) & set(shown):
        raise SandboxError(
            f"{min(both)} must be hidden from students' code, which needs it: Python, or the system's programs, lie "
            "there. Move the course to a folder of its own, or grade with a Python that lies elsewhere."
        )
    marked = [Layer(path, True) for path in outermost]
    inner = [Layer(path, True) for path in shown if path not in outermost] + [Layer(path, False) for path in covered]
    for layer in sorted(inner, key=lambda layer: len(layer.path.parts)):
        above = max((other for other in marked if _lies_in(layer, other)), key=lambda other: len(other.path.parts))
        if above.shown != layer.shown:
            marked.append(layer)
    return marked


def _lies_in(layer: Layer, other: Layer) -> bool:
    return layer.path.is_relative_to(other.path)


def _outermost(paths: list[Path]) -> list[Path]:
    """The paths that do not lie in another one. The links of a merged /usr stay links."""
    kept: list[Path] = []
    for path in sorted(paths, key=lambda path: len(path.parts)):
        if not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def names(hidden: Path, shown: list[Path]) -> Iterator[Path]:
    """Every name by which `hidden` can be reached inside what is shown: through links, and through other mounts."""
    if not os.path.exists(hidden):
        return
    for real in aliases(Path(os.path.realpath(hidden)), mounts()):
        for path in shown:
            inside = Path(os.path.realpath(path))
            if real.is_relative_to(inside):
                yield path / real.relative_to(inside)


def aliases(path: Path, mounted: list[Mount]) -> list[Path]:
    """Where `path`, which has no links in it, and what lies in it can be seen: the same file system elsewhere."""
    own = [mount for mount in mounted if path.is_relative_to(mount.place)]
    if not own:
        return [path]
    here = max(reversed(own), key=lambda mount: len(mount.place.parts))  # the last one covers the others
    inside = here.root / path.relative_to(here.place)
    found = [path]
    for mount in mounted:
        if mount.device != here.device:
            continue
        if inside.is_relative_to(mount.root):
            found.append(mount.place / inside.relative_to(mount.root))
        elif mount.root.is_relative_to(inside):
            found.append(mount.place)
    return list(dict.fromkeys(found))


def mounts() -> list[Mount]:
    """All mounts of this process's namespace, the earliest first."""
    with open("/proc/self/mountinfo", "rb") as file:
        lines = [line.split() for line in file]
    return [Mount(line[2].decode(), _path(line[3]), _path(line[4])) for line in lines]


def _path(field: bytes) -> Path:
    """A path as mountinfo writes it: blanks and some others as octal numbers."""
    return Path(os.fsdecode(field.decode("unicode_escape").encode("latin-1")))


def identities(view: View) -> dict[tuple[int, int], Path]:
    """The hidden files and folders by what tells them from all others, whatever their names."""
    found = {}
    for path in view.hidden:
        if os.path.exists(path):
            status = os.stat(path)
            found[status.st_dev, status.st_ino] = path
    return found


def require_hidden(hidden: dict[tuple[int, int], Path], tried: list[Path]) -> None:
    """Inside the sandbox: raise SandboxError where one of the names in `tried` leads to something hidden."""
    for name in tried:
        try:
            status = os.stat(name)
        except OSError:
            continue
        if path := hidden.get((status.st_dev, status.st_ino)):
            raise SandboxError(f"{path} can be seen in the sandbox as {name}: move the course to another folder.")
