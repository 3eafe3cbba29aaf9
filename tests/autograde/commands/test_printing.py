"""What `tp grade` prints fits the terminal, whatever the number of notebooks."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from rich.console import Console

from tplib.autograde.commands.printing import print_run
from tplib.autograde.coordinator.run_results import Graded, Run, Score
from tplib.autograde.messages.problems import Problem
from tplib.autograde.submissions.lateness import Lateness


def printed(count: int, width: int) -> str:
    scores = {f"notebook_{k}": Score(7.5, 12.0, needs_manual=k == 0) for k in range(count)}
    problems = [Problem("renamed notebook", "it was renamed", "Keep the name", repaired=True)]
    students = [Graded(f"student{k:04d}", "graded", scores, problems) for k in range(3)]
    console = Console(file=io.StringIO(), width=width)
    print_run(console, Run("TP6-TrainFFNN", students, seconds=1.0))
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("count", [1, 2, 6, 12])
def test_tables_fit_80_columns_and_show_every_score_whole(count):
    text = printed(count, 80)
    rows = [line for line in text.splitlines() if "student0001" in line]
    assert len(rows) == 1
    assert f"{7.5 * count:g} / {12 * count:g}" in rows[0]
    assert max(len(line) for line in text.splitlines()) <= 80
    shown = rows[0].count("7.5 / 12") - (count == 1)
    assert shown == count or (shown == 0 and "`tp report TP6-TrainFFNN`" in text)
    assert " + " in rows[0]  # who has answers to grade by hand


def test_a_wide_terminal_shows_each_notebook():
    assert printed(6, 200).count("7.5 / 12") == 18


def said(run: Run, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_run(console, run)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_late_and_absent_students_are_told_once_each():
    students = [Graded(name, "graded", {"p": Score(1, 2)}) for name in ("ada", "bob", "cleo")]
    delays = {"bob": timedelta(days=29), "ada": timedelta(hours=5)}
    late = Lateness(datetime(2026, 10, 30, 18), delays, ("dan", "eve"), "2026-10-30 18:00 UTC")
    lines = said(Run("ps1", students, lateness=late)).splitlines()
    assert "2 late (due 2026-10-30 18:00 UTC), by up to 29 days: bob, ada" in lines
    assert "2 not handed in: dan, eve" in lines
    rows = {name: next(line for line in lines if name in line) for name in ("ada", "bob", "cleo")}
    assert "5 h" in rows["ada"]
    assert "29 days" in rows["bob"]
    assert "late" not in said(Run("ps1", students))


def test_a_notebook_that_everyone_misses_is_one_line():
    problem = Problem("missing notebook", "2_losses.ipynb was not handed in", "Hand it in", "2_losses")
    students = [Graded(f"student{k}", "graded", {"p": Score(1, 2)}, [problem]) for k in range(30)]
    told = [line for line in said(Run("ps1", students)).splitlines() if "was not handed in" in line]
    assert len(told) == 1
    assert told[0].startswith("  all 30 students: 2_losses.ipynb was not")
