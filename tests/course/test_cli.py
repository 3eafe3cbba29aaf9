import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

import tplib.graders
from tplib.course import cli


@pytest.fixture
def run(root, exercises, monkeypatch):
    monkeypatch.setattr(tplib.graders, "exercises", lambda: exercises)
    monkeypatch.chdir(root)
    app = typer.Typer()
    app.command()(cli.build)
    return lambda *words: CliRunner().invoke(app, words)


def test_build_tells_what_it_wrote_then_nothing_more(run):
    result = run("--no-execute")
    assert result.exit_code == 0, result.output
    assert "wrote release/TP1-Small/1_first.ipynb" in result.output
    assert "2 notebooks built, 0 run, 6 files changed" in result.output
    assert "2 notebooks built, 0 run, 0 files changed" in run("TP1-Small", "--no-execute").output
    assert "2 notebooks checked" in run("--check").output


def test_only_one_notebook(run):
    assert "1 notebook built, 0 run, 4 files changed" in run("--only", "2_second", "--no-execute").output


def test_what_is_out_of_date_is_an_error(run):
    result = run("--check")
    assert isinstance(result.exception, tplib.TplibError)
    assert "source/TP1-Small/1_first.ipynb: it is missing" in str(result.exception)


def test_a_missing_package_is_named(run, monkeypatch):
    monkeypatch.setattr(cli, "find_spec", lambda name: None if name == "jupytext" else True)
    assert "tp build needs jupytext; install it with" in str(run().exception)


def test_the_module_runs_and_fails_with_a_sentence(tmp_path):
    command = [sys.executable, "-m", "tplib.course.cli", "--root", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("no folder course in")
    assert "Traceback" not in done.stderr


def test_ctrl_c_says_what_is_there(run, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("tplib.course.build.build_course", interrupted)
    result = run("--no-execute")
    assert result.exit_code == 130
    assert "Stopped. Finished notebooks are written" in result.output
