"""All exercises, in the order of the catalogue."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module

from tplib.errors import TplibError
from tplib.graders.exercise import Exercise

EXERCISES = "tplib.exercises"  # a folder that is hidden where students' code runs


@cache
def exercises() -> tuple[Exercise, ...]:
    """Every exercise of the course, one object each."""
    return tuple(_walk())


def find(name: str) -> Exercise:
    """The exercise of that name; TplibError, with the nearest names, if there is none."""
    for exercise in _walk():
        if exercise.name == name:
            return exercise
    from difflib import get_close_matches

    near = get_close_matches(str(name), [exercise.name for exercise in exercises()], n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else " `tp exercises` lists them."
    raise TplibError(f"There is no exercise called {name!r}.{hint}")


def _walk() -> Iterator[Exercise]:
    try:
        for name in import_module(f"{EXERCISES}.catalogue").MODULES:
            yield from import_module(name).EXERCISES
    except ModuleNotFoundError as error:
        if not str(error.name).startswith(EXERCISES):
            raise
        raise TplibError("The checks are not here: while a submission is graded, they run outside of it.") from None
