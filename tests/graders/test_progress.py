"""The line of totals under a check."""

import json
import re
from pathlib import Path

import pytest

from tplib.course.additions import title
from tplib.graders import registry
from tplib.graders.progress import anchor, notebook_file, progress_html, stored_verdicts
from tplib.mime import VERDICT

ROOT = Path(__file__).parents[2]


def verdict(status: str, points: float) -> dict:
    return {"exercise": "relu", "status": status, "points": points}


def test_totals_and_a_line_for_each_exercise_in_order():
    exercises = registry.beside(registry.find("relu"))
    html = progress_html(
        exercises, {"relu": verdict("right", 1), "softmax": verdict("partial", 1), "dense": verdict("wrong", 0)}
    )
    whole = sum(exercise.points for exercise in exercises)
    assert (
        f"This notebook: 2 of {whole:g} points (1 right, 1 partly right, 1 not yet, {len(exercises) - 3} not attempted)"
        in html
    )
    assert re.findall(r">(\w+)</a>", html) == [exercise.name for exercise in exercises]
    assert re.search(r'<a href="#Exercise-relu-\(1-point\)"[^>]*>relu</a>: right, 1 of 1</li>', html)


def test_how_many_checks_it_took():
    exercises = registry.beside(registry.find("relu"))
    html = progress_html(exercises, {"relu": verdict("right", 1) | {"checks": 12, "right_at": 11}})
    assert "right, 1 of 1, checked 12 times, right at the 11th</li>" in html
    assert "checked" not in progress_html(exercises, {"relu": verdict("right", 1) | {"checks": 1, "right_at": 1}})


def test_links_lead_to_the_headings_that_the_build_writes():
    """JupyterLab and nbconvert name a heading by its text, with hyphens for spaces."""
    for exercise in registry.beside(registry.find("relu")):
        heading = title(exercise).removeprefix("### ").replace("`", "")
        assert anchor(exercise) == heading.replace(" ", "-")


def test_nbconvert_gives_headings_these_names():
    filters = pytest.importorskip("nbconvert.filters.markdown_mistune")
    exercise = registry.find("relu")
    html = filters.markdown2html_mistune(title(exercise))
    assert f'id="{anchor(exercise)}"' in html


def test_the_exercises_of_a_notebook_are_those_of_its_release():
    notebook = json.loads((ROOT / "release" / "TP6-TrainFFNN" / "1_forward.ipynb").read_text(encoding="utf-8"))
    checks = [cell["id"].removeprefix("check-") for cell in notebook["cells"] if cell["id"].startswith("check-")]
    assert [exercise.name for exercise in registry.beside(registry.find("softmax"))] == checks


def test_stored_verdicts_of_a_file_that_is_anything(tmp_path):
    path = tmp_path / "n.ipynb"
    output = {"output_type": "execute_result", "data": {VERDICT: verdict("right", 1)}}
    path.write_text(json.dumps({"cells": [{"source": ""}, {"outputs": [{"name": "stdout"}, output]}]}))
    assert stored_verdicts(str(path)) == {"relu": verdict("right", 1)}
    for content in ("", "[]", json.dumps({"cells": [{"outputs": [{"data": {VERDICT: 3}}]}]}), '{"cells": 1}'):
        path.write_text(content)
        assert stored_verdicts(str(path)) == {}
    assert stored_verdicts(str(tmp_path / "absent.ipynb")) == stored_verdicts(None) == {}


def test_where_the_editor_says_that_the_notebook_is(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert notebook_file({}) is None
    assert notebook_file({"__vsc_ipynb_file__": "/a/n.ipynb"}) == "/a/n.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", "/b/n.ipynb")
    assert notebook_file({}) == "/b/n.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", "a console")
    assert notebook_file({}) is None
