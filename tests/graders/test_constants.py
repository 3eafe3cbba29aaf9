"""Constants at the top of an answer's cell cost nothing; data of the notebook does."""

from __future__ import annotations

import linecache
from types import FunctionType

import numpy as np
import pytest

from tplib.graders.answer import global_data

CONSTANTS = [
    "DATA = [0.299, 0.587, 0.114]",
    "DATA = {'a': 1, 'b': [2, 3]}",
    "DATA = {1, 2}",
    "DATA = np.array([[1, 2], [3, 4.5]]) / 255",
    "SCALE = 2\nDATA = [SCALE * i for i in range(3)]",
    "DATA: dict = dict(a=1)",
    "DATA = sorted({'b', 'a'})",
]
DATA = [
    "DATA = X",
    "DATA = X.T",
    "DATA = [x + 1 for x in X]",
    "DATA = np.random.rand(3).tolist()",
    "DATA = np.loadtxt('data.csv')",
    "DATA = [1]\nDATA = list(X)",
    "DATA = make()",
    "pass",
]


def answer(cell: str) -> FunctionType:
    """A function that reads the variable DATA, defined in a notebook's cell after others."""
    name = f"<cell {cell}>"
    source = f"{cell}\ndef answer(x):\n    return [DATA for _ in x]\n"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    space = {"np": np, "X": np.arange(3.0), "DATA": [1, 2], "__name__": "__main__"}
    exec(compile(source.replace("np.loadtxt('data.csv')", "[1]").replace("make()", "[1]"), name, "exec"), space)
    space["DATA"] = [1, 2]
    function = space["answer"]
    assert isinstance(function, FunctionType)
    return function


@pytest.mark.parametrize("cell", CONSTANTS)
def test_constants_in_the_answers_own_cell_cost_nothing(cell: str) -> None:
    assert global_data(answer(cell)) is None


@pytest.mark.parametrize("cell", DATA)
def test_data_of_the_notebook_is_named(cell: str) -> None:
    assert global_data(answer(cell)) == "DATA"
