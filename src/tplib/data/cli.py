"""`tp data list | card | pull | verify`."""

from __future__ import annotations

import json
import textwrap
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tplib.data import cache_folder, info, is_cached, names, pull, verify
from tplib.data.cache import folder
from tplib.data.cards import CARDS
from tplib.data.registry import NEEDED, expand
from tplib.errors import TplibError
from tplib.sentences import say, sentences

app = typer.Typer(help="Data sets: see what there is, pull it once, check it.", no_args_is_help=True)

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAMES]...", help="Data sets, as `tp data list` names them.")
]
Wanted = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAMES]...", help="Data sets, or assignments (TP8-HFTrain): what their notebooks load."),
]


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False) -> None:
    """Show each data set: what it is, its size and licence, and whether it is in the cache."""
    sets = [info(name) for name in names()]
    if as_json:
        rows = [
            {
                "name": dataset.name,
                "what": dataset.what,
                "size": dataset.size,
                "licence": dataset.licence,
                "origin": dataset.origin,
                "citation": dataset.citation,
                "cached": is_cached(dataset.name),
                "folder": str(folder(dataset)),
                "sources": [str(source) for source in dataset.sources],
            }
            for dataset in sets
        ]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    table = Table("name", "what", "size", "licence", "cached", caption=f"cache: {cache_folder()}")
    table.columns[0].no_wrap = table.columns[2].no_wrap = True
    table.columns[2].justify = "right"
    for dataset in sets:
        here = "embedded" if dataset.embedded else "yes" if is_cached(dataset.name) else "no"
        table.add_row(dataset.name, dataset.what, _bytes(dataset.size), dataset.licence, here)
    Console().print(table)


@app.command("card")
def card_(name: Annotated[str, typer.Argument(metavar="NAME", help="A data set, as `tp data list` names it.")]) -> None:
    """Say what to know of a set before using it: origin, licence, languages, who judged it, known faults."""
    with sentences():
        dataset = info(name)
    card = CARDS[dataset.name]
    rows = {
        "what": dataset.what,
        "origin": dataset.origin,
        "licence": dataset.licence,
        "languages": card.languages,
        "annotators": card.annotators,
        "known faults": "",
    }
    typer.echo(dataset.name)
    for title, text in rows.items():
        typer.echo(_wrapped(f"{title}: {text}"))
    for fault in card.faults:
        typer.echo(_wrapped(f"- {fault}"))
    typer.echo(_wrapped(f"cite: {dataset.citation}"))


@app.command("pull")
def pull_(
    which: Wanted = None,
    every: Annotated[bool, typer.Option("--all", help="Pull every data set.")] = False,
    course: Annotated[bool, typer.Option("--course", help="Pull what the notebooks of the course load.")] = False,
) -> None:
    """Download data sets into the cache and check them; what is there already is only checked."""
    with sentences():
        if bool(which) + every + course != 1:
            raise TplibError(
                "Name the data sets or assignments to pull, or give --course for what the notebooks load, or --all for "
                f"every set. The sets are: {', '.join(names())}; the assignments: {', '.join(NEEDED)}."
            )
        asked = names() if every else NEEDED if course else which or []
        wanted = list(dict.fromkeys(name for one in asked for name in expand(one)))
    failed = False
    for name in wanted:
        try:
            was_there = is_cached(name)
            where = pull(name)
            state = "comes with tplib" if info(name).embedded else "was there already" if was_there else "pulled"
            typer.echo(f"{name}: {state}, checked, in {where}")
        except TplibError as error:
            failed = True
            say(str(error))
        except KeyboardInterrupt:
            say(f"Stopped. What arrived is kept: run `tp data pull {name}` again to continue.")
            raise typer.Exit(130) from None
    if failed:
        raise typer.Exit(1)


@app.command("verify")
def verify_(which: Names = None) -> None:
    """Hash the cached files again; without names, those of every set that was pulled."""
    with sentences():
        chosen = [info(name).name for name in which or []]
    faults = 0
    for name in chosen or names():
        if not chosen and not any((folder(info(name)) / file.name).exists() for file in info(name).files):
            typer.echo(f"{name}: not pulled")
            continue
        found = verify(name)
        faults += len(found)
        for fault in found:
            say(fault)
        if not found:
            typer.echo(f"{name}: intact")
    if faults:
        raise typer.Exit(1)


def _wrapped(text: str) -> str:
    return textwrap.fill(text.strip(), 100, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)


def _bytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
