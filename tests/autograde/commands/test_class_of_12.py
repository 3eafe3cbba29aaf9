"""A class of 12 hands in a whole TP: each exercise of each student gets the points that its answer deserves.

The answers are those that were written from the released text alone (`tests/exercises/answers`). Cells that train or
draw are left out, so that the run is short. It still takes a minute or more: TPLIB_LONG=1 runs it.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tplib.autograde.bridge.course import open_course
from tplib.demo.classroom import Classroom
from tplib.graders import exercises
from tplib.graders.answer_text import answer_text

ROOT = Path(__file__).parents[3]
Points = dict[str, float]


def _fairness() -> Any:
    spec = importlib.util.spec_from_file_location("fairness", ROOT / "benchmarks" / "fairness.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["fairness"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shortened(path: Path) -> nbformat.NotebookNode:
    """A notebook with its imports, given functions, answers and checks, without the cells that train and draw."""
    notebook = nbformat.read(path, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells = [cell for cell in code if "nbgrader" in cell.metadata or cell is code[0] or defines(cell.source)]
    return notebook


def defines(source: str) -> bool:
    """Whether a cell does nothing but define functions and classes."""
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    return all(isinstance(node, kinds) for node in ast.parse(source).body)


def class_of_12(classroom: Classroom, written: dict[str, list[Any]]) -> Iterator[tuple[str, dict[str, str], Points]]:
    """Name, notebooks and expected points of each student."""
    chosen = classroom.exercises
    full = {e.name: e.points for e in chosen}
    yield "ada", classroom.filled({}), full
    yield "blaise", classroom.filled({e.name: answer_text(e.alternatives[0], e.name) for e in chosen}), full
    for student, which in (("emmy", 0), ("florence", -1)):
        right = {name: chosen_of(found, True, which) for name, found in written.items()}
        yield student, classroom.filled({name: answer.code for name, answer in right.items()}), full
    for student, which in (("gaspard", 0), ("henri", 1), ("irene", 2), ("joseph", 3)):
        wrong = {name: chosen_of(found, False, which) for name, found in written.items()}
        points = {name: full[name] * answer.verdict(None).score for name, answer in wrong.items()}
        yield student, classroom.filled({name: answer.code for name, answer in wrong.items()}), points
    for student, first in (("claude", 0), ("dorothy", 1)):
        left = {e.name for e in chosen[first::2]}
        lost = left_undone(ROOT / "source" / chosen[0].assignment, left)
        yield student, classroom.filled(dict.fromkeys(left, "")), full | dict.fromkeys(lost, 0.0)
    for student in ("olga", "sophie"):
        yield student, classroom.filled(dict.fromkeys(full, "")), dict.fromkeys(full, 0.0)


def left_undone(source: Path, left: set[str]) -> set[str]:
    """The exercises that fail where `left` are empty: these, and those whose solutions call one of them."""
    text = {
        cell.metadata.nbgrader.grade_id.removeprefix("answer-"): cell.source
        for path in source.glob("*.ipynb")
        for cell in nbformat.read(path, 4).cells
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.get("grade_id", "").startswith("answer-")
    }
    lost: set[str] = set()
    more = set(left)
    while more - lost:
        lost |= more
        more = {name for name, code in text.items() if lost & set(re.findall(r"(\w+)\(", code)) - {name}}
    return lost


def chosen_of(found: list[Any], right: bool, which: int) -> Any:
    """One of the written answers, taking turns where there are few. Its points hang on no draw."""
    own = [answer for answer in found if answer.right is right]
    turned = [own[(which + i) % len(own)] for i in range(len(own))]
    steady = (a for a in turned if right or len({a.verdict(seed).score for seed in range(4)}) == 1)
    return next(steady, turned[0])


def points_of(course: Path, tp_name: str, student: str) -> Points:
    with open_course(course).gradebook() as gradebook:
        return {
            cell.name.removeprefix("check-"): cell.auto_score
            for notebook in gradebook.find_submission(tp_name, student).notebooks
            for cell in notebook.grades
            if cell.name.startswith("check-")
        }


@pytest.mark.skipif(not os.environ.get("TPLIB_LONG"), reason="takes minutes; set TPLIB_LONG=1")
@pytest.mark.parametrize("tp_name", ["TP7-LSTM", "TP8-HFTrain", "TP9-Biais"])
def test_every_exercise_of_every_student_gets_its_points(tp, tmp_path: Path, tp_name: str) -> None:
    course = tmp_path / "course"
    for stage in ("source", "release"):
        (course / stage / tp_name).mkdir(parents=True)
        for path in sorted((ROOT / stage / tp_name).glob("*.ipynb")):
            nbformat.write(shortened(path), course / stage / tp_name / path.name)
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    chosen = [e for e in exercises() if e.assignment == tp_name]
    written: dict[str, list[Any]] = {e.name: [] for e in chosen}
    for answer in _fairness().written():
        if answer.exercise.assignment == tp_name:
            written[answer.exercise.name].append(answer)
    classroom = Classroom(course / "release" / tp_name, course / "source" / tp_name, chosen)
    expected = {}
    for student, notebooks, points in class_of_12(classroom, written):
        folder = course / "submitted" / student / tp_name
        folder.mkdir(parents=True)
        for name, text in notebooks.items():
            (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
        expected[student] = points
    graded = tp("grade", tp_name, "--course", course, "--workers", 2)
    assert "12 graded in" in graded.stdout, graded.stdout + graded.stderr
    assert {student: points_of(course, tp_name, student) for student in expected} == expected
