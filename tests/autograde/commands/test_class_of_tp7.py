"""A class of 12 hands in TP7: each exercise of each student gets the points that its answer deserves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tplib.autograde.bridge.course import open_course
from tplib.demo.answers import answer_text
from tplib.demo.classroom import Classroom
from tplib.graders import exercises, grade

ROOT, TP = Path(__file__).parents[3], "TP7-LSTM"
Points = dict[str, float]


def shortened(path: Path) -> nbformat.NotebookNode:
    """A notebook with its imports, answers and checks, and without the cells that train and draw."""
    notebook = nbformat.read(path, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells = [cell for cell in code if cell is code[0] or "nbgrader" in cell.metadata]
    return notebook


def written(candidate: Any) -> bool:
    """Whether a mistake is a function or class of its module: its text can be handed in."""
    return vars(sys.modules[candidate.__module__]).get(candidate.__name__) is candidate


def class_of_12(classroom: Classroom) -> Iterator[tuple[str, dict[str, str], Points]]:
    """Name, notebooks and expected points of each student."""
    chosen = classroom.exercises
    full = {e.name: e.points for e in chosen}
    for student in ("ada", "blaise"):
        yield student, classroom.filled({}), full
    for student, which in (("emmy", 0), ("florence", -1)):
        yield student, classroom.filled({e.name: answer_text(e.alternatives[which], e.name) for e in chosen}), full
    for i, student in enumerate(("gaspard", "henri", "irene", "joseph")):
        answers, points = {}, {}
        for e in chosen:
            mistakes = [m.candidate for m in e.misconceptions if written(m.candidate)]
            mistake = mistakes[i % len(mistakes)]
            answers[e.name] = answer_text(mistake, e.name)
            points[e.name] = e.points * grade(e.name, mistake).score
        yield student, classroom.filled(answers), points
    for i, student in enumerate(("claude", "dorothy")):
        left = {e.name for e in chosen[i::2]}
        yield student, classroom.filled(dict.fromkeys(left, "")), full | dict.fromkeys(left, 0.0)
    for student in ("olga", "sophie"):
        yield student, classroom.filled(dict.fromkeys(full, "")), dict.fromkeys(full, 0.0)


@pytest.mark.slow
def test_every_exercise_of_every_student_gets_its_points(tp, tmp_path: Path) -> None:
    course = tmp_path / "course"
    for stage in ("source", "release"):
        (course / stage / TP).mkdir(parents=True)
        for path in sorted((ROOT / stage / TP).glob("*.ipynb")):
            nbformat.write(shortened(path), course / stage / TP / path.name)
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    chosen = [e for e in exercises() if e.assignment == TP]
    classroom = Classroom(course / "release" / TP, course / "source" / TP, chosen)
    expected = {}
    for student, notebooks, points in class_of_12(classroom):
        folder = course / "submitted" / student / TP
        folder.mkdir(parents=True)
        for name, text in notebooks.items():
            (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
        expected[student] = points
    graded = tp("grade", TP, "--course", course, "--workers", 2)
    assert "12 graded in" in graded.stdout, graded.stdout + graded.stderr
    with open_course(course).gradebook() as gradebook:
        found = {
            student: {
                cell.name.removeprefix("check-"): cell.auto_score
                for notebook in gradebook.find_submission(TP, student).notebooks
                for cell in notebook.grades
            }
            for student in expected
        }
    assert found == expected
    assert sum(found["ada"].values()) == sum(e.points for e in chosen)
    assert len(found["ada"]) == 28
