"""The coordinator of one run: what is due, what workers get, and what becomes of their results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

from tplib.autograde.bridge.course import Course
from tplib.autograde.coordinator.comparison import Difference
from tplib.autograde.coordinator.gradebook_writer import Writer
from tplib.autograde.coordinator.handed_in import HandedIn, digest, look_of, without_copy
from tplib.autograde.coordinator.history import History, entry_of, failed_entry
from tplib.autograde.coordinator.journal import Journal
from tplib.autograde.coordinator.judged_by import JudgedBy
from tplib.autograde.coordinator.kept_verdicts import Kept, kept_verdicts, require_exercises, unknown_exercises
from tplib.autograde.coordinator.local_pool import Done, UnderWay
from tplib.autograde.coordinator.newer_work import digest_of_tests, is_newer
from tplib.autograde.coordinator.read_plan import read_plan
from tplib.autograde.coordinator.run_results import Graded, Score, read_problems
from tplib.autograde.coordinator.schedule import Schedule
from tplib.autograde.coordinator.secret import course_secret, seeds
from tplib.autograde.coordinator.setup import support_files
from tplib.autograde.messages.grading import OWN_CODE, GradingResult, SubmissionTask
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.messages.problems import Problem
from tplib.autograde.submissions.folder import read_submission
from tplib.sentences import proposed, proposed_inside

GRADED_ALONE = "graded again alone"
UNDER_WAY_CAP = 256 << 20  # bytes of submissions that are under way: with more, the next one waits


class Backend(Protocol):
    """Where submissions are graded, at most `capacity` at a time. several: whether they run beside each other."""

    @property
    def capacity(self) -> int: ...

    @property
    def several(self) -> bool: ...

    def submit(self, student: str, task: bytes) -> None: ...

    def wait(self, timeout: float) -> list[Done]: ...

    def under_way(self) -> list[UnderWay]: ...

    def close(self) -> None: ...


Progress = Callable[[int, int, int], None]
Waiting = Callable[[list[UnderWay]], None]


class Grader:
    """The coordinator of a run: it alone uses the gradebook and writes into the course folder."""

    def __init__(
        self, course: Course, assignment: str, scratch: Path, journal: Journal, create_students: bool | None
    ) -> None:
        self.course, self.assignment, self.journal = course, assignment, journal
        with course.gradebook() as gradebook:
            plans = read_plan(course, gradebook, assignment, scratch)
            self.tests = digest_of_tests(gradebook.find_assignment(assignment))
            enrolled = {student.id for student in gradebook.students}
        self.plans: dict[str, NotebookPlan] = {name: plans[name] for name in course.chosen_notebooks(assignment, plans)}
        self.others = {name: sorted(plan.cells) for name, plan in plans.items() if name not in self.plans}
        self.support = support_files(course, assignment)
        self.writer = Writer(course, assignment, scratch, self.support)
        may_be_new = self.writer.converter.create_student if create_students is None else create_students
        self.enrolled = None if may_be_new else enrolled
        self.earlier = self.writer.scores()
        self.extensions, self.manual = self.writer.known()
        self.secret = course_secret(course.root)
        self.handed_in = HandedIn(course.root, assignment)
        self.history = History(course.root, assignment)
        self.judged_by = JudgedBy(course.root, assignment, self.plans)
        self.under_way: dict[str, tuple[str, str, int]] = {}  # digest, look and size of what is being graded
        self.results: dict[str, Graded] = {}
        self.failures = 0
        self.cut_off: list[str] = []  # who was being graded when the run was stopped
        self.different: list[Difference] = []
        self.schedule = Schedule([])
        self.only: list[str] = []
        self.rest: dict[str, list[str]] = {}  # who has not changed, and the notebooks that have no grade yet

    def judge_only(self, exercises: list[str]) -> None:
        """Judge these exercises of the submissions that have not changed since they were graded."""
        require_exercises(exercises, self.plans)
        self.only = exercises

    def close(self) -> None:
        self.writer.close()

    def resume(self) -> None:
        """Enter what an earlier run had graded when it was killed."""
        any_entered = False
        for data in self.journal.pending():
            try:
                result = GradingResult.from_data(data)
            except (TypeError, ValueError, KeyError, BadZipFile):  # another version's: it is graded again
                continue
            self.writer.enter(result)
            self.history.enter(entry_of(result))
            self.earlier |= self.writer.scores(result.student)
            any_entered = True
        if any_entered:
            self.journal.entered(finished=True)

    def is_due(self, student: str) -> bool:
        """Whether a submission has no grade yet, or is newer than its grade, or has an exercise to be judged again."""
        return bool(self.only) or self.is_new(student)

    def is_new(self, student: str) -> bool:
        if self.is_changed(student):
            return True
        ungraded = [
            name
            for name in without_copy(self.course, student, self.assignment, self.plans)
            if not (self.course.wants_all_notebooks and self.has_score(student, name))
        ]
        if ungraded and not self.only:
            self.rest[student] = ungraded
        return bool(ungraded)

    def has_score(self, student: str, name: str) -> bool:
        score = self.earlier[student].get(name)
        return score is not None and score.graded

    def told(self, student: str, scores: dict[str, Score]) -> dict[str, Score]:
        """The scores as the table tells them: answers of a notebook that is not graded yet do not wait for a human."""
        absent = without_copy(self.course, student, self.assignment, scores)
        for name, score in scores.items():
            score.graded |= name not in absent
            score.needs_manual &= score.graded
        return scores

    def is_changed(self, student: str) -> bool:
        graded = self.course.path("autograded", student, self.assignment)
        if not graded.is_dir() or student not in self.earlier:
            return True
        if self.handed_in.tests.get(student, self.tests) != self.tests:  # they are others by now, whoever changed them
            return True
        return is_newer(self.course, student, self.assignment, self.plans, self.handed_in)

    def task(self, student: str) -> SubmissionTask:
        folder = self.course.path("submitted", student, self.assignment)
        look = look_of(folder)
        read = read_submission(folder)
        content = digest(read.files)
        self.under_way[student] = content, look, sum(map(len, read.files.values()))
        exercises = {name for plan in self.plans.values() for name in plan.checks.values()}
        task = SubmissionTask(
            student,
            read.files,
            [*read.problems, *graded_alone(self.schedule.again.get(student))],
            read.read_at,
            self.extensions.get(student),
            self.manual.get(student, {}),
            seeds(self.secret, student, sorted(exercises), content),
            self.kept(student, content),
            self.rest.get(student, []),
            read.modes,
        )
        self.judged_by.begin(task)
        return task

    def kept(self, student: str, content: str) -> Kept:
        """The verdicts that are not found again; none where the submission is another than the one that was graded."""
        if not self.only or self.handed_in.known.get(student, ("", ""))[0] != content or self.is_new(student):
            return {}
        return kept_verdicts(self.course.path("autograded", student, self.assignment), self.plans, self.only)

    def run(
        self, due: list[str], backend: Backend, on_progress: Progress, on_waiting: Waiting, interrupted: list[int]
    ) -> None:
        """Grade the students `due`. `interrupted` is no longer empty when the user wants to stop."""
        self._run(due, backend, on_progress, on_waiting, interrupted)
        self.journal.entered(finished=True)

    def _run(
        self, due: list[str], backend: Backend, on_progress: Progress, on_waiting: Waiting, interrupted: list[int]
    ) -> None:
        schedule = self.schedule = Schedule(due)
        on_progress(0, len(due), 0)
        while schedule.more and not interrupted:
            while not interrupted and self.has_room() and (student := schedule.next(backend.capacity)) is not None:
                if (refused := self.refusal(student)) is not None:
                    self.results[student] = Graded(student, "failed", self.earlier.get(student, {}), [refused])
                    self.failures += 1
                    on_progress(len(self.results), len(due), self.failures)
                else:
                    backend.submit(student, self.task(student).to_data())
                    schedule.start(student, backend.several)
            if not (finished := backend.wait(0.2)):
                on_waiting(backend.under_way())
            for done in finished:
                limit = None if done.data is None else GradingResult.limit_in(done.data)
                if not schedule.end(done.student, limit):
                    del self.under_way[done.student]
                    continue
                self.enter(done)
                self.failures += any(not problem.repaired for problem in self.results[done.student].problems)
                on_progress(len(self.results), len(due), self.failures)
        if interrupted:
            self.cut_off = sorted(one.student for one in backend.under_way())

    @property
    def graded(self) -> set[str]:
        """Who has been graded in this run."""
        return {student for student, result in self.results.items() if result.state == "graded"}

    def has_room(self) -> bool:
        """Whether another submission may be in memory besides those that are under way."""
        return sum(size for _, _, size in self.under_way.values()) < UNDER_WAY_CAP

    def enter(self, done: Done) -> None:
        """Write a result to the journal, then into the gradebook: so nothing is lost whenever the run is killed."""
        content, look, _ = self.under_way.pop(done.student, ("", "", 0))
        result = None if done.data is None else GradingResult.from_data(done.data)
        if result is None or done.data is None or result.failure is not None:
            reason = (result and result.failure) or done.reason
            self.history.enter(failed_entry(done.student, reason))
            self.fail(done.student, result.problems if result else [], reason)
            return
        self.journal.append(done.data)
        self.writer.enter(result)
        self.judged_by.enter(result.student)
        if self.course.wants_all_notebooks or result.student not in self.handed_in.known:
            self.handed_in.enter(
                result.student, content, look, self.tests
            )  # else what was not chosen would pass for graded, too
        self.history.enter(entry_of(result, content))
        self.journal.entered()
        scores = self.told(result.student, self.writer.scores(result.student).get(result.student, {}))
        seconds = result.timings.get("execute", 0.0)
        self.results[done.student] = Graded(done.student, "graded", scores, result.problems, result.departures, seconds)

    def refusal(self, student: str) -> Problem | None:
        """Why a student is not graded at all. With c.Autograde.create_student = False, only who is enrolled is."""
        if self.enrolled is not None and student not in self.enrolled:
            enrol = proposed_inside(self.course.root, "nbgrader", "db", "student", "add", student)
            hint = f"Correct the folder's name, or enrol the student with `{enrol}`"
            return Problem("not enrolled", f"no student with ID '{student}' exists in the database", hint)
        handed_in = self.course.path("submitted", student, self.assignment)
        if not os.access(handed_in, os.R_OK | os.X_OK):
            place = os.path.relpath(handed_in, self.course.root)
            hint = "Let its owner, or root, run `chmod a+rx` on it; then run the same command again"
            return Problem("not graded", f"you may not read the folder {place}", hint)
        for folder in self.course.path("autograded", student, self.assignment).parents:
            if folder.is_file():
                place = os.path.relpath(folder, self.course.root)
                reason = f"{place} is a file, where a folder is needed for what is graded"
                return Problem("not graded", reason, "Move that file away, then run the same command again")
        return None

    def fail(self, student: str, problems: list[Problem], reason: str) -> None:
        hint = "Run the same command again, and report this if it stays"
        if OWN_CODE in reason:
            hint = "Correct that file, then run the same command again"
        if "No space left" in reason:
            hint = "Make room where temporary files go (TMPDIR), then run the same command again"
        if "There is no exercise" in reason and (unknown := unknown_exercises(self.plans)):
            root = self.course.root
            again = proposed(root, "grade", self.assignment, "--force")
            hint = (
                f"exercises/ has no exercise {', '.join(unknown)} any more, and the gradebook has its check. Was it "
                f"renamed? Name it back, then run `{proposed(root, 'build')}` and `{again}`. Was it taken out? "
                f"`{again}` drops its check"
            )
        hint += "; the earlier grade, if there is one, was kept"
        problem = Problem("not graded", f"the grading itself failed ({reason})", hint)
        self.results[student] = Graded(student, "failed", self.earlier.get(student, {}), [*problems, problem])

    def collected(self, everyone: list[str], due: set[str]) -> Iterator[Graded]:
        """The results of this run. For students who were not due, those of earlier runs."""
        for student in everyone:
            if student in self.results:
                yield self.results[student]
            elif student not in due:
                folder = self.course.path("autograded", student, self.assignment)
                problems: dict[Problem, None] = {}
                for path in sorted(folder.glob("*.ipynb")):
                    problems.update(dict.fromkeys(read_problems(path)))
                scores = self.told(student, self.earlier.get(student, {}))
                yield Graded(student, "already graded", scores, list(problems))


def graded_alone(limit: str | None) -> list[Problem]:
    """What to say of a submission that is graded once more: beside others it met `limit`."""
    if limit is None:
        return []
    reason = f"beside others it met a limit of the machine ({limit}), so it was graded again, alone"
    return [Problem(GRADED_ALONE, reason, "Only what was found alone counts", repaired=True)]
