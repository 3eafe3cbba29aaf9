"""The engine inside nbgrader: with `enable`, the command and the button Autograde grade as `tp grade` does."""

from __future__ import annotations

import contextlib
import io
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

from tplib.autograde.bridge.course import Course
from tplib.autograde.bridge.patches import autograde_instead
from tplib.autograde.processes import path_with_own_programs
from tplib.autograde.sandbox.policy import require_sandbox, sandbox_wanted
from tplib.errors import TplibError
from tplib.graders import course_folder

SECTION = "TplibEngine"  # of the configuration, where `enable` leaves its mark


def configure(config: Any) -> None:
    """Have nbgrader's Autograde use the engine wherever it is given the configuration `config`."""
    config[SECTION].enabled = True
    autograde_instead(lambda converter: bool(converter.config[SECTION].get("enabled", False)), start)


def start(converter: Autograde) -> None:
    """In the place of nbgrader's `Autograde.start`: what cannot be graded is logged and raised as nbgrader does it."""
    try:
        grade(converter)
    except TplibError as error:
        converter.log.error(str(error))
        raise NbGraderException(str(error)) from error


def grade(converter: Autograde) -> None:
    """Grade what the converter was started for. Raises TplibError where something is not graded."""
    from tplib.autograde.coordinator.run import grade_assignment

    log = converter.log
    sandbox = sandbox_wanted()
    if sandbox:
        require_sandbox()
    else:
        log.warning("the sandbox is off (TPLIB_SANDBOX=off): submissions run with your rights")
    directory = converter.coursedir
    os.environ["PATH"] = path_with_own_programs()
    course_folder.use_course(Path(directory.root))
    with contextlib.chdir(directory.root), logged_text(log) as said:
        course = Course(Path(directory.root), converter.parent or converter, said)
        run = grade_assignment(
            course,
            directory.assignment_id,
            force=converter.force,
            create_students=converter.create_student,
            limits=course.limits(),
            sandbox=sandbox,
        )
    for note in run.notes:
        log.warning(note)
    failed = []
    for result in run.results:
        if result.state == "failed":
            failed.append(result.student)
        log.info("%s: %s, %g of %g points", result.student, result.state, result.score, result.max_score)
        for problem in result.problems if result.state != "already graded" else ():
            mark = "repaired: " if problem.repaired else ""
            log.log(
                logging.INFO if problem.repaired else logging.WARNING,
                f"{result.student}: {mark}{problem.reason}. {problem.hint}.",
            )
    if run.interrupted:
        raise TplibError(f"stopped; {run.stopped}")
    if failed:
        raise TplibError(f"not graded: {', '.join(failed)}; the reasons are above")


@contextlib.contextmanager
def logged_text(log: Any) -> Iterator[io.StringIO]:
    """The warnings and errors that are logged in the meantime, to quote them."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setLevel(logging.WARNING)
    log.addHandler(handler)
    try:
        yield text
    finally:
        log.removeHandler(handler)
