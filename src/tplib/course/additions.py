"""What the build adds from the registry, so that a script names an exercise once, in its answer cell.

| in the script                    | in the notebook                                              |
|----------------------------------|--------------------------------------------------------------|
| `### Exercise`, above the answer | ``### Exercise `relu` (1 point)``, and `, at home` if it is  |
| the answer that defines `relu`   | the same, and below it the locked grade cell `check("relu")` |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

HEADING = re.compile(r"^#+ *Exercise\b.*$", re.MULTILINE)
BARE = "### Exercise"


class Exercise(Protocol):
    """What the build reads of an exercise of `tplib.graders`."""

    @property
    def name(self) -> str: ...
    @property
    def assignment(self) -> str: ...
    @property
    def notebook(self) -> str: ...
    @property
    def points(self) -> float: ...
    @property
    def at_home(self) -> bool: ...


@dataclass(frozen=True)
class ScriptCell:
    """A cell, its role (answer, check, written, readonly or plain), and the exercise or question that it belongs to.

    alt: what its figure shows, in words.
    """

    where: str  # as a mistake in it is told
    cell_type: str
    source: str
    tags: tuple[str, ...]
    role: str
    name: str = ""
    points: float | None = None
    alt: str = ""


def title(exercise: Exercise) -> str:
    """The heading that students read."""
    unit = "point" if exercise.points == 1 else "points"
    return f"{BARE} `{exercise.name}` ({exercise.points:g} {unit}){', at home' if exercise.at_home else ''}"


def with_additions(cells: Iterable[ScriptCell], registry: Mapping[str, Exercise]) -> tuple[list[ScriptCell], list[str]]:
    """The cells of the notebook, and a sentence for each heading without an answer or answer without a heading."""
    complete: list[ScriptCell] = []
    problems: list[str] = []
    open_heading: int | None = None  # its place in `complete`, until its answer comes
    for cell in cells:
        complete.append(cell)
        for heading in HEADING.findall(cell.source) if cell.cell_type == "markdown" else ():
            if heading != BARE:
                problems.append(f"{cell.where}: {heading!r} should be {BARE!r}; the build adds the name and the points")
            if open_heading is not None:
                problems.append(f"{complete[open_heading].where}: no answer between this {BARE!r} and the next")
            open_heading = len(complete) - 1
        if cell.role != "answer":
            continue
        exercise = registry[cell.name]
        if open_heading is None:
            problems.append(f"{cell.where}: the answer {cell.name!r} has no heading; write {BARE!r} in a text above it")
        else:
            text = complete[open_heading]
            complete[open_heading] = replace(text, source=HEADING.sub(title(exercise), text.source))
            open_heading = None
        check = f'check("{exercise.name}")'
        complete.append(ScriptCell(cell.where, "code", check, (), "check", exercise.name, exercise.points))
    if open_heading is not None:
        problems.append(f"{complete[open_heading].where}: no answer follows {BARE!r}; write one or remove the heading")
    return complete, problems
