"""A notebook runs again where an exercise that comes with tplib has changed since it ran, and else nothing does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tplib import TplibError
from tplib.course.build import build_course
from tplib.course.compare import check_course
from tplib.course.judged_file import FOLDER
from tplib.course.layout import Page
from tplib.graders import registry

FIRST, SECOND = Page("TP1-Small", "1_first"), Page("TP1-Small", "2_second")
RECORD = FOLDER / "TP1-Small.json"


@pytest.fixture
def prints(monkeypatch):
    """The fingerprints of exercises, by name."""
    found = {"relu": "r1", "answer": "a1", "other": "o1"}
    monkeypatch.setattr("tplib.course.judged_file.fingerprint", lambda one, mistakes: found[one.name])
    return found


@pytest.fixture
def ours(exercises):
    """The small course's exercises, as a package has them."""
    about = ("name", "notebook", "assignment", "points", "at_home")
    return [replace(registry.find("relu"), **{name: getattr(one, name) for name in about}) for one in exercises]


@pytest.fixture
def recorded(built, ours, prints):
    """The small course, built, its record written by a build that ran nothing."""
    found = build_course(built, ours)
    assert (found.ran, found.changed) == ({}, [RECORD])
    return built


def record(root):
    return json.loads((root / RECORD).read_text())


def test_without_a_change_nothing_runs(recorded, ours):
    found = build_course(recorded, ours)
    assert (found.ran, found.changed, found.notes) == ({}, [], [])
    assert check_course(recorded, ours)
    assert record(recorded) == {"1_first": {"answer": "a1", "relu": "r1"}, "2_second": {"other": "o1"}}


def test_what_checks_a_changed_exercise_runs_once(recorded, ours, prints):
    prints["relu"] = "r2"
    with pytest.raises(TplibError, match="relu changed since the notebook was run"):
        check_course(recorded, ours)
    found = build_course(recorded, ours)
    assert found.ran == {FIRST: "the exercise relu has changed"}
    assert RECORD in found.changed
    assert check_course(recorded, ours)
    assert build_course(recorded, ours).ran == {}


def test_a_build_of_another_notebook_or_without_runs_leaves_it_to_be_run(recorded, ours, prints):
    prints["relu"] = "r2"
    build_course(recorded, ours, only=["2_second"])
    told = build_course(recorded, ours, run=False).notes
    assert told == ["relu has changed: 1_first must run with it"]
    assert record(recorded)["1_first"]["relu"] == "r1"
    assert check_course(recorded, ours, only=["2_second"]) == [SECOND]
    with pytest.raises(TplibError, match="relu changed"):
        check_course(recorded, ours, only=["1_first"])
    assert set(build_course(recorded, ours).ran) == {FIRST}


def test_a_lost_record_is_told_and_made_without_a_run(recorded, ours):
    (recorded / RECORD).write_text("[1")
    with pytest.raises(TplibError, match="does not say by which exercises"):
        check_course(recorded, ours)
    assert build_course(recorded, ours).ran == {}
    assert check_course(recorded, ours)


def test_a_notebook_that_fails_keeps_what_is_written_of_it(recorded, ours, prints, first):
    prints["relu"] = "r2"
    script = recorded / "course" / "TP1-Small" / "1_first.py"
    script.write_text(script.read_text().replace("return np.maximum(x, 0.0)", "return x"))
    with pytest.raises(TplibError, match="1 of 2 notebooks built"):
        build_course(recorded, ours)
    assert record(recorded)["1_first"]["relu"] == "r1"
