"""What an assignment consists of: its notebooks as they were released, or as the registry of exercises lists them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tplib.autograde.submissions.which_file import about
from tplib.errors import TplibError

RELEASE = "release"
WORK = "work"  # beside release/: where a student's copies lie


@dataclass(frozen=True)
class Item:
    """An exercise or a question: nbgrader's id of the cell that holds its points, its name, and who judges it."""

    cell: str
    name: str
    points: float
    judged: Literal["check", "hand"]


@dataclass(frozen=True)
class Released:
    """A notebook of an assignment. ids, checksums: nbgrader's of its cells; no checksums without a release."""

    name: str
    items: tuple[Item, ...]
    ids: frozenset[str]
    checksums: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Assignment:
    """An assignment's notebooks by name, and the folder of its release, if there is one here."""

    name: str
    notebooks: dict[str, Released]
    folder: Path | None = None


def find(name: str, course: Path) -> Assignment:
    """The assignment of that name (TP6 stands for TP6-TrainFFNN). Raises TplibError where there is none."""
    folders = released_folders(course)
    if chosen := _chosen(name, list(folders)):
        return read_release(folders[chosen])
    listed = _from_registry()
    if chosen := _chosen(name, list(listed)):
        return listed[chosen]
    known = ", ".join(sorted(folders or listed))
    raise TplibError(f"There is no assignment called {name!r}. There are: {known}.")


def known(course: Path) -> list[Assignment]:
    """The assignments that are released here; without a release, those of the registry."""
    folders = released_folders(course)
    return [read_release(folder) for folder in folders.values()] or list(_from_registry().values())


def released_folders(course: Path) -> dict[str, Path]:
    """The folders of `release/` in the course folder, or in the nearest one above it that has some."""
    here = course.resolve()
    for place in (here, *here.parents):
        try:
            found = {path.name: path for path in sorted((place / RELEASE).iterdir()) if any(path.glob("*.ipynb"))}
        except OSError:
            continue
        if found:
            return found
    return {}


def read_release(folder: Path) -> Assignment:
    """An assignment from the folder of its released notebooks."""
    notebooks = {path.stem: _read(path) for path in sorted(folder.glob("*.ipynb"))}
    return Assignment(folder.name, notebooks, folder)


def is_called(assignment: str, name: str) -> bool:
    """Whether a name stands for an assignment: its own, or the part before the first hyphen."""
    return name.casefold() in (assignment.casefold(), assignment.partition("-")[0].casefold())


def _chosen(name: str, names: list[str]) -> str | None:
    whole = {known.casefold(): known for known in names}.get(name.casefold())
    return whole or next((known for known in reversed(names) if is_called(known, name)), None)


def _read(path: Path) -> Released:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TplibError(
            f"{path}, as it was released, cannot be read ({error}): get the course's folder again"
        ) from None
    graded = {about(cell)["grade_id"]: cell for cell in cells if about(cell)}
    items = [
        Item(
            name,
            name.removeprefix("check-"),
            float(about(cell).get("points") or 0),
            "hand" if about(cell).get("solution") or about(cell).get("task") else "check",
        )
        for name, cell in graded.items()
        if about(cell).get("grade") or about(cell).get("task")
    ]
    checksums = {name: str(about(cell).get("checksum")) for name, cell in graded.items()}
    return Released(path.stem, tuple(items), frozenset(graded), checksums)


def _from_registry() -> dict[str, Assignment]:
    """The assignments as the exercises list them: no prose, and what the cells hold is not known."""
    from tplib.graders import exercises

    items: dict[str, dict[str, list[Item]]] = {}
    for exercise in exercises():
        item = Item(f"check-{exercise.name}", exercise.name, exercise.points, "check")
        items.setdefault(exercise.assignment, {}).setdefault(exercise.notebook, []).append(item)
    return {
        assignment: Assignment(
            assignment,
            {
                name: Released(
                    name, tuple(of), frozenset(f"{kind}-{item.name}" for item in of for kind in ("check", "answer"))
                )
                for name, of in sorted(notebooks.items())
            },
        )
        for assignment, notebooks in items.items()
    }
