"""Attempts and moments: what is one attempt, whose misconceptions count when, and what is known without times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tplib.autograde.coordinator.history import Entry, Found
from tplib.autograde.reports.over_time import attempts_of, chosen_days, compare_attempts, earlier_hand_ins, over_time
from tplib.autograde.reports.results import Misconception, Student, Summary

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def entry(student: str, days: int, content: str, misconception: str = "", failure: str = "") -> Entry:
    cells = {"first": {"check-relu": Found(0.0 if misconception else 1.0, "", misconception)}}
    when = NOON + days * DAY
    return Entry(student, when + DAY / 24, when, content, 1.0, failure, {} if failure else cells)


def test_of_gradings_of_the_same_work_the_last_counts():
    entries = [
        entry("ada", 0, "a", "negated"),
        entry("ada", 0, "a", "absolute value"),  # graded again, with a check that knows more
        entry("ada", 0, ""),  # resumed after a kill: the same work, whose digest is not known
        entry("ada", 1, "b", failure="no room"),
        entry("ada", 2, "c", "negated"),
        entry("bob", 1, "x"),
    ]
    found = attempts_of(entries, {("first", "check-relu"): "relu"})
    assert [attempt.mistakes for attempt in found["ada"]] == [{}, {("first", "relu"): "negated"}]
    assert [attempt.score for attempt in found["ada"]] == [1.0, 0.0]
    assert [attempt.when for attempt in found["ada"]] == [NOON, NOON + 2 * DAY]
    assert len(found["bob"]) == 1


def test_a_grading_of_one_notebook_leaves_the_others_as_they_were():
    whole = entry("ada", 0, "a", "negated")
    later = replace(entry("ada", 1, "b"), cells={"second": {"check-tanh": Found(2.0, "right")}})
    first, second = attempts_of([whole, later], {})["ada"]
    assert (first.score, second.score) == (0.0, 2.0)
    assert second.mistakes == {("first", "relu"): "negated"}


def test_who_overcame_it_and_who_holds_it_when():
    entries = [
        entry("ada", 0, "a", "negated"),
        entry("bob", 1, "x", "negated"),
        entry("ada", 2, "b"),
        entry("eve", 2, "y", "cubed"),
    ]
    attempts = attempts_of(entries, {})
    students = [
        Student("ada", {}),
        Student("bob", {}, mistakes={("first", "relu"): "negated"}),
        Student("eve", {}, mistakes={("first", "relu"): "cubed"}),
        Student("old", {}, handed_in=NOON, mistakes={("first", "relu"): "cubed"}),  # graded before there was a history
    ]
    known = [
        Misconception("negated", "relu", "first", "", ["bob"]),
        Misconception("cubed", "relu", "first", "", ["eve", "old"]),
    ]
    summary = Summary("ps1", ["first"], 1.0, students, [], known)
    compare_attempts(summary, attempts)
    by_name = {found.name: found for found in summary.misconceptions}
    assert (by_name["negated"].first, by_name["negated"].overcome) == (["ada", "bob"], ["ada"])
    assert by_name["cubed"].first == ["eve", "old"]
    told = over_time(summary, attempts)
    held = {
        name: [moment.held[[found.name for found in told.followed].index(name)] for moment in told.moments]
        for name in by_name
    }
    assert [moment.handed_in for moment in told.moments] == [2, 3, 4]
    assert held == {"negated": [1, 2, 1], "cubed": [1, 1, 2]}


def test_a_class_of_one_day_or_without_times_has_no_table():
    student = Student("ada", {}, mistakes={("first", "relu"): "negated"})
    known = [Misconception("negated", "relu", "first", "", ["ada"])]
    assert over_time(Summary("ps1", ["first"], 1.0, [student], [], known), {}) is None
    student.handed_in = NOON
    assert over_time(Summary("ps1", ["first"], 1.0, [student], [], known), {}) is None


def test_days_are_few_and_end_with_the_last():
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(23)]
    assert len(chosen_days(days)) == 6
    assert chosen_days(days)[-1] == days[-1]
    assert chosen_days(days[:3]) == days[:3]


def test_hand_ins_that_collecting_put_aside_are_attempts(tmp_path: Path):
    earlier = tmp_path / "downloaded/ps1/earlier"
    for name in ("2026-11-16T12.00.00", "2026-11-17T12.00.00", "without a time", "a folder of theirs"):
        (earlier / "ada" / name).mkdir(parents=True)
    (earlier / "bob").mkdir()
    (earlier / "bob" / "first.ipynb").touch()  # of two files of one name in one hand-in
    assert earlier_hand_ins(tmp_path, "ps1") == {"ada": 3, "bob": 0}
    assert earlier_hand_ins(tmp_path, "ps2") == {}
