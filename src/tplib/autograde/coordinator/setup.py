"""Collect what all submissions of an assignment share: it is sent to the workers once."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from tplib.autograde.bridge.configuration import pack_config
from tplib.autograde.bridge.course import Course
from tplib.autograde.bridge.execute_options import with_kernel
from tplib.autograde.bridge.plugins import plugin_files
from tplib.autograde.coordinator.secret import FOLDER
from tplib.autograde.messages.execution import MODE, Limits
from tplib.autograde.messages.grading import Setup
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.notebook_files import load
from tplib.errors import TplibError
from tplib.graders import course_folder

EXERCISES_CAP = 64 << 20  # bytes
LEARN_FROM = 4  # submissions: with fewer, running the solution once costs more than it saves


def make_setup(
    course: Course,
    assignment: str,
    plans: dict[str, NotebookPlan],
    limits: Limits,
    *,
    warm: bool,
    sandbox: bool,
    draw: bool,
    count: int,
    others: dict[str, list[str]] | None = None,
) -> Setup:
    """The setup for grading `count` submissions. others: the notebooks without a plan, with the ids of their cells."""
    with course.gradebook() as gradebook:
        duedate = gradebook.find_assignment(assignment).duedate
    config = pack_config(course.app.config)
    return Setup(
        assignment,
        course.directory.course_id,
        with_kernel(plans, course.app),
        duedate.isoformat(sep=" ") if duedate is not None else None,
        limits,
        warm=warm,
        sandbox=sandbox,
        draw=draw,
        learn=count >= LEARN_FROM,
        others=others or {},
        references=reference_notebooks(course, assignment, plans),
        root=str(course.root.resolve()),
        hidden=private_places(course),
        config=config,
        plugins=plugin_files(config),
        support=support_files(course, assignment),
        modes=modes(course, assignment),
        exercises=exercise_files(),
    )


def private_places(course: Course) -> list[str]:
    """The folders of nbgrader's steps, the gradebook and our own folder, as far as each lies in none that is needed."""
    marker = "\0"
    steps = ("source", "release", "submitted", "autograded", "feedback", "solution")
    found = [Path(str(course.path(step, marker, marker)).partition(marker)[0]) for step in steps]
    found += [course.root / FOLDER, Path(course.directory.db_url.removeprefix("sqlite:///"))]
    return [str(path) for path in found if path.is_absolute() and not course.root.is_relative_to(path)]


def support_files(course: Course, assignment: str) -> dict[str, bytes]:
    """The files of source/ beside the notebooks that nbgrader would copy."""
    return {name: path.read_bytes() for name, path in support_paths(course, assignment).items()}


def modes(course: Course, assignment: str) -> dict[str, int]:
    """The permissions of these files, where they are not the usual ones."""
    found = {name: path.stat().st_mode & 0o777 for name, path in support_paths(course, assignment).items()}
    return {name: mode for name, mode in found.items() if mode != MODE}


def support_paths(course: Course, assignment: str) -> dict[str, Path]:
    from nbgrader.utils import find_all_files

    folder = course.path("source", ".", assignment)
    paths = find_all_files(str(folder), [*course.directory.ignore, "*.ipynb"]) if folder.is_dir() else []
    return {Path(path).relative_to(folder).as_posix(): Path(path) for path in sorted(paths)}


def exercise_files() -> dict[str, bytes]:
    """The files of the course's own exercises: workers, wherever they are, judge by them."""
    folder = course_folder.current()
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts):
            files[path.relative_to(folder).as_posix()] = path.read_bytes()  # type: ignore[arg-type]
            if sum(map(len, files.values())) > EXERCISES_CAP:
                raise TplibError(f"{folder} holds more than {EXERCISES_CAP >> 20} MiB: keep only exercises there")
    return files


def reference_notebooks(course: Course, assignment: str, plans: dict[str, NotebookPlan]) -> list[dict[str, Any]]:
    """The instructor's notebooks, or the released ones where those are not here."""
    notebooks: list[dict[str, Any]] = []
    for name in plans:
        for step in ("source", "release"):
            with contextlib.suppress(OSError, ValueError):
                notebook = load(course.path(step, ".", assignment) / f"{name}.ipynb")
                notebooks.append(json.loads(json.dumps(notebook)))
                break
    return notebooks
