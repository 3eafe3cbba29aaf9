"""What the build adds from the registry, so that a script names an exercise once, in its answer cell.

| in the script                    | in the notebook                                              |
|----------------------------------|--------------------------------------------------------------|
| `### Exercise`, above the answer | ``### Exercise `relu` (1 point)``, and `, at home` if it is  |
| the answer that defines `relu`   | the same, and below it the locked grade cell `check("relu")` |
| `{{count}} exercises` in a text  | `16 exercises`                                               |
| `{{points}}` in a text           | `20 points: 6 in the session, 14 at home`                    |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

HEADING = re.compile(r"^#+ *Exercise\b.*$", re.MULTILINE)
BARE = "### Exercise"
COUNT, POINTS = "{{count}}", "{{points}}"


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


def with_counts(text: str, exercises: Sequence[Exercise]) -> str:
    """A text with the number of the notebook's exercises, and what they are worth, where it asks for them."""
    whole, home = (sum(one.points for one in exercises if one.at_home or not only_home) for only_home in (False, True))
    unit = "point" if whole == 1 else "points"
    where = f": {whole - home:g} in the session, {home:g} at home" if home else ", all in the session"
    return text.replace(COUNT, str(len(exercises))).replace(POINTS, f"{whole:g} {unit}{where}")


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
    answered = [registry[cell.name] for cell in complete if cell.role == "answer"]
    complete = [
        replace(cell, source=with_counts(cell.source, answered)) if cell.cell_type == "markdown" else cell
        for cell in complete
    ]
    if open_heading is not None:
        problems.append(f"{complete[open_heading].where}: no answer follows {BARE!r}; write one or remove the heading")
    return complete, problems
