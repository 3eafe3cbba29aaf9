"""Modules that lie beside a notebook under the name of one that this process has imported in advance."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable
from importlib.machinery import all_suffixes
from pathlib import Path, PurePosixPath


def module_of(path: str) -> str:
    """The top-level module that a file in the notebook's folder makes; empty where it makes none."""
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.partition(".")
    if dot + ending not in all_suffixes() or (folder and (stem != "__init__" or "/" in folder)):
        return ""
    return folder or stem


def module_in(path: str) -> str:
    """The top-level module that a file makes where its folder, or that of its package, is put on `sys.path`."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    own = module_of(name)
    return PurePosixPath(folder).name if folder and stem == "__init__" and own else own


def forget(names: Iterable[str], folder: Path) -> None:
    """Forget the modules of these names that were imported from elsewhere: the next import finds those in `folder`."""
    wanted = set(names)
    for name in list(sys.modules):
        if name.partition(".")[0] in wanted and not lies_in(name, folder):
            del sys.modules[name]
    importlib.invalidate_caches()


def set_aside(paths: Iterable[str], folder: Path) -> list[str]:
    """Of files in `folder` those that no import finds, for this process has imported another module of that name."""
    named = {path: module_of(path) for path in paths}
    return sorted(
        path
        for path, name in named.items()
        if name in sys.modules and name not in sys.stdlib_module_names and not lies_in(name, folder)
    )


def lies_in(name: str, folder: Path) -> bool:
    """Whether the imported module `name` comes from `folder`."""
    path = getattr(sys.modules.get(name), "__file__", None)
    return isinstance(path, str) and os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)
