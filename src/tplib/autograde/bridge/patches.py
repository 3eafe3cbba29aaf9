"""Every change that is made to nbgrader's and nbconvert's code while they run, in one place.

`tests/autograde/bridge/test_patches.py` knows the text of what is replaced here, and of what is relied upon. It fails
when another version changes it: then look whether the patch still fits.
"""

from __future__ import annotations

import contextlib
import fnmatch
import functools
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any


@contextlib.contextmanager
def nbgrader_at_work() -> Iterator[None]:
    """Around long work with nbgrader: its own warnings are silent, and what it makes over and over is made once.

    nbgrader opens a gradebook several times per notebook, each time with an engine and an empty cache of compiled
    queries. It compiles the schema of its metadata anew for every cell, and lists a folder anew for every file in it.
    """
    import nbgrader.api
    import nbgrader.utils
    from nbgrader.nbgraderformat import common

    is_ignored_there = nbgrader.utils.is_ignored
    with warnings.catch_warnings(), contextlib.ExitStack() as undo:
        warnings.simplefilter("ignore")

        def replace(module: Any, name: str, value: Any) -> None:
            undo.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, value)

        replace(nbgrader.api, "create_engine", functools.cache(nbgrader.api.create_engine))
        replace(common, "jsonschema", SimpleNamespace(validate=compiled_validation(common.jsonschema)))
        replace(nbgrader.api, "get_alembic_version", newest_schema)
        replace(nbgrader.utils, "is_ignored", functools.partial(is_ignored, otherwise=is_ignored_there))
        yield


def compiled_validation(jsonschema: Any) -> Callable[[Any, dict[str, Any]], None]:
    """jsonschema's `validate`, which compiles each schema once; a failure reads as nbgrader expects it."""
    import fastjsonschema

    @functools.cache
    def validator(schema: str) -> Any:
        content = json.loads(schema)
        return jsonschema.validators.validator_for(content)(content)

    @functools.cache
    def compiled(schema: str) -> Any:
        return fastjsonschema.compile(json.loads(schema))

    last: list[Any] = [None, None]  # the same one comes for all cells of a notebook

    def validate(instance: Any, schema: dict[str, Any]) -> None:
        if schema is not last[0]:
            last[:] = schema, compiled(json.dumps(schema))
        try:
            last[1](instance)
        except fastjsonschema.JsonSchemaException:
            validator(json.dumps(schema)).validate(instance)

    return validate


def is_ignored(path: str, patterns: list[str] | None, otherwise: Callable[[str, list[str]], bool]) -> bool:
    """What nbgrader's function of that name says, without listing the folder, for patterns of a file's name."""
    name = os.path.basename(path)
    return any(
        otherwise(path, [pattern])
        if os.sep in pattern
        else fnmatch.fnmatch(name, pattern) and (pattern.startswith(".") or not name.startswith("."))
        for pattern in patterns or []
    )


def newest_schema() -> str:
    """The version that nbgrader marks a new gradebook with. nbgrader itself starts a program to ask for it."""
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())


def open_instead(url: str, attributes: Callable[[], dict[str, Any]]) -> None:
    """From now on, in this process, a gradebook that is opened at `url` has these attributes, and nothing to close."""
    import nbgrader.api as api

    original = api.Gradebook.__init__

    @functools.wraps(original)
    def __init__(gradebook: Any, db_url: str, *args: Any, **kwargs: Any) -> None:
        if db_url != url:
            original(gradebook, db_url, *args, **kwargs)
            return
        gradebook.__dict__.update(attributes())
        gradebook.close = lambda: None

    api.Gradebook.__init__ = __init__


def autograde_instead(wanted: Callable[[Any], bool], grade: Callable[[Any], None]) -> None:
    """From now on, nbgrader's Autograde calls `grade` for a converter that is `wanted`; for others it is as it was."""
    from nbgrader.converters import Autograde

    start = Autograde.start
    if hasattr(start, "__wrapped__"):
        return

    @functools.wraps(start)
    def wrapper(converter: Any) -> None:
        (grade if wanted(converter) else start)(converter)

    Autograde.start = wrapper


def form_grader_routes(routes: Callable[[Any, Any], list[Any]]) -> None:
    """In a server that has nbgrader's form grader: `routes`, called with its modules `handlers` and `base`, come first.

    nbgrader reads the configuration before it takes its lists of routes to the server.
    """
    name = "nbgrader.server_extensions.formgrader"
    modules = [sys.modules.get(f"{name}.{part}") for part in ("formgrader", "handlers", "base")]
    if all(modules) and not hasattr(modules[1], "tplib_routes"):
        module = vars(modules[1])
        module["tplib_routes"] = routes(modules[1], modules[2])
        module["default_handlers"] = [*module["tplib_routes"], *module["default_handlers"]]


def form_grader_exporter(exporter: type) -> None:
    """In a server that has nbgrader's form grader: its pages are made by `exporter`, an HTMLExporter."""
    module = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if module is not None:
        vars(module)["HTMLExporter"] = exporter
