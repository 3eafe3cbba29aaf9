"""What a submission's files are by the time that nbgrader sees them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection

import nbformat
import pytest

from tplib.autograde.limited import Bounds, SeveralWorks
from tplib.autograde.messages.grading import SubmissionTask
from tplib.autograde.messages.plan import NotebookPlan, PlannedCell
from tplib.autograde.processes import can_fork
from tplib.autograde.submissions import staging

NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
PLANS = {name: NotebookPlan(name, {}, []) for name in ("1", "2")}
FILES = {"1.ipynb": NOTEBOOK, "2.ipynb": NOTEBOOK, "own.txt": b"mine"}


def staged_in_child(task: SubmissionTask, support: Collection[str] = ()) -> staging.Staged:
    with contextlib.closing(SeveralWorks({staging.READ: staging.reading(PLANS, support)})) as child:
        return staging.stage_in_child(task, task.to_data(), PLANS, child)


def test_files_that_clash_with_the_courses_are_left_out():
    clashing = ["data", "table.csv/own.txt", "timestamp.txt/a/b", "table.csv/x/y"]
    files = {**FILES, **dict.fromkeys(clashing, b""), "data2": b"", "tables/table.csv": b""}
    task = SubmissionTask("ada", files)
    staged = staged_in_child(task, {"data/table.csv", "table.csv"})
    assert set(staged.files) == {"own.txt", "data2", "tables/table.csv"}
    assert {problem.reason.split(" was")[0] for problem in staged.problems} == set(clashing)
    assert {problem.kind for problem in staged.problems} == {"clashing name"}


def test_the_child_reads_what_this_process_would():
    metadata = {f"key {number}": {"a": [1, None, "x"]} for number in range(20)}
    notebook = {"cells": [{"cell_type": "code", "source": ["a\n", "b"], "metadata": metadata}], "metadata": metadata}
    task = SubmissionTask("ada", {**FILES, "1.ipynb": json.dumps(notebook).encode(), "timestamp.txt": b"never"})
    ours, theirs = staging.stage(task, PLANS), staged_in_child(task)
    for staged in (ours, theirs):
        for notebook in staged.notebooks.values():
            for cell in notebook.cells:
                cell["id"] = "same"
    assert ours == theirs


@pytest.mark.skipif(not can_fork(), reason="this platform has no limited children")
def test_notebooks_that_take_too_long_to_read_are_stand_ins(monkeypatch):
    def endless(*_):
        while True:
            pass

    monkeypatch.setattr(staging, "READING", Bounds(1, 60, 1 << 30))
    monkeypatch.setattr(staging, "stage", endless)
    staged = staged_in_child(SubmissionTask("ada", FILES))
    assert staged.stand_ins == {"1", "2"}
    assert staged.files == {}
    assert [problem.reason for problem in staged.problems] == [
        "the notebooks cannot be read: it takes more than 1 s of computing"
    ]


def test_of_a_notebook_and_its_copy_the_one_with_answers_is_graded():
    planned = PlannedCell("a", "code", "# your answer", False, True, False, False, None, None)
    plan = NotebookPlan("p", {"a": planned}, [])

    def notebook(source: str) -> bytes:
        marks = {"grade_id": "a", "solution": True, "grade": False, "locked": False, "schema_version": 3, "task": False}
        cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": marks})
        return nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()

    def graded(**sources: str) -> tuple[str, list[str]]:
        """What is graded of files `p.ipynb`, `p (1).ipynb` ..., and what is told."""
        files = {f"{name}.ipynb".replace("1", " (1)"): notebook(source) for name, source in sources.items()}
        staged = staging.stage(SubmissionTask("ada", files), {"p": plan})
        reasons = [problem.reason for problem in staged.problems]
        return "" if staged.stand_ins else staged.notebooks["p"].cells[0].source, reasons

    source, [reason] = graded(p="# your answer", p1="answer = 42")
    assert source == "answer = 42"
    assert reason.startswith("p (1).ipynb was recognised as p.ipynb by its cells")
    assert reason.endswith("p.ipynb beside it has none of its answers")
    reasons = ["p (1).ipynb also holds answers to p; p.ipynb was graded"]
    assert graded(p="answer = 42", p1="answer = 43") == ("answer = 42", reasons)
    for second in ("answer = 42", "# your answer"):  # the same, or none
        assert graded(p="answer = 42", p1=second) == ("answer = 42", [])
    assert graded(p="# your answer", p1="# your answer") == ("# your answer", [])
    source, reasons = graded(p="# your answer", p1="answer = 42", q="answer = 43")
    assert source == "# your answer"
    assert "p.ipynb, which was graded, holds no answer; p (1).ipynb beside it does" in reasons
    source, [reason] = graded(q="answer = 42", r="answer = 43", s="# your answer")
    assert (source, "q.ipynb and r.ipynb each hold answers to it" in reason) == ("", True)


def test_a_copy_of_one_notebook_is_not_taken_for_another_that_is_missing():
    """Who hands in `p.ipynb` and `p (1).ipynb`, and no `q.ipynb`, is not told to rename the copy to q."""
    planned = PlannedCell("a", "code", "# your answer", False, True, False, False, None, None)
    plans = {"p": NotebookPlan("p", {"a": planned}, []), "q": NotebookPlan("q", {"b": planned}, [])}

    def notebook(name: str, source: str) -> bytes:
        marks = {"solution": True, "grade": False, "locked": False, "schema_version": 3, "task": False}
        cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": {**marks, "grade_id": name}})
        return nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()

    def hints(other: bytes) -> list[str]:
        files = {"p.ipynb": notebook("a", "answer = 42"), "p (1).ipynb": other}
        problems = staging.stage(SubmissionTask("ada", files), plans).problems
        return [problem.hint for problem in problems if problem.kind == "missing notebook"]

    assert hints(notebook("a", "answer = 43")) == ["Hand in q.ipynb"]
    assert "p (1).ipynb was handed in instead" in hints(notebook("c", "answer = 43"))[0]


def test_a_second_copy_of_one_notebook_is_not_taken_for_a_missing_other_one():
    def plan(name: str) -> NotebookPlan:
        planned = PlannedCell(f"a-{name}", "code", "# your answer", False, True, False, False, None, None)
        return NotebookPlan(name, {f"a-{name}": planned}, [])

    def notebook(name: str, source: str) -> bytes:
        marks = {"grade_id": f"a-{name}", "solution": True, "grade": False, "locked": False}
        marks |= {"schema_version": 3, "task": False}
        cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": marks})
        return nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()

    files = {"p.ipynb": notebook("p", "x = 1"), "p (1).ipynb": notebook("p", "x = 2")}
    problems = staging.stage(SubmissionTask("chloe", files), {name: plan(name) for name in "pq"}).problems
    assert [problem.hint for problem in problems if "(1)" in problem.hint] == [
        "If p (1).ipynb is the one to grade, rename it to p.ipynb and hand it in again"
    ]
    assert [problem.hint for problem in problems if problem.kind == "missing notebook"] == ["Hand in q.ipynb"]


@pytest.mark.parametrize("file", ["p.ipynb", "p (1).ipynb"])
@pytest.mark.parametrize("chosen", ["by --notebook", "by the task"])
def test_a_notebook_that_is_not_graded_now_is_not_taken_for_one_that_is_missing(file, chosen):
    """`tp grade --notebook q` tells who handed in p alone that q is missing, and nothing of renaming p."""
    plans = {
        name: NotebookPlan(
            name, {f"a-{name}": PlannedCell(f"a-{name}", "code", "#", False, True, False, False, None, None)}, []
        )
        for name in "pq"
    }
    marks = {"grade_id": "a-p", "solution": True, "grade": False, "locked": False, "schema_version": 3, "task": False}
    cell = nbformat.v4.new_code_cell("x = 1", metadata={"nbgrader": marks})
    files = {file: nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()}
    if chosen == "by the task":
        staged = staging.stage(SubmissionTask("karim", files, only=["q"]), plans)
    else:
        staged = staging.stage(SubmissionTask("karim", files), {"q": plans["q"]}, others={"p": ["a-p"]})
    assert [problem.hint for problem in staged.problems] == ["Hand in q.ipynb"]


@pytest.mark.parametrize("path", ["P.IPYNB", "p.ipynb.txt", "inner/p.ipynb"])
def test_a_notebook_in_another_place_or_with_another_ending_is_named(path):
    planned = PlannedCell("a", "code", "# your answer", False, True, False, False, None, None)
    plans = {"p": NotebookPlan("p", {"a": planned}, [])}
    (problem,) = staging.stage(SubmissionTask("ada", {path: NOTEBOOK, "inner/data.csv": b""}), plans).problems
    assert problem.reason.startswith(f"p.ipynb was not handed in, so it scores 0; {path} was")
    assert problem.hint == "Hand it in as p.ipynb, in no folder"
