"""What students handed in is read and never written, by any command and under any configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tplib.autograde.sandbox import problem

ENABLE = "\nfrom tplib.autograde import enable\nenable(c)\n"
ROOT = "c.CourseDirectory.root = {root!r}\n"
# It tries to write there, by a path from the working folder and by a whole one.
PLUGIN = """
from nbgrader.plugins import BasePlugin

class Half(BasePlugin):
    def late_submission_penalty(self, *_):
        for place in ("submitted", {root!r} + "/submitted"):
            try:
                open(place + "/ada/ps1/second.ipynb", "a").write("!")
            except OSError:
                pass
        return 0.5
"""
# Files of a configuration by their names; ~ is the folder of Jupyter's own, in the user's home.
CONFIGURATIONS = {
    "plain": {"nbgrader_config.py": "c = get_config()\n" + ENABLE},
    "root": {"nbgrader_config.py": "c = get_config()\n" + ROOT + ENABLE},
    "root-at-home": {"~/nbgrader_config.py": "c = get_config()\n" + ROOT + ENABLE},
    "root-in-json": {
        "nbgrader_config.json": '{{"CourseDirectory": {{"root": {quoted}}}}}',
        "~/nbgrader_config.py": "c = get_config()\n" + ENABLE,
    },
    "root-in-part": {
        "nbgrader_config.py": "c = get_config()\nload_subconfig('conf/base.py')\n" + ENABLE,
        "conf/base.py": "c = get_config()\n" + ROOT,
    },
    "folders": {
        "nbgrader_config.py": "c = get_config()\n"
        "c.CourseDirectory.submitted_directory = {root!r} + '/submitted'\n"
        "c.CourseDirectory.autograded_directory = {root!r} + '/graded'\n" + ENABLE,
    },
    "writer": {
        "nbgrader_config.py": "c = get_config()\n" + ROOT + "c.FilesWriter.build_directory = {root!r} + '/submitted'\n"
        "c.NbGrader.logfile = {root!r} + '/nbgrader.log'\n" + ENABLE,
    },
    "plug-in": {
        "nbgrader_config.py": "c = get_config()\nc.AssignLatePenalties.plugin_class = 'late.Half'\n" + ENABLE,
        "late.py": PLUGIN,
    },
}
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
    "name", [name if name == "root" else pytest.param(name, marks=pytest.mark.slow) for name in CONFIGURATIONS]
)
def test_submitted_is_never_written(name, tmp_path, build, monkeypatch):
    sandboxed = problem() is None
    if name in OFF and not sandboxed:
        pytest.skip("without the sandbox an instructor's plug-in has the instructor's rights")
    course = build(tmp_path / "course", "second")
    (course.root / "nbgrader_config.py").unlink()
    values = {"root": str(course.root), "quoted": json.dumps(str(course.root))}
    for path, text in CONFIGURATIONS[name].items():
        place = tmp_path / path.replace("~", "home") if path.startswith("~") else course.root / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text.format(**values))
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
    if name == "plug-in":
        with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "tiny") as gradebook:
            assert gradebook.find_submission_notebook("second", "ps1", "ada").late_submission_penalty == 0.5
    assert "could not be graded" in (graded / "bob/ps1/second.ipynb").read_text()
