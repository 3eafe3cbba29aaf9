"""A cell that fails leaves its answer undefined: that is told as what it is, and a blank answer stays one."""

from types import SimpleNamespace

import pytest

from tplib.autograde.examiner.failed_definition import failed_definition
from tplib.autograde.messages.execution import CellOutcome, NotebookOutcome
from tplib.graders.registry import find

SYNTAX = ("SyntaxError", "expected ':' (3456.py, line 1)")
STUB = "def relu(x):\n    raise NotImplementedError"


def outcome(*cells):
    """What became of cells: pairs of a source and an error, or None."""
    run = SimpleNamespace(notebook={"cells": [{"source": source} for source, _ in cells]})
    outputs = [
        [{"output_type": "error", "ename": error[0], "evalue": error[1], "traceback": []}] if error else []
        for _, error in cells
    ]
    return NotebookOutcome(run, {index: CellOutcome(found, index + 1) for index, found in enumerate(outputs)})


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ("def relu(x)\n    return x", SYNTAX, "SyntaxError in line 1: expected ':'."),
        (
            "import nothing\ndef relu(x):\n    return x",
            ("ModuleNotFoundError", "No module named 'nothing'\nmore"),
            "'.",
        ),
        ("class A:\n    1/0\nrelu = A()", ("ZeroDivisionError", ""), "ZeroDivisionError."),
        ("relu = lambda x: x\nrelu(", ("Evil\x1b[2J", "a" * 900), "a."),
    ],
)
def test_the_error_is_the_verdict(source, error, words):
    verdict = failed_definition(find("relu"), outcome(("import numpy as np", None), (source, error)))
    assert (verdict.status, verdict.score) == ("wrong", 0)
    assert verdict.message.startswith("The cell that should define `relu` failed, so there is nothing to judge: ")
    assert verdict.message.endswith(words)
    assert len(verdict.message) < 400
    assert verdict.message.isprintable()


@pytest.mark.parametrize(
    "cells",
    [
        [(STUB, None)],
        [("import numpy as np\n" + STUB, ("NameError", "name 'nothing' is not defined"))],  # nothing of theirs
        [("def tanh(x)", SYNTAX)],
        [("def relu(x)", SYNTAX), (STUB, None)],  # the last one counts
        [],
    ],
)
def test_a_blank_answer_stays_one(cells):
    assert failed_definition(find("relu"), outcome(*cells)) is None
