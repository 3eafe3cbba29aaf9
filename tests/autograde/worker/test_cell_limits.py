"""The limits that a configuration's function gives to cells."""

from __future__ import annotations

import pytest
from plain_course import cells_of

from tplib.autograde.limited import StoppedError
from tplib.autograde.messages.execution import Limits
from tplib.autograde.worker.cell_limits import cell_limits, with_room

NOTEBOOK = cells_of("1", "long", "never", "zero")
SECONDS = {"1": 3, "long": 1000.5, "never": None, "zero": -1}


def test_each_cell_has_its_own():
    limits = cell_limits(lambda cell: SECONDS[cell.source], NOTEBOOK)
    assert limits == {0: 3.0, 1: 1000.5, 2: None, 3: None}
    assert all(type(index) is int for index in limits)


@pytest.mark.parametrize("function", [lambda cell: 1 / 0, lambda cell: "soon", lambda cell: [1]])
def test_a_function_that_fails_is_no_limit(function):
    with pytest.raises(StoppedError):
        cell_limits(function, NOTEBOOK)


def test_the_notebook_has_time_for_cells_that_may_take_long():
    usual = Limits().with_cell(30)
    assert with_room(usual, {0: 3.0, 1: 1000.0}).notebook == 600 + 970
    assert with_room(usual, {0: None}).notebook is None
    assert with_room(Limits(cell=30, notebook=50), {0: 1000.0}).notebook == 50  # --notebook-limit
