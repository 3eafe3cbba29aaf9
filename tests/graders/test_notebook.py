"""check() in IPython: the panel for the reader, the points for nbgrader, the data for the report."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

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


def test_text_outside_jupyter(capsys: pytest.CaptureFixture[str]) -> None:
    InteractiveShell.clear_instance()
    scope: dict = {}
    exec(RIGHT + 'from tplib.graders import check\nvalue = check("softmax")', scope)
    assert "softmax: right" in capsys.readouterr().out
    assert float(scope["value"]) == 2
