"""A class's results in an assignment: scores from the gradebook, verdicts and problems from the graded notebooks."""

from __future__ import annotations

import contextlib
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from tplib.autograde.bridge.course import Course
from tplib.autograde.coordinator.run_results import Score, read_departures, read_problems
from tplib.autograde.messages.departures import Departure, Shared, together
from tplib.autograde.messages.problems import Problem
from tplib.autograde.notebook_files import load
from tplib.autograde.reports.copies import Alike, Collector
from tplib.autograde.reports.unnamed import Collector as UnnamedCollector
from tplib.autograde.reports.unnamed import Unnamed
from tplib.errors import TplibError
from tplib.mime import VERDICT

STATUSES = ("right", "partial", "wrong", "not attempted", "to grade by hand", "not handed in")


@dataclass
class Student:
    name: str
    notebooks: dict[str, Score]
    problems: list[Problem] = field(default_factory=list)
    sandbox: bool | None = None  # None: the graded notebook does not say
    tampering: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        return sum(score.score for score in self.notebooks.values())


@dataclass
class Exercise:
    """One graded cell over the class."""

    notebook: str
    name: str
    points: float
    protected: bool = True
    counts: Counter[str] = field(default_factory=Counter)
    earned: list[float] = field(default_factory=list)

    @property
    def success(self) -> float:
        """Share of the points that the class earned, in [0, 1]."""
        return statistics.fmean(self.earned) / self.points if self.earned and self.points else 0.0


@dataclass
class Misconception:
    name: str
    exercise: str
    notebook: str
    message: str
    holders: list[str] = field(default_factory=list)


@dataclass
class Summary:
    assignment: str
    notebooks: list[str]
    max_score: float
    students: list[Student]
    exercises: list[Exercise]
    misconceptions: list[Misconception]
    alike: list[Alike] = field(default_factory=list)
    departures: list[Shared] = field(default_factory=list)
    unnamed: Unnamed = field(default_factory=Unnamed)

    @property
    def unprotected(self) -> list[Exercise]:
        """The exercises whose tests ran beside a student's code, for at least one student."""
        return [exercise for exercise in self.exercises if not exercise.protected]

    @property
    def outside(self) -> list[str]:
        """The students whose code is known to have run without a sandbox."""
        return [student.name for student in self.students if student.sandbox is False]

    @property
    def scores(self) -> list[float]:
        return [student.score for student in self.students]


@dataclass
class GradedNotebook:
    """What a student's graded notebook holds, by grade id."""

    verdicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)  # a check cell's grade id -> the answer cell before it
    order: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)  # of the answer cells with code
    sandbox: bool | None = None
    unprotected: set[str] = field(default_factory=set)
    tampering: list[str] = field(default_factory=list)


def read_graded(path: Path) -> GradedNotebook:
    """Read the verdicts of a graded notebook. An unreadable one has none."""
    graded = GradedNotebook()
    with contextlib.suppress(OSError, ValueError, KeyError, AttributeError):
        answer = None
        notebook = load(path)
        ran = notebook.metadata.get("tplib", {})
        graded.sandbox = ran.get("sandbox")
        graded.unprotected = set(ran.get("unprotected", ()))
        graded.tampering = [str(sentence) for sentence in ran.get("tampering", ())]
        judged = set(ran.get("judged", ()))  # by our examiner: others' verdicts may be a student's
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            grade_id = marks.get("grade_id")
            if marks.get("solution"):
                answer = grade_id
                if cell.cell_type == "code":
                    graded.sources[grade_id] = cell.source
            if grade_id is None or not (marks.get("grade") or marks.get("task")):
                continue
            graded.order.append(grade_id)
            if answer is not None:
                graded.answers[grade_id] = answer
            for output in cell.get("outputs", []) if grade_id in judged else ():
                verdict = output.get("data", {}).get(VERDICT)
                if output["output_type"] == "execute_result" and isinstance(verdict, dict):
                    graded.verdicts[grade_id] = verdict
    return graded


def summarise(course: Course, assignment: str) -> Summary:
    """Collect the class's results. Raises TplibError where nobody is graded."""
    students: list[Student] = []
    exercises: dict[tuple[str, str], Exercise] = {}
    order: dict[str, list[str]] = defaultdict(list)
    misconceptions: dict[tuple[str, str, str], Misconception] = {}
    copies, unnamed = Collector(), UnnamedCollector()
    departures: list[tuple[str, str, Departure]] = []
    with course.gradebook() as gradebook:
        try:
            entry = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise TplibError(f"{assignment} is not in the gradebook: run `tp grade {assignment}` first") from None
        if not entry.submissions:
            raise TplibError(f"nobody is graded in {assignment} yet: run `tp grade {assignment}` first")
        notebooks = [notebook.name for notebook in entry.notebooks]
        max_score = entry.max_score
        for submission in sorted(entry.submissions, key=lambda item: item.student.id):
            folder = course.path("autograded", submission.student.id, assignment)
            student = Student(submission.student.id, {})
            for notebook in submission.notebooks:
                path = folder / f"{notebook.name}.ipynb"
                student.notebooks[notebook.name] = Score.of(notebook)
                student.problems += [problem for problem in read_problems(path) if problem not in student.problems]
                graded = read_graded(path)
                departures += [(student.name, notebook.name, departure) for departure in read_departures(path)]
                student.tampering += graded.tampering
                if graded.sandbox is not None:
                    student.sandbox = graded.sandbox and student.sandbox is not False
                exercise_of = {
                    graded.answers[name]: verdict.get("exercise", "")
                    for name, verdict in graded.verdicts.items()
                    if name in graded.answers
                }
                for name, source in graded.sources.items():
                    copies.add(student.name, notebook.name, str(exercise_of.get(name) or name), source)
                for name in graded.verdicts.keys() - graded.unprotected:
                    source = graded.sources.get(graded.answers.get(name, ""), "")
                    unnamed.add(student.name, notebook.name, graded.verdicts[name], source)
                if len(graded.order) > len(order[notebook.name]):
                    order[notebook.name] = graded.order
                silent = {comment.name for comment in notebook.comments if comment.auto_comment == "No response."}
                for grade in notebook.grades:
                    key = (notebook.name, grade.name)
                    exercise = exercises.setdefault(key, Exercise(*key, grade.max_score))
                    ran_beside = grade.name in graded.unprotected
                    exercise.protected &= not ran_beside
                    verdict = graded.verdicts.get(grade.name)
                    present = grade.name in graded.order
                    untouched = graded.answers.get(grade.name) in silent
                    exercise.counts[status_of(grade, None if ran_beside else verdict, present, untouched)] += 1
                    exercise.earned.append(grade.score)
                    note_misconception(misconceptions, student.name, notebook.name, grade.name, verdict)
            students.append(student)
    ordered = sorted(exercises.values(), key=lambda item: (item.notebook, position(order, item), item.name))
    common = sorted(misconceptions.values(), key=lambda item: (-len(item.holders), item.exercise, item.name))
    apart = together(departures)
    return Summary(
        assignment, notebooks, max_score, students, ordered, common, copies.alike(), apart, unnamed.unnamed()
    )


def position(order: dict[str, list[str]], exercise: Exercise) -> int:
    names = order[exercise.notebook]
    return names.index(exercise.name) if exercise.name in names else len(names)


def status_of(grade: Any, verdict: dict[str, Any] | None, present: bool, untouched: bool) -> str:
    """One of STATUSES: the check's own verdict, or else what the points say."""
    if not present:
        return "not handed in"
    if verdict is not None and verdict.get("status") in STATUSES and grade.manual_score is None:
        return str(verdict["status"])
    if grade.needs_manual_grade:
        return "to grade by hand"
    if grade.score >= grade.max_score:
        return "right"
    if grade.score > 0:
        return "partial"
    return "not attempted" if untouched else "wrong"


def note_misconception(
    misconceptions: dict[tuple[str, str, str], Misconception],
    student: str,
    notebook: str,
    grade_id: str,
    verdict: dict[str, Any] | None,
) -> None:
    name = verdict.get("misconception") if verdict else None
    if verdict and isinstance(name, str) and name:
        exercise = str(verdict.get("exercise") or grade_id)
        message = str(verdict.get("message") or "")
        misconception = misconceptions.setdefault(
            (notebook, exercise, name), Misconception(name, exercise, notebook, message)
        )
        misconception.holders.append(student)
