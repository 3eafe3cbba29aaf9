"""Marking schemes, read from the instructor's notebook: never from a student's, and safe to show."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import LoggingConfigurable

from tplib.autograde.marking.schemes import read_schemes, steps

ROOT = Path(__file__).parents[3]
HALVES = "- 0.5: the mean.\n- 0.5: the variance."


@pytest.mark.parametrize(
    ("points", "scheme", "expected"),
    [
        (1, HALVES, (0, 0.5, 1)),
        (2, HALVES, (0, 0.5, 1, 1.5, 2)),
        (1, HALVES + ' "A quarter": 0.25.', (0, 0.25, 0.5, 0.75, 1)),
        (3, "- 1: this\n* **2** points: that, with 4 β and 1/8", (0, 1, 2, 3)),
        (1, "- 0,5 : virgule", (0, 0.5, 1)),
        (2, "The value is 0.37, and nothing is said of points.", (0, 0.5, 1, 1.5, 2)),
        (1, "- 0.5: the mean is 0.333.\n- 0.5: rest", (0, 0.5, 1)),
        (2, "", (0, 0.5, 1, 1.5, 2)),
        (0, "", (0,)),
        (10, "- 0.25: each of forty", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        (3, "- 2: one\n- 5: more than there is", (0, 1, 2, 3)),
    ],
)
def test_steps_fit_the_scheme(points, scheme, expected):
    assert steps(points, scheme) == expected


def test_every_step_is_within_the_points():
    for points in (0.5, 1, 1.5, 2, 2.5, 7, 12):
        for scheme in ("", HALVES, "- 0.05: a", "- 1.5: a\n- 0.25: b"):
            found = steps(points, scheme)
            assert (found[0], found[-1], sorted(set(found))) == (0, points, list(found))
            assert len(found) <= 13


@pytest.mark.parametrize("path", sorted((ROOT / "source").glob("*/*.ipynb")), ids=lambda path: path.stem)
def test_each_written_answer_of_the_course_has_a_scheme_that_adds_up(path):
    found = read_schemes(path, LoggingConfigurable())
    for cell in nbformat.read(path, 4).cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") and marks.get("solution"):
            scheme = found.pop(marks["grade_id"])
            items = re.findall("<li>(?:<p>)?([0-9.]+)(?: each, at most ([0-9.]+))?", scheme.scheme)
            assert sum(float(most or each) for each, most in items) == marks["points"] == scheme.steps[-1]
            assert scheme.answer
            assert "MARK SCHEME" not in scheme.scheme + scheme.answer
    assert not found


def marked(cell, name, **flags):
    cell.metadata["nbgrader"] = {"grade_id": name, "points": 2, "grade": True, "solution": True, "task": False, **flags}
    return cell


def test_kinds_of_cells(tmp_path):
    cells = [
        marked(new_markdown_cell("Model <script>bad()</script>.\n### BEGIN MARK SCHEME\n- 1: $x$\n"), "prose"),
        marked(new_code_cell("### BEGIN SOLUTION\na < b\n### END SOLUTION"), "code"),
        marked(new_markdown_cell("Do.\n### BEGIN MARK SCHEME\n- 2: done\n### END MARK SCHEME"), "task", task=True,
               grade=False, solution=False),
        marked(new_code_cell("assert x"), "check", solution=False),
    ]  # fmt: skip
    nbformat.write(new_notebook(cells=cells), tmp_path / "p.ipynb")
    found = read_schemes(tmp_path / "p.ipynb", LoggingConfigurable())
    assert list(found) == ["prose", "code", "task"]
    assert "<math" in found["prose"].scheme
    assert "<script" not in found["prose"].answer
    assert "a &lt; b" in found["code"].answer
    assert "SOLUTION" not in found["code"].answer
    assert (found["code"].scheme, found["task"].answer) == ("", "")
    assert "done" in found["task"].scheme
