"""How a command ends that its user's input stops: with one sentence on standard error, and exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tplib.errors import TplibError


def say(sentence: str) -> None:
    """Print a sentence about what went wrong: in red where standard error is a terminal."""
    from rich.console import Console
    from rich.text import Text

    Console(stderr=True).print(Text(sentence, style="red"), soft_wrap=True)


@contextmanager
def sentences() -> Iterator[None]:
    """Around a command, or as its decorator: a TplibError is said, and the command ends with 1."""
    import typer

    try:
        yield
    except TplibError as error:
        say(str(error))
        raise typer.Exit(1) from error


def end_in_sentences(command: Callable[[], object]) -> None:
    """Run a whole program; a TplibError is said, and the program ends with 1."""
    try:
        command()
    except TplibError as error:
        say(str(error))
        sys.exit(1)
