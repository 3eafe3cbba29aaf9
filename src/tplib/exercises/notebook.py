"""The exercises of a notebook's folder: those whose order is written down, then those of modules that nobody names."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from tplib.graders.course_folder import own_exercises
from tplib.graders.exercise import Exercise


def complete(folder: str, ordered: Sequence[Any]) -> tuple[Exercise, ...]:
    """The exercises of the package `folder`. A new one is a new module there, and comes last until it is ordered."""
    known = {id(exercise) for exercise in ordered}
    more: list[Exercise] = []
    for found in pkgutil.iter_modules(import_module(folder).__path__, f"{folder}."):
        more += [one for one in own_exercises(import_module(found.name)) if id(one) not in known]
    return (*ordered, *more)
