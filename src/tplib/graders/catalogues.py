"""Exercises of installed packages: each names its catalogue as an entry point of the group "tplib.exercises".

A catalogue is a module with `MODULES`, the names of modules that each hold `EXERCISES`; or it is a package, and all
modules in it may declare exercises.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from tplib.errors import TplibError
from tplib.graders.course_folder import own_exercises, reason, require_apart
from tplib.graders.exercise import Exercise

OURS = "tplib.exercises.catalogue"
GROUP = "tplib.exercises"

Loader = Callable[[], Iterable[Exercise]]
"""Loads the exercises of one module. Raises TplibError where they cannot be."""


@cache
def installed() -> tuple[str, ...]:
    """Module names of the catalogues of installed packages."""
    return tuple(sorted({entry.module for entry in entry_points(group=GROUP)} - {OURS}))


def loaders(catalogue: str) -> Iterator[Loader]:
    """One for each module of a catalogue; one that raises where there is no such catalogue."""
    try:
        found = modules(catalogue)
    except TplibError as error:
        yield partial(_fail, error)
        return
    yield from (partial(_load, name, catalogue) for name in found)


def modules(catalogue: str) -> list[str]:
    """Names of the modules of a catalogue."""
    try:
        module = import_module(catalogue)
    except ModuleNotFoundError as error:
        if not catalogue.startswith(str(error.name)):
            raise _broken(catalogue, error) from error
        if catalogue == OURS:
            raise TplibError("The checks are not here: while a submission is graded, they run outside of it.") from None
        raise TplibError(f"The exercises of {catalogue} are not here: is its package installed?") from None
    except Exception as error:
        raise _broken(catalogue, error) from error
    if hasattr(module, "MODULES"):
        return list(module.MODULES)
    if not hasattr(module, "__path__"):
        raise TplibError(
            f"{catalogue}, which is to bring exercises, is one file: put it into a package, a folder that can be "
            "hidden from students' code as a whole"
        )
    below = pkgutil.walk_packages(module.__path__, f"{catalogue}.")
    return [catalogue, *sorted(found.name for found in below)]


def folder(catalogue: str) -> list[Path]:
    """The folders of the package that a catalogue lies in: students' code must see nothing of them."""
    module = find_spec(catalogue)
    if module is not None and module.submodule_search_locations is None:
        module = find_spec(catalogue.rpartition(".")[0]) if "." in catalogue else None
    return [Path(place) for place in (module and module.submodule_search_locations) or []]


def _load(name: str, catalogue: str) -> tuple[Exercise, ...]:
    try:
        module = import_module(name)
    except Exception as error:  # what is installed is Python, so anything can happen in it
        raise _broken(name, error) from error
    found = tuple(own_exercises(module))
    if catalogue != OURS:
        for exercise in found:
            require_apart(exercise, name)
    return found


def _broken(name: str, error: Exception) -> TplibError:
    spec = find_spec(name) if "." not in name else None
    path = Path(spec.origin) if spec is not None and spec.origin else Path(name)
    advice = ""
    if isinstance(error, ModuleNotFoundError):
        where = "'tplib[notebooks]'" if name.startswith("tplib.") else error.name
        advice = f": install it with `pip install {where}`"
    return TplibError(f"The exercises of {name} cannot be used ({reason(error, path)}){advice}")


def _fail(error: TplibError) -> Iterable[Exercise]:
    raise error
