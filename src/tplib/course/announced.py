"""What a course text announces, "(2 points)" or "16 functions, 20 points", held against the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tplib.course.additions import Exercise, ScriptCell

NUMBER = r"(\d+(?:\.\d+)?)"
IN_BRACKETS = re.compile(rf"(?:`(\w+)`\s+)?\({NUMBER} points?\)")  # "(2 points)", or "`relu` (2 points)"
IN_ALL = re.compile(
    rf"\b(\d+)\s+(?:[a-z]+\s+)?(?:functions?|exercises?),\s+{NUMBER}\s+points?"
    rf"(?::\s+{NUMBER}\s+in\s+the\s+session,\s+{NUMBER}\s+at\s+home)?"
)
IN_WORDS = re.compile(rf"\b(\d+)\s+answers?\s+in\s+words(?:\s+besides)?,\s+(?:for\s+)?{NUMBER}\s+points?")


def wrong_announcements(cells: Sequence[ScriptCell], registry: Mapping[str, Exercise]) -> list[str]:
    """A sentence for each announcement in the script's text that says other numbers than the registry.

    "(2 points)" speaks of the exercise whose name stands before it, or of the next answer or question; totals speak of
    the whole notebook.
    """
    owned = [registry[cell.name] for cell in cells if cell.role == "answer"]
    questions = [cell for cell in cells if cell.role == "written"]
    problems: list[str] = []
    for index, cell in enumerate(cells):
        if cell.cell_type != "markdown":
            continue
        text = cell.source
        for name, number in IN_BRACKETS.findall(text):
            about = (name, registry[name].points) if name in registry else _next(cells[index:], registry)
            if about is None:
                problems.append(f"{cell.where}: it announces ({_points(number)}), and no answer or question follows")
            elif float(number) != about[1]:
                problems.append(f"{cell.where}: it announces ({_points(number)}); {about[0]} has {_points(about[1])}")
        for found in IN_ALL.finditer(text):
            count, points, now, later = found.groups()
            problems += _compared(cell, found[0], "exercise", (count, points), (len(owned), _sum(owned)))
            if now is not None:
                at_home = _sum(e for e in owned if e.at_home)
                in_class = _sum(owned) - at_home
                if (float(now), float(later)) != (in_class, at_home):
                    told = f"{in_class:g} in the session and {at_home:g} at home"
                    problems.append(f"{cell.where}: {_one_line(found[0])!r}, but the exercises have {told}")
        for found in IN_WORDS.finditer(text):
            worth = sum(question.points or 0 for question in questions)
            problems += _compared(cell, found[0], "question", (found[1], found[2]), (len(questions), worth))
    return problems


def _next(cells: Iterable[ScriptCell], registry: Mapping[str, Exercise]) -> tuple[str, float] | None:
    """The name and the points of the first answer or question among the cells."""
    for cell in cells:
        if cell.role == "answer":
            return cell.name, registry[cell.name].points
        if cell.role == "written":
            return cell.name, cell.points or 0
    return None


def _compared(
    cell: ScriptCell, words: str, thing: str, said: tuple[str, str], found: tuple[int, float]
) -> Iterable[str]:
    if (float(said[0]), float(said[1])) != found:
        things = thing if found[0] == 1 else f"{thing}s"
        yield f"{cell.where}: {_one_line(words)!r}, but the notebook has {found[0]} {things}, {_points(found[1])}"


def _points(number: float | str) -> str:
    return f"{float(number):g} {'point' if float(number) == 1 else 'points'}"


def _sum(exercises: Iterable[Exercise]) -> float:
    return sum(exercise.points for exercise in exercises)


def _one_line(words: str) -> str:
    return " ".join(words.split())
