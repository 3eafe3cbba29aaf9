"""The engine inside plain nbgrader: `nbgrader autograde` and the form grader's button repair and execute as ours do."""

from __future__ import annotations

import atexit
import functools
import io
import json
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets.config.loader import LazyConfigValue
from traitlets.utils.importstring import import_item

from tplib.autograde.course import Course
from tplib.autograde.execute import private_copy
from tplib.autograde.execution import Execution
from tplib.autograde.jobs import Job
from tplib.autograde.notebooks import load, new_cell
from tplib.autograde.plan import NotebookPlan, read_plan
from tplib.autograde.problems import Problem, note_markdown
from tplib.autograde.reading import read_notebook
from tplib.autograde.repair import repair
from tplib.autograde.replay import Resources, SaveScores, fill
from tplib.autograde.results import execution_problems
from tplib.autograde.setup import support_files
from tplib.autograde.task import Setup


class RepairCells(NbGraderPreprocessor):
    """Repairs the submitted notebook before nbgrader looks at its marks."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        name = resources["nbgrader"]["notebook"]
        plan = plans_of(self, resources).get(name)
        if plan is not None:
            nb = read_notebook(json.dumps(nb).encode(), name)
            problems = repair(nb, plan)
            nb.metadata["tplib"] = {"problems": [problem.to_dict() for problem in problems]}
        return nb, resources


class RunNotebook(NbGraderPreprocessor):
    """Executes the notebook in a process forked from a warm one, in place of nbgrader's Execute."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        if not self.config.Execute.get("enabled", True):
            return nb, resources
        marks = resources["nbgrader"]
        name = marks["notebook"]
        course = course_of(self)
        engine = execution(course, marks["assignment"], marks["db_url"])
        work = Path(tempfile.mkdtemp(dir=engine.folder))
        try:
            folder = private_copy(Path(resources["metadata"]["path"]), work / "folder")
            job = Job(f"{marks['student']}/{name}", nb, folder, work / "control", course.limits())
            outcome = engine.run(name, job)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        fill(nb, outcome)
        problems = [Problem.from_dict(values) for values in nb.metadata.get("tplib", {}).get("problems", [])]
        problems += execution_problems(name, outcome)
        nb.metadata["tplib"] = {"problems": [found.to_dict() for found in problems], "seconds": outcome.seconds}
        if problems:
            nb.cells.insert(0, new_cell("markdown", note_markdown(problems), {"tplib": {"note": True}}))
        return nb, resources


def course_of(preprocessor: NbGraderPreprocessor) -> Course:
    directory = preprocessor.parent.parent.coursedir  # preprocessor -> exporter -> converter
    app = SimpleNamespace(coursedir=directory, config=preprocessor.config)
    return Course(Path(directory.root), app, io.StringIO())


def plans_of(preprocessor: NbGraderPreprocessor, resources: Resources) -> dict[str, NotebookPlan]:
    course, marks = course_of(preprocessor), resources["nbgrader"]
    with Gradebook(marks["db_url"]) as gradebook:
        return read_plan(course, gradebook, marks["assignment"], course.root)


_executions: dict[tuple[Path, str], Execution] = {}


def execution(course: Course, assignment: str, db_url: str) -> Execution:
    """The warm process of this nbgrader run for an assignment; it ends with the run."""
    key = (course.root, assignment)
    if key not in _executions:
        folder = Path(tempfile.mkdtemp(prefix="tp-engine-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        with Gradebook(db_url) as gradebook:
            plans = read_plan(course, gradebook, assignment, folder)
        references: list[dict[str, Any]] = []
        for name in plans:
            path = course.path("source", ".", assignment) / f"{name}.ipynb"
            if path.is_file():
                references.append(load(path))
        support = support_files(course, assignment)
        setup = Setup(assignment, "", plans, limits=course.limits(), references=references, support=support)
        _executions[key] = Execution(setup, folder)
        atexit.register(_executions[key].close)
    return _executions[key]


def configure(config: Any) -> None:
    """Put the engine's steps into the lists of preprocessors in nbgrader's configuration `config`."""
    ours = configured(config, "autograde_preprocessors")
    config.Autograde.autograde_preprocessors = [replaced(found) for found in ours]
    cleaning = configured(config, "sanitize_preprocessors")
    if RepairCells not in cleaning:
        config.Autograde.sanitize_preprocessors = [RepairCells, *cleaning]


def configured(config: Any, name: str) -> list[Any]:
    """The list that the configuration gives so far, or nbgrader's own."""
    default: list[Any] = list(getattr(Autograde, name).make_dynamic_default())
    found = config.Autograde.get(name, default)
    return list(found.get_value(default)) if isinstance(found, LazyConfigValue) else list(found)


@functools.cache
def replaced(preprocessor: Any) -> Any:
    kind = import_item(preprocessor) if isinstance(preprocessor, str) else preprocessor
    if isinstance(kind, type) and issubclass(kind, ExecutePreprocessor):
        return RunNotebook
    return SaveScores if kind is SaveAutoGrades else preprocessor
