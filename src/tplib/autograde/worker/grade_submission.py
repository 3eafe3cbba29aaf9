"""Grade one submission: bytes of a task in, bytes of a result out. It needs no course folder and no database."""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute

from tplib.autograde.bridge.course import Course, private_course
from tplib.autograde.bridge.memory_gradebook import MemoryGradebook
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.bridge.preprocessors import HARMLESS_WORK
from tplib.autograde.bridge.two_pass import StagedAutograde
from tplib.autograde.child_forkserver import ChildForkserver
from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.examiner.judging import JUDGE, judge_question
from tplib.autograde.examiner.untrusted_outputs import pictures
from tplib.autograde.limited import SeveralWorks, StoppedError, Work
from tplib.autograde.messages.execution import NotebookOutcome, NotebookRun
from tplib.autograde.messages.grading import OWN_CODE, GradingResult, Setup, SubmissionTask
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.messages.problems import few
from tplib.autograde.notebook_files import save
from tplib.autograde.private_folders import private_folder, remove_abandoned
from tplib.autograde.processes import can_fork
from tplib.autograde.submissions.staging import READ, Staged, reading, stage_in_child
from tplib.autograde.worker.cell_limits import cell_limits, with_room
from tplib.autograde.worker.execution import Execution
from tplib.autograde.worker.execution_problems import execution_problems, files_left_out
from tplib.autograde.worker.files import (
    PREFIX,
    apply_changes,
    keep_written,
    modes_of,
    place_exercises,
    working_copy,
    write_files,
)
from tplib.autograde.worker.warm_start import start_candidate_server


def place_in(error: Exception, plugins: Path) -> str:
    """Where an error left the configuration's own code, as the end of a sentence; nothing if it came from elsewhere.

    That is a plug-in's file, or the configuration file itself, which is no module here: its classes came as they are.
    """
    modules = {getattr(module, "__file__", None) for module in [*sys.modules.values()]}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith("<")]
    own = [
        (Path(frame.filename), frame.lineno)
        for frame in frames
        if frame.filename not in modules or Path(frame.filename).is_relative_to(plugins)
    ]
    if not own:
        return ""
    path, line = own[-1]
    return f", {OWN_CODE} {path.relative_to(plugins) if path.is_relative_to(plugins) else path.name}, line {line}"


def find_check_cells(notebook: NotebookNode, checks: dict[str, str]) -> dict[int, str]:
    """The exercises of the check cells, by the cells' places in this notebook."""
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return {index: checks[grade_id] for index, grade_id in enumerate(ids) if grade_id in checks}


def shown_pictures(notebook: NotebookNode) -> dict[int, list[str]]:
    """The pictures that the ungraded code cells show, by the cells' places."""
    return {
        index: pictures(cell["outputs"])
        for index, cell in enumerate(notebook.cells)
        if cell["cell_type"] == "code" and not {"grade", "solution"} & graded_marks(cell)
    }


def skip_tag(course: Course) -> str:
    """nbclient's tag of cells that are not run."""
    for section in ("Execute", "ExecutePreprocessor", "NotebookClient"):
        if "skip_cells_with_tag" in course.app.config[section]:
            return str(course.app.config[section]["skip_cells_with_tag"])
    return "skip-execution"


def skipped_cells(notebook: NotebookNode, plan: NotebookPlan, tag: str) -> set[int]:
    """The places of the cells with `tag`. Of cells that are the instructor's, only the instructor's own tags count:
    a test that does not run would give its points."""
    instructors = {anchor.grade_id for anchor in plan.anchors if tag in anchor.tags}
    skipped = set()
    for index, cell in enumerate(notebook.cells):
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        planned = plan.cells.get(grade_id)
        own = planned is None or planned.solution
        if tag in cell.metadata.get("tags", []) if own else grade_id in instructors:
            skipped.add(index)
    return skipped


def graded_marks(cell: NotebookNode) -> set[str]:
    return {mark for mark, value in cell.metadata.get("nbgrader", {}).items() if value is True}


class GradingFailedError(Exception):
    """A notebook cannot be graded, and it is not to blame."""


class Worker:
    """Grades the submissions of one assignment, one after the other, in a private temporary folder.

    Candidates come from the server that this process's parent started (`inherited`), or else from one of its own.
    """

    def __init__(self, setup: Setup, inherited: CandidateServer | None = None) -> None:
        self.setup = setup
        self.note: Callable[[str], None] = lambda notebook: None  # called with each notebook that is about to run
        remove_abandoned(PREFIX)
        with contextlib.ExitStack() as closing:
            closing.enter_context(nbgrader_at_work())
            self.root = closing.enter_context(private_folder(PREFIX))
            self._prepare(closing, inherited)
            self.closing = closing.pop_all()

    def _prepare(self, closing: contextlib.ExitStack, candidates: CandidateServer | None) -> None:
        setup = self.setup
        course_folder = self.root / "course"
        write_files(course_folder / "source" / setup.assignment, setup.support)
        if candidates is None:  # else the parent did it
            place_exercises(self.root / "exercises", setup.exercises)
        plugins = self.root / "plugins"
        write_files(plugins, setup.plugins)
        sys.path.insert(0, str(plugins))
        closing.callback(sys.path.remove, str(plugins))
        closing.enter_context(contextlib.chdir(plugins))  # what they open by a bare name lies there, as in the course
        self.course = private_course(course_folder, setup.config)
        self.converter = StagedAutograde(self.course, setup.assignment)
        self.execute = Execute(parent=self.converter)
        self.executes = self.converter.runs and self.execute.enabled
        self.gradebook = MemoryGradebook(setup, lazy=self.converter.nbgraders_alone)
        self.gradebook.install()
        if candidates is None and (candidates := start_candidate_server(setup, self.root)) is not None:
            closing.callback(candidates.close)
        self.execution = Execution(setup, self.root, candidates)
        closing.callback(self.execution.close)
        read = reading(setup.plans, list(setup.support), not self.executes, setup.others)
        self.works: dict[str, Work] = {READ: read, JUDGE: judge_question, **HARMLESS_WORK}
        self.children: ChildForkserver | None = None
        if can_fork():
            self.children = closing.enter_context(contextlib.closing(ChildForkserver(SeveralWorks(self.works).work)))

    def grade(self, data: bytes) -> bytes:
        """Grade the task in `data`. Nothing is raised: what goes wrong is in the result."""
        task = SubmissionTask.from_data(data)
        result = GradingResult(task.student, read_at=task.read_at)
        staged = Staged(problems=list(task.problems))
        try:
            with contextlib.closing(SeveralWorks(self.works, self.children)) as child:  # this submission's own
                staged = stage_in_child(task, data, self.setup.plans, child)
                self._grade(task, staged, result, child)
        except GradingFailedError as error:
            result.failure = str(error)
        except Exception as error:
            result.failure = f"{type(error).__name__}: {error}{place_in(error, self.root / 'plugins')}"
        finally:
            self._clear(task.student)
        result.problems = few(staged.problems)
        return result.to_data()

    def _grade(self, task: SubmissionTask, staged: Staged, result: GradingResult, child: SeveralWorks) -> None:
        clock = Clock(result.timings)
        shown = {name: shown_pictures(notebook) for name, notebook in staged.notebooks.items()}
        submitted = self.converter.folder("submitted", task.student)
        write_files(submitted, staged.files)
        for name, notebook in staged.notebooks.items():
            save(notebook, submitted / f"{name}.ipynb")
        clock("stage")
        self.gradebook.enter(task)
        notebooks = self.converter.sanitize(task.student, staged)
        graded = self.converter.folder("autograded", task.student)
        clock("nbgrader")
        place = self.root / "work" / "student" / self.setup.assignment
        folder = working_copy(graded, place, task.files, {**task.modes, **modes_of(self.setup)})
        outcomes = self._execute(task, staged, notebooks, folder, shown, result, child)
        written = {name: content for outcome in outcomes.values() for name, content in outcome.files.items()}
        if left_out := keep_written(graded, written):
            staged.problems.append(files_left_out("The submission", left_out))
        clock("execute")
        staged.problems[:] = few(staged.problems)
        result.departures = self.converter.finish(task.student, notebooks, outcomes, staged.problems, child)
        for name in staged.stand_ins:
            self.gradebook.zero(name)
        scores, result.timestamp = self.gradebook.scores(), self.gradebook.timestamp
        result.notebooks = {name: scores[name] for name in staged.notebooks if name in scores}
        clock("nbgrader")
        for path in sorted(graded.rglob("*")):
            if path.is_file():
                name, content = path.relative_to(graded).as_posix(), path.read_bytes()
                if self.setup.support.get(name) == content:
                    result.support.append(name)
                else:
                    result.files[name] = content
        clock("collect")

    def _execute(
        self,
        task: SubmissionTask,
        staged: Staged,
        notebooks: dict[str, NotebookNode],
        folder: Path,
        shown: dict[str, dict[int, list[str]]],
        result: GradingResult,
        child: SeveralWorks,
    ) -> dict[str, NotebookOutcome]:
        outcomes: dict[str, NotebookOutcome] = {}
        left: NotebookOutcome | None = None  # the last one that said how it left the folder
        if not self.executes:
            return outcomes
        for name, notebook in sorted(notebooks.items()):  # one after the other, in one folder
            if name in staged.stand_ins:
                continue
            checks = find_check_cells(notebook, self.setup.plans[name].checks)
            kept = task.kept.get(name, {})
            ids = {index: notebook.cells[index].metadata["nbgrader"]["grade_id"] for index in checks}
            run = NotebookRun(
                f"{task.student}/{name}",
                notebook,
                folder,
                self.setup.limits,
                checks=checks,
                seeds=task.seeds,
                kept_verdicts={index: kept[grade_id] for index, grade_id in ids.items() if grade_id in kept},
                skipped=skipped_cells(notebook, self.setup.plans[name], skip_tag(self.course)),
                kept_pictures={} if self.setup.draw or self.setup.plans[name].is_read else shown[name],
            )
            self.limit(run, notebook)
            if left is not None:
                run.links, run.folders = left.links, left.folders or []
            self.note(name)
            outcomes[name] = self.execution.run(name, run, child)
            result.limited = result.limited or outcomes[name].limited
            if (reason := outcomes[name].failed) is not None:
                raise GradingFailedError(reason)
            staged.problems += execution_problems(name, outcomes[name])
            apply_changes(folder, outcomes[name].files, outcomes[name].removed, outcomes[name].modes)
            left = outcomes[name] if outcomes[name].folders is not None else left
        return outcomes

    def limit(self, run: NotebookRun, notebook: NotebookNode) -> None:
        """Give a run the limits that the configuration's function says, if there is one. Raises GradingFailedError."""
        if run.limits.by_function:
            try:
                run.cell_limits = cell_limits(self.execute.timeout_func, notebook)
            except (StoppedError, OSError) as error:
                raise GradingFailedError(f"the configuration's c.Execute.timeout_func failed: {error}") from error
            run.limits = with_room(run.limits, run.cell_limits)

    def _clear(self, student: str) -> None:
        for step in ("submitted", "autograded"):
            shutil.rmtree(self.root / "course" / step, ignore_errors=True)
        shutil.rmtree(self.root / "work", ignore_errors=True)
        self.gradebook.clear()
        self.course.log.seek(0)
        self.course.log.truncate()

    def close(self) -> None:
        self.closing.close()


class Clock:
    """Each call adds the seconds since the last one to the entry that it names."""

    def __init__(self, timings: dict[str, float]) -> None:
        self.timings, self.last = timings, time.perf_counter()

    def __call__(self, name: str) -> None:
        now = time.perf_counter()
        self.timings[name] = self.timings.get(name, 0.0) + now - self.last
        self.last = now
