"""All exercises, in the order in which the course meets them."""

from functools import cache
from importlib import import_module

from tplib.errors import TplibError
from tplib.graders.exercise import Exercise

MODULES = (
    "tplib.graders.tp6.forward",
    "tplib.graders.tp6.pytorch",
)


@cache
def exercises() -> tuple[Exercise, ...]:
    """Every exercise of the course, one object each."""
    return tuple(exercise for module in MODULES for exercise in import_module(module).EXERCISES)


@cache
def _by_name() -> dict[str, Exercise]:
    return {exercise.name: exercise for exercise in exercises()}


def find(name: str) -> Exercise:
    """The exercise of that name; TplibError, with the nearest names, if there is none."""
    found = _by_name().get(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(str(name), _by_name(), n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else " `tp exercises` lists them."
        raise TplibError(f"There is no exercise called {name!r}.{hint}")
    return found
