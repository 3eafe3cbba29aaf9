"""What `tp grade` prints fits the terminal, whatever the number of notebooks."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tplib.autograde.commands.printing import print_run
from tplib.autograde.coordinator.run_results import Graded, Run, Score
from tplib.autograde.messages.problems import Problem


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
    assert shown == count or (shown == 0 and "`tp report`" in text)


def test_a_wide_terminal_shows_each_notebook():
    assert printed(6, 200).count("7.5 / 12") == 18
