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
    """A `tp` command that can be typed as it is; it names the course where `root` is not the folder we are in."""
    option = "--root" if words[0] == "build" else "--course"
    return shlex.join(["tp", *words, *([option, _shown(root)] if _is_elsewhere(root) else [])])


def proposed_inside(root: Path, *words: str) -> str:
    """A command of another program, such as nbgrader's, which works in the course's folder alone."""
    command = shlex.join(words)
    return f"(cd {shlex.quote(_shown(root))} && {command})" if _is_elsewhere(root) else command


def _is_elsewhere(root: Path) -> bool:
    return root.resolve() != Path.cwd().resolve()


def _shown(root: Path) -> str:
    here = Path.cwd().resolve()
    return os.path.relpath(root.resolve(), here) if root.resolve().is_relative_to(here) else str(root.resolve())
