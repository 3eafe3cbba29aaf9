"""The courses in examples/: their graders are right, their notebooks can be built, their own tests pass."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tplib.authoring import course_exercises, prove
from tplib.course.build import read_course
from tplib.course.layout import Course
from tplib.graders import exercises

ROOT = Path(__file__).parents[2]
COURSES = sorted(path.parent for path in (ROOT / "examples").glob("*/nbgrader_config.py"))


@pytest.mark.parametrize("root", COURSES, ids=lambda root: root.name)
@pytest.mark.usefixtures("here")
def test_its_graders_are_right(root: Path) -> None:
    found = course_exercises(root)
    assert len(found) >= 5
    assert any(exercise.private for exercise in found)
    faults = {exercise.name: [fault.sentence for fault in prove(exercise, draws=1)] for exercise in found}
    assert {name: told for name, told in faults.items() if told} == {}


@pytest.mark.parametrize("root", COURSES, ids=lambda root: root.name)
@pytest.mark.usefixtures("here")
def test_its_notebooks_can_be_built(root: Path) -> None:
    found = course_exercises(root)
    course = Course(root)
    notebooks = read_course(course, course.pages(), exercises())
    checks = [cell.source for notebook in notebooks.values() for cell in notebook.cells if cell.id.startswith("check-")]
    assert sorted(checks) == sorted(f'check("{exercise.name}")' for exercise in found)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("TPLIB_LONG"), reason="TPLIB_LONG is not set")
@pytest.mark.parametrize("root", COURSES, ids=lambda root: root.name)
def test_it_builds_grades_and_reports(
    root: Path, tp: Callable[[str], Result], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = here / root.name
    shutil.copytree(root, course, ignore=shutil.ignore_patterns("source", "release"))
    monkeypatch.chdir(course)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    assert subprocess.run(command, cwd=course, check=False).returncode == 0
    assert tp("prove").exit_code == 0
    assert tp("build").exit_code == 0
    (assignment,) = Course(course).assignments()
    for student, step in (("teacher", "source"), ("nobody", "release")):
        shutil.copytree(course / step / assignment, course / "submitted" / student / assignment)
    for where in ("", " --force --cluster local --workers 1"):
        graded = tp(f"grade {assignment}{where}")
        assert graded.exit_code == 0, graded.output
        rows = [line.split() for line in graded.output.splitlines() if "nobody" in line or "teacher" in line]
        assert [row[3] for row in rows] == ["0", "11"], graded.output
    assert tp(f"report {assignment}").exit_code == 0
    assert tp(f"feedback {assignment}").exit_code == 0
