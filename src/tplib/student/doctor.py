"""The command `tp doctor`: for students, and for those who grade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tplib.sentences import sentences


@sentences()
def doctor(
    assignment: Annotated[str, typer.Argument(help="Look at what this assignment needs, such as TP6.")] = "",
    grading: Annotated[
        bool | None,
        typer.Option(
            "--grading/--no-grading",
            help="Look at what grading takes; by default where tplib[instructor] is installed.",
        ),
    ] = None,
    attacks: Annotated[
        bool,
        typer.Option(
            "--attacks", help="Grade hostile submissions on this machine, to see that none gains anything (a minute)."
        ),
    ] = False,
) -> None:
    """Say what this machine offers for the notebooks and for grading, and what to do for what it lacks.

    Exit code 1 where `tp grade` would refuse; where grading is not looked at, where notebooks would not run.
    With --attacks, exit code 1 where one of the hostile submissions gains, reads, harms or stops something.
    """
    from tplib.autograde.commands.doctor import attack, doctor_of_grading, print_findings
    from tplib.autograde.sandbox.doctor import Finding, refuses
    from tplib.student.assignments import find
    from tplib.student.machine import examine, lacking
    from tplib.student.places import work_on

    console = Console()
    if attacks:
        attack(console)
        return
    chosen = find(assignment, Path()) if assignment else None
    findings = examine(chosen.name if chosen else "")
    if chosen:
        in_place, seen, advice = work_on(chosen, Path())
        findings.append(Finding("your work", "ok" if in_place else "optional", seen, advice))
    print_findings(console, "Notebooks", findings)
    if refuses(findings):
        console.print("[red]Notebooks would not run here.[/red]")
    else:
        console.print("[green]Notebooks can run here.[/green]")
    absent = lacking("instructor")
    if grading or (grading is None and not absent):
        console.print()
        refused = doctor_of_grading(console)
    else:
        refused = refuses(findings)
        if grading is None:
            why = f"not installed: {', '.join(absent)}"
            console.print(escape(f"Grading was not looked at ({why}); --grading does."), soft_wrap=True, style="dim")
    if refused:
        raise typer.Exit(1)
