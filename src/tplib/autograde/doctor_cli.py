"""The command `tp doctor`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

LOOK = {"ok": "[green]✓[/green]", "lacking": "[red]✗[/red]", "optional": "[yellow]–[/yellow]"}


def doctor(
    attacks: Annotated[bool, typer.Option("--attacks", help="Run the attack suite on this machine (minutes).")] = False,
) -> None:
    """Say what this machine offers for grading; exit code 1 where `tp grade` would refuse."""
    from tplib.autograde.doctor import examine, refuses

    console = Console()
    if attacks:
        _attack(console)
        return
    findings = examine()
    table = Table("", "part", "seen", box=None, pad_edge=False)
    for finding in findings:
        table.add_row(LOOK[finding.state], escape(finding.name), escape(finding.seen))
    console.print(table)
    for finding in findings:
        if finding.way_out:
            console.print(f"{LOOK[finding.state]} {escape(finding.name)}: {escape(finding.way_out)}", soft_wrap=True)
    if refuses(findings):
        console.print("[red]`tp grade` would refuse here.[/red]")
        raise typer.Exit(1)
    console.print("[green]`tp grade` can grade here.[/green]")


def _attack(console: Console) -> None:
    from tplib.autograde.doctor import find_attacks
    from tplib.errors import TplibError

    run = find_attacks()
    if run is None:
        raise TplibError("the attack suite is not part of this installation: run it from a checkout of the project")
    table = Table("attack", "what it tries", "nbgrader", "tplib")
    for row in run():
        table.add_row(*(escape(str(text)) for text in (row.name, row.tries, row.nbgrader, row.engine)))
    console.print(table)
