"""Hidden tests in feedback: what of a cell's text and outputs stays, and what would give them away."""

from __future__ import annotations

import json

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.html.hidden import FAILED, PRINTED, HideHidden


def test_hidden_tests_never_appear_in_feedback():
    source = "x = answer()\nassert x > 0\n### BEGIN HIDDEN TESTS\nassert answer() == 41.5, 'told'\n### END HIDDEN TESTS"
    lines = {2: "assert x > 0", 4: "assert answer() == 41.5, 'told'"}

    def failed(line):
        quoted = "\n".join(
            f"{'---->' if number == line else '     '} {number} {text}" for number, text in lines.items()
        )
        trace = f"Cell In[3], line {line}\n{quoted}\n\nAssertionError: told"
        return NotebookNode(output_type="error", ename="AssertionError", evalue="told", traceback=[trace])

    printed = NotebookNode(output_type="stream", name="stdout", text="called with 41.5")
    stolen = NotebookNode(output_type="stream", name="stdout", text="seen: assert answer() == 41.5, 'told'\nmine")
    own = new_code_cell("### BEGIN HIDDEN TESTS\nmine\n### END HIDDEN TESTS")  # a student's, which hides nothing
    cells = [new_code_cell(source) for _ in range(3)] + [new_code_cell("print(In)"), own]
    for number, cell in enumerate(cells[:3]):
        cell.metadata["nbgrader"] = {"grade_id": f"test-{number}", "grade": True, "solution": False}
        cell.execution_count = 3
    cells[0].outputs, cells[1].outputs, cells[2].outputs = [failed(4)], [failed(2)], [printed]
    cells[3].outputs = [stolen]
    notebook, _ = HideHidden(parent=None).preprocess(new_notebook(cells=cells), {})
    text = json.dumps(notebook)
    assert "41.5" not in text
    assert text.count("HIDDEN") == 2
    assert notebook.cells[0].outputs[0].traceback == [FAILED]
    assert "assert x > 0" in notebook.cells[1].outputs[0].traceback[0]
    assert notebook.cells[3].outputs[0].text == "mine"


HELPER = "x = 1\n### BEGIN HIDDEN TESTS\nz = 4\ndef examine(f):\n    assert f(3) == 9, 'told'\n### END HIDDEN TESTS\n"
FRAMES = {  # of examine(square), called on line 7 of a cell, as IPython 8, 7 and 6, and R show it
    "Cell In": "Cell In[{0}], line {1}\n      2 y = 2\n      3 z = 4\n----> {1} examine(square)\n\n"
    "Cell In[2], line 5, in examine(f)\n      4 def examine(f):\n----> 5     assert f(3) == 9, 'told'\n\nE: told",
    "Input In": "Input In [{0}], in <cell line: {1}>()\n----> {1} examine(square)\n\n"
    "Input In [2], in examine(f)\n      3 z = 4\n----> 5     assert f(3) == 9, 'told'\n\nE: told",
    "ipython-input": "<ipython-input-{0}-0a1b> in <module>\n      2 y = 2\n----> {1} examine(square)\n\n"
    "<ipython-input-2-0a1b> in examine(f)\n      3 z = 4\n----> 5     assert f(3) == 9, 'told'\n\nE: told",
    "R": "Error in examine(square): told\nTraceback:\n\n1. examine(square)\n2. stop(told)   # at line 4 of file <text>",
}


def feedback_on(*cells: NotebookNode) -> NotebookNode:
    for number, cell in enumerate(cells, 2):
        cell.execution_count = number
        cell.metadata["nbgrader"] = {"grade_id": f"test-{number}", "grade": True, "solution": False}
    return HideHidden(parent=None).preprocess(new_notebook(cells=list(cells)), {})[0]


def failure(text: str, evalue: str = "told") -> NotebookNode:
    return NotebookNode(output_type="error", ename="AssertionError", evalue=evalue, traceback=text.split("\n\n"))


@pytest.mark.parametrize("frames", FRAMES.values(), ids=FRAMES)
def test_a_hidden_helper_that_a_visible_line_calls_gives_its_message_and_no_line_of_its_own(frames):
    there, printed = new_code_cell("examine(square)"), NotebookNode(output_type="stream", name="stdout", text="f(3)")
    there.outputs = [printed, failure(frames.format(3, 1))]
    cell = feedback_on(new_code_cell(HELPER), there).cells[1]
    assert cell.outputs[1].evalue == "told"
    assert "examine(square)" in cell.outputs[1].traceback[0]
    assert "assert f(3)" not in json.dumps(cell)
    assert cell.outputs[0].text == PRINTED + "\n"


@pytest.mark.parametrize("name", FRAMES)
def test_in_the_cell_that_defines_it_too_where_the_kernel_says_which_line_ran(name):
    here = new_code_cell(HELPER + "examine(square)")
    here.outputs = [failure(FRAMES[name].format(2, 7))]
    cell = feedback_on(here).cells[0]
    assert cell.outputs[0].evalue == (FAILED if name == "R" else "told")
    assert "assert f(3)" not in json.dumps(cell)


def test_a_hidden_line_that_calls_a_hidden_helper_says_nothing():
    hidden_call = "### BEGIN HIDDEN TESTS\nexamine(square)\n### END HIDDEN TESTS"
    there = new_code_cell("examine(cube)\n" + hidden_call)
    there.outputs = [failure(FRAMES["Cell In"].format(3, 3))]
    cell = feedback_on(new_code_cell(HELPER), there).cells[1]
    assert cell.outputs == [failure(FAILED, FAILED)]


@pytest.mark.parametrize("frames", [frames for name, frames in FRAMES.items() if name != "R"])
def test_a_visible_test_still_says_why_it_failed_and_quotes_no_hidden_line_however_short(frames):
    visible = frames.format(2, 7).split("\n\n")[0] + "\n\nAssertionError: f(1) must be 1"
    elsewhere = frames.format(3, 1).split("\n\n")[0] + "\n\nAssertionError: f(1) must be 1"
    here, there = new_code_cell(HELPER + "assert f(1) == 1"), new_code_cell("assert f(1) == 1")
    here.outputs = [failure(visible, "f(1) must be 1")]
    there.outputs = [failure(elsewhere, "f(1) must be 1"), NotebookNode(output_type="stream", name="stdout", text="a")]
    notebook = feedback_on(here, there)
    assert [cell.outputs[0].evalue for cell in notebook.cells] == ["f(1) must be 1"] * 2
    assert "z = 4" not in notebook.cells[0].outputs[0].traceback[0]
    assert notebook.cells[1].outputs[1].text == "a"  # it has nothing to do with what is hidden


def test_a_students_own_call_of_a_hidden_helper_shows_no_message():
    test, own = new_code_cell(HELPER), new_code_cell("examine(square)", execution_count=3)
    own.outputs = [failure(FRAMES["Cell In"].format(3, 1))]
    test.metadata["nbgrader"], test.execution_count = {"grade_id": "t", "grade": True, "solution": False}, 2
    notebook, _ = HideHidden(parent=None).preprocess(new_notebook(cells=[test, own]), {})
    assert notebook.cells[1].outputs == [failure(FAILED, FAILED)]


def test_a_function_that_is_partly_hidden_prints_nothing_wherever_it_is_called():
    test = new_code_cell("def examine(f):\n    ### BEGIN HIDDEN TESTS\n    print(f(3))\n    ### END HIDDEN TESTS")
    there = new_code_cell("examine(square)")
    there.outputs = [NotebookNode(output_type="stream", name="stdout", text="9")]
    assert feedback_on(test, there).cells[1].outputs[0].text == PRINTED + "\n"
