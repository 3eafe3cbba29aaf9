"""What the commands of grading print at their end: the table of a run, problems, differences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from tplib.autograde.messages.departures import together
from tplib.autograde.submissions.lateness import duration

if TYPE_CHECKING:
    from rich.table import Table

    from tplib.autograde.coordinator.run_results import Graded, Run, Score
    from tplib.autograde.reports.unnamed import Mistake
    from tplib.autograde.submissions.lateness import Lateness

WIDEST = 10_000  # a table may want more than the terminal has
NAME = 24  # characters of a student's name that stand on one line
SHOWN = 25  # problems that are printed
NAMED = 5  # students who are named for one of them
LARGE, LINES = 3, 10  # students who share a mistake without a name, for it to get a line; and how many get one


def print_run(console: Console, run: Run) -> None:
    """The table at the end, what went wrong, and what to do next."""
    notebooks = sorted({name for result in run.results for name in result.notebooks})
    table = score_table(run, notebooks)
    if is_wide := console.measure(table, options=console.options.update_width(WIDEST)).minimum > console.width:
        table = score_table(run, [])
    console.print(table)
    if is_wide:  # not in the table's caption, which would break the command into lines
        text = f"Scores by notebook: in the gradebook, and by `{page_of(run)}`."
        console.print(text, highlight=False, soft_wrap=True)
    print_lateness(console, run.lateness)
    print_problems(console, run)
    print_departures(console, run)
    new = [result for result in run.results if result.state == "graded"]
    rate = f", {run.seconds / len(new):.2f} s each" if new else ""
    before = sum(result.state == "already graded" for result in run.results)
    failed = len(run.results) - len(new) - before
    console.print(
        f"{len(new)} graded in {run.seconds:.1f} s{rate}"
        + (f"; {before} were graded before (dim)" if before else "")
        + (f"; [red]{failed} could not be graded: run the same command again[/red]." if failed else "."),
        highlight=False,
    )
    if any(score.needs_manual for result in run.results for score in result.notebooks.values()):
        console.print("+ : answers to grade by hand, in nbgrader's form grader.", highlight=False)
    if any(score.again for result in run.results for score in result.notebooks.values()):
        console.print(
            "* : answers that changed after they were marked by hand; the marks count until you look again in the form "
            "grader.",
            highlight=False,
            soft_wrap=True,
        )
    if left := sorted({name for result in run.results for name, score in result.notebooks.items() if not score.graded}):
        text = f"[red]![/red] {', '.join(left)} {'is' if len(left) == 1 else 'are'} not graded yet"
        then = escape(run.proposed("grade", run.assignment))
        console.print(f"{text}: run `{then}`.", highlight=False, soft_wrap=True)
    for note in run.notes:
        console.print(f"[yellow]Note:[/yellow] {escape(note)}", highlight=False, soft_wrap=True)
    if run.interrupted:
        console.print(f"Stopped. {escape(run.stopped)}.", style="yellow", soft_wrap=True)


def page_of(run: Run) -> str:
    """The command that writes the page on a run's assignment."""
    return escape(run.proposed("report", run.assignment))


def score_table(run: Run, notebooks: list[str]) -> Table:
    """One row a student; a column for each of `notebooks`."""
    from rich.table import Table

    table = Table(title=run.assignment, title_justify="left")
    longest = max((len(result.student) for result in run.results), default=0)
    table.add_column("student", overflow="fold", min_width=min(longest, NAME))
    table.add_column("score", justify="right", no_wrap=True)
    for name in notebooks:
        table.add_column(escape(name), justify="right", no_wrap=True)
    late = run.lateness.late
    if late:
        table.add_column("late", no_wrap=True)
    table.add_column("repaired or failed")
    for result in run.results:
        table.add_row(
            escape(result.student),
            f"{result.score:g} / {result.max_score:g}" + ("" if notebooks else marks(result.notebooks.values())),
            *(score_text(result, name) for name in notebooks),
            *([duration(late[result.student].total_seconds()) if result.student in late else ""] if late else []),
            kinds_text(result),
            style="dim" if result.state == "already graded" else None,
        )
    return table


def print_lateness(console: Console, lateness: Lateness) -> None:
    """How many were late, and who has handed in nothing."""
    if lateness.late and lateness.due is not None:
        longest = duration(max(lateness.late.values()).total_seconds())
        text = f"[yellow]{len(lateness.late)} late[/yellow] (due {lateness.told}), by up to {longest}: "
        console.print(text + escape(who(list(lateness.late))), highlight=False, soft_wrap=True)
    if lateness.absent:
        text = f"[yellow]{len(lateness.absent)} not handed in[/yellow]: {escape(who(list(lateness.absent)))}"
        console.print(text, highlight=False, soft_wrap=True)


def print_comparison(console: Console, run: Run) -> None:
    """Each cell whose score differs from the gradebook, and what could not be compared."""
    compared = [result for result in run.results if result.state == "compared"]
    for difference in run.different:
        console.print(escape(str(difference)), highlight=False, soft_wrap=True)
    print_problems(console, run)
    print_departures(console, run)
    for note in run.notes:
        console.print(f"[yellow]Note:[/yellow] {escape(note)}", highlight=False, soft_wrap=True)
    students = len({difference.student for difference in run.different})
    outcome = "all scores are equal." if compared else "no submission could be compared."
    if run.different:
        outcome = f"{len(run.different)} cells of {students} students differ."
    console.print(f"{len(compared)} compared, nothing was written: {outcome}", highlight=False)


def score_text(result: Graded, name: str) -> str:
    score = result.notebooks.get(name)
    if score is None:
        return "-"
    if not score.graded:
        return "not graded yet"
    return f"{score.score:g} / {score.max_score:g}" + marks([score])


def marks(scores: Iterable[Score]) -> str:
    """Whether a human has something to read."""
    scores = list(scores)
    return (" +" if any(s.needs_manual for s in scores) else "") + (" *" if any(s.again for s in scores) else "")


def kinds_text(result: Graded) -> str:
    kinds = dict.fromkeys((problem.kind, problem.repaired) for problem in result.problems)
    return ", ".join(
        f"[yellow]{escape(kind)} (repaired)[/yellow]" if repaired else f"[red]{escape(kind)}[/red]"
        for kind, repaired in kinds
    )


def print_problems(console: Console, run: Run) -> None:
    """What could not be repaired, with what to do, for those graded now."""
    failed = {
        result.student: [problem for problem in result.problems if not problem.repaired]
        for result in run.results
        if result.state != "already graded"
    }
    failed = {student: problems for student, problems in failed.items() if problems}
    if not failed:
        return
    console.print(
        f"[red]{len(failed)} with problems[/red] (their feedback and `{page_of(run)}` say so too):",
        highlight=False,
        soft_wrap=True,
    )
    told: dict[tuple[str, str], list[str]] = {}
    for student, problems in failed.items():
        for problem in problems:
            told.setdefault((problem.reason, problem.hint), []).append(student)
    for (reason, hint), students in list(told.items())[:SHOWN]:
        named = who(students, len(run.results))
        text = f"  {escape(named)}: {escape(reason)}. [dim]{escape(hint)}.[/dim]"
        console.print(text, highlight=False, soft_wrap=True)
    if len(told) > SHOWN:
        console.print(f"  ... and {len(told) - SHOWN} more: see `{page_of(run)}`", highlight=False)


def print_departures(console: Console, run: Run) -> None:
    """Where plain nbgrader would give other points, on purpose."""
    shared = together(
        (result.student, notebook, departure)
        for result in run.results
        for notebook, departures in result.departures.items()
        for departure in departures
    )
    if not shared:
        return
    console.print("Plain nbgrader would give other points here, on purpose (docs/grading.md has a table):")
    for notebook, departure, students in shared[:LINES]:
        text = f"{notebook}, {departure.cell}: {departure.points}: {departure.why}; {who(students)}"
        console.print(f"  {escape(text)}", highlight=False, soft_wrap=True)
    if len(shared) > LINES:
        console.print(f"  ... and {len(shared) - LINES} more: see `{page_of(run)}`", highlight=False)


def who(students: list[str], everyone: int | None = None) -> str:
    """The students who share a problem: all of them, or the first few and how many there are."""
    if len(students) == everyone and everyone > NAMED:
        return f"all {everyone} students"
    if len(students) <= NAMED:
        return ", ".join(students)
    return f"{len(students)} students ({', '.join(students[:NAMED])}, ...)"


def print_unnamed(console: Console, shared: list[Mistake]) -> None:
    """One line for each mistake without a name that many share; the page shows what it is, and the others."""
    large = [found for found in shared if len(found.students) >= LARGE][:LINES]
    for found in large:
        console.print(
            f"{len(found.students)} students share a mistake that has no name: {escape(found.exercise)} "
            f"({escape(found.notebook)})",
            highlight=False,
            soft_wrap=True,
        )
    if rest := len(shared) - len(large):
        groups = "group" if rest == 1 else "groups"
        console.print(
            f"{rest} {'smaller ' if large else ''}{groups} of students share a mistake that has no name",
            highlight=False,
        )
