"""Where exercises are written down: found in the text of files, because to import them takes seconds."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tplib.errors import TplibError
from tplib.graders import course_folder, registry
from tplib.graders.fingerprint import above_package, fingerprint, fingerprint_at, read_source

DEFINES = re.compile(r"^(?:def|class) (\w+)", re.MULTILINE)


def fingerprints(names: Iterable[str]) -> dict[str, str]:
    """Those of the exercises of these names that are somewhere; what none declares, or declares badly, is left out."""
    wanted = set(names)
    places = dict(sources(wanted)) if wanted else {}
    found = {name: fingerprint_at(path, name) for name, path in places.items()}
    for name in wanted - places.keys():  # declared in a way of its own
        with contextlib.suppress(TplibError):
            found[name] = fingerprint(registry.find(name))
    return {name: text for name, text in found.items() if text}


def sources(names: set[str]) -> Iterator[tuple[str, Path]]:
    """The exercises of these names, and the files that declare them."""
    for folder in registry.folders():
        for path in sorted(folder.rglob("*.py")):
            with contextlib.suppress(OSError, ValueError):
                if names.isdisjoint(DEFINES.findall(path.read_text(encoding="utf-8"))):
                    continue
            for one in read_source(path).statements:
                if isinstance(one.node, ast.FunctionDef | ast.ClassDef) and one.node.name in names:
                    decorators = one.node.decorator_list
                    if any(isinstance(each, ast.Call) and isinstance(each.func, ast.Name) for each in decorators):
                        yield one.node.name, path


def origin(name: str) -> str:
    """What an instructor changes who changes an exercise: the course's folder, or a package."""
    folder = course_folder.current()
    path = next((path for found, path in sources({name}) if found == name), None)
    if path is None or (folder and path.is_relative_to(folder)):
        return f"{course_folder.FOLDER}/"
    return path.relative_to(above_package(path) or path.parent.parent).parts[0]
