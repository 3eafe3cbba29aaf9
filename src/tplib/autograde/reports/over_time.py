"""Attempts, and how misconceptions came and went: from the history of gradings and the hand-ins kept aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tplib.autograde.coordinator.history import Cells, Entry
from tplib.autograde.reports.results import Misconception, Moment, OverTime, Student, Summary

MOMENTS = 6  # columns of the table
FOLLOWED = 12  # misconceptions in it
STAMP = re.compile(r"\d{4}-\d\d-\d\dT[\d.]+|without a time")  # how `tp collect` calls a folder with an earlier hand-in

Key = tuple[str, str]  # notebook and exercise


@dataclass(frozen=True)
class Attempt:
    """One hand-in: when, what its tests and checks earned, and the misconception of each exercise that had one."""

    when: datetime | None
    score: float
    mistakes: dict[Key, str]


def attempts_of(entries: Iterable[Entry], exercise_of: dict[tuple[str, str], str]) -> dict[str, list[Attempt]]:
    """Each student's attempts, oldest first. Of gradings of the same work the last counts.

    A grading of some notebooks only (`--notebook`) leaves the others as they were.

    exercise_of: by notebook and grade id, the exercise that a check cell judges.
    """
    last: dict[str, dict[tuple[str, datetime | None], Entry]] = defaultdict(dict)
    known_cells: dict[str, Cells] = {}
    for entry in entries:
        if not entry.failure:
            mine = last[entry.student]
            key = (entry.content, entry.handed_in)
            if not entry.content:  # a run that was killed does not know it: the same time is the same work
                key = next((known for known in reversed(mine) if known[1] == entry.handed_in), key)
            mine.pop(key, None)
            known_cells[entry.student] = {**known_cells.get(entry.student, {}), **entry.cells}
            mine[key] = replace(entry, cells=known_cells[entry.student])
    return {student: [attempt_of(entry, exercise_of) for entry in mine.values()] for student, mine in last.items()}


def attempt_of(entry: Entry, exercise_of: dict[tuple[str, str], str]) -> Attempt:
    mistakes = {
        (notebook, exercise_of.get((notebook, name), name.removeprefix("check-"))): found.misconception
        for notebook, cells in entry.cells.items()
        for name, found in cells.items()
        if found.misconception
    }
    score = sum(found.score or 0.0 for cells in entry.cells.values() for found in cells.values())
    return Attempt(entry.handed_in or entry.graded, score, mistakes)


def earlier_hand_ins(root: Path, assignment: str) -> dict[str, int]:
    """How many hand-ins `tp collect` put aside, by student."""
    found = {}
    for folder in (root / "downloaded" / assignment / "earlier").glob("*"):
        if folder.is_dir():
            found[folder.name] = sum(STAMP.match(path.name) is not None for path in folder.iterdir() if path.is_dir())
    return found


def tell_attempts(students: list[Student], attempts: dict[str, list[Attempt]], aside: dict[str, int]) -> None:
    """Enter each student's number of attempts, and what they earned."""
    for student in students:
        mine = attempts.get(student.name, [])
        student.scores = [attempt.score for attempt in mine]
        student.attempts = max(1, len(mine), 1 + aside.get(student.name, 0))


def compare_attempts(summary: Summary, attempts: dict[str, list[Attempt]]) -> None:
    """Enter for each misconception who had it at first and who overcame it; those that nobody holds now are added."""
    known = {(m.notebook, m.exercise, m.name): m for m in summary.misconceptions}
    for student in summary.students:
        mine = attempts.get(student.name) or [Attempt(student.handed_in, 0.0, student.mistakes)]
        now = {(*key, name) for key, name in student.mistakes.items()}
        for number, attempt in enumerate(mine):
            for (notebook, exercise), name in attempt.mistakes.items():
                key = (notebook, exercise, name)
                found = known.setdefault(key, Misconception(name, exercise, notebook, ""))
                if number == 0:
                    found.first.append(student.name)
                if key not in now and student.name not in found.overcome:
                    found.overcome.append(student.name)
    everyone = sorted(known.values(), key=lambda m: (-len(m.holders), -len(m.overcome), m.exercise, m.name))
    summary.misconceptions = [found for found in everyone if found.holders or found.overcome]


def over_time(summary: Summary, attempts: dict[str, list[Attempt]]) -> OverTime | None:
    """How many held the most frequent misconceptions at the end of each day; None where all is of one day."""
    steps: list[tuple[datetime, str, dict[Key, str]]] = []
    for student in summary.students:
        for attempt in attempts.get(student.name) or [Attempt(student.handed_in, 0.0, student.mistakes)]:
            if attempt.when is not None:
                steps.append((attempt.when, student.name, attempt.mistakes))
    steps.sort(key=lambda step: step[0])
    days = chosen_days(sorted({when.astimezone(summary.zone).date() for when, _, _ in steps}))
    followed = sorted(summary.misconceptions, key=lambda m: -len({*m.holders, *m.overcome}))[:FOLLOWED]
    if len(days) < 2 or not followed:
        return None
    moments, state, waiting = [], dict[str, dict[Key, str]](), iter([*steps, None])
    step = next(waiting)
    for day in days:
        while step is not None and step[0].astimezone(summary.zone).date() <= day:
            state[step[1]] = step[2]
            step = next(waiting)
        held = [sum(mistakes.get((m.notebook, m.exercise)) == m.name for mistakes in state.values()) for m in followed]
        moments.append(Moment(day, len(state), held))
    return OverTime(followed, moments)


def chosen_days(days: list[date]) -> list[date]:
    """At most MOMENTS of them, evenly, with the last."""
    if len(days) <= MOMENTS:
        return days
    return [days[round((number + 1) * len(days) / MOMENTS) - 1] for number in range(MOMENTS)]
