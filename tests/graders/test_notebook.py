"""check() in IPython: the panel for the reader, the points for nbgrader, the data for the report."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from tplib.graders import notebook
from tplib.graders.failed_cells import FailedCells
from tplib.graders.record import digest
from tplib.mime import VERDICT

RIGHT = """
import numpy as np
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)
"""


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    monkeypatch.setattr(notebook, "_failed", FailedCells(shell))
    monkeypatch.setattr(notebook, "_verdicts", {})
    monkeypatch.setattr(notebook, "_read", set())
    shell.run_cell("from tplib.graders import check")
    yield shell
    InteractiveShell.clear_instance()


def result(shell: InteractiveShell, cell: str) -> dict:
    with capture_output():
        value = shell.run_cell(cell).result
    data, _ = shell.display_formatter.format(value)
    return data


def test_untouched(shell: InteractiveShell) -> None:
    data = result(shell, 'check("softmax")')
    assert data["text/plain"] == "0.0"
    assert "Not attempted" in data["text/html"]
    assert data[VERDICT]["status"] == "not attempted"


def test_right(shell: InteractiveShell) -> None:
    shell.run_cell(RIGHT)
    data = result(shell, 'check("softmax")')
    assert data["text/plain"] == "2.0"
    assert "Right" in data["text/html"]
    assert data[VERDICT]["points"] == 2


def test_partly_right(shell: InteractiveShell) -> None:
    shell.run_cell(RIGHT.replace(" - scores.max(axis=-1, keepdims=True)", ""))
    data = result(shell, 'check("softmax")')
    assert data["text/plain"] == "1.0"
    assert data[VERDICT]["misconception"] == "unstable"


def test_student_text_is_escaped(shell: InteractiveShell) -> None:
    shell.run_cell('def softmax(scores):\n    raise ValueError("<script>alert(1)</script>")')
    html = result(shell, 'check("softmax")')["text/html"]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_unknown_name_is_a_sentence(shell: InteractiveShell) -> None:
    data = result(shell, 'check("sofmax")')
    assert data["text/plain"] == "0.0"
    assert "Did you mean softmax" in data["text/html"]
    assert "points" not in data["text/html"]
    assert VERDICT not in data


@pytest.mark.parametrize("name", ["softmax ", "Softmax", "softmax()", " SoftMax(scores) "])
def test_a_name_is_known_however_it_is_typed(shell: InteractiveShell, name: str) -> None:
    shell.run_cell(RIGHT)
    data = result(shell, f'check("{name}")')
    assert (data[VERDICT]["exercise"], data["text/plain"]) == ("softmax", "2.0")


@pytest.mark.parametrize("what", ['["relu"]', "None", "softmax", "3"])
def test_what_is_no_name_is_a_sentence(shell: InteractiveShell, what: str) -> None:
    shell.run_cell(RIGHT)
    assert "takes the name of one exercise in quotes" in result(shell, f"check({what})")["text/html"]


def test_text_outside_jupyter(capsys: pytest.CaptureFixture[str]) -> None:
    InteractiveShell.clear_instance()
    scope: dict = {}
    exec(RIGHT + 'from tplib.graders import check\nvalue = check("softmax")', scope)
    assert "softmax: right" in capsys.readouterr().out
    assert float(scope["value"]) == 2


SYNTAX = "def softmax(scores)\n    return scores"
RAISES = "1 / 0\ndef softmax(scores):\n    return scores"
LATER = "def softmax(scores):\n    return scores\nsoftmax(1 / 0)"


@pytest.mark.parametrize(("cell", "error"), [(SYNTAX, "SyntaxError in line 1"), (RAISES, "ZeroDivisionError")])
def test_a_cell_that_failed_and_an_earlier_definition(shell: InteractiveShell, cell: str, error: str) -> None:
    shell.run_cell(RIGHT)
    with capture_output():
        shell.run_cell(cell)
        shell.run_cell("another = 1")
    html = result(shell, 'check("softmax")')["text/html"]
    assert f">softmax</code> failed ({error}" in html
    assert "this judges the earlier definition" in html
    assert "Right" in html
    shell.run_cell(RIGHT)
    assert "earlier definition" not in result(shell, 'check("softmax")')["text/html"]


def test_a_cell_that_failed_and_no_definition(shell: InteractiveShell) -> None:
    with capture_output():
        shell.run_cell(SYNTAX)
    data = result(shell, 'check("softmax")')
    assert ">softmax</code> failed (SyntaxError in line 1" in data["text/html"]
    assert data[VERDICT]["status"] == "not attempted"


def test_a_cell_that_failed_below_the_definition(shell: InteractiveShell) -> None:
    with capture_output():
        shell.run_cell(RIGHT)
        shell.run_cell(LATER)
    html = result(shell, 'check("softmax")')["text/html"]
    assert "Not yet" in html
    assert "earlier definition" not in html


def test_checks_are_counted_and_totals_follow(shell: InteractiveShell, tmp_path, monkeypatch) -> None:
    """Also on from those that the notebook's file stores."""
    stored = {"exercise": "relu", "status": "right", "points": 1.0, "checks": 4}
    file = tmp_path / "1_forward.ipynb"
    file.write_text(json.dumps({"cells": [{"outputs": [{"data": {VERDICT: stored}}]}]}))
    monkeypatch.setenv("JPY_SESSION_NAME", str(file))
    assert result(shell, 'check("softmax")')[VERDICT]["checks"] == 1
    shell.run_cell(RIGHT)
    data = result(shell, 'check("softmax")')
    assert data[VERDICT]["checks"] == 2
    assert "This notebook: 3 of 20 points (2 right, 14 not attempted)" in data["text/html"]
    shell.run_cell("def relu(x):\n    return x")
    data = result(shell, 'check("relu")')
    assert data[VERDICT]["checks"] == 5
    assert "This notebook: 2 of 20 points (1 right, 1 not yet, 14 not attempted)" in data["text/html"]


def test_an_interrupt_shows_the_students_line_and_no_frame_of_ours(shell: InteractiveShell) -> None:
    shell.run_cell("def helper():\n    raise KeyboardInterrupt\ndef relu(x):\n    return helper()")
    with capture_output() as shown:
        shell.run_cell('check("relu")')
    text = shown.stdout + shown.stderr
    assert "The check of relu was stopped in line 2 of `helper`. Nothing was judged." in text
    assert "tplib" not in text
    assert "Traceback" not in text


def test_a_check_keeps_a_digest_of_the_cell_that_defined_the_answer(shell: InteractiveShell) -> None:
    shell.run_cell(RIGHT)
    assert result(shell, 'check("softmax")')[VERDICT]["digest"] == digest(RIGHT)
    with capture_output():
        shell.run_cell(SYNTAX)  # the earlier definition is judged
    assert result(shell, 'check("softmax")')[VERDICT]["digest"] == digest(RIGHT)
    assert "digest" not in result(shell, 'check("relu")')[VERDICT]


@pytest.mark.parametrize(
    "body", ["raise NotImplementedError\n    return x * (x > 0)", "y = x\n    raise NotImplementedError"]
)
def test_code_beside_the_line_that_was_left_in_is_seen(shell: InteractiveShell, body: str) -> None:
    shell.run_cell(f'def relu(x):\n    """Zero or x."""\n    {body}')
    data = result(shell, 'check("relu")')
    assert "Your code is there; delete the line" in data["text/html"]
    assert data[VERDICT]["status"] == "not attempted"
    shell.run_cell('def relu(x):\n    """Zero or x."""\n    raise NotImplementedError')
    assert "Your code is there" not in result(shell, 'check("relu")')["text/html"]


def test_a_function_of_another_name_is_named(shell: InteractiveShell) -> None:
    shell.run_cell("def tanhgrad(x):\n    return x\ndef relu_grad(x):\n    return x")
    assert "This notebook defines `tanhgrad`; the exercise is called `tanh_grad`" in told(shell, 'check("tanh_grad")')
    assert "This notebook defines" not in told(shell, 'check("relu")')


def told(shell: InteractiveShell, cell: str) -> str:
    return result(shell, cell)[VERDICT]["message"]


@pytest.mark.parametrize("ending", ["sys.exit()", "raise SystemExit(3)", "quit()"])
def test_an_answer_that_leaves_python_is_wrong(shell: InteractiveShell, ending: str) -> None:
    shell.run_cell(f"import sys\ndef relu(x):\n    {ending}")
    assert "Your code raised SystemExit" in told(shell, 'check("relu")')
