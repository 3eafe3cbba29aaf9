"""A build that keeps outputs shows verdicts as a run of the notebook would."""

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from tplib.course.verdicts import show_anew
from tplib.graders import notebook as in_notebook
from tplib.graders import registry
from tplib.graders.failed_cells import FailedCells
from tplib.mime import VERDICT

ROOT = Path(__file__).parents[2]
PATH = ROOT / "source" / "TP6-TrainFFNN" / "1_forward.ipynb"


@pytest.fixture
def shell(monkeypatch):
    InteractiveShell.clear_instance()
    monkeypatch.setattr(in_notebook, "_verdicts", {})
    shell = InteractiveShell.instance()
    monkeypatch.setattr(in_notebook, "_failed", FailedCells(shell))
    yield shell
    InteractiveShell.clear_instance()


def test_what_is_stored_is_what_a_run_gives(shell):
    """The first three exercises of a notebook, run here."""
    notebook = nbformat.read(PATH, as_version=4)
    checks = 0
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type != "code" or not name or checks == 3:
            continue
        with capture_output():
            value = shell.run_cell(cell.source).result
        if name.startswith("check-"):
            checks += 1
            assert shell.display_formatter.format(value)[0] == cell.outputs[0].data
    assert checks == 3


def test_stored_verdicts_are_those_that_show_anew_writes():
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        before = json.dumps(notebook, sort_keys=True)
        show_anew(notebook)
        assert json.dumps(notebook, sort_keys=True) == before, f"{path}: run `tp build --no-execute`"


def test_changed_points_are_shown_without_a_run(monkeypatch):
    relu = registry.find("relu")
    notebook = nbformat.read(PATH, as_version=4)
    check = next(cell for cell in notebook.cells if cell.id == "check-relu")
    monkeypatch.setattr("tplib.course.verdicts.registry.find", lambda name: replace(relu, points=7.5))
    monkeypatch.setattr("tplib.course.verdicts.registry.beside", lambda exercise: [exercise])
    notebook.cells = [check]
    show_anew(notebook)
    shown = check.outputs[0].data
    assert (shown["text/plain"], shown[VERDICT]["points"], shown[VERDICT]["max_points"]) == ("7.5", 7.5, 7.5)
    assert "7.5 of 7.5 points" in shown["text/html"]


def test_what_is_not_full_marks_or_of_another_course_stays():
    wrong = {"exercise": "relu", "status": "wrong"}
    other = {"exercise": "of another course", "status": "right"}
    outputs = [
        [{"output_type": "execute_result", "data": {VERDICT: one, "text/html": "old"}}] for one in (wrong, other)
    ]
    notebook = nbformat.from_dict({"cells": [{"outputs": one} for one in outputs]})
    show_anew(notebook)
    assert [cell.outputs[0].data["text/html"] for cell in notebook.cells] == ["old", "old"]
