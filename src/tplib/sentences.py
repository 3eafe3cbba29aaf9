"""What commands say: the sentence with which one ends that its user's input stops, and the next one to type."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

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


def proposed(root: Path, *words: str) -> str:
    """A `tp` command that can be typed as it is; with --course where the course `root` is not the folder we are in."""
    here = Path.cwd()
    elsewhere = root.resolve() != here.resolve()
    shown = Path(os.path.relpath(root, here)) if root.resolve().is_relative_to(here.resolve()) else root.resolve()
    return shlex.join(["tp", *words, *(["--course", str(shown)] if elsewhere else [])])
