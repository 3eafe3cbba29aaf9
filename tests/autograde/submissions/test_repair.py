"""Repairs: whatever a notebook went through, it is refused with a reason or becomes one that nbgrader can grade."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import change_node
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator

from tplib.autograde.messages.plan import Anchor, NotebookPlan, PlannedCell
from tplib.autograde.messages.problems import Problem, note_markdown
from tplib.autograde.notebook_files import new_cell
from tplib.autograde.submissions.notebook import UnreadableNotebook, read_notebook
from tplib.autograde.submissions.repair import grade_ids, repair
from tplib.autograde.worker.imports import with_a_wrong_answer

STUB = "raise NotImplementedError()"


def planned(grade_id: str, source: str, kind: str = "code", **flags: Any) -> PlannedCell:
    values: dict[str, Any] = {"grade": False, "solution": False, "task": False, "locked": False, "points": None}
    return PlannedCell(grade_id, kind, source, checksum="c" * 32, **{**values, **flags})


CELLS = [
    planned("setup", "import math", locked=True),
    planned("f", STUB, solution=True),
    planned("check-f", "assert f() == data", grade=True, locked=True, points=1.0),
    planned("g", STUB, solution=True),
    planned("check-g", "assert g()", grade=True, locked=True, points=2.0),
    planned("why", "Your words.", "markdown", grade=True, solution=True, points=3.0),
    planned("free", "A task.", "markdown", task=True, locked=True, points=1.0),
]


def released() -> NotebookNode:
    cells = [new_cell(cell.cell_type, cell.source, {"nbgrader": cell.metadata()}) for cell in CELLS]
    cells.insert(2, new_cell("code", "data = 1"))
    cells.insert(0, new_cell("markdown", "# Title"))
    return nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def plan() -> NotebookPlan:
    cells = released().cells
    anchors = [Anchor(cell.metadata.get("nbgrader", {}).get("grade_id"), None, cell.source) for cell in cells]
    return NotebookPlan("sheet", {cell.grade_id: cell for cell in CELLS}, anchors)


def ids(notebook: NotebookNode) -> list[str]:
    return [cell.metadata.get("nbgrader", {}).get("grade_id") or cell.source for cell in notebook.cells]


def at(notebook: NotebookNode, grade_id: str) -> int:
    return ids(notebook).index(grade_id)


def kinds(problems: list[Problem]) -> list[str]:
    return [problem.kind for problem in problems]


def test_untouched_notebook_needs_no_repair():
    notebook = released()
    assert repair(notebook, plan()) == []
    assert ids(notebook) == ids(released())


@pytest.mark.parametrize("grade_id", ["setup", "check-f", "check-g", "why", "free"])
def test_deleted_cell_goes_back_to_its_place(grade_id):
    notebook = released()
    del notebook.cells[at(notebook, grade_id)]
    [problem] = repair(notebook, plan())
    assert problem.repaired
    assert grade_id in problem.reason
    assert ids(notebook) == ids(released())


def test_several_deleted_cells_keep_their_order():
    notebook = released()
    for grade_id in ("check-f", "check-g", "why"):
        del notebook.cells[at(notebook, grade_id)]
    assert len(repair(notebook, plan())) == 3
    assert ids(notebook) == ids(released())


def test_deleted_answer_cell_is_named_but_not_put_back():
    notebook = released()
    notebook.cells[at(notebook, "f")] = new_cell("code", "def f(): return 1")
    assert kinds(repair(notebook, plan())) == ["missing answer cell"]
    assert "f" not in grade_ids(notebook)


def test_check_cell_goes_after_what_the_student_put_between():
    notebook = released()
    del notebook.cells[at(notebook, "check-g")]
    notebook.cells.insert(at(notebook, "g"), new_cell("code", "my_helper = 1"))
    repair(notebook, plan())
    assert at(notebook, "check-g") == at(notebook, "g") + 1


@pytest.mark.parametrize("stub_first", [True, False])
def test_of_two_copies_of_an_answer_the_answered_one_counts(stub_first):
    notebook = released()
    place = at(notebook, "f")
    answer = copy.deepcopy(notebook.cells[place])
    answer.source = "def f(): return 1"
    notebook.cells.insert(place + 1 if stub_first else place, answer)
    assert kinds(repair(notebook, plan())) == ["duplicated cell"]
    assert notebook.cells[at(notebook, "f")].source == "def f(): return 1"
    assert [cell.source for cell in notebook.cells].count(STUB) == 1  # that of g


def test_two_different_answers_both_run_and_the_last_one_counts():
    notebook = released()
    place = at(notebook, "f")
    for number in (1, 2):
        answer = copy.deepcopy(notebook.cells[place])
        answer.source = f"def f(): return {number}"
        notebook.cells.insert(place + number, answer)
    repair(notebook, plan())
    assert notebook.cells[at(notebook, "f")].source == "def f(): return 2"
    assert "def f(): return 1" in [cell.source for cell in notebook.cells]


@pytest.mark.parametrize("version", [None, 1, 2, 4, "new"])
def test_any_schema_version_becomes_the_current_one(version):
    notebook = released()
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["schema_version"] = version
    assert kinds(repair(notebook, plan())) == ["old schema"]
    MetadataValidator().validate_nb(notebook)


def test_cells_of_another_notebook_are_the_students_own():
    notebook = released()
    notebook.cells.append(new_cell("code", "1", {"nbgrader": {"grade_id": "elsewhere", "grade": True}}))
    notebook.cells.append(new_cell("code", "1", {"nbgrader": {"grade": False}}))
    repair(notebook, plan())
    assert grade_ids(notebook) == set(plan().cells)
    MetadataValidator().validate_nb(notebook)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\x80\x81", "not a text file"),
        ('{"cells": [', "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "not a notebook"),
        ('{"cells": 3}', "not a notebook"),
        ('{"worksheets": [3], "nbformat": 3}', "cannot be read as a notebook"),
        ("<<<<<<< mine\n{}\n>>>>>>> theirs", "unfinished Git merge"),
        (json.dumps({"cells": [{}] * 20_001, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}), "more than 20000"),
    ],
)
def test_unreadable_file_is_refused_with_a_reason(data, words):
    with pytest.raises(UnreadableNotebook) as caught:
        read_notebook(data if isinstance(data, bytes) else data.encode(), "sheet")
    assert words in caught.value.problem.reason
    assert caught.value.problem.hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding):
    notebook = released()
    notebook.cells[0].source = "# Été"
    data = json.dumps(notebook, ensure_ascii=False).encode(encoding)
    assert read_notebook(data, "sheet").cells[0].source == "# Été"


def test_format_3_is_read():
    from nbformat import v3

    old = v3.new_notebook(worksheets=[v3.new_worksheet(cells=[v3.new_code_cell(input="x = 1")])])
    assert read_notebook(json.dumps(old).encode(), "sheet").cells[0].source == "x = 1"


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A released notebook in which a few things anywhere were deleted, duplicated, moved or replaced."""
    content: dict[str, Any] = json.loads(json.dumps(released()))
    for _ in range(draw(st.integers(1, 6))):
        change_node(draw, content)
    return content


@settings(deadline=None, max_examples=150)
@given(content=mutated())
def test_mutated_notebook_is_refused_or_made_gradable(content):
    try:
        notebook = read_notebook(json.dumps(content).encode(), "sheet")
    except UnreadableNotebook:
        return
    problems = repair(notebook, plan())
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    found = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert len(found) == len(set(found))
    missing = set(plan().cells) - set(found)
    assert missing <= {"f", "g"}
    assert kinds(problems).count("missing answer cell") == len(missing)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            assert cell.cell_type == plan().cells[cell.metadata.nbgrader.grade_id].cell_type


def test_note_does_not_let_student_text_be_markup():
    problem = Problem("link", "the file <img src=x onerror=alert(1)> *[x](javascript:y)*", "Hand in `it`")
    note = note_markdown([problem])
    assert "<img" not in note
    assert "&lt;img" in note
    assert "\\[x\\]\\(javascript" in note


def test_learning_also_sees_one_wrong_answer():
    notebook = released()
    notebook.cells[at(notebook, "f")].source = "def f():\n    return 1\nclass Aid: pass"
    longer = with_a_wrong_answer(notebook)
    assert len(longer.cells) == len(notebook.cells) + 2
    assert longer.cells[-1].source == "assert f() == data"
    names: dict[str, Any] = {}
    exec(longer.cells[-2].source, names)
    assert names["f"](1, key=2) == names["Aid"]() == 0
    plain = NotebookNode(cells=[new_cell("code", "1")])
    assert with_a_wrong_answer(plain) is plain
