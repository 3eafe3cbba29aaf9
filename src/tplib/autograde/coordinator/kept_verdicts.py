"""Verdicts of an earlier run that need not be found again: `tp grade --only NAME` judges the other exercises anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tplib.autograde.coordinator.run_results import read_problems
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.notebook_files import load
from tplib.errors import TplibError
from tplib.graders import registry
from tplib.mime import VERDICT

Kept = dict[str, dict[str, dict[str, Any]]]  # by notebook and cell, what it shows

# Problems that tell of how a notebook ran. They are found again only where all of it is graded again.
OF_A_RUN = {"time limit", "crash", "not judged", "tampering", "stopped"}


def require_exercises(names: list[str], plans: Mapping[str, NotebookPlan]) -> None:
    """Raise TplibError where an exercise is checked nowhere in the assignment."""
    known = {name for plan in plans.values() for name in plan.checks.values()}
    if unknown := sorted(set(names) - known):
        there = ", ".join(sorted(known)) or "none"
        raise TplibError(f"no check cell of this assignment judges {', '.join(unknown)}; its exercises: {there}")


def unknown_exercises(plans: Mapping[str, NotebookPlan]) -> list[str]:
    """The names that check cells of the assignment give, and no exercise has."""
    unknown = []
    for name in sorted({name for plan in plans.values() for name in plan.checks.values()}):
        try:
            registry.find(name)
        except TplibError:
            unknown.append(name)
    return unknown


def kept_verdicts(graded: Path, plans: Mapping[str, NotebookPlan], only: list[str]) -> Kept:
    """What the check cells of the other exercises show in the graded notebooks in the folder `graded`.

    Nothing where one of them cannot be taken over as it is: then all of the submission is graded.
    """
    kept: Kept = {}
    for name, plan in plans.items():
        path = graded / f"{name}.ipynb"
        try:
            cells = json.loads(json.dumps(load(path)))["cells"]
        except (OSError, ValueError):
            return {}
        if OF_A_RUN & {problem.kind for problem in read_problems(path)}:
            return {}
        shown = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell.get("outputs") for cell in cells}
        kept[name] = {}
        for grade_id, exercise in plan.checks.items():
            if exercise in only:
                continue
            data = verdict_of(shown.get(grade_id), exercise, plan.cells[grade_id].points)
            if data is None:
                return {}
            kept[name][grade_id] = data
    return kept


def verdict_of(outputs: Any, exercise: str, points: float | None) -> dict[str, Any] | None:
    """The data of a check cell's one output, where that is the verdict of this exercise for so many points."""
    try:
        [output] = outputs
        data: dict[str, Any] = output["data"]
        verdict = data[VERDICT]
        fits = verdict["exercise"] == exercise and (points is None or verdict["max_points"] == points)
    except (KeyError, TypeError, ValueError):
        return None
    return data if fits else None
