"""Notebooks mutated at random: whatever was handed in, each gets its scores or a reason, and grading goes on.

TPLIB_MUTATIONS sets how many (pytest tests/autograde/submissions/test_mutations.py).
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import nbformat
import nbgrader.api
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutants import change_bytes, change_cells, change_frame, change_node

from tplib.autograde.bridge.course import open_course
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.coordinator.gradebook_entry import enter_assignment
from tplib.autograde.coordinator.read_plan import read_plan
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.coordinator.scratch import make_scratch
from tplib.autograde.coordinator.setup import make_setup
from tplib.autograde.messages.execution import Limits
from tplib.autograde.messages.grading import GradingResult, SubmissionTask
from tplib.autograde.sandbox import problem
from tplib.autograde.worker.grade_submission import Worker

COUNT = int(os.environ.get("TPLIB_MUTATIONS", "15"))
SIGMOID = "import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))"


def code(source: str, **marks: Any) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": 1}
    if marks:
        flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        cell["metadata"] = {"nbgrader": flags | {"cell_type": "code"} | marks}
    return cell | {"id": marks.get("grade_id", "plain")}


def text(source: str, **marks: Any) -> dict[str, Any]:
    cell = code(source, **marks) | {"cell_type": "markdown", "attachments": {"dot.png": {"image/png": "iVBORw0KGgo="}}}
    del cell["outputs"], cell["execution_count"]
    return cell


def handed_in() -> dict[str, Any]:
    """A right submission: a check judged outside, a plain test, partial credit, a text graded by hand, outputs."""
    cells = [
        text("# Title\n![dot](attachment:dot.png)"),
        code("from tplib.graders import check", grade_id="imports", locked=True),
        code(SIGMOID, grade_id="sigmoid", solution=True),
        code('check("sigmoid")', grade_id="check-sigmoid", grade=True, locked=True, points=2),
        code("data = [1, 2]"),
        code("def half(x):\n    return x / 2", grade_id="half", solution=True),
        code("assert half(data[1]) == 1", grade_id="test-half", grade=True, locked=True, points=1),
        code("0.5 * (half(3) == 1.5)", grade_id="part-half", grade=True, locked=True, points=0.5),
        text("Because.", grade_id="why", grade=True, solution=True, points=3),
    ]
    cells[4]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
        {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": 1},
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@dataclass
class Graders:
    worker: Worker
    names: dict[str, set[str]]
    greatest: dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def graders(tmp_path_factory, build) -> Iterator[Graders]:
    course_folder = build(tmp_path_factory.mktemp("mutations") / "course", "second").root
    source = handed_in()
    for cell in source["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code":
            cell["source"] = f"### BEGIN SOLUTION\n{cell['source']}\n### END SOLUTION"
    (course_folder / "source/ps1/sheet.ipynb").write_text(json.dumps(source))
    course = open_course(course_folder)
    with nbgrader_at_work(), make_scratch(course.root) as scratch:
        enter_assignment(course, "ps1", scratch)
        with course.gradebook() as gradebook:
            plans = read_plan(course, gradebook, "ps1", scratch)
        limits = Limits(cell=5, notebook=60)
        setup = make_setup(course, "ps1", plans, limits, warm=True, sandbox=problem() is None, count=1, draw=False)
    assert plans["sheet"].checks == {"check-sigmoid": "sigmoid"}
    graded = {
        name: {cell.grade_id: cell.points or 0.0 for cell in plan.cells.values() if cell.grade}
        for name, plan in plans.items()
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nbgrader.api.Gradebook, "__init__", nbgrader.api.Gradebook.__init__)  # a worker replaces it
        worker = Worker(setup)
        yield Graders(worker, {name: set(cells) for name, cells in graded.items()}, graded)
        worker.close()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    notebook = handed_in()
    changes: list[Callable[[st.DrawFn, dict[str, Any]], None]] = [change_cells, change_cells, change_frame, change_node]
    for change in draw(st.lists(st.sampled_from(changes), min_size=1, max_size=6)):
        change(draw, notebook)
    data = json.dumps(notebook).encode()
    return change_bytes(draw, data) if draw(st.integers(0, 4)) == 0 else data


def result_of(graders: Graders, files: dict[str, bytes]) -> GradingResult:
    return GradingResult.from_data(graders.worker.grade(SubmissionTask("ada", files, seeds={"sigmoid": 7}).to_data()))


def test_what_is_mutated_is_right(graders):
    result = result_of(graders, {"sheet.ipynb": json.dumps(handed_in()).encode()})
    grades = result.notebooks["sheet"].grades
    found = {name: score for name, (score, _) in grades.items()}
    assert found == {"check-sigmoid": 2, "test-half": 1, "part-half": 0.5, "why": None}
    assert [found.kind for found in result.problems] == ["missing notebook"]


@settings(
    deadline=None,
    max_examples=COUNT,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(data=mutated())
def test_mutated_notebook_has_scores_or_a_named_reason(graders, data):
    result = result_of(graders, {"sheet.ipynb": data})
    assert result.failure is None, result.failure
    assert set(result.notebooks) == set(graders.names)
    for found in result.problems:
        assert found.reason.strip()
        assert found.hint.strip()
    for name, scores in result.notebooks.items():
        assert set(scores.grades) == graders.names[name]
        for cell, (score, by_hand) in scores.grades.items():
            assert by_hand if score is None else 0 <= score <= graders.greatest[name][cell]
        graded = nbformat.reads(result.files[f"{name}.ipynb"].decode(), as_version=4)
        nbformat.validate(graded)
        noted = json.loads(result.files[f"{name}.ipynb"])["metadata"]["tplib"]["problems"]
        lost = sum(scores.grades[cell][0] == 0 for cell in graders.names[name]) == len(graders.names[name])
        assert noted or not lost, "all lost, and no word why"


def test_any_bytes_for_a_notebook_get_a_verdict_or_a_reason(tmp_path, build):
    course = build(tmp_path / "course", "second")
    generator = random.Random(2)
    whole = json.dumps(course.released("second")).encode()
    for number in range(12):
        data = bytearray(whole)
        for _ in range(generator.randint(1, 8)):
            place = generator.randrange(len(data))
            data[place : place + generator.randint(0, 40)] = generator.randbytes(generator.randint(0, 5))
        (course.folder(f"s{number:02}") / "second.ipynb").write_bytes(bytes(data))
    run = grade_assignment(open_course(course.root), "ps1", workers=2)
    assert len(run.results) == 12
    assert all(found.state == "graded" for found in run.results), [found.problems for found in run.results]
