"""A course folder with two released notebooks, and a hand that writes answers in copies of them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tplib.cli import app
from tplib.graders.judge import grade
from tplib.graders.notebook import Checked
from tplib.graders.record import Record

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "TP6-TrainFFNN"
NOTEBOOKS = ("1_forward", "2_losses")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a course with `release/`, of which only two notebooks are there."""
    target = tmp_path / "course" / "release" / ASSIGNMENT
    target.mkdir(parents=True)
    for name in NOTEBOOKS:
        shutil.copy(ROOT / "release" / ASSIGNMENT / f"{name}.ipynb", target)
    monkeypatch.chdir(tmp_path / "course")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("tplib.student.saving._servers", list)  # what this machine happens to run
    return tmp_path / "course"


@pytest.fixture
def tp() -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def work(course: Path, tp: Callable[..., Result]) -> Path:
    assert tp("new", ASSIGNMENT).exit_code == 0
    return course / "work" / ASSIGNMENT


@pytest.fixture
def submit(course: Path, tp: Callable[..., Result]) -> Callable[..., tuple[int, str, dict[str, bytes]]]:
    """Run `tp submit`; gives the exit code, the text on one line, and the zip's members."""

    def run(*words: str) -> tuple[int, str, dict[str, bytes]]:
        result = tp("submit", *(words or [ASSIGNMENT]))
        archive = course / f"{ASSIGNMENT}.zip"
        members = {}
        if archive.is_file():
            with zipfile.ZipFile(archive) as opened:
                members = {name: opened.read(name) for name in opened.namelist()}
        return result.exit_code, " ".join(result.output.split()), members

    return run


@pytest.fixture
def change() -> Callable[[Path, Callable[[dict[str, dict[str, Any]]], object]], None]:
    """Change cells of a notebook file; the function gets them by their ids."""
    return _change


@pytest.fixture
def answer() -> Callable[..., None]:
    """Write an answer in its cell, run it and its check, as Jupyter would store both."""
    return _answer


def _change(path: Path, edit: Callable[[dict[str, dict[str, Any]]], object]) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    edit({cell["id"]: cell for cell in notebook["cells"]})
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _answer(path: Path, name: str, source: str, counts: tuple[int, int] = (1, 2)) -> None:
    scope: dict[str, Any] = {}
    exec("import numpy as np\n" + source, scope)
    verdict = grade(name, scope[name])
    shown = Checked(verdict, Record().after(verdict, source))._repr_mimebundle_()

    def edit(cells: dict[str, dict[str, Any]]) -> None:
        cells[f"answer-{name}"].update(source=source, execution_count=counts[0])
        result = {"output_type": "execute_result", "data": shown, "metadata": {}, "execution_count": counts[1]}
        cells[f"check-{name}"].update(outputs=[result], execution_count=counts[1])

    _change(path, edit)
