"""A mark given by hand stays good for an answer that is the same in the next version."""

from __future__ import annotations

import json

import pytest

from tplib.autograde.coordinator.changed_answers import changed_answers


def notebook(prose="because", code="y = 4", shown="4", other="x = 1"):
    def cell(kind, source, name=None, outputs=(), **marks):
        about = {"nbgrader": {"grade_id": name, **marks}} if name else {}
        return {"cell_type": kind, "source": source, "metadata": about, "outputs": list(outputs)}

    cells = [
        cell("code", other),
        cell("code", code, "answer", solution=True),
        cell("code", "check", "check", [{"data": {"text/plain": shown}, "execution_count": 3}], grade=True),
        cell("markdown", prose, "why", grade=True, solution=True),
        cell("markdown", "draw", "task", task=True),
    ]
    return json.dumps({"cells": cells}).encode()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({}, set()),
        ({"other": "x = 2"}, set()),
        ({"prose": "since"}, {"why"}),
        ({"prose": ["beca", "use"]}, set()),
        ({"code": "y = 5"}, {"check"}),
        ({"shown": "5"}, {"check"}),
    ],
)
def test_only_answers_that_changed(after, expected):
    assert changed_answers(notebook(), notebook(**after)) == expected


def test_an_unreadable_copy_says_nothing():
    assert changed_answers(b"", notebook()) is None
