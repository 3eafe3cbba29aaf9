"""All exercises: the course's own, then those that installed packages and the course in this folder bring.

A package names its catalogue as an entry point (`catalogues`); a course has a folder of files beside its
`nbgrader_config.py` (`course_folder`); `add` takes a catalogue that is not installed.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tplib.errors import TplibError
from tplib.graders import catalogues, course_folder
from tplib.graders.catalogues import OURS, Loader
from tplib.graders.exercise import Exercise

_added: list[str] = []


def add(catalogue: str) -> None:
    """Have `check` find the exercises of the catalogue of that module name, too."""
    if catalogue not in _added:
        _added.append(catalogue)


def exercises() -> tuple[Exercise, ...]:
    """Every exercise, one object each. TplibError where two have one name, or some cannot be loaded."""
    return _all(course_folder.current(), tuple(_added))


@cache
def _all(folder: Path | None, added: tuple[str, ...]) -> tuple[Exercise, ...]:
    found: dict[str, Exercise] = {}
    for load in (*_packages(), *_folder()):
        for exercise in load():
            if exercise.name in found and exercise is not found[exercise.name]:
                raise _clash(exercise, found[exercise.name])
            found[exercise.name] = exercise
    return tuple(found.values())


def find(name: str) -> Exercise:
    """The exercise of that name; TplibError, with the nearest names, if there is none.

    The nearest place comes first, so that most modules are never loaded. What cannot be loaded elsewhere is no trouble.
    """
    broken: list[TplibError] = []
    for load in _nearest_first():
        try:
            found = [exercise for exercise in load() if exercise.name == name]
        except TplibError as error:
            broken.append(error)
            continue
        if len(found) > 1:
            raise _clash(*found[:2])
        if found:
            return found[0]
    raise _unknown(str(name), broken)


def find_as_typed(name: object) -> Exercise:
    """The exercise that a reader means: spaces around a name, brackets behind it and capitals do not count."""
    if not isinstance(name, str):
        raise TplibError(f'`check` takes the name of one exercise in quotes, such as check("relu"), not {_what(name)}.')
    plain = name.strip().partition("(")[0].strip()
    try:
        return find(plain)
    except TplibError:
        every = {exercise.name: exercise for load in _nearest_first() for exercise in _those_that_load(load)}
        same = [exercise for called, exercise in every.items() if called.casefold() == plain.casefold()]
        if len(same) == 1:
            return same[0]
        raise


def beside(exercise: Exercise) -> list[Exercise]:
    """The exercises of the notebook that an exercise belongs to, in their order; no later module is loaded."""
    for loaders in _together():
        found = [one for load in loaders for one in _those_that_load(load)]
        if any(one is exercise for one in found):
            page = (exercise.assignment, exercise.notebook)
            return [one for one in found if (one.assignment, one.notebook) == page]
    return [exercise]


def folders() -> list[Path]:
    """The folders of all exercises: what students' code must not see while it is graded."""
    found = [place for catalogue in _catalogues() for place in catalogues.folder(catalogue)]
    folder = course_folder.current()
    return list(dict.fromkeys([*found, *([folder] if folder and folder.is_dir() else [])]))


def forget() -> None:
    """Look for all exercises anew, where they may have changed."""
    _all.cache_clear()
    catalogues.installed.cache_clear()
    course_folder.forget()


def _catalogues() -> list[str]:
    return [OURS, *_added, *catalogues.installed()]


def _packages(reverse: bool = False) -> Iterator[Loader]:
    for catalogue in _catalogues()[:: -1 if reverse else 1]:
        yield from catalogues.loaders(catalogue)


def _folder() -> Iterator[Loader]:
    """The modules of the course in whose folder this process works."""
    folder = course_folder.current()
    yield from course_folder.loaders(folder) if folder else ()


def _together() -> Iterator[list[Loader]]:
    """The modules among which the exercises of a notebook lie: in ours it is one; elsewhere they may be several."""
    yield list(_folder())
    for catalogue in reversed(_catalogues()):
        loaders = list(catalogues.loaders(catalogue))
        yield from ([load] for load in loaders) if catalogue == OURS else [loaders]


def _nearest_first() -> Iterator[Loader]:
    yield from _folder()
    yield from _packages(reverse=True)


def _clash(one: Exercise, other: Exercise) -> TplibError:
    return TplibError(
        f"There are two exercises called {one.name!r}, in {other.assignment}/{other.notebook} and in "
        f"{one.assignment}/{one.notebook}: `check` knows them by name. Rename one"
    )


def _unknown(name: str, broken: list[TplibError]) -> TplibError:
    """What to say of a name that no exercise has. Where modules cannot be loaded, it may be in one of those."""
    from difflib import get_close_matches

    hidden = [error for error in broken if str(error).startswith("The checks are not here")]
    if hidden:
        return hidden[0]
    known = [exercise.name for load in _nearest_first() for exercise in _those_that_load(load)]
    near = get_close_matches(name, list(dict.fromkeys(known)), n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else " `tp exercises` lists them."
    if broken and not near:
        return TplibError(f"{broken[0]}. Until that is mended, there is no exercise called {name!r}")
    return TplibError(f"There is no exercise called {name!r}.{hint} {course_folder.not_trusted()}".rstrip())


def _what(value: object) -> str:
    if callable(value):
        return "the function or class itself"
    return "nothing" if value is None else f"a {type(value).__name__}"


def _those_that_load(load: Loader) -> list[Exercise]:
    try:
        return list(load())
    except TplibError:
        return []
