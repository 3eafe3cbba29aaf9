"""Setups, tasks and results arrive as they were sent, whatever students name their files."""

from __future__ import annotations

import dataclasses
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.autograde.messages.execution import Limits
from tplib.autograde.messages.grading import GradingResult, NotebookScores, Setup, SubmissionTask, pack, unpack
from tplib.autograde.messages.plan import Anchor, NotebookPlan, PlannedCell
from tplib.autograde.messages.problems import Problem

NAMES = st.text(st.characters(), max_size=20)  # lone surrogates too: so Python names files that are not UTF-8
FILES = st.dictionaries(NAMES, st.binary(max_size=50), max_size=4)
NUMBERS = st.none() | st.floats(allow_nan=False)
PROBLEMS = st.lists(st.builds(Problem, NAMES, NAMES, NAMES, st.none() | NAMES, st.booleans()), max_size=3)
CELLS = st.builds(
    PlannedCell,
    NAMES,
    st.sampled_from(["code", "markdown"]),
    NAMES,
    *[st.booleans()] * 4,
    NUMBERS,
    st.none() | NAMES,
)
ANCHORS = st.builds(Anchor, st.none() | NAMES, st.none() | NAMES, NAMES)
PLANS = st.builds(
    NotebookPlan,
    NAMES,
    st.dictionaries(NAMES, CELLS, max_size=2),
    st.lists(ANCHORS, max_size=2),
    st.none() | NAMES,
    st.dictionaries(NAMES, NAMES, max_size=2),
)


@settings(deadline=None)
@given(NAMES, FILES, PROBLEMS, NUMBERS, st.dictionaries(NAMES, st.integers(0, 2**64 - 1), max_size=3))
def test_a_task_arrives(student, files, problems, extension, seeds):
    manual = {name: {name: [1.5, None]} for name in files}
    task = SubmissionTask(student, files, problems, 12.5, extension, manual, seeds)
    assert SubmissionTask.from_data(task.to_data()) == task


@settings(deadline=None)
@given(NAMES, FILES, PROBLEMS, NUMBERS, st.none() | NAMES)
def test_a_result_arrives(student, files, problems, penalty, failure):
    scores = {name: NotebookScores({name: [0.5, True]}, {name: None}, penalty) for name in files}
    result = GradingResult(student, files, list(files), scores, problems, "2025-01-31", 1.0, {"stage": 0.1}, failure)
    assert GradingResult.from_data(result.to_data()) == result


@settings(deadline=None)
@given(NAMES, st.dictionaries(NAMES, PLANS, max_size=2), st.binary(), FILES, FILES, FILES, NUMBERS)
def test_a_setup_arrives(assignment, plans, config, plugins, support, own, limit):
    files = {"config": config, "plugins": plugins, "support": support, "exercises": own}
    setup = Setup(assignment, "course", plans, None, Limits(cell=limit), **files)
    arrived = Setup.from_data(setup.data)
    assert dataclasses.asdict(arrived) == dataclasses.asdict(setup)
    assert arrived.key == setup.key
    assert Setup(assignment, "another", plans, None, Limits(cell=limit)).key != setup.key


@given(FILES)
def test_what_is_not_whole_is_refused(files):
    data = pack({"student": "ada"}, files)
    assert unpack(data) == ({"student": "ada"}, files)
    for cut in (0, len(data) // 2, len(data) - 1):
        with pytest.raises(zipfile.BadZipFile):
            unpack(data[:cut])


def test_a_problem_of_another_version_is_read_as_far_as_it_is_known():
    problem = Problem("crash", "It ended", "Look", "first", True)
    assert Problem.from_dict({**problem.to_dict(), "severity": 3}) == problem
