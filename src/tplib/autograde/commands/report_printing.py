"""What `tp report` prints: the page's first minute, in lines that fit a narrow terminal."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from tplib.autograde.commands.printing import print_unnamed, who

if TYPE_CHECKING:
    from tplib.autograde.reports.results import Summary

LINES = 5  # misconceptions that get one


def print_summary(console: Console, summary: Summary) -> None:
    """How it went, what failed, what was misunderstood, who needs help, what a human should look at."""
    from tplib.autograde.reports.attention import by_hand, who_needs_help
    from tplib.autograde.reports.report import look_at, weak, weakest
    from tplib.autograde.reports.words import number, plural
    from tplib.autograde.submissions.lateness import duration

    def say(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True)

    mean, most = statistics.fmean(summary.scores), summary.max_score
    percent = f" ({100 * mean / most:.0f} %)" if most else ""
    graded = plural(len(summary.students), "student")
    median = number(statistics.median(summary.scores))
    points = f"mean {number(mean)} of {number(most)}{percent}, median {median}"
    say(f"{escape(summary.assignment)}: {graded} graded, {points}")
    if summary.missing:
        say(f"Handed in nothing: {escape(who(summary.missing))}")
    if summary.late:
        late = [student.name for student in summary.late]
        say(f"Late, by up to {duration(summary.late[0].seconds_late)}: {escape(who(late))}")
    print_notebooks(console, summary)
    for exercise in weakest(summary):
        earned = f"{100 * exercise.success:.0f} % of its points"
        say(f"Weak: {escape(exercise.title)} ({escape(exercise.notebook)}), {earned}")
    if more := len(weak(summary)) - len(weakest(summary)):
        say(f"Weak, too: {plural(more, 'more exercise')}, see the page")
    for found in [found for found in summary.misconceptions if len(found.holders) > 1][:LINES]:
        count = plural(len(found.holders), "student")
        say(f"{count}: {escape(found.title)}, in {escape(found.exercise)} ({escape(found.notebook)})")
    print_unnamed(console, [found for found in summary.unnamed.shared if len(found.fitting) < 2])
    if helped := [one.student.name for one in who_needs_help(summary)]:
        say(f"May need help: {escape(who(helped))}")
    if looks := [sentence for sentence, _ in look_at(summary, sum(count for _, count in by_hand(summary)))]:
        say(f"To look at by hand: {'; '.join(looks)}")


def print_notebooks(console: Console, summary: Summary) -> None:
    """A row for each notebook, whose name is never cut: it may take several lines."""
    from rich.table import Table

    from tplib.autograde.reports.report import by_notebook
    from tplib.autograde.reports.words import number

    rows = by_notebook(summary)
    if len(rows) < 2:
        return
    table = Table()
    table.add_column("notebook", overflow="fold")
    for title in ("mean", "of", "earned"):
        table.add_column(title, justify="right", no_wrap=True)
    for name, mean, greatest, _ in rows:
        earned = f"{100 * mean / greatest if greatest else 0:.0f} %"
        table.add_row(escape(name), number(mean), number(greatest), earned)
    console.print(table)
