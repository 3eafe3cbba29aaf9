"""What students handed in is read and never written, by any command and under any configuration."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from configurations import PENALTIES, PLACES, configure
from nbgrader.api import Gradebook

from tplib.autograde.sandbox import problem

CONFIGURATIONS = {**PLACES, **{f"penalty-{name}": files for name, files in PENALTIES.items()}}
# Each takes half a minute: two by default, all with TPLIB_LONG=1. test_configurations.py has all penalties.
SAMPLED = ["root", "plug-in"]
OFF = {"plug-in"}  # of these, what is promised needs the sandbox


def seen(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every file and folder with its bytes, time, owner and permissions."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        found[str(path.relative_to(folder))] = (content, status.st_mtime_ns, status.st_mode, status.st_uid)
    return found


COMMANDS = (
    ("tplib.cli", "grade", "ps1"),
    ("tplib.cli", "grade", "ps1", "--force"),
    ("tplib.cli", "feedback", "ps1"),
    ("tplib.cli", "report", "ps1"),
    ("nbgrader", "autograde", "ps1"),
    ("nbgrader", "autograde", "ps1", "--force", "--student=ada"),
    ("nbgrader", "generate_feedback", "ps1", "--force"),
)


@pytest.mark.parametrize(
    "name",
    [
        name if name == "root" else pytest.param(name, marks=pytest.mark.slow)
        for name in (CONFIGURATIONS if os.environ.get("TPLIB_LONG") else SAMPLED)
    ],
)
def test_submitted_is_never_written(name, tmp_path, build, monkeypatch):
    sandboxed = problem() is None
    if name in OFF and not sandboxed:
        pytest.skip("without the sandbox an instructor's plug-in has the instructor's rights")
    course = build(tmp_path / "course", "second")
    configure(course.root, tmp_path / "home", CONFIGURATIONS[name])
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "home"))
    monkeypatch.setenv("TPLIB_SANDBOX", "auto" if sandboxed else "off")
    course.hand_in("ada")
    (course.folder("ada") / "timestamp.txt").write_text("2025-01-02 10:00:00 UTC")
    (course.hand_in("bob") / "second.ipynb").write_text('{"cells": [')
    (course.hand_in("cleo") / "second.ipynb").chmod(0o444)
    (course.folder("cleo") / "linked.txt").symlink_to("/etc/hostname")
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "tiny") as gradebook:
        gradebook.add_assignment("ps1", duedate="2025-01-01")
    before = seen(course.root / "submitted")
    for module, *arguments in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=course.root, capture_output=True, text=True, timeout=120
        )
        assert seen(course.root / "submitted") == before, (module, arguments)
        assert done.returncode == 0, (module, arguments, done.stdout, done.stderr)
    graded = course.root / ("graded" if name == "folders" else "autograded")
    assert sorted(os.listdir(graded)) == ["ada", "bob", "cleo"]
    if "plug-in" in name or "penalty" in name:
        with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "tiny") as gradebook:
            assert gradebook.find_submission_notebook("second", "ps1", "ada").late_submission_penalty == 0.5
    assert "could not be graded" in (graded / "bob/ps1/second.ipynb").read_text()
