"""A course in R, graded with the engine and by plain nbgrader: each cell has the same points."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from plain_course import PlainCourse, cells_of

from tplib.autograde.sandbox import problem

R = {"name": "ir", "display_name": "R", "language": "R"}
ANSWERS = {
    "right": "square <- function(x) x^2\nnames <- c('a', 'é')",
    "wrong": "square <- function(x) x\nnames <- character(0)",
    "broken": "square <- function(x) stop('no')\nnames <- c('a'",
}
TESTS = (
    "# test 2\nstopifnot(square(1) == 1)\n### BEGIN HIDDEN TESTS\nstopifnot(square(3) == 9)\n### END HIDDEN TESTS",
    "# test 1\nstopifnot(identical(nchar(names), c(1L, 1L)))",
    "# test 3\ntable <- data.frame(x = 1:3, y = sapply(1:3, square))\nstopifnot(sum(table$y) == 14)\nplot(table)",
    "# test 1\nwriteLines('1 4', 'numbers.txt')\nstopifnot(sum(scan('numbers.txt', quiet = TRUE)) == 5)",
)
VALUES = {"# test 2\n0.5": 0.5, "# test 2\nidentical(1, 2)": 0.0, "# test 2\n1 + 1 == 2": 2.0, "# test 2\n'fine'": 2.0}


def missing() -> str | None:
    """Why this cannot be tried here."""
    try:
        KernelSpecManager().get_kernel_spec("ir")
    except NoSuchKernel:
        return "R's kernel is not installed (Debian: apt-get install r-base-core r-cran-irkernel)"
    return None if shutil.which("R") else "R is not on PATH"


pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


def in_r(answer: str, *tests: str) -> NotebookNode:
    cell = new_code_cell(answer)
    marks = {"grade": False, "solution": True, "locked": False, "task": False}
    cell.metadata["nbgrader"] = {"grade_id": "answer", "schema_version": 3, "cell_type": "code", **marks}
    notebook = cells_of(cell, *tests)
    notebook.metadata["kernelspec"] = R
    return notebook


@pytest.mark.slow
def test_each_cell_in_r_has_the_points_that_nbgrader_gives(plain, tmp_path, monkeypatch):
    monkeypatch.setenv("TPLIB_SANDBOX", "auto" if problem() is None else "off")
    plain.source(p=in_r(ANSWERS["right"], *TESTS, *VALUES))
    for student, answer in ANSWERS.items():
        plain.hand_in(student, p=in_r(answer, *TESTS, *VALUES))
    theirs = PlainCourse.__new__(PlainCourse)
    theirs.root = tmp_path / "theirs"
    shutil.copytree(plain.root, theirs.root)
    graded = plain.grade()
    assert graded.exit_code == 0, graded.output
    command = [sys.executable, "-m", "nbgrader"]
    for step in ("generate_assignment", "autograde"):
        subprocess.run(
            [*command, step, "ps1", "--force"], cwd=theirs.root, check=True, capture_output=True, timeout=300
        )
    for student in ANSWERS:
        ours, nbgraders = ([*course.scores(student).values()] for course in (plain, theirs))
        assert ours[: len(TESTS)] == nbgraders[: len(TESTS)], student
        assert ours[len(TESTS) :] == list(VALUES.values()), student  # on purpose: see docs/grading.md
    assert [*plain.scores("right").values()][:4] == [2, 1, 3, 1]
    assert [*plain.scores("broken").values()][:4] == [0, 0, 0, 1]
    shown = plain.autograded(student="right").cells[3].outputs
    assert any("image/png" in output.get("data", {}) for output in shown)
