"""A class's results in an assignment: scores from the gradebook, verdicts and problems from the graded notebooks."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tplib.autograde.bridge.course import Course
from tplib.autograde.coordinator.graded_notebook import GradedNotebook, read_graded
from tplib.autograde.coordinator.handed_in import changed_since_graded, is_handed_in, without_copy
from tplib.autograde.coordinator.history import Entry, read_history
from tplib.autograde.coordinator.newer_work import find_older
from tplib.autograde.messages.departures import Departure, together
from tplib.autograde.reports import likeness
from tplib.autograde.reports.copies import Collector
from tplib.autograde.reports.gradebook_rows import Book, Submitted, read_book
from tplib.autograde.reports.over_time import (
    attempts_of,
    compare_attempts,
    earlier_hand_ins,
    over_time,
    tell_attempts,
)
from tplib.autograde.reports.overlap import Overlaps, overlaps, released_code
from tplib.autograde.reports.results import STATUSES, Exercise, Misconception, Student, Summary
from tplib.autograde.reports.unnamed import Collector as UnnamedCollector
from tplib.autograde.reports.unnamed import Unnamed
from tplib.autograde.submissions.clock import course_zone
from tplib.autograde.submissions.enrolment import expected
from tplib.autograde.submissions.notebook import UNREADABLE


def summarise(course: Course, assignment: str) -> Summary:
    """Collect the class's results. Raises TplibError where nobody is graded."""
    with course.gradebook() as gradebook:
        book = read_book(course.root, gradebook, assignment)
    reading = Reading(course, assignment, book)
    for submitted in book.submissions:
        reading.read(submitted)
    with ThreadPoolExecutor(1) as beside:  # where a process of its own compares texts
        released = released_code(course.path("release", assignment=assignment))
        comparing = beside.submit(overlaps, reading.answers, released)
        summary = reading.summary()
    history = read_history(course.root, assignment)
    tell_history(course, summary, history, reading.exercise_of)
    compare_answers(summary, comparing.result())
    return summary


@dataclass
class Reading:
    """What is gathered while the students' graded notebooks are read one after the other.

    order        by notebook, the graded cells from top to bottom
    exercise_of  by notebook and grade id, what a check cell judges
    answers      by notebook, student and exercise, the code
    """

    course: Course
    assignment: str
    book: Book
    students: list[Student] = field(default_factory=list)
    exercises: dict[tuple[str, str], Exercise] = field(default_factory=dict)
    misconceptions: dict[tuple[str, str, str], Misconception] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    exercise_of: dict[tuple[str, str], str] = field(default_factory=dict)
    answers: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: defaultdict(dict))
    departures: list[tuple[str, str, Departure]] = field(default_factory=list)
    unnamed: UnnamedCollector = field(default_factory=UnnamedCollector)

    def read(self, submitted: Submitted) -> None:
        """Take in one student's results."""
        student = Student(
            submitted.student,
            submitted.scores(self.book.greatest),
            full_name=self.book.people.get(submitted.student, ""),
            handed_in=submitted.handed_in,
            seconds_late=submitted.seconds_late,
        )
        folder = self.course.path("autograded", student.name, self.assignment)
        ungraded = {
            name
            for name in without_copy(self.course, student.name, self.assignment, student.notebooks)
            if is_handed_in(self.course, student.name, self.assignment, name) and not submitted.has_points(name)
        }
        for name in ungraded:
            student.notebooks[name].graded = student.notebooks[name].needs_manual = False
        notebooks = {name: read_graded(folder / f"{name}.ipynb") for name in student.notebooks}
        for name, graded in notebooks.items():
            self._read_notebook(student, name, graded, submitted.silent.get(name, set()))
        for grade in submitted.grades:
            graded = notebooks[grade.notebook]
            key = (grade.notebook, grade.name)
            exercise = self.exercises.setdefault(key, Exercise(*key, grade.max_score))
            ran_beside = grade.name in graded.unprotected
            exercise.protected &= not ran_beside
            if grade.notebook in ungraded:
                student.statuses[key] = "not graded yet"
                exercise.counts["not graded yet"] += 1
                continue
            verdict = graded.verdicts.get(grade.name)
            untouched = graded.answers.get(grade.name) in submitted.silent.get(grade.notebook, ())
            present = grade.name in graded.order
            status = status_of(grade, None if ran_beside else verdict, present, untouched)
            if status == "not handed in" and any(problem.kind in UNREADABLE for problem in graded.problems):
                status = "unreadable"
            student.statuses[key] = status
            exercise.counts[status] += 1
            exercise.again += grade.again
            exercise.earned.append(grade.score)
            self._note_misconception(student, grade.notebook, grade.name, verdict)
        self.students.append(student)

    def _read_notebook(self, student: Student, notebook: str, graded: GradedNotebook, silent: set[str]) -> None:
        """silent: the answers that were left as they were released; they are like nobody's."""
        student.problems += [problem for problem in graded.problems if problem not in student.problems]
        student.tampering += graded.tampering
        self.departures += [(student.name, notebook, departure) for departure in graded.departures]
        if graded.sandbox is not None:
            student.sandbox = graded.sandbox and student.sandbox is not False
        judged = {name: str(verdict.get("exercise") or "") for name, verdict in graded.verdicts.items()}
        self.exercise_of |= {(notebook, name): exercise for name, exercise in judged.items() if exercise}
        exercise_of = {graded.answers[name]: exercise for name, exercise in judged.items() if name in graded.answers}
        self.answers[notebook][student.name] = {
            exercise_of.get(name) or name: source for name, source in graded.sources.items() if name not in silent
        }
        for name in graded.verdicts.keys() - graded.unprotected:
            source = graded.sources.get(graded.answers.get(name, ""), "")
            self.unnamed.add(student.name, notebook, graded.verdicts[name], source)
        if len(graded.order) > len(self.order[notebook]):
            self.order[notebook] = graded.order

    def _note_misconception(
        self, student: Student, notebook: str, grade_id: str, verdict: dict[str, Any] | None
    ) -> None:
        name = verdict.get("misconception") if verdict else None
        if verdict and isinstance(name, str) and name:
            exercise = str(verdict.get("exercise") or grade_id)
            message = str(verdict.get("message") or "")
            made = Misconception(name, exercise, notebook, message)
            self.misconceptions.setdefault((notebook, exercise, name), made).holders.append(student.name)
            student.mistakes[notebook, exercise] = name

    def summary(self) -> Summary:
        copies = Collector()
        for notebook, by_student in self.answers.items():
            for student, answers in by_student.items():
                for exercise, source in answers.items():
                    copies.add(student, notebook, exercise, source)
        known = expected(self.course.root, self.assignment, self.book.people) & self.book.people.keys()
        names = set(self.course.students(self.assignment)) | known
        handed_in = {student.name for student in self.students}
        there = {name for name in names - handed_in if self.course.path("submitted", name, self.assignment).is_dir()}
        summary = Summary(
            self.assignment,
            list(self.book.greatest),
            sum(self.book.greatest.values()),
            self.students,
            sorted(self.exercises.values(), key=lambda one: (one.notebook, position(self.order, one), one.name)),
            list(self.misconceptions.values()),
            copies.alike(),
            together(self.departures),
            self.unnamed.unnamed(),
            due=self.book.due,
            zone=course_zone(self.course.app.config),
            missing=sorted(names - handed_in - there),
            ungraded=sorted(there),
            changed=[name for name in changed_since_graded(self.course, self.assignment) if name in handed_in],
            outdated=[name for name in find_older(self.course, self.assignment).tests if name in handed_in],
            people=self.book.people,
            root=self.course.root,
        )
        summary.max_score -= sum(self.book.greatest[name] for name in summary.of_nobody)
        return summary


def tell_history(
    course: Course, summary: Summary, history: list[Entry], exercise_of: dict[tuple[str, str], str]
) -> None:
    """Enter what the history of gradings says; without one, what is known of the last hand-in stands alone."""
    attempts = attempts_of(history, exercise_of)
    tell_attempts(summary.students, attempts, earlier_hand_ins(course.root, summary.assignment))
    compare_attempts(summary, attempts)
    summary.over_time = over_time(summary, attempts)
    last = {entry.student: entry for entry in history}
    summary.failures = {student: entry.failure for student, entry in last.items() if entry.failure}
    for student in summary.students:
        entry = last.get(student.name)
        student.seconds = entry.seconds if entry is not None and not entry.failure else None


def compare_answers(summary: Summary, compared: Overlaps) -> None:
    """Enter who made the same rare mistakes, and whose code is alike."""
    class_size = len(summary.students)
    mistakes = likeness.rare_mistakes(all_mistakes(summary.misconceptions, summary.unnamed), class_size)
    wrong = {student.name: student.count("wrong", "partial") for student in summary.students}
    pairs = likeness.unlikely_pairs(mistakes, wrong, class_size)
    summary.like_groups = likeness.groups(pairs, compared.found)
    summary.not_compared = compared.reason


def all_mistakes(misconceptions: list[Misconception], unnamed: Unnamed) -> list[likeness.SharedMistake]:
    named = [likeness.SharedMistake(m.notebook, m.exercise, m.title, tuple(m.holders)) for m in misconceptions]
    return named + [
        likeness.SharedMistake(found.notebook, found.exercise, "a mistake without a name", found.students)
        for found in unnamed.shared
    ]


def position(order: dict[str, list[str]], exercise: Exercise) -> int:
    names = order[exercise.notebook]
    return names.index(exercise.name) if exercise.name in names else len(names)


def status_of(grade: Any, verdict: dict[str, Any] | None, present: bool, untouched: bool) -> str:
    """One of STATUSES: the check's own verdict, or else what the points say."""
    if not present:
        return "not handed in"
    if verdict is not None and verdict.get("status") in STATUSES and grade.manual_score is None:
        return str(verdict["status"])
    if grade.needs_manual_grade and grade.manual_score is None:
        return "to grade by hand"
    if grade.score >= grade.max_score:
        return "right"
    if grade.score > 0:
        return "partial"
    return "not attempted" if untouched else "wrong"
