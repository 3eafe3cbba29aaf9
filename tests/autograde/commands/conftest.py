from __future__ import annotations

import pytest
from plain_course import PlainCourse
from typer.testing import CliRunner

from tplib.autograde.commands.grading import app


@pytest.fixture
def tp(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()

    def run(*arguments: object):
        result = runner.invoke(app, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def plain(tmp_path, tp) -> PlainCourse:
    return PlainCourse(tmp_path / "course", tp)
