"""All exercises: the course's own, then those that installed packages and other courses bring.

A catalogue is a module with `MODULES`, the names of modules that each hold `EXERCISES`. A package names its catalogue
as an entry point of the group "tplib.exercises"; `add` takes one that is not installed.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from tplib.errors import TplibError
from tplib.graders.exercise import Exercise

OURS = "tplib.exercises.catalogue"
GROUP = "tplib.exercises"

_added: list[str] = []


def add(catalogue: str) -> None:
    """Have `check` find the exercises of the catalogue of that module name, too."""
    if catalogue not in _added:
        _added.append(catalogue)
        exercises.cache_clear()


@cache
def exercises() -> tuple[Exercise, ...]:
    """Every exercise, one object each. TplibError where two have one name."""
    found: dict[str, Exercise] = {}
    for exercise in _walk():
        if exercise.name in found:
            other = found[exercise.name]
            raise TplibError(
                f"There are two exercises called {exercise.name!r}, in {other.assignment}/{other.notebook} and in "
                f"{exercise.assignment}/{exercise.notebook}: `check` knows them by name. Rename one"
            )
        found[exercise.name] = exercise
    return tuple(found.values())


def find(name: str) -> Exercise:
    """The exercise of that name; TplibError, with the nearest names, if there is none."""
    for exercise in _walk():
        if exercise.name == name:
            return exercise
    from difflib import get_close_matches

    near = get_close_matches(str(name), [exercise.name for exercise in exercises()], n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else " `tp exercises` lists them."
    raise TplibError(f"There is no exercise called {name!r}.{hint}")


def beside(exercise: Exercise) -> list[Exercise]:
    """The exercises of the notebook that an exercise belongs to, in their order; no later module is loaded."""
    for listed in _lists():
        if any(one is exercise for one in listed):
            return [one for one in listed if (one.assignment, one.notebook) == (exercise.assignment, exercise.notebook)]
    return [exercise]


def folders() -> list[Path]:
    """The folders of all catalogues: what students' code must not see while it is graded."""
    specs = [find_spec(catalogue.rpartition(".")[0] or catalogue) for catalogue in _catalogues()]
    found = [Path(place) for spec in specs if spec for place in spec.submodule_search_locations or []]
    return list(dict.fromkeys(found))


def _catalogues() -> Iterator[str]:
    """Module names of the catalogues; ours first, so that its exercises are found without a look at all packages."""
    yield OURS
    yield from _added
    yield from _installed()


@cache
def _installed() -> tuple[str, ...]:
    return tuple(sorted(entry.value for entry in entry_points(group=GROUP)))


def _walk() -> Iterator[Exercise]:
    for listed in _lists():
        yield from listed


def _lists() -> Iterator[Iterable[Exercise]]:
    """The exercises of one module after the other."""
    for catalogue in _catalogues():
        try:
            modules = import_module(catalogue).MODULES
        except ModuleNotFoundError as error:
            if not catalogue.startswith(str(error.name)):
                raise
            if catalogue != OURS:
                raise TplibError(f"The exercises of {catalogue} are not here: is its package installed?") from None
            raise TplibError("The checks are not here: while a submission is graded, they run outside of it.") from None
        for name in modules:
            yield import_module(name).EXERCISES
