"""Cells that the gradebook has, and source/ no longer: which of them are dropped."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import warnings
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.bridge.course import Course, open_course
from tplib.autograde.coordinator.gradebook_entry import enter_assignment
from tplib.autograde.coordinator.read_plan import read_plan


class Assignment:
    """An assignment with one notebook, in which each name is a test cell of one point."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        (root / "nbgrader_config.py").write_text("c = get_config()\n")

    def put(self, folder: str, names: str, notebook_name: str = "p") -> None:
        notebook = new_notebook()
        for name in names.split():
            marks = {"grade": True, "solution": False, "locked": True, "task": False, "points": 1.0}
            cell = new_code_cell("assert True")
            cell.metadata["nbgrader"] = {"grade_id": name, "schema_version": 3, "cell_type": "code", **marks}
            notebook.cells.append(cell)
        (self.root / folder).mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, self.root / folder / f"{notebook_name}.ipynb")

    def enter(self, names: str, force: bool = False, keep: bool = False) -> str:
        self.put("source/ps1", names)
        with tempfile.TemporaryDirectory() as scratch:
            return " ".join(enter_assignment(self.course, "ps1", Path(scratch), force, keep))

    @property
    def course(self) -> Course:
        return open_course(self.root)

    def demanded(self) -> list[str]:
        with self.course.gradebook() as gradebook:
            return sorted(read_plan(self.course, gradebook, "ps1", self.root / "scratch")["p"].cells)


@pytest.fixture
def ps1(tmp_path: Path) -> Assignment:
    assignment = Assignment(tmp_path / "course")
    assignment.enter("one two")
    assignment.put("submitted/amy/ps1", "one two")
    with warnings.catch_warnings(), assignment.course.gradebook() as gradebook:
        warnings.simplefilter("ignore")  # nbgrader's own
        gradebook.add_student("amy")
        gradebook.add_submission("ps1", "amy")
    return assignment


def test_a_cell_that_was_renamed_and_named_back_is_neither_demanded_nor_counted(ps1):
    ps1.enter("one second", force=True)
    assert ps1.demanded() == ["one", "second", "two"]
    assert "source/ no longer has second of p.ipynb, and no human has graded it" in ps1.enter("one two")
    assert ps1.demanded() == ["one", "two"]
    with ps1.course.gradebook() as gradebook:
        assert gradebook.find_assignment("ps1").max_score == 2
        assert len(gradebook.find_submission("ps1", "amy").notebooks[0].grades) == 2
    assert ps1.enter("one two") == ""


def test_a_renamed_cell_that_was_handed_in_stays(ps1):
    for force in (False, True, True):
        told = ps1.enter("one second", force)
    assert "Was it renamed? Then name it back" in told
    assert "two" in ps1.demanded()


def test_a_cell_that_was_taken_out_goes_with_force(ps1):
    assert f"Was it taken out? `tp grade ps1 --force --course {ps1.root}` drops it" in ps1.enter("one")
    assert ps1.demanded() == ["one", "two"]
    ps1.put("submitted/bob/ps1", "one")
    assert "it was dropped from the gradebook" in ps1.enter("one", force=True)
    assert ps1.demanded() == ["one"]


def test_what_a_human_graded_is_never_dropped(ps1):
    with sqlite3.connect(ps1.root / "gradebook.db") as gradebook:
        two = "SELECT id FROM base_cell WHERE name = 'two'"
        gradebook.execute(f"UPDATE grade SET manual_score = 0.5 WHERE cell_id IN ({two})")
    told = ps1.enter("one", force=True)
    assert "tp export ps1 -o marks.csv" in told
    assert ps1.demanded() == ["one", "two"]


def test_a_comparison_drops_nothing_and_a_damaged_submission_stops_nothing(ps1):
    ps1.put("submitted/bob/ps1", "")
    (ps1.root / "submitted/bob/ps1/p.ipynb").write_text(json.dumps({"cells": 3}))
    (ps1.root / "submitted/amy/ps1/p.ipynb").unlink()
    ps1.enter("one", keep=True)
    assert ps1.demanded() == ["one", "two"]
    ps1.enter("one")
    assert ps1.demanded() == ["one"]


def two_notebooks(ps1: Assignment, students: str) -> Path:
    """A second notebook q, handed in by these students too. Returns it."""
    ps1.put("source/ps1", "three", "q")
    for student in students.split():
        ps1.put(f"submitted/{student}/ps1", "three", "q")
    ps1.enter("one two", force=True)
    with ps1.course.gradebook() as gradebook:
        assert gradebook.find_assignment("ps1").max_score == 3
    return ps1.root / "source/ps1/q.ipynb"


def max_score(ps1: Assignment) -> float:
    with ps1.course.gradebook() as gradebook:
        return float(gradebook.find_assignment("ps1").max_score)


def test_a_notebook_that_nobody_handed_in_goes(ps1):
    two_notebooks(ps1, "").unlink()
    assert "source/ no longer has q.ipynb, and no human has graded it" in ps1.enter("one two")
    assert max_score(ps1) == 2
    assert ps1.enter("one two") == ""


def test_a_notebook_that_was_taken_out_goes_with_force(ps1):
    two_notebooks(ps1, "amy").unlink()
    assert "the gradebook has what source/ no longer has: q.ipynb" in ps1.enter("one two")
    assert max_score(ps1) == 3
    assert "source/ no longer has q.ipynb" in ps1.enter("one two", force=True)
    assert max_score(ps1) == 2
    with ps1.course.gradebook() as gradebook:
        assert [one.name for one in gradebook.find_submission("ps1", "amy").notebooks] == ["p"]


def test_a_renamed_notebook_stays_with_what_was_handed_in(ps1):
    old = two_notebooks(ps1, "amy")
    old.rename(old.with_name("r.ipynb"))
    for force in (False, True, True):
        told = ps1.enter("one two", force)
    assert "the gradebook has what source/ no longer has: q.ipynb" in told
    assert max_score(ps1) == 4


def test_a_notebook_that_a_human_graded_stays(ps1):
    source = two_notebooks(ps1, "amy eve")
    with warnings.catch_warnings(), ps1.course.gradebook() as gradebook:
        warnings.simplefilter("ignore")  # nbgrader's own
        gradebook.add_student("eve")
        gradebook.add_submission("ps1", "eve")
    with sqlite3.connect(ps1.root / "gradebook.db") as gradebook:
        three = "SELECT id FROM base_cell WHERE name = 'three'"
        gradebook.execute(f"UPDATE grade SET manual_score = 0.5 WHERE cell_id IN ({three})")
    source.unlink()
    assert "the gradebook has what source/ no longer has: q.ipynb" in ps1.enter("one two", force=True)
    assert max_score(ps1) == 3
