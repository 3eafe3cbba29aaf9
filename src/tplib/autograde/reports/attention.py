"""Whom to help, and why."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from tplib.autograde.reports.results import Exercise, Student, Summary
from tplib.autograde.reports.words import few
from tplib.autograde.submissions.lateness import duration

SOLVED = 0.5  # share of an exercise's points that the class earned, for it to be one that most solved
MANY = 0.3  # share of the exercises: so many that are untouched, or worth nothing, are a reason
DAY = 86_400.0
ENOUGH = 0.8  # share of the points: who has it needs no help, whatever else


@dataclass(frozen=True)
class Help:
    """A student who may need help. weight: for the order; the reasons are what a human reads."""

    student: Student
    reasons: tuple[str, ...]
    weight: float


def who_needs_help(summary: Summary) -> list[Help]:
    """Of those who handed in, all with a reason, those who lack most first."""
    solved = {(e.notebook, e.name): e for e in summary.exercises if e.points and e.success > SOLVED}
    attempts = statistics.median(student.attempts for student in summary.students)
    found = [help_for(student, summary, solved, attempts) for student in summary.students]
    return sorted((one for one in found if one.reasons), key=lambda one: (-one.weight, one.student.name))


def help_for(
    student: Student, summary: Summary, solved: dict[tuple[str, str], Exercise], usual_attempts: float
) -> Help:
    reasons: list[str] = []
    weight = 0.0
    count = len(student.statuses) - student.count("not graded yet") or 1
    share = summary.share(student)

    def add(reason: str, more: float) -> None:
        nonlocal weight
        reasons.append(reason)
        weight += more

    unreadable = [name for name in summary.notebooks if all_of(student, name, "unreadable")]
    broken = sorted({p.kind for p in student.problems if not p.repaired and p.notebook not in unreadable})
    if broken and share < ENOUGH:
        add(f"not all could be graded ({few(broken)})", 1.0)
    absent = [name for name in summary.notebooks if all_of(student, name, "not handed in")]
    untouched = student.count("not attempted")
    if untouched == count:
        add("nothing was attempted", 3.0)
    elif untouched >= MANY * count and share < ENOUGH:
        add(f"{untouched} of {count} exercises were not attempted", 2.0 * untouched / count)
        given_up = [name for name in summary.notebooks if all_of(student, name, "not attempted")]
        if given_up and len(given_up) < len(summary.notebooks):
            add(f"nothing in {few(given_up)}", 0.0)
    if unreadable:
        add(f"{few(unreadable)} could not be read", 2.0 * len(unreadable) / len(summary.notebooks))
    if absent:
        add(f"{few(absent)} not handed in", 2.0 * len(absent) / len(summary.notebooks))
    zeros = [key for key in solved if student.statuses.get(key) == "wrong"]
    if solved and len(zeros) >= max(2.0, MANY * len(solved)) and share < ENOUGH:
        add(f"no point in {len(zeros)} exercises that most of the class solved", 2.0 * len(zeros) / len(solved))
    elif (wrong := student.count("wrong")) >= SOLVED * count:
        add(f"no point in {wrong} of {count} exercises", 1.5 * wrong / count)
    if share < ENOUGH and student.attempts > 1 and len(student.scores) > 1 and student.scores[-1] <= student.scores[0]:
        add(f"{student.attempts} attempts, and no more points than at first", 1.0)
    elif share < SOLVED and student.attempts == 1 and usual_attempts >= 2:
        add(f"one attempt, where the class made {usual_attempts:g}", 0.5)
    if student.seconds_late > DAY or (student.seconds_late and reasons):
        add(f"{duration(student.seconds_late)} late", 0.5)
    return Help(student, tuple(reasons), weight)


def all_of(student: Student, notebook: str, status: str) -> bool:
    """Whether every exercise of a notebook has this status."""
    mine = [found for (name, _), found in student.statuses.items() if name == notebook]
    return bool(mine) and all(found == status for found in mine)


def by_hand(summary: Summary) -> list[tuple[Exercise, int]]:
    """The exercises with answers that a human has to mark, and how many."""
    waiting = [(exercise, exercise.counts["to grade by hand"]) for exercise in summary.exercises]
    return [(exercise, count) for exercise, count in waiting if count]
