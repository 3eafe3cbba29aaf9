"""Helper cells of the student's own that are deleted, moved, or broken after the checks were green."""

import json

import nbformat.v4 as v4
import pytest

from tplib.student.needed_names import lacking, look_at, python_of

RELU = "def relu(x):\n    return larger(x, 0)"
HELPER = "def larger(a, b):\n    return np.maximum(a, b)"


@pytest.fixture
def with_helper(work, answer):
    """An answer with a helper's cell above it; the test places the helper."""
    path = work / "1_forward.ipynb"
    answer(path, "relu", f"{HELPER}\n{RELU}")
    notebook = json.loads(path.read_text())
    index = next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == "answer-relu")
    notebook["cells"][index]["source"] = RELU

    def place(source: str, at: int = 0) -> None:
        cell = dict(v4.new_code_cell(source))
        cells = [*notebook["cells"]]
        cells.insert(index + at if at <= 0 else len(cells), cell)
        path.write_text(json.dumps({**notebook, "cells": cells}))

    return place


def test_a_helper_above_is_found(with_helper, submit):
    with_helper(HELPER)
    assert "larger" not in submit()[1]


def test_a_helper_that_is_gone_is_told(with_helper, submit):
    with_helper("x = 1")
    code, said, _ = submit()
    assert "the cell answer-relu uses `larger`, which no cell above it defines: it fails when it is graded" in said
    assert code == 1


def test_a_helper_that_was_moved_below_is_told(with_helper, submit):
    with_helper(HELPER, at=1)
    assert "answer-relu uses `larger`, which is defined only in a cell below it" in submit()[1]


def test_a_helper_that_does_not_parse_is_told(with_helper, submit):
    with_helper(HELPER.replace("):", ")"))
    code, said, _ = submit()
    assert (code, "your cell `def larger(a, b)` does not parse (line 1: expected ':')" in said) == (1, True), said


def wanting(*cells):
    return lacking([look_at(python_of(cell)) for cell in cells], len(cells) - 1)


@pytest.mark.parametrize(
    "cells",
    [
        ("import numpy as np", "def f(x): return np.exp(x)"),
        ("from math import *", "def f(x): return sqrt(x)"),
        ("%run helpers.py", "def f(x): return g(x)"),
        ("exec('g = 1')", "def f(x): return g"),
        ("%matplotlib inline\nimport math", "def f(x): return math.pi"),
        ("def f(n): return n * f(n - 1) if n else 1",),
        ("class A:\n    def m(self): return A, __class__, self.m", "def f(x): return [y for y in x if (z := y)]"),
        ("def f(x):\n    global g\n    g = x\n    return g",),
        ("with open('a') as file: pass", "try:\n    pass\nexcept OSError as error:\n    print(error, file)"),
        ("for i, (a, *b) in []: pass", "def f(x: int = 1, *args, **kw) -> list: return i, a, b, args, kw, __name__"),
        ("x: int = 1", "lambda: x", "match x:\n    case [first, *rest]:\n        print(first, rest)"),
        ("!ls", "files = !ls", "def f(): return files, In, Out, _, display, get_ipython"),
        ("def f[T](x: T) -> T: return x",),
        ("this does not parse", "def f(x): return g"),
    ],
)
def test_no_false_alarm(cells):
    assert wanting(*cells) == {}


def test_names_are_found_where_they_are_used():
    assert wanting("def f(x):\n    def g(): return lost(x)\n    return [g() for _ in other]") == {
        "lost": False,
        "other": False,
    }
    assert wanting("class A(Base):\n    x = default\n    def m(self, y=start): return helper") == {
        "Base": False,
        "default": False,
        "helper": False,
        "start": False,
    }
