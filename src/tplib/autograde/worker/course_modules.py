"""Modules of the course beside its notebooks that bear the name of an installed package, `datasets.py` say.

In Jupyter the notebook's own folder comes first, so there the course's is imported, and here too: the installed one is
not imported in advance, and is forgotten before the notebook runs. What a kernel has imported itself stays what it is.
"""

from __future__ import annotations

import functools
import importlib.util
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tplib.autograde.candidate.own_modules import module_of

OURS = __name__.partition(".")[0]  # a candidate is made of it
KERNEL = "import ipykernel.kernelapp, sys; print(*sys.modules)"


def course_modules(support: Iterable[str]) -> list[str]:
    """The names of the modules among the files `support` that are imported in the place of installed ones."""
    names = {module_of(path) for path in support} - {"", OURS} - sys.stdlib_module_names
    found = sorted(name for name in names if is_installed(name))
    return [name for name in found if name not in kernels_own()]


def is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):  # it is in use, and says nothing of where it comes from
        return True


@functools.cache
def kernels_own() -> frozenset[str]:
    """The modules that a kernel has imported before its first cell."""
    command = [sys.executable, "-P", "-c", KERNEL]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=True)
    return frozenset(name.partition(".")[0] for name in done.stdout.split())


def unchanged(names: Iterable[str], support: Mapping[str, bytes], folder: Path) -> list[str]:
    """Those of the modules whose files in `folder` are the course's, and not a student's that were put over them."""
    wanted = set(names)
    changed = {
        module_of(path)
        for path, content in support.items()
        if module_of(path) in wanted and differs(folder / path, content)
    }
    return sorted(wanted - changed)


def differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except OSError:
        return True
