"""Grade an assignment: stage and sanitise, execute side by side, save the scores; one bad submission stops no other."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy.exc
from nbformat import NotebookNode
from nbgrader.api import MissingEntry

from tplib.autograde.course import (
    Course,
    database_error,
    enter_assignment,
    nbgrader_at_work,
    require_assignment,
)
from tplib.autograde.execute import Pool, make_pool, private_copy
from tplib.autograde.jobs import Job, Limits, Outcome
from tplib.autograde.notebooks import load
from tplib.autograde.plan import read_plan
from tplib.autograde.problems import Problem
from tplib.autograde.replay import StagedAutograde
from tplib.autograde.results import Graded, Run, Score, execution_problems, read_problems
from tplib.autograde.scratch import clear_stale_scratch, install, interruptible, make_scratch, require_writable
from tplib.autograde.staging import Staged, stage
from tplib.autograde.warm import WarmPool
from tplib.errors import TplibError

AHEAD = 8  # submissions staged for each worker while the warm process still imports
LEARN_FROM = 4  # submissions: with fewer, running the solution once costs more than it saves


@dataclass
class Submission:
    staged: Staged
    folder: Path  # the working directory of its notebooks
    notebooks: list[Path] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)


Progress = Callable[[int, int, int], None]


def grade_assignment(
    course: Course,
    assignment: str,
    *,
    students: list[str] | None = None,
    force: bool = False,
    workers: int | None = None,
    limits: Limits | None = None,
    warm: bool = True,
    on_progress: Progress = lambda done, total, failed: None,
) -> Run:
    """Grade the submissions of `assignment` in `course` that are not graded yet, or newer than their grade.

    `on_progress` gets the numbers of submissions done, to do and failed. Raises TplibError for an unknown assignment,
    for none submitted, and for a folder or gradebook that cannot be used; a submission's troubles are in the result.
    """
    started = time.monotonic()
    require_assignment(course, assignment)
    everyone = choose_students(course, assignment, students)
    require_writable(course.path("autograded"))
    clear_stale_scratch(course.root)
    scratch = make_scratch(course.root)
    try:
        with nbgrader_at_work():
            entered = enter_assignment(course, assignment, scratch)
            grader = Grader(course, assignment, scratch, limits or course.limits(), warm)
            due = [student for student in everyone if force or grader.is_due(student)]
            with interruptible() as interrupted, contextlib.closing(grader):
                grader.run(due, workers or os.cpu_count() or 1, on_progress, interrupted)
            seen = {
                **grader.results,
                **{student: grader.earlier(student) for student in everyone if student not in due},
            }
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise database_error(course.directory.db_url, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    results = [seen[student] for student in everyone if student in seen]
    left = len(everyone) - len(results)
    return Run(assignment, results, bool(interrupted), left, time.monotonic() - started, entered)


def choose_students(course: Course, assignment: str, wanted: list[str] | None) -> list[str]:
    """The students with a submission, or those `wanted` among them."""
    everyone = course.students(assignment)
    if not everyone:
        raise TplibError(
            f"nobody has handed in {assignment}: expected folders such as "
            f"{os.path.relpath(course.path('submitted', 'STUDENT', assignment), course.root)} in {course.root}"
        )
    unknown = sorted(set(wanted or []) - set(everyone))
    if unknown:
        raise TplibError(
            f"no submission of {assignment} by {', '.join(unknown)}; there is one by: {', '.join(everyone)}"
        )
    return [student for student in everyone if not wanted or student in wanted]


class Grader:
    """The one coordinator of a run: it alone talks to the gradebook and writes into the course folder."""

    def __init__(self, course: Course, assignment: str, scratch: Path, limits: Limits, warm: bool) -> None:
        self.course, self.assignment, self.scratch = course, assignment, scratch
        self.limits, self.warm = limits, warm
        with course.gradebook() as gradebook:
            self.plans = read_plan(course, gradebook, assignment, scratch)
            self.entered = {found.student.id for found in gradebook.find_assignment(assignment).submissions}
        self.converter = StagedAutograde(course, assignment, scratch)
        self.results: dict[str, Graded] = {}
        self.active: dict[str, Submission] = {}
        self.pools: dict[str, Pool] = {}

    def close(self) -> None:
        for pool in self.pools.values():
            pool.close()

    # What there is to do

    def is_due(self, student: str) -> bool:
        """Whether a submission has no grade yet, or is newer than the one it has."""
        graded = self.course.path("autograded", student, self.assignment)
        submitted = self.course.path("submitted", student, self.assignment)
        notebooks = list(graded.glob("*.ipynb"))
        if not notebooks or student not in self.entered:
            return True
        with contextlib.suppress(Exception):  # an invalid time in timestamp.txt
            times = [self.course.directory.get_existing_timestamp(str(path)) for path in (submitted, graded)]
            if None not in times and times[0] > times[1]:
                return True
        changed = max((path.lstat().st_mtime for path in submitted.rglob("*")), default=0.0)
        return changed > min(path.stat().st_mtime for path in notebooks)

    def earlier(self, student: str) -> Graded:
        """The result that an earlier run left."""
        folder = self.course.path("autograded", student, self.assignment)
        problems: dict[Problem, None] = {}
        for path in sorted(folder.glob("*.ipynb")):
            problems.update(dict.fromkeys(read_problems(path)))
        return Graded(student, "already graded", self.scores(student), list(problems))

    def scores(self, student: str) -> dict[str, Score]:
        with self.course.gradebook() as gradebook:
            try:
                submission = gradebook.find_submission(self.assignment, student)
            except MissingEntry:
                return {}
            return {notebook.name: Score.of(notebook) for notebook in submission.notebooks}

    # Doing it

    def run(self, due: list[str], workers: int, on_progress: Progress, interrupted: list[int]) -> None:
        """Grade the students `due`; `interrupted` becomes non-empty when the user wants to stop."""
        if not due:
            return
        self.report_progress(due, on_progress)
        waiting = list(due)
        self.make_pools(workers)
        with ThreadPoolExecutor(1) as executor:
            warm = executor.submit(self.warm_up, len(due))
            while waiting and len(self.active) < AHEAD * workers and not (warm.done() or interrupted):
                self.guard(waiting.pop(0), self.stage)
            warm.result()
        for student in list(self.active):
            self.guard(student, self.next_notebook)
        while (waiting or self.active) and not interrupted:
            while waiting and len(self.active) < 2 * workers + 1 and not interrupted:
                self.guard(waiting[0], self.stage)
                self.guard(waiting.pop(0), self.next_notebook)
                self.report_progress(due, on_progress)
            busy = [pool for pool in self.pools.values() if pool.busy()]
            for pool in busy:
                for outcome in pool.wait(0.2 / len(busy)):
                    student = outcome.job.name.split("/")[0]
                    self.guard(student, functools.partial(self.collect, outcome))
                    self.report_progress(due, on_progress)

    def report_progress(self, due: list[str], on_progress: Progress) -> None:
        on_progress(len(self.results), len(due), self.failures())

    def failures(self) -> int:
        return sum(any(not problem.repaired for problem in result.problems) for result in self.results.values())

    def make_pools(self, workers: int) -> None:
        """Make the pools that the notebooks' kernels ask for, and the scratch course's source/."""
        source = self.course.path("source", ".", self.assignment)
        if source.is_dir():
            shutil.copytree(source, self.scratch_source, ignore=shutil.ignore_patterns("*.ipynb"))
        for kind in {self.pool_of(name) for name in self.plans}:
            self.pools[kind] = make_pool(workers, self.scratch, kind == "warm")

    def pool_of(self, notebook: str) -> str:
        return "warm" if self.warm and self.plans[notebook].kernel is None else "cold"

    @property
    def scratch_source(self) -> Path:
        return self.scratch / "source" / self.assignment

    def warm_up(self, count: int) -> None:
        """Have the warm process import what the instructor's own notebooks import."""
        pool = self.pools.get("warm")
        if not isinstance(pool, WarmPool):
            return
        notebooks = self.reference_notebooks()
        if count < LEARN_FROM:
            pool.preload_imports(notebooks)
            return
        folders = [self.scratch / "learn" / str(number) for number, _ in enumerate(notebooks)]
        for folder in folders:
            if self.scratch_source.is_dir():
                private_copy(self.scratch_source, folder)
            folder.mkdir(parents=True, exist_ok=True)
        pool.learn(notebooks, folders, self.scratch / "control", self.limits)

    def reference_notebooks(self) -> list[NotebookNode]:
        """The instructor's notebooks, or the released ones where those are not here."""
        notebooks: list[NotebookNode] = []
        for plan in self.plans.values():
            for step in ("source", "release"):
                path = self.course.path(step, ".", self.assignment) / f"{plan.name}.ipynb"
                with contextlib.suppress(OSError, ValueError):
                    notebooks.append(load(path))
                    break
        return notebooks

    def guard(self, student: str, step: Callable[[str], None]) -> None:
        """Take one step for one student; what goes wrong in it is theirs alone, unless the gradebook itself fails."""
        try:
            step(student)
        except sqlalchemy.exc.OperationalError:
            raise
        except Exception as error:
            self.fail(student, error)

    def stage(self, student: str) -> None:
        """Bring the submission into the scratch folder, repaired and sanitised."""
        staged = Staged(student, self.scratch / "submitted" / student / self.assignment)
        submission = self.active[student] = Submission(staged, self.scratch / "work" / student)
        stage(self.course.path("submitted", student, self.assignment), staged, self.plans)
        submission.notebooks = self.converter.sanitize(student, staged.problems)
        private_copy(self.scratch / "autograded" / student / self.assignment, submission.folder)

    def next_notebook(self, student: str) -> None:
        """Send the student's next notebook to be executed; when there is none, save the scores."""
        submission = self.active.get(student)
        if submission is None:  # staging it failed
            return
        for path in submission.notebooks:
            if path.stem in submission.outcomes or path.stem in submission.staged.stand_ins or not self.executes():
                continue
            control = self.scratch / "control" / student / path.stem
            job = Job(f"{student}/{path.stem}", load(path), submission.folder, control, self.limits)
            self.pools[self.pool_of(path.stem)].submit(job)
            return
        self.save(submission)

    def executes(self) -> bool:
        """Whether the course's configuration wants notebooks executed at all (`c.Execute.enabled`)."""
        return bool(self.converter.config.Execute.get("enabled", True))

    def collect(self, outcome: Outcome, student: str) -> None:
        submission = self.active[student]
        name = Path(outcome.job.name).name
        submission.outcomes[name] = outcome
        submission.staged.problems += execution_problems(name, outcome)
        self.next_notebook(student)

    def save(self, submission: Submission) -> None:
        """nbgrader's second pass, then the finished copy goes into autograded/ in one rename."""
        staged = submission.staged
        self.converter.finish(staged.student, submission.outcomes, staged.problems)
        self.zero(staged)
        install(
            self.scratch / "autograded" / staged.student / self.assignment,
            self.course.path("autograded", staged.student, self.assignment),
            self.scratch,
        )
        seconds = sum(outcome.seconds for outcome in submission.outcomes.values())
        self.done(Graded(staged.student, "graded", self.scores(staged.student), staged.problems, seconds))

    def zero(self, staged: Staged) -> None:
        """A notebook that could not be graded scores 0 on each of its cells."""
        if not staged.stand_ins:
            return
        with self.course.gradebook() as gradebook:
            for name in staged.stand_ins:
                notebook = gradebook.find_submission_notebook(name, self.assignment, staged.student)
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = 0, grade.manual_score is not None
            gradebook.db.commit()

    def fail(self, student: str, error: Exception) -> None:
        reason = f"the grading itself failed ({type(error).__name__}: {error})"
        problem = Problem("not graded", reason, "The earlier grade, if there is one, was kept; please report this")
        staged = self.active[student].staged.problems if student in self.active else []
        self.done(Graded(student, "failed", self.scores(student), [*staged, problem]))

    def done(self, result: Graded) -> None:
        self.results[result.student] = result
        self.active.pop(result.student, None)
        for folder in ("submitted", "autograded", "work", "control"):
            shutil.rmtree(self.scratch / folder / result.student, ignore_errors=True)
