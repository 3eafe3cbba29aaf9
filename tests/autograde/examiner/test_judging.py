"""Answers that hurt their judge: each costs its own exercise, is named, and is nobody else's trouble."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tplib.autograde.examiner import judging
from tplib.autograde.examiner.judging import JUDGE, Judge, Judgement, NotJudgeableError, judged, shown_data
from tplib.autograde.limited import SeveralWorks, StoppedError
from tplib.autograde.processes import can_fork
from tplib.graders import registry
from tplib.graders.answer import LocalAnswer
from tplib.graders.verdict import Counterexample, Verdict
from tplib.mime import VERDICT

pytestmark = pytest.mark.skipif(not can_fork(), reason="this platform has no limited children")
SIGMOID = registry.find("sigmoid")


class Played(LocalAnswer):
    """An answer in this process, with what the examiner knows of one in a candidate."""

    limit, late, waits = 2.0, False, None
    calls: tuple[()] = ()

    def hurry(self, seconds: float) -> None: ...


def judge_in_child(exercise, answer, seed: int, points: float | None) -> Judgement:
    works = {JUDGE: lambda question, _: judged(exercise, answer, json.loads(question))}
    with contextlib.closing(SeveralWorks(works)) as child:
        return Judge(child).ask(exercise, {"seed": seed, "points": points}, answer.limit)


def right(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e).astype(x.dtype) / (1 + e)


def test_a_right_answer_is_right():
    found = judge_in_child(SIGMOID, Played(right), 20, 3.0)
    assert found["shown"][VERDICT]["points"] == 3.0
    assert (found["late"], found["beside"][1]) == (False, False)


def endless(*_: object) -> object:
    while True:
        pass


@pytest.mark.parametrize("measure", [endless, lambda *_: os.abort()])
def test_a_measure_that_an_answer_drives_beyond_its_limits_is_stopped(monkeypatch, measure):
    monkeypatch.setattr(judging, "PROCESSOR", 1.0)

    def only_for_his(value, *args):
        return measure(value, *args) if np.any(np.asarray(value) > 1) else value

    with pytest.raises(StoppedError):
        judge_in_child(replace(SIGMOID, measure=only_for_his), Played(lambda x: x * 0 + 2), 20, None)


def test_where_the_reference_cannot_be_judged_either_it_is_no_fault_of_the_answer(monkeypatch):
    monkeypatch.setattr(judging, "PROCESSOR", 1.0)
    with pytest.raises(NotJudgeableError, match="sigmoid: it takes more than 1 s of computing"):
        judge_in_child(replace(SIGMOID, measure=endless), Played(right), 20, None)


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: ["x"] * 20_000 + ["x" * 50_000],
        lambda x: {1: 2, "a": 3, None: 4},
        lambda x: float("inf"),
        lambda x: 10**4000,
        lambda x: "\ud800",
        lambda x: np.zeros((3, 0)).astype("U"),
    ],
)
def test_odd_answers_are_wrong_or_stopped_by_a_limit_and_nothing_else(answer):
    found, limit = None, True
    try:
        found = judge_in_child(SIGMOID, Played(answer), 20, None)
    except StoppedError as stopped:
        limit = stopped.limit
    assert limit
    assert found is None or found["shown"][VERDICT]["score"] == 0


def test_an_infinite_result_costs_its_own_exercise():
    for name in ("sgd_epoch", "minibatches", "split_dataset", "topological_order"):
        exercise = registry.find(name)
        if exercise.measure is None:
            continue
        answer = SimpleNamespace(exercise=exercise)
        found = judge_in_child(exercise, Played(lambda *a, **k: [[float("inf")]] * 9), 20, None)
        assert found["shown"][VERDICT]["score"] == 0, answer


def test_a_verdict_is_never_long():
    endless = Verdict("x", 0.0, "wrong", "m" * 10**7, 1.0, None, Counterexample({}, 1, ["y" * 390] * 10**5))
    assert len(str(shown_data(endless, None))) < 10_000


def test_one_child_judges_all_answers_until_one_stops_it(monkeypatch):
    monkeypatch.setattr(judging, "PROCESSOR", 1.0)

    def work(data, _):
        question = json.loads(data)

        def measure(value, *args):
            return endless() if question["bad"] and np.any(np.asarray(value) > 1) else value

        answer = Played(lambda x: x * 0 + 2) if question["bad"] else Played(right)
        return judged(replace(SIGMOID, measure=measure), answer, question)

    works, children = SeveralWorks({JUDGE: work}), []
    for bad in (False, False, True, False):
        try:
            found = Judge(works).ask(SIGMOID, {"seed": 20, "points": 2.0, "bad": bad}, 2.0)
        except StoppedError:
            assert bad
        else:
            assert found["shown"][VERDICT]["points"] == 2.0
        children.append(works.child and works.child.pid)
    works.close()
    first, second, stopped, last = children
    assert first == second
    assert stopped is None
    assert last not in (None, first)
