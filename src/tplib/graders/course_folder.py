"""Exercises in plain files: the folder `exercises/` beside a course's `nbgrader_config.py`.

It is the instructor's: it holds cases and references. Each `.py` file in it may declare exercises; files whose names
begin with an underscore, and files without exercises, are helpers, which the others import as in
`from .helpers import numbers`.
"""

from __future__ import annotations

import ast
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from tplib.errors import TplibError
from tplib.graders.exercise import Exercise
from tplib.graders.public_part import FILE, read

FOLDER, CONFIG = "exercises", "nbgrader_config.py"
PACKAGE = "exercises_of_this_course"  # the name under which the folder is imported
VARIABLE = "TPLIB_EXERCISES"  # of the environment: the folder, for a process that works elsewhere

_told: list[Path | None] = []  # the folder that was named, if one was; else it is looked for


def use(folder: Path | None) -> None:
    """From now on the exercises of `folder` are found, or those of no folder; nothing is looked for."""
    _told[:] = [folder]


def use_course(root: Path) -> None:
    """Use the exercises of the course in `root`."""
    folder = root.resolve() / FOLDER
    use(folder if folder.is_dir() else None)


def look_around() -> None:
    """Look for a folder again, as before `use`."""
    _told.clear()


def current() -> Path | None:
    """The folder in use: the one that was named, or that of the course in which this process works.

    On a student's machine it is the file with the public part, beside the notebook.
    """
    if _told:
        return _told[0]
    if VARIABLE in os.environ:
        return Path(os.environ[VARIABLE]) if os.environ[VARIABLE] else None
    found = _nearest()
    return found if found is not None and _is_ours(found) else None


def not_trusted() -> str:
    """A sentence where a folder was found that is another user's; else nothing."""
    found = None if _told or VARIABLE in os.environ else _nearest()
    if found is None or _is_ours(found):
        return ""
    return f"{found} belongs to another user and was not read: if you trust it, set {VARIABLE}={found}."


def _nearest() -> Path | None:
    """`exercises/` beside the first `nbgrader_config.py` from the working folder upwards; else the file of students."""
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        return None
    for place in (here, *here.parents):
        if (place / CONFIG).is_file():
            if (place / FOLDER).is_dir():
                return place / FOLDER
            break
    return here / FILE if (here / FILE).is_file() else None


def _is_ours(folder: Path) -> bool:
    """Whether its files are this user's or the administrator's: others could plant a course above our folders."""
    if not hasattr(os, "getuid"):
        return True
    files = folder.glob("*.py") if folder.is_dir() else ()
    return all(path.stat().st_uid in (0, os.getuid()) for path in (folder, *files))


def loaders(folder: Path) -> Iterator[Callable[[], tuple[Exercise, ...]]]:
    """Load the exercises of one file after the other. Each raises TplibError where its file cannot be used."""
    if folder.is_file():
        yield partial(read, folder)
        return
    for path in files(folder):
        yield partial(load, folder, path)


def files(folder: Path) -> list[Path]:
    """The files that may declare exercises."""
    return sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", ".")))


def load(folder: Path, path: Path) -> tuple[Exercise, ...]:
    """The exercises that a file declares, in its order. Raises TplibError where it cannot be used."""
    _open(folder)
    name = f"{PACKAGE}.{path.stem}"
    try:
        module = importlib.import_module(name)
    except Exception as error:  # the file is Python, so anything can happen in it
        raise TplibError(f"{path} cannot be used: {reason(error, path)}") from error
    found = tuple(own_exercises(module))
    for exercise in found:
        require_apart(exercise, str(path))
    return found


def own_exercises(module: ModuleType) -> Iterator[Exercise]:
    """What a module declares, and does not only import: EXERCISES, if it says so, else all in their order."""
    listed = getattr(module, "EXERCISES", None)
    if listed is not None:
        yield from listed
        return
    for value in list(vars(module).values()):
        if isinstance(value, Exercise) and getattr(value.reference, "__module__", None) == module.__name__:
            yield value


def reason(error: Exception, path: Path) -> str:
    """The error in a sentence, with the line of the file where it came up."""
    line = error.lineno if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {text}" + (f" (line {line})" if line else "")


def require_apart(exercise: Exercise, where: str) -> None:
    """Raise TplibError where the function that observes would take the reference with it into the student's process."""
    observe: Any = exercise.observe
    module = sys.modules.get(getattr(observe, "__module__", ""))
    if module is None or not hasattr(observe, "__code__"):
        raise TplibError(f"{where}: `observe` of {exercise.name} should be a function with a name, defined with def")
    if module.__name__.startswith("tplib.graders."):
        return
    remedy = "write it in a file of its own, such as observers.py, that imports nothing of the other files"
    if observe.__name__ == "<lambda>" or any(isinstance(value, Exercise) for value in vars(module).values()):
        raise TplibError(
            f"{where}: `observe` of {exercise.name} runs in the student's process, and its file goes there, with all "
            f"that is in it: {remedy}"
        )
    if module.__name__.startswith(f"{PACKAGE}."):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        if any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree)):
            raise TplibError(f"{where}: the file of `observe` of {exercise.name} imports another one: {remedy}")


def _open(folder: Path) -> None:
    """Make `folder` the package PACKAGE, in the place of another course's."""
    known = sys.modules.get(PACKAGE)
    if known is not None and list(known.__path__) == [str(folder)]:
        return
    forget()
    package = ModuleType(PACKAGE)
    package.__path__ = [str(folder)]
    sys.modules[PACKAGE] = package
    importlib.invalidate_caches()


def forget() -> None:
    """Have the files read again."""
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        del sys.modules[name]
