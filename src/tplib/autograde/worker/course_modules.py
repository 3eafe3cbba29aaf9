"""Modules of the course beside its notebooks, or in folders there, that bear the name of an installed one.

In Jupyter the notebook's own folder comes first, and before the installed modules comes what a cell puts there
(`sys.path.insert(0, "lib")`, `%cd lib`). So none of them is imported in advance, and each is forgotten before the
notebook runs. What a kernel has imported itself stays what it is. So is a library that reads a file of the course when
it is imported, as matplotlib does its `matplotlibrc`.
"""

from __future__ import annotations

import functools
import importlib.util
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tplib.autograde.candidate.own_modules import module_in, module_of
from tplib.autograde.worker.read_at_import import readers_of

OURS = __name__.partition(".")[0]  # a candidate is made of it
KERNEL = """
import os, sys, tempfile
from ipykernel.kernelapp import IPKernelApp
said = os.dup(1)
with tempfile.TemporaryDirectory() as folder:
    where = ["--transport=ipc", f"--ip={folder}/kernel", "-f", f"{folder}/kernel.json"]
    IPKernelApp.instance(quiet=True).initialize(where)
    os.write(said, " ".join(["", *sys.modules]).encode())
os._exit(0)
"""
KERNEL_LATER = {"psutil", "pwd", "resource", "runpy"}  # what it imports while it starts to listen
ONCE = {"numpy"}  # a candidate has imported it and no process can twice: only the course's own in its place


def course_modules(support: Iterable[str]) -> list[str]:
    """The names of the modules that are not imported in advance, for the files `support` may change what they are."""
    files = list(support)
    names = {module_in(path) for path in files} - {"", OURS, *sys.builtin_module_names, *ONCE}
    names |= {module_of(path) for path in files} & ONCE
    found = sorted(name for name in names if is_installed(name))
    return sorted(readers_of(files).union(name for name in found if name not in kernels_own()))


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
    return frozenset(name.partition(".")[0] for name in done.stdout.split()) | KERNEL_LATER


def unchanged(names: Iterable[str], support: Mapping[str, bytes], folder: Path) -> list[str]:
    """Those of the modules whose files in `folder` are the course's, and not a student's that were put over them."""
    wanted = set(names)
    changed = {
        module_in(path)
        for path, content in support.items()
        if module_in(path) in wanted and differs(folder / path, content)
    }
    return sorted(wanted - changed)


def differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except OSError:
        return True
