"""What the class report tells, as data: students, exercises, misconceptions, problems."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from pathlib import Path

from tplib.autograde.coordinator.run_results import Score
from tplib.autograde.messages.departures import Shared
from tplib.autograde.messages.problems import Problem
from tplib.autograde.reports.copies import Alike
from tplib.autograde.reports.likeness import LikeGroup
from tplib.autograde.reports.unnamed import Unnamed
from tplib.sentences import proposed

STATUSES = (
    "right",
    "partial",
    "wrong",
    "not attempted",
    "to grade by hand",
    "not handed in",
    "unreadable",
    "not graded yet",
)


@dataclass
class Student:
    """One who handed in.

    sandbox   None: the graded notebook does not say
    statuses  by notebook and grade id, one of STATUSES
    mistakes  by notebook and exercise, the name of the misconception that the check recognised
    attempts  different hand-ins that are known; scores: what those that were graded earned in tests and checks
    """

    name: str
    notebooks: dict[str, Score]
    problems: list[Problem] = field(default_factory=list)
    sandbox: bool | None = None
    tampering: list[str] = field(default_factory=list)
    full_name: str = ""
    handed_in: datetime | None = None
    seconds_late: float = 0.0
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    mistakes: dict[tuple[str, str], str] = field(default_factory=dict)
    attempts: int = 1
    scores: list[float] = field(default_factory=list)
    seconds: float | None = None

    @property
    def score(self) -> float:
        return sum(score.score for score in self.notebooks.values())

    @property
    def needs_manual(self) -> bool:
        return any(score.needs_manual for score in self.notebooks.values())

    @property
    def ungraded(self) -> list[str]:
        """The notebooks that were handed in, and that no run has graded yet."""
        return [name for name, score in self.notebooks.items() if not score.graded]

    def count(self, *statuses: str) -> int:
        """How many exercises have one of these statuses."""
        return sum(status in statuses for status in self.statuses.values())


@dataclass
class Exercise:
    """One graded cell over the class. again: answers that changed after they were marked by hand."""

    notebook: str
    name: str
    points: float
    protected: bool = True
    again: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    earned: list[float] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.name.removeprefix("check-")

    @property
    def success(self) -> float:
        """Share of the points that the class earned, in [0, 1]."""
        return statistics.fmean(self.earned) / self.points if self.earned and self.points else 0.0


@dataclass
class Misconception:
    """first, overcome: students who had it in their first attempt, and who had it once and have it no more."""

    name: str
    exercise: str
    notebook: str
    message: str
    holders: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    overcome: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name as the page shows it: some courses name functions, others sentences."""
        return self.name if " " in self.name else self.name.replace("_", " ").replace("-", " ")


@dataclass(frozen=True)
class Moment:
    """The end of a day: how many had handed in, and how many of them held each of the misconceptions."""

    day: date
    handed_in: int
    held: list[int]


@dataclass(frozen=True)
class OverTime:
    followed: list[Misconception]
    moments: list[Moment]


@dataclass
class Summary:
    """An assignment over the class.

    missing     students who are known to the course and handed nothing in, by id
    ungraded    those who handed in and have no grade yet
    changed     those whose grade is of earlier work than what they have handed in
    outdated    those who were graded by other tests or points than those of now
    people      full names, by id
    zone        in which times are told; None: this machine's
    failures    students whose last grading failed, with the reason
    over_time   how many held the most frequent misconceptions day by day; None where all is of one day
    like_groups, not_compared  whose answers are alike; why their text was not compared
    root        the course's folder
    """

    assignment: str
    notebooks: list[str]
    max_score: float
    students: list[Student]
    exercises: list[Exercise]
    misconceptions: list[Misconception]
    alike: list[Alike] = field(default_factory=list)
    departures: list[Shared] = field(default_factory=list)
    unnamed: Unnamed = field(default_factory=Unnamed)
    due: datetime | None = None
    zone: tzinfo | None = None
    missing: list[str] = field(default_factory=list)
    ungraded: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    over_time: OverTime | None = None
    like_groups: list[LikeGroup] = field(default_factory=list)
    not_compared: str = ""
    root: Path = Path()

    @property
    def grade(self) -> str:
        """The command that grades it, which can be typed where the page was made."""
        return proposed(self.root, "grade", self.assignment)

    @property
    def unprotected(self) -> list[Exercise]:
        """The exercises whose tests ran beside a student's code, for at least one student."""
        return [exercise for exercise in self.exercises if not exercise.protected]

    @property
    def outside(self) -> list[str]:
        """The students whose code is known to have run without a sandbox."""
        return [student.name for student in self.students if student.sandbox is False]

    @property
    def of_nobody(self) -> set[str]:
        """The notebooks that some handed in, and that are graded of nobody: their points are not in `max_score`."""
        graded = {name for student in self.students for name in student.notebooks.keys() - set(student.ungraded)}
        return set(self.ungraded_notebooks) - graded

    def share(self, student: Student) -> float:
        """What a student earned of the points that are graded, in [0, 1]."""
        left = set(student.ungraded) - self.of_nobody if student.ungraded else ()
        greatest = self.max_score - sum(student.notebooks[name].max_score for name in left)
        return student.score / greatest if greatest else 0.0

    @property
    def graded_in_part(self) -> list[str]:
        """The students of whom a run graded some notebooks, and not yet the others."""
        return [student.name for student in self.students if student.ungraded]

    @property
    def ungraded_notebooks(self) -> list[str]:
        return [name for name in self.notebooks if any(name in student.ungraded for student in self.students)]

    @property
    def late(self) -> list[Student]:
        return sorted(
            (student for student in self.students if student.seconds_late > 0), key=lambda found: -found.seconds_late
        )

    @property
    def greatest(self) -> dict[str, float]:
        """The points of each notebook."""
        points = dict.fromkeys(self.notebooks, 0.0)
        for exercise in self.exercises:
            points[exercise.notebook] = points.get(exercise.notebook, 0.0) + exercise.points
        return points

    @property
    def scores(self) -> list[float]:
        """Of those of whom all is graded; of all where that is nobody."""
        nobody = self.of_nobody
        whole = [student.score for student in self.students if set(student.ungraded) <= nobody]
        return whole or [student.score for student in self.students]


@dataclass(frozen=True)
class SharedProblem:
    """A problem, and all students who have it."""

    problem: Problem
    students: tuple[str, ...]


def shared_problems(students: list[Student]) -> list[SharedProblem]:
    """Each problem once: first those that cost points, and of these the most frequent."""
    found: dict[tuple[str, str, str, bool], tuple[Problem, list[str]]] = {}
    for student in students:
        for problem in student.problems:
            key = (problem.kind, problem.reason, problem.hint, problem.repaired)
            found.setdefault(key, (problem, []))[1].append(student.name)
    shared = [SharedProblem(problem, tuple(dict.fromkeys(names))) for problem, names in found.values()]
    return sorted(shared, key=lambda one: (one.problem.repaired, -len(one.students), one.problem.kind))
