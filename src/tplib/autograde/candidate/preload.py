"""Imports in advance, in a process that will fork: it must have no thread but its own."""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

INLINE_BACKEND = "matplotlib_inline.backend_inline"  # hooks itself into a shell when it is imported
THEME = "neutral"  # a shell's colours, which it would read from a file
ENDING_SECONDS = 0.2  # for a thread that is about to end: matplotlib's, which waits while fonts are looked for


class RefusedImportError(BaseException):
    """Ends an import that would start a thread. No package takes it for a dependency that is not installed."""


class Gate:
    """A finder of modules that finds none: it sees each import begin, and refuses those that are `excluded`."""

    def __init__(self, excluded: Iterable[str]) -> None:
        self.excluded = set(excluded)
        self.last: str | None = None  # import that began before there was another thread
        self.refused = False

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name in self.excluded:
            self.refused = True
            raise RefusedImportError(name)
        if threads() == 1:
            self.last = name


@dataclass
class Preloaded:
    """How far the imports got.

    thread_starter  the module with which, or right after which, a thread started: to be excluded next time
    refused         packages that did not come in, nor anything below them, because they import what is excluded
    """

    reached: int = 0
    thread_starter: str | None = None
    refused: list[str] = field(default_factory=list)


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


def stays_threaded() -> bool:
    """Whether this process has another thread that does not end by itself at once."""
    until = time.monotonic() + ENDING_SECONDS
    while threads() > 1:
        if time.monotonic() > until:
            return True
        time.sleep(0.001)
    return False


def is_below(name: str, packages: Iterable[str]) -> bool:
    """Whether `name` is one of `packages` or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def preload(names: list[str], excluded: Iterable[str] = ()) -> Preloaded:
    """Import `names` in their order, up to the first that leaves a thread behind."""
    gate, done = Gate(excluded), Preloaded()
    sys.meta_path.insert(0, gate)
    try:
        for name in names:
            if name not in sys.modules and name != INLINE_BACKEND and not is_below(name, done.refused):
                gate.refused = False
                # A module that fails to import here is imported, and fails or not, in the notebook's own process.
                with contextlib.suppress(BaseException):
                    importlib.import_module(name)
                if stays_threaded():
                    done.thread_starter = gate.last or name
                    break
                if gate.refused:
                    done.refused.append(outermost_missing(name))
            done.reached += 1
    finally:
        sys.meta_path.remove(gate)
    prepare_errors()
    if "matplotlib.figure" in sys.modules:
        from tplib.autograde.candidate.late_figures import figure_class

        figure_class()
    return done


def prepare_errors() -> None:
    """Have what shows an error's traceback made ready: the first one takes three times as long as the next."""
    if (ultratb := sys.modules.get("IPython.core.ultratb")) is not None:
        remember_patterns()
        try:
            raise ValueError("an example")
        except ValueError:
            with contextlib.suppress(Exception):
                tracebacks = ultratb.FormattedTB(mode="Context", theme_name=THEME)
                tracebacks.structured_traceback(*sys.exc_info())


def remember_patterns() -> None:
    """Have Pygments make a pattern of the same words once. IPython's tracebacks define a lexer anew for each frame."""
    lexer: Any = importlib.import_module("pygments.lexer")
    make = getattr(lexer.regex_opt, "__wrapped__", lexer.regex_opt)
    once = functools.cache(make)
    lexer.regex_opt = functools.wraps(make)(lambda strings, *how, **named: once(tuple(strings), *how, **named))


def outermost_missing(name: str) -> str:
    """The outermost package around module `name` that is not imported; `name` where all are."""
    parts = name.split(".")
    packages = (".".join(parts[:length]) for length in range(1, len(parts)))
    return next((package for package in packages if package not in sys.modules), name)
