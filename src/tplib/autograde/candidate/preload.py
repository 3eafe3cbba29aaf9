"""Imports ahead of time, in a process that is to fork and therefore must have no thread but its own."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

INLINE_BACKEND = "matplotlib_inline.backend_inline"  # hooks itself into a shell when it is imported
ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # PyArrow, and with it pandas and scikit-learn
}


class TurnedAwayError(BaseException):
    """Ends an import that would start a thread; no package can take it for a dependency that is not installed."""


class Gate:
    """Among the finders of modules, sees each import begin: turns the `barred` away, finds none itself."""

    def __init__(self, barred: Iterable[str]) -> None:
        self.barred = set(barred)
        self.last: str | None = None  # import that began before there was another thread
        self.used = False

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name in self.barred:
            self.used = True
            raise TurnedAwayError(name)
        if threads() == 1:
            self.last = name


@dataclass
class Preloaded:
    """How far the imports got: `culprit` is to be barred next time, for with it, or right after it, a thread started.

    Names in `away`, and all below them, are those that did not come in because they import what is barred.
    """

    reached: int = 0
    culprit: str | None = None
    away: list[str] = field(default_factory=list)


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


def is_below(name: str, packages: Iterable[str]) -> bool:
    """Whether `name` is one of `packages` or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def preload(names: list[str], barred: Iterable[str] = ()) -> Preloaded:
    """Import `names` in their order, up to the first that leaves a thread behind."""
    gate, done = Gate(barred), Preloaded()
    sys.meta_path.insert(0, gate)
    try:
        for name in names:
            if name not in sys.modules and name != INLINE_BACKEND and not is_below(name, done.away):
                gate.used = False
                # A module that fails to import here is imported, and fails or not, in the notebook's own process.
                with contextlib.suppress(BaseException):
                    importlib.import_module(name)
                if threads() > 1:
                    done.culprit = gate.last or name
                    break
                if gate.used:
                    done.away.append(outermost_missing(name))
            done.reached += 1
    finally:
        sys.meta_path.remove(gate)
    return done


def outermost_missing(name: str) -> str:
    """Of the packages that hold module `name`, the outermost that is not imported; `name` where all are."""
    parts = name.split(".")
    packages = (".".join(parts[:length]) for length in range(1, len(parts)))
    return next((package for package in packages if package not in sys.modules), name)
