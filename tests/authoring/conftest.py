"""A folder in which a course is begun, and a terminal in it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tplib.cli import app
from tplib.graders import course_folder, registry


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in which this process works; no course's exercises are known before or after."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # files change within a second
    monkeypatch.delenv(course_folder.VARIABLE, raising=False)
    course_folder.look_around()
    registry.forget()
    yield tmp_path
    course_folder.look_around()
    registry.forget()


@pytest.fixture
def tp(here: Path) -> Callable[[str], Result]:
    """Runs a command of tp as it is typed."""

    def run(line: str) -> Result:
        registry.forget()  # each command is a new process
        return CliRunner().invoke(app, line.split())

    return run
