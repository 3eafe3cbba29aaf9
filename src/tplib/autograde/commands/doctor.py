"""What `tp doctor` prints: findings, and what came of hostile submissions."""

from __future__ import annotations

from collections.abc import Iterable

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tplib.autograde.sandbox.doctor import Finding

LOOK = {"ok": "[green]✓[/green]", "lacking": "[red]✗[/red]", "optional": "[yellow]–[/yellow]"}


def print_findings(console: Console, title: str, findings: Iterable[Finding]) -> None:
    """A row for each, then what to do for those that lack."""
    findings = list(findings)
    table = Table("", "part", "seen", box=None, pad_edge=False, title=title, title_justify="left")
    for finding in findings:
        table.add_row(LOOK[finding.state], escape(finding.name), escape(finding.seen))
    console.print(table)
    for finding in findings:
        if finding.way_out:
            console.print(f"{LOOK[finding.state]} {escape(finding.name)}: {escape(finding.way_out)}", soft_wrap=True)


def doctor_of_grading(console: Console) -> bool:
    """Say what this machine offers for grading; whether `tp grade` would refuse."""
    from tplib.autograde.sandbox.doctor import examine, refuses

    findings = examine()
    if not refuses(findings):  # with what it takes, a kernel can be started
        from tplib.autograde.worker.kernel_trial import try_kernels

        findings += try_kernels()
    print_findings(console, "Grading", findings)
    if refuses(findings):
        console.print("[red]`tp grade` would refuse here.[/red]")
        return True
    console.print("[green]`tp grade` can grade here.[/green]")
    return False


def attack(console: Console) -> None:
    """Grade hostile submissions; exit code 1 where one of them gains, reads, harms or stops something."""
    from tplib.autograde.attacks import run_attacks
    from tplib.autograde.commands.progress import ProgressBar

    with ProgressBar(console, "attacking") as bar:
        rows = run_attacks(on_progress=lambda done, total, failed: bar.update(done, total, 0))
    table = Table("", "attack", "what it tries", "outcome", box=None, pad_edge=False)
    for row in rows:
        look = LOOK["ok" if row.withstood else "lacking"]
        outcome = escape(row.outcome) if row.withstood else f"[red]{escape(row.outcome)}[/red]"
        table.add_row(look, row.name, escape(row.tries), outcome)
    console.print(table)
    if lost := [row.name for row in rows if not row.withstood]:
        console.print(f"[red]Not withstood: {', '.join(lost)}.[/red] Do not grade here, and please report this.")
        raise typer.Exit(1)
    console.print(f"[green]All {len(rows) - 1} were withstood; the others in the class were not harmed.[/green]")
